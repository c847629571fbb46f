using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Tasks.Sizing;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Where the size report is written, and which version it compares with.</summary>
public sealed class SizeReportTaskTests : LockedFixture
{
    [Test]
    public void TheReportIsAPageAndAJsonFile()
    {
        LockFirst();

        var task = Report();

        var page = Path.GetFullPath(Folder.File("first", "bin/playcanvas/game.sizes.html"));
        var item = task.Reports.Single();
        Assert.That((item.ItemSpec, item.GetMetadata("Json"), item.GetMetadata("GamePath")), Is.EqualTo((page, Path.ChangeExtension(page, ".json"), "game")));
        var json = Json(task);
        Assert.That((string?)json["contentId"], Is.EqualTo(LockedContent));
        Assert.That(((string?)json["project"], (string?)json["path"]), Is.EqualTo(("Web Game", "game")));
        Assert.That(((string?)json["total"]!["bytes"], (string?)json["initial"]!["bytes"]), Is.EqualTo((item.GetMetadata("Bytes"), item.GetMetadata("Initial"))));
        Assert.That((long)json["total"]!["bytes"]!, Is.EqualTo(Directory.EnumerateFiles(ContentFolder).Sum(file => new FileInfo(file).Length)));
        Assert.That(json.SelectToken("entries[?(@.name == 'Müster größe 64.png')].group")!.ToString(), Is.EqualTo("textures"));
        Assert.That(json["changes"], Is.Null);
        Assert.That(Engine.HighMessages[^1], Does.StartWith($"Web Game -> {page} (").And.EndsWith(" in all)"));
    }

    [Test]
    public void AnUpdateIsComparedWithTheVersionBefore()
    {
        LockFirst();
        Update();
        AssertChanged(Report());

        // Another build that finds the game up to date does not forget the version before.
        StartBuild();
        RunWell(GameTask());
        AssertChanged(Report());
    }

    [Test]
    public void AVersionBeforeThatIsGoneIsNotComparedWith()
    {
        LockFirst();
        Update();
        Directory.Delete(Path.Combine(GameFolder, LockedContent[..8]), recursive: true);
        Assert.That(Json(Report())["previous"], Is.Null);
    }

    [Test]
    public void AGameInAFolderHasItsReportThere()
    {
        var task = GameTask();
        task.GamePath = "games/first";
        Directory.CreateDirectory(Folder.File("first"));
        RunWell(task);
        var report = new PlayCanvasSizeReport { GamePath = "games/first", OutputDirectory = "out" };
        report.StoreDirectory = task.StoreDirectory;
        RunWell(report);
        Assert.That(File.Exists(Folder.File("first", "out/games/first.sizes.html")), Is.True);
    }

    [Test]
    public void TheReportShowsTheBudgetsOfItsGame()
    {
        LockFirst();
        Assert.That(Json(Report())["budgets"], Is.Null);

        var task = Report(Budget("total", ("MaximumError", "1 kB")), Budget("audio", ("MaximumWarning", "5 MB"), ("Game", "other")), Budget("scenes", ("MaximumWarning", "5 MB"), ("Growth", "10%")));

        Assert.That(Json(task)["budgets"]!.Select(budget => $"{budget["name"]} {budget["limit"]} {budget["state"]}"), Is.EqualTo(["total MaximumError error", "scenes MaximumWarning kept", "scenes Growth "]));
    }

    [Test]
    public void TheGrowthInAReportIsMeasuredFromTheVersionBefore()
    {
        LockFirst();
        Update();
        var budget = Json(Report(Budget("scenes", ("Growth", "10%"))))["budgets"]!.Single();
        Assert.That(((string?)budget["state"], (long)budget["allowed"]!), Is.EqualTo(("kept", (long)budget["measured"]! * 110 / 100)));
    }

    /// <summary>The report of a game that a budget refuses shows what must become smaller, compared with the game that stays in use.</summary>
    [Test]
    public void ARefusedGameHasAReport()
    {
        LockFirst();
        Sandbox.World.ChangeGame(game => game.With("level data (1).json", new string('x', 100_000)));
        var update = GameTask();
        (update.Update, update.SizeReportDirectory, update.Budget) = ("true", "out", [Budget("texts", ("MaximumError", "50 kB")), Budget("total", ("Growth", "900%"))]);
        RunBadly(update, "PLAYCANVAS4030");

        var path = Folder.File("first", "out/game.sizes.html");
        var json = JObject.Parse(File.ReadAllText(Path.ChangeExtension(path, ".json")));
        Assert.That(Engine.HighMessages, Has.Some.EndsWith($"the size report of the refused game is \"{Path.GetFullPath(path)}\""));
        Assert.That((string?)json["previous"]!["contentId"], Is.EqualTo(LockedContent));
        Assert.That(json.SelectTokens("changes[?(@.change == 'grown')].name").Select(name => (string?)name), Does.Contain("level data (1).json"));
        Assert.That(json["budgets"]!.Select(budget => $"{budget["name"]} {budget["state"]}"), Is.EqualTo(["texts error", "total kept"]));
    }

    [Test]
    public void A_refused_game_whose_report_cannot_be_written_is_refused_by_its_budget()
    {
        LockFirst();
        File.WriteAllText(Folder.File("first", "out"), "a file");
        var update = GameTask();
        (update.SizeReportDirectory, update.Budget) = ("out", [Budget("total", ("MaximumError", "1 kB"))]);
        RunBadly(update, "PLAYCANVAS4030");
        Assert.That(Engine.HighMessages, Has.Some.Contains("the size report of the refused game could not be written: "));
    }

    [Test]
    public void ADryRunWritesNothing()
    {
        LockFirst();
        var task = new PlayCanvasSizeReport { GamePath = "game", OutputDirectory = "bin/playcanvas/", DryRun = "true" };
        RunWell(task);
        Assert.That(Directory.Exists(Folder.File("first", "bin")), Is.False);
        Assert.That(Engine.HighMessages, Has.Some.Contains("would write the size report"));
    }

    /// <summary>The result of a build has the sums of the groups, and those of the version before.</summary>
    [TestCase("", TestName = "AResultHasTheSizes")]
    [TestCase("type:texture", TestName = "AResultHasTheSizesOfWhatIsNotLeftOut")]
    public void AResultHasTheSizes(string exclude)
    {
        LockFirst();
        Sandbox.World.ChangeGame(game => game.With("level data (1).json", new string('x', 100_000)));
        var update = GameTask();
        (update.Update, update.ResultFile, update.Exclude) = ("true", "result.json", exclude);
        RunWell(update);

        var sizes = JObject.Parse(File.ReadAllText(Folder.File("first", "result.json")))["downloads"]![0]!["sizes"]!;

        Assert.That((long)sizes["groups"]!["texts"]! - (long)sizes["previousGroups"]!["texts"]!, Is.EqualTo(100_000 - """{ "boxes": 1, "gravity": -9.8 }""".Length));
        Assert.That((long)sizes["initial"]!, Is.GreaterThan((long)sizes["previousInitial"]!));
        Assert.That(sizes["groups"]!.Children<JProperty>().Sum(group => (long)group.Value), Is.EqualTo(Directory.EnumerateFiles(ContentFolder).Sum(file => new FileInfo(file).Length)));
    }

    private void Update()
    {
        ChangeBranch();
        var update = GameTask();
        update.Update = "true";
        RunWell(update);
        StartBuild();
    }

    private PlayCanvasSizeReport Report(params ITaskItem[] budgets)
    {
        var task = new PlayCanvasSizeReport { GamePath = "game", OutputDirectory = "bin/playcanvas/", Budget = budgets };
        task.ProjectGames = [new TaskItem(task.OnlyGame), new TaskItem("other")];
        task.StoreDirectory = GameTask().StoreDirectory;
        RunWell(task);
        return task;
    }

    private static TaskItem Budget(string name, params (string Name, string Value)[] metadata) => new(name, metadata.ToDictionary(value => value.Name, value => value.Value));

    private void AssertChanged(PlayCanvasSizeReport task)
    {
        var json = Json(task);
        Assert.That((string?)json["previous"]!["contentId"], Is.EqualTo(LockedContent));
        Assert.That(json.SelectTokens("changes[?(@.group == 'texts')]").Select(change => $"{change["change"]} {change["name"]}"), Is.EqualTo(["shrunk level data (1).json"]));
    }

    private static JObject Json(PlayCanvasSizeReport task) => JObject.Parse(File.ReadAllText(task.Reports.Single().GetMetadata("Json")));
}
