using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests releases from a terminal: what comes after a publish, and how it is taken back.</summary>
public sealed class ReleaseTests : ConsumerFixture
{
    private int? Primary => Sandbox.World.Projects[0].PrimaryAppId;

    [Test]
    public async Task A_release_is_taken_back_by_one_command()
    {
        var project = Console().PublishesOnPublish().Set("PlayCanvasSetPrimaryApp", "true");
        foreach (var version in new[] { "1.0.0", "2.0.0" })
            await project.PublishAsync($"-p:Version={version}");
        var (old, current) = (Sandbox.World.Apps[^2], Sandbox.World.Apps[^1]);
        Assert.That(Primary, Is.EqualTo(current.Id));

        var back = await project.RunAsync("build", "-t:PlayCanvasSetPrimaryApp", "-p:PlayCanvasAppVersion=1.0.0");

        back.AssertClean();
        Assert.That(Primary, Is.EqualTo(old.Id));
        Assert.That(back.Output, Does.Contain($"-t:PlayCanvasSetPrimaryApp -p:PlayCanvasAppId={current.Id} takes this back"));
        Assert.That(back.Lines, Has.Some.EqualTo($"Desk -> {old.Url} (version 1.0.0, app {old.Id}, primary instead of version 2.0.0, app {current.Id})"));

        var forth = await project.RunAsync("msbuild", "-getTargetResult:PlayCanvasSetPrimaryApp", $"-p:PlayCanvasAppId={current.Id}");

        forth.AssertSucceeded();
        var app = JsonNode.Parse(forth.StandardOutput)!["TargetResults"]!["PlayCanvasSetPrimaryApp"]!["Items"]!.AsArray().Single()!;
        Assert.That(((string?)app["Identity"], (string?)app["Outcome"]), Is.EqualTo(($"{current.Id}", "primary")));
        Assert.That(Primary, Is.EqualTo(current.Id));
    }
}
