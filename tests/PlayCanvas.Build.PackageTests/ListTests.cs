using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

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

    [TestCase("Scenes", "Desk -> 2 scenes (\"Main\", \"Level 2\")", "Id Name Created Modified")]
    [TestCase("Branches", "Desk -> 2 branches (\"main\", \"development\")", "Id Name Main Created By Latest checkpoint")]
    [TestCase("Checkpoints", "Desk -> 2 checkpoints of \"main\" (newest \"A box that spins\")", "Id Created By Size Description")]
    [TestCase("Builds", "Desk -> 1 build (newest publish ", "Id Type Status App Version Branch Scenes Format By Created")]
    [TestCase("Assets", "Desk -> 11 assets (1.6 kB)", "Id Name Type Size Preload Folder Modified")]
    public async Task ListsWhatAProjectHasAsATableWithASummary(string list, string summary, string titles)
    {
        AddBuild();
        var result = await Console().WithGame().RunAsync("build", $"-t:PlayCanvasList{list}");

        result.AssertClean();
        var table = result.Lines.SkipWhile(line => !line.StartsWith("Id ", StringComparison.Ordinal)).ToList();
        Assert.That(string.Join(" ", table[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)), Is.EqualTo(titles));
        Assert.That(table[^1], Does.StartWith(summary));
    }

    [Test]
    public async Task GivesEachListAsJson()
    {
        var build = AddBuild();
        var project = Console().WithGame();
        (await project.RunAsync("restore")).AssertClean();
        string[] lists = ["Scenes", "Branches", "Checkpoints", "Builds", "Assets"];

        var result = await project.RunAsync("msbuild", $"-getTargetResult:{string.Join(",", lists.Select(list => $"PlayCanvasList{list}"))}");

        result.AssertSucceeded();
        var results = JsonNode.Parse(result.StandardOutput)!["TargetResults"]!;
        string[] IdsOf(string list) => [.. results[$"PlayCanvasList{list}"]!["Items"]!.AsArray().Select(item => Text(item, "Identity"))];
        Assert.That(IdsOf("Scenes"), Is.EqualTo([$"{World.MainSceneId}", $"{World.Level2SceneId}"]));
        Assert.That(IdsOf("Branches"), Is.EqualTo([World.MainBranchId, World.DevelopmentBranchId]));
        Assert.That(IdsOf("Checkpoints"), Is.EquivalentTo(Sandbox.World.Checkpoints.Where(checkpoint => checkpoint.BranchId == World.MainBranchId).Select(checkpoint => checkpoint.Id)));
        Assert.That(IdsOf("Builds"), Is.EqualTo([$"{build}"]));
        Assert.That(IdsOf("Assets"), Is.EquivalentTo(Sandbox.World.GameOf(World.MainBranchId).Assets.Select(asset => $"{asset.Id}")));
    }

    [Test]
    public async Task PassesTheFiltersOfBuildsOn()
    {
        await Console().WithGame().BuildAsync(
            "-t:PlayCanvasListBuilds", "-p:PlayCanvasListBuildType=publish", "-p:PlayCanvasListBuildStatus=error", "-p:PlayCanvasListBuildFormat=playcanvas",
            "-p:PlayCanvasListBuildBranch=main", "-p:PlayCanvasListBuildActor=7", "-p:PlayCanvasListLimit=5", "-p:PlayCanvasListSort=id", "-p:PlayCanvasListOrder=1");

        Assert.That(
            Sandbox.Requests.Of("GET", "*/builds").Single().Query,
            Is.EqualTo("?type=publish&status=error&format=playcanvas&branch=main&actor=7&limit=5&sort=id&order=1"));
    }

    [Test]
    public async Task ListsTheBranchOfTheGame()
    {
        await Console().WithGame().BuildAsync("-t:PlayCanvasListScenes;PlayCanvasListAssets;PlayCanvasListCheckpoints", "-p:PlayCanvasBranch=development");

        Assert.That(Sandbox.Requests.Of("GET", "*/scenes").Single().Query, Does.Contain(World.DevelopmentBranchId));
        Assert.That(Sandbox.Requests.Of("GET", "*/assets").Single().Query, Does.Contain(World.DevelopmentBranchId));
        Assert.That(Sandbox.Requests.Of("GET", $"/api/branches/{World.DevelopmentBranchId}/checkpoints"), Has.Count.EqualTo(1));
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

    private int AddBuild() => Sandbox.World.AddBuild(Sandbox.World.Apps[0], "sandbox", "editor", new JsonObject { ["version"] = "1.0.0", ["scenes"] = new JsonArray(World.MainSceneId) }).Id;

    private static string Text(JsonNode? item, string name) => item![name]!.GetValue<string>();
}
