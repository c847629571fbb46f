using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests the output folders of games: one folder contains one game, wherever a project keeps its output.</summary>
public sealed class OutputTests : ConsumerFixture
{
    [Test]
    public async Task TwoDifferentGamesForOneFolderAreAnError()
    {
        var library = Library("Parts").DownloadsOnBuild().Save();
        var program = Console("Desk").DownloadsOnBuild().Set("PlayCanvasScenes", "Main").RefersTo(library);

        (await program.RunAsync("build")).AssertFailedWith("PLAYCANVAS4013");
    }

    [Test]
    public async Task TheSameGameTwiceIsNone()
    {
        var library = Library("Parts").DownloadsOnBuild().Save();
        var program = Console("Desk").DownloadsOnBuild().RefersTo(library);

        await program.BuildAsync();

        Assert.That(program.Has("bin/Debug/net10.0/game/index.html"));
    }

    [Test]
    public async Task TheArtifactsFolderHoldsTheGameToo()
    {
        var project = Console().DownloadsOnBuild();
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "Directory.Build.props"),
            "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput><ArtifactsPath>$(MSBuildProjectDirectory)/artifacts</ArtifactsPath></PropertyGroup></Project>");

        await project.BuildAsync();

        Assert.That(project.Has($"artifacts/bin/{project.Name}/debug/game/index.html"));
        Sandbox.Requests.Clear();
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty);
        AssertNothingSent();
    }
}
