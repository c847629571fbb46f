using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests dry runs of every command: they send nothing but GET requests, and leave what the package keeps as it was.</summary>
public sealed class DryRunTests : ConsumerFixture
{
    private const string NextVersion = "-p:PlayCanvasAppVersion=1.2.2";
    private const string DryRun = "-p:PlayCanvasDryRun=true";
    private const string LockFile = "playcanvas.lock.json";
    private const string Exported = "game: would request an export of project 1234567 from main: Main, Level 2";

    public enum Kind
    {
        Console,
        Site,
        RazorLibrary,
        SeveralFrameworks,
    }

    [Test]
    public async Task A_project_without_its_game_is_built_and_says_what_is_missing([Values] Kind kind)
    {
        var project = Make(kind).DownloadsOnBuild().Set("PlayCanvasDownloadDirectory", "copy");

        var plan = await project.RunAsync("build", DryRun);

        plan.AssertClean();
        Assert.That(plan.Lines.Count(line => line == $"PlayCanvas: {Exported} (nothing is installed)"), Is.EqualTo(1), plan.Output);
        AssertOnlyGets();
        AssertNothingKept(project);
        Sandbox.Requests.Clear();
        await project.BuildAsync("--no-restore");
        Assert.That(ExportsAskedFor, Is.EqualTo(1), "The dry run must not leave the game up to date.");
    }

    [TestCase("publish")]
    [TestCase("publish", "-r", "<runtime>", "--no-self-contained")]
    [TestCase("publish", "-mt")]
    public async Task A_publish_of_a_site_says_what_would_be_published(params string[] command)
    {
        var project = Web().DownloadsOnBuild().PublishesOnPublish().Set("Version", "1.2.1").Save();
        command = [.. command.Select(part => part == "<runtime>" ? RuntimeInformation.RuntimeIdentifier : part), DryRun];

        var plan = await project.RunAsync(command);

        plan.AssertClean();
        Assert.That(plan.Lines.Where(line => line.Contains("would", StringComparison.Ordinal)), Is.EqualTo(
        [
            $"PlayCanvas: {Exported} (nothing is installed)",
            $"PlayCanvas: game: would write the content of the export into \"{project.PathOf(LockFile)}\"",
            "Site -> game: would request an export of project 1234567 from main: Main, Level 2 (nothing is installed)",
            "PlayCanvas: would publish \"Site\" 1.2.1 from main: Main, Level 2",
            "Site -> would publish \"Site\" 1.2.1 from main: Main, Level 2",
        ]));
        AssertOnlyGets();
        AssertNothingKept(project);
        Assert.That(project.FilesIn("bin").Where(file => file.EndsWith("publish/Site.dll", StringComparison.Ordinal)), Is.Not.Empty, "The site itself is published.");
    }

    [Test]
    public async Task The_app_of_a_plan_is_an_item()
    {
        var project = Console().PublishesOnPublish().Set("Version", "1.2.1");

        var items = await project.RunAsync("publish", DryRun, "-getItem:PlayCanvasApp");

        items.AssertSucceeded();
        var app = JsonNode.Parse(items.StandardOutput)!["Items"]!["PlayCanvasApp"]!.AsArray().Single()!;
        Assert.That(((string?)app["Identity"], (string?)app["Outcome"], (string?)app["Name"], (string?)app["Version"]), Is.EqualTo(("planned", "planned", "Desk", "1.2.1")));
        AssertOnlyGets();
    }

    [Test]
    public async Task A_project_with_its_game_stays_as_it_is()
    {
        var project = Web().DownloadsOnBuild().PublishesOnPublish().Set("PlayCanvasDownloadDirectory", "copy").Set("Version", "1.2.1");
        await project.PublishAsync();
        var (state, copy, published, store) = (project.HashesIn("obj/playcanvas"), project.HashesIn("copy"), project.HashesIn("bin/Release/net10.0/publish"), FolderHashes.Of(Store));
        var text = await File.ReadAllTextAsync(project.PathOf(LockFile));
        Sandbox.World.ChangeGame(game => game.With("level data (1).json", "changed"));
        (string[] Command, string? What)[] plans =
        [
            (["build"], null),
            (["build", "-p:PlayCanvasUpdate=true"], $"PlayCanvas: {Exported} (PlayCanvasUpdate is true)"),
            (["build", "-p:PlayCanvasScriptsMinify=true"], $"PlayCanvas: {Exported} (the settings of the game have changed)"),
            (["build", "-t:PlayCanvasDownloadApp", "-p:PlayCanvasVerify=true"], null),
            (["build", "-t:PlayCanvasPublishApp", NextVersion], "PlayCanvas: would publish \"Site\" 1.2.2 from main: Main, Level 2"),
            (["build", "-t:PlayCanvasPack"], "PlayCanvas: would write \""),
            (["build", "-t:PlayCanvasClean"], "PlayCanvas: would delete the game \"game\""),
            (["publish", NextVersion], "PlayCanvas: would write \"wwwroot/game\", \"playcanvas.json\" in \""),
        ];
        Sandbox.Requests.Clear();
        foreach (var (command, what) in plans)
        {
            var plan = await project.RunAsync([.. command, "--no-restore", DryRun]);

            plan.AssertSucceeded();
            Assert.That(plan.Lines, what is null ? Has.None.Contains("would") : Has.Some.StartsWith(what), plan.Output);
            AssertOnlyGets();
            Assert.That(project.HashesIn("obj/playcanvas"), Is.EqualTo(state), plan.ToString());
            Assert.That(project.HashesIn("copy"), Is.EqualTo(copy), plan.ToString());
            Assert.That(project.HashesIn("bin/Release/net10.0/publish"), Is.EqualTo(published), plan.ToString());
            Assert.That(FolderHashes.Of(Store), Is.EqualTo(store), plan.ToString());
            Assert.That(await File.ReadAllTextAsync(project.PathOf(LockFile)), Is.EqualTo(text), plan.ToString());
            Assert.That(project.Has($"bin/playcanvas/{Path.GetFileName(project.ContentOf())}.zip"), Is.False, plan.ToString());
        }
    }

    [Test]
    public async Task A_publish_without_a_build_does_not_need_the_game()
    {
        var project = Web().DownloadsOnBuild();
        (await project.RunAsync("build", "-c", "Release", DryRun)).AssertClean();

        var plan = await project.RunAsync("publish", "--no-build", DryRun);

        plan.AssertClean();
        Assert.That(plan.Output, Does.Contain("PLAYCANVAS4019"));
    }

    [TestCase("PLAYCANVAS1009", "-p:PlayCanvasScenes=Nowhere")]
    [TestCase("PLAYCANVAS1012", "-p:PlayCanvasBranch=nowhere")]
    [TestCase("PLAYCANVAS1014", "-p:PlayCanvasAppVersion=123456789012345678901")]
    [TestCase("PLAYCANVAS1019", "-p:PlayCanvasDryRun=perhaps")]
    public async Task What_would_certainly_fail_is_an_error(string code, string setting)
    {
        var project = Console().WithGame();

        var plan = await project.RunAsync("build", "-t:PlayCanvasPublishApp", DryRun, setting);

        plan.AssertFailedWith(code);
        AssertOnlyGets();
        AssertNothingKept(project);
    }

    [Test]
    public async Task A_version_that_is_published_is_an_error()
    {
        var project = Console().PublishesOnPublish().Set("Version", "1.2.1");
        await project.PublishAsync();

        (await project.RunAsync("publish", DryRun)).AssertFailedWith("PLAYCANVAS3007");
        Assert.That(Publishes, Has.Count.EqualTo(1));
    }

    private ConsumerProject Make(Kind kind) => kind switch
    {
        Kind.Console => Console(),
        Kind.Site => Web(),
        Kind.RazorLibrary => RazorLibrary(),
        _ => Library().ForFrameworks("net10.0;netstandard2.0").Unset("ImplicitUsings").Set("LangVersion", "latest"),
    };

    private void AssertOnlyGets() =>
        Assert.That(Sandbox.Requests.Where(request => request.Method != "GET").Select(request => request.ToString()), Is.Empty);

    /// <summary>Asserts that the package has written nothing, neither into the project's folders nor into those of the user.</summary>
    private void AssertNothingKept(ConsumerProject project)
    {
        Assert.That(Directory.Exists(project.PathOf("obj/playcanvas")), Is.False);
        Assert.That(project.FilesIn("obj").Where(file => file.EndsWith(".playcanvas.names", StringComparison.Ordinal)), Is.Empty);
        Assert.That(project.Has(LockFile), Is.False);
        Assert.That(Directory.Exists(project.PathOf("copy")), Is.False);
        Assert.That(Directory.Exists(Store), Is.False);
        Assert.That(Directory.Exists(PublishIntents), Is.False);
    }
}
