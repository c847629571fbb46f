using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>Plays games of the layouts that an export has when a script of the project is an ES module. The other tests play the classic layout.</summary>
[TestFixture(false)]
[TestFixture(true, Category = LongTests.Category)]
public sealed class LayoutTests(bool standInEngine) : ConsumerFixture
{
    private protected override SandboxOptions MakeOptions() => new() { JobDuration = TimeSpan.Zero, StandInEngine = standInEngine };

    /// <param name="concatenate">The value of <c>PlayCanvasScriptsConcatenate</c>: whether the modules are bundled.</param>
    /// <param name="file">A file that only this layout has.</param>
    [TestCase("false", "js/playcanvas-stable.min.mjs")]
    [TestCase("true", "js/esm.mjs")]
    public async Task A_game_with_modules_plays(string concatenate, string file)
    {
        await using var player = await GamePlayer.OpenAsync();
        Sandbox.World.ChangeGame(_ => Game.SpinningBoxWithModules);
        var project = Web().DownloadsOnBuild().Set("PlayCanvasScriptsConcatenate", concatenate);
        await project.PublishAsync();
        Assert.That(project.Has($"bin/Release/net10.0/publish/wwwroot/game/{file}"));

        await using var site = await Site.StartPublishedAsync(project.PathOf("bin/Release/net10.0/publish"), project.Name, TestRun.Current.ConsumerEnvironment);
        await player.AssertPlaysAsync(new Uri(site.Url, "game"));

        Assert.That(await player.Page.TitleAsync(), Is.EqualTo("Main"), "the module has run");
    }
}
