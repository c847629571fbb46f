using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests listing apps from a terminal.</summary>
public sealed class ListTests : ConsumerFixture
{
    [Test]
    public async Task ListsTheAppsAsATableWithASummary()
    {
        var result = await Console().WithGame().RunAsync("build", "-t:PlayCanvasListApps");

        result.AssertClean();
        var table = result.Lines.SkipWhile(line => !line.StartsWith("Id ", StringComparison.Ordinal)).ToList();
        Assert.That(table, Has.Count.EqualTo(4), result.Output);
        Assert.That(table[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(["Id", "Name", "Version", "Size", "Views", "Completed", "Primary", "URL"]));
        foreach (var app in Sandbox.World.Apps)
            Assert.That(table, Has.Some.Contains($"{app.Id}  Spinning Box  {app.Version} ").And.Contains(app.Url!));
        Assert.That(table[3], Is.EqualTo("Desk -> 2 apps (newest 1.1.0, primary 1.1.0)"));
    }

    [Test]
    public async Task GivesTheAppsAsJson()
    {
        var project = Console().WithGame();
        (await project.RunAsync("restore")).AssertClean();

        var result = await project.RunAsync("msbuild", "-getTargetResult:PlayCanvasListApps");

        result.AssertSucceeded();
        var apps = JsonNode.Parse(result.StandardOutput)!["TargetResults"]!["PlayCanvasListApps"]!["Items"]!.AsArray();
        Assert.That(
            apps.Select(app => (Text(app, "Identity"), Text(app, "Name"), Text(app, "Version"), Text(app, "IsPrimary"), Text(app, "Url"))),
            Is.EquivalentTo(Sandbox.World.Apps.Select(app => ($"{app.Id}", app.Name, app.Version, app.Version == "1.1.0" ? "true" : "false", app.Url))));
    }

    [Test]
    public async Task PassesPagingOn()
    {
        await Console().WithGame()
            .Set("PlayCanvasListLimit", "1").Set("PlayCanvasListSkip", "1").Set("PlayCanvasListSort", "version").Set("PlayCanvasListOrder", "-1")
            .BuildAsync("-t:PlayCanvasListApps");

        var query = Sandbox.Requests.Of("GET", "/api/projects/1234567/apps").Single().Query;
        Assert.That(query.TrimStart('?').Split('&'), Is.EquivalentTo(["limit=1", "skip=1", "sort=version", "order=-1"]));
    }

    [Test]
    public async Task TakesSeveralScenesFromTheCommandLine()
    {
        await Console().WithGame().Unset("PlayCanvasScenes").BuildAsync("-t:PlayCanvasDownloadApp", "-p:PlayCanvasScenes=Level 2%3BMain");

        var wish = JsonNode.Parse(Sandbox.Requests.Of("POST", "/api/apps/download").Single().Body)!;
        Assert.That(wish["scenes"]!.AsArray().Select(scene => $"{scene}"), Is.EqualTo(["2000002", "2000001"]));
    }

    private static string Text(JsonNode? item, string name) => item![name]!.GetValue<string>();
}
