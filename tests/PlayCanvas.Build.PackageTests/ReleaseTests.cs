using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests releases from a terminal: what comes after a publish, and how it is taken back.</summary>
public sealed class ReleaseTests : ConsumerFixture
{
    private int? Primary => Sandbox.World.Projects[0].PrimaryAppId;

    [Test]
    public async Task A_release_makes_a_checkpoint_that_names_the_commit()
    {
        var project = Console().PublishesOnPublish().Set("PlayCanvasCheckpoint", "true").Set("Version", "1.2.0");
        project.Save();
        await GitRepository.CreateAsync(project.Folder, "v1");

        var result = await project.RunAsync("publish", "-r", "linux-x64", "--no-self-contained", "-getItem:PlayCanvasApp");

        result.AssertSucceeded();
        var made = Sandbox.World.Checkpoints[^1];
        Assert.That(Sandbox.Requests.Of("POST", "/api/checkpoints"), Has.Count.EqualTo(1));
        Assert.That(made.Description, Does.Match(@"^Desk 1\.2\.0 \([0-9a-f]{40}\)\n\nPlayCanvas-Publish-Id: "));
        Assert.That(Sandbox.World.Apps[^1].ReleaseNotes, Does.StartWith($"PlayCanvas-Checkpoint: {made.Id}\nPlayCanvas-Publish-Id: "));
        Assert.That((string?)JsonNode.Parse(result.StandardOutput)!["Items"]!["PlayCanvasApp"]!.AsArray().Single()!["Checkpoint"], Is.EqualTo(made.Id));
    }

    [Test]
    public async Task A_checkpoint_can_be_made_alone()
    {
        var project = Console().WithGame();

        var result = await project.RunAsync("build", "-t:PlayCanvasCreateCheckpoint", "-getItem:PlayCanvasCheckpoint", "-p:PlayCanvasCheckpointDescription=Mine");

        result.AssertSucceeded();
        var item = JsonNode.Parse(result.StandardOutput)!["Items"]!["PlayCanvasCheckpoint"]!.AsArray().Single()!;
        Assert.That(((string?)item["Identity"], (string?)item["Outcome"]), Is.EqualTo((Sandbox.World.Checkpoints[^1].Id, "created")));
        Assert.That(Sandbox.World.Checkpoints[^1].Description, Does.StartWith("Mine\n\n"));
        Assert.That(Publishes, Is.Empty);
    }

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

    /// <summary>A checkpoint, the publish, and the deletion of old apps are one command, and taking the release back is another.</summary>
    [Test]
    public async Task A_release_is_one_command()
    {
        var project = Console().PublishesOnPublish().Set("PlayCanvasSetPrimaryApp", "true").Set("PlayCanvasCheckpoint", "true").Set("PlayCanvasKeepApps", "5");
        for (var minor = 1; minor <= 5; minor++)
            AddOldApp($"1.{minor}.0");
        Sandbox.Requests.Clear();

        var release = await project.RunAsync("publish", "-p:Version=2.0.0", "-getItem:PlayCanvasApp");

        release.AssertSucceeded();
        var apps = Sandbox.World.Apps.Where(app => app.Name == "Desk").ToList();
        Assert.That(apps.Select(app => app.Version), Is.EqualTo(["1.2.0", "1.3.0", "1.4.0", "1.5.0", "2.0.0"]));
        Assert.That(Primary, Is.EqualTo(apps[^1].Id));
        var checkpoint = Sandbox.World.Checkpoints[^1];
        Assert.That(apps[^1].ReleaseNotes, Does.Contain(checkpoint.Id));
        Assert.That(
            Sandbox.Requests.Where(request => request.Method != "GET").Select(request => $"{request.Method} {request.Path}"),
            Is.EqualTo(["POST /api/checkpoints", "POST /api/apps", $"PUT /api/projects/{World.ProjectId}", $"DELETE /api/projects/{World.ProjectId}/builds/{firstBuild}"]));
        var result = JsonNode.Parse(await File.ReadAllTextAsync(project.PathOf("obj/Release/net10.0/playcanvas.result.json")))!["publishes"]!.AsArray().Single()!;
        Assert.That((string?)result["checkpoint"], Is.EqualTo(checkpoint.Id));
        Assert.That(result["deleted"]!.AsArray().Select(app => (string?)app!["version"]), Is.EqualTo(["1.1.0"]));

        var back = await project.RunAsync("build", "-t:PlayCanvasSetPrimaryApp", "-p:PlayCanvasAppVersion=1.5.0");

        back.AssertClean();
        Assert.That(Primary, Is.EqualTo(apps[^2].Id));

        // The app that was taken back to stays, although it is not among the newest.
        await project.RunAsync("build", "-t:PlayCanvasDeleteApps", "-p:PlayCanvasKeepApps=1");

        Assert.That(Sandbox.World.Apps.Where(app => app.Name == "Desk").Select(app => app.Version), Is.EqualTo(["1.5.0", "2.0.0"]));
    }

    private int firstBuild;

    private void AddOldApp(string version)
    {
        var app = Sandbox.World.AddApp("Desk", version);
        var created = app.CreatedAt.AddDays(-1).AddHours(Sandbox.World.Apps.Count - 20);
        Sandbox.World.ChangeApp(app.Id, old => old with { CreatedAt = created, CompletedAt = created.AddMinutes(1) });
        var build = Sandbox.World.AddBuild(app, "sandbox", "api", new JsonObject { ["name"] = "Desk" });
        firstBuild = firstBuild == 0 ? build.Id : firstBuild;
    }
}
