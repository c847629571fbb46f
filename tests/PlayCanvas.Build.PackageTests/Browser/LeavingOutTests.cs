using System.Net;
using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>Tests sites that leave assets out of their game.</summary>
public sealed class LeavingOutTests : ConsumerFixture
{
    private const string Published = "bin/Release/net10.0/publish";
    private const string Level = "files/assets/6000008/1/level data (1).json";
    private const string Font = "files/assets/6000010/1/Score.png";
    private const string FontPage = "files/assets/6000010/1/Score1.png";
    private const string Text = "files/assets/6000009/1/Léame, por favor @ inicio.txt";

    /// <summary>Only the real engine plays.</summary>
    private protected override SandboxOptions MakeOptions() => new() { JobDuration = TimeSpan.Zero };

    [Test]
    public async Task A_published_game_plays_without_what_is_left_out()
    {
        var project = Web().DownloadsOnBuild().Set("PlayCanvasExclude", "level data*;type:font;**/*inicio.txt");
        await project.PublishAsync();
        await using var player = await GamePlayer.OpenAsync();
        await using var site = await Site.StartPublishedAsync(project.PathOf(Published), project.Name, TestRun.Current.ConsumerEnvironment);

        await player.AssertPlaysAsync(new Uri(site.Url, "game/"));

        Assert.That(project.HashesIn($"{Published}/wwwroot/game").Keys, Is.EquivalentTo(project.GameFiles().Where(file => file is not ".playcanvas")));
        var config = JsonNode.Parse(await site.Client.GetStringAsync(new Uri(site.Url, "game/config.json")))!["assets"]!.AsObject();
        Assert.That(config.Select(asset => asset.Key), Does.Contain("6000002").And.Not.Contain("6000008").And.Not.Contain("6000009").And.Not.Contain("6000010"));
        foreach (var file in (string[])[Level, Text, Font, FontPage])
        {
            using var answer = await site.GetAsync("game/" + Uri.EscapeDataString(file).Replace("%2F", "/", StringComparison.Ordinal));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), file);
        }
    }

    [Test]
    public async Task Other_patterns_request_nothing_and_the_first_ones_give_the_same_files()
    {
        var project = Web().DownloadsOnBuild().Set("PlayCanvasExclude", "level data*;type:font");
        await project.BuildAsync();
        var (first, locked) = (project.GameHashes(), await File.ReadAllTextAsync(project.PathOf("playcanvas.lock.json")));
        Sandbox.Requests.Clear();
        Token = null;

        var other = await project.RunAsync("build", "--no-restore", "-tl:off", "-p:PlayCanvasExclude=type:text%3BScore.png");
        var second = project.GameHashes();
        var warning = await project.RunAsync("build", "--no-restore", "-p:PlayCanvasExclude=type:txt");
        await project.BuildAsync("--no-restore");

        other.AssertClean();
        Assert.That(other.Output, Does.Match(@"PlayCanvas: game: left out: 2 assets, 3 files; this saves [\d.]+ kB of [\d.]+ MB"));
        Assert.That(second.Keys, Does.Contain(Level).And.Not.Contain(Font).And.Not.Contain(Text));
        Assert.That(warning.Output, Does.Contain("PLAYCANVAS4031").And.Contain("\"type:txt\""));
        Assert.That(project.GameHashes(), Is.EquivalentTo(first));
        Assert.That(await File.ReadAllTextAsync(project.PathOf("playcanvas.lock.json")), Is.EqualTo(locked));
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty, "up to date");
        AssertNothingSent();
    }
}
