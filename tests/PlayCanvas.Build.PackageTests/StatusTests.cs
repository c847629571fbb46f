using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests the target that says what is here, what is live and what is newer.</summary>
public sealed class StatusTests : ConsumerFixture
{
    [Test]
    public async Task SaysWhatIsWhere()
    {
        var project = Console().WithGame();
        await project.BuildAsync("-t:PlayCanvasDownloadApp");
        Sandbox.World.AddCheckpoint(World.MainBranchId, "Third; level");
        Sandbox.Requests.Clear();

        var result = await project.RunAsync("build", "-t:PlayCanvasStatus");

        result.AssertClean();
        Assert.That(result.Lines, Does.Contain("newer   1 checkpoint on main"));
        Assert.That(result.Lines, Has.Some.EndsWith("sandbox  Third; level"));
        Assert.That(result.Lines, Has.Some.Match("^Desk -> game [0-9a-f]{8} \\(main\\), live 1\\.1\\.0, 1 newer checkpoint$"));
        Assert.That(Asked(), Is.EqualTo(Requests));
    }

    [Test]
    public async Task GivesTheStatusAsJson()
    {
        var project = Console().WithGame();
        (await project.RunAsync("restore")).AssertClean();

        var result = await project.RunAsync("msbuild", "-getTargetResult:PlayCanvasStatus");

        result.AssertSucceeded();
        var item = JsonNode.Parse(result.StandardOutput)!["TargetResults"]!["PlayCanvasStatus"]!["Items"]!.AsArray().Single()!;
        Assert.That((Text(item, "Identity"), Text(item, "ContentId"), Text(item, "PrimaryAppVersion"), Text(item, "SelectedBranch"), Text(item, "NewerCheckpoints")), Is.EqualTo(("game", "", "1.1.0", "main", "[]")));
        Assert.That(project.Has("obj/playcanvas"), Is.False);
        Assert.That(project.GameFiles(), Is.Empty);
    }

    [Test]
    public async Task WithoutATokenItSaysWhatIsHere()
    {
        Token = null;

        var result = await Console().WithGame().RunAsync("build", "-t:PlayCanvasStatus");

        result.AssertSucceeded();
        Assert.That(result.Output, Does.Contain("warning PLAYCANVAS2014"));
        Assert.That(result.Lines, Does.Contain("here    game: not installed"));
        AssertNothingSent();
    }

    private static readonly string[] Requests =
    [
        "Api GET /api/projects/1234567/app",
        "Api GET /api/projects/1234567/apps?sort=created_at&order=-1&limit=100",
        "Api GET /api/projects/1234567/builds?type=publish&limit=500",
        "Api GET /api/projects/1234567/branches",
        "Api GET /api/branches/*/checkpoints?limit=50",
    ];

    private static string Text(JsonNode item, string name) => item[name]!.GetValue<string>();
}
