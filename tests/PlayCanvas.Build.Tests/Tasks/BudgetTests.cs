using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Moq;
using NUnit.Framework;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>When a build checks the budgets, and what remains in use when a game exceeds one.</summary>
public sealed class BudgetTests : LockedFixture
{
    [Test]
    public void AGameThatExceedsAnErrorIsNotInstalled()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);

        var message = RunBadly(WithBudget("total", ("MaximumError", "1 kB")), "PLAYCANVAS4030");

        Assert.That(message, Does.StartWith("The game \"game\" exceeds the budget \"total\": ").And.Contains(" more than MaximumError, 1 kB. The largest: \"").And.EndsWith("keeps the game that it had."));
        Assert.That((Entry, ContentFolder), Is.EqualTo((default(object), "")));
    }

    [Test]
    public void The_next_build_after_a_refused_game_asks_for_a_newer_one()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        Sandbox.World.ChangeGame(game => game.With("level data (1).json", new string('x', 100_000)));
        RunBadly(WithBudget("texts", ("MaximumError", "50 kB")), "PLAYCANVAS4030");
        StartBuild();
        ChangeBranch();

        RunWell(WithBudget("texts", ("MaximumError", "50 kB")));

        Assert.That(Exports, Is.EqualTo(1));
        Assert.That(Entry, Is.Not.Null);
    }

    [Test]
    public void An_update_that_exceeds_an_error_leaves_the_locked_game_in_use()
    {
        LockFirst();
        Sandbox.World.ChangeGame(game => game.With("level data (1).json", new string('x', 100_000)));
        var update = WithBudget("texts", ("MaximumError", "50 kB"));
        update.Update = "true";

        var message = RunBadly(update, "PLAYCANVAS4030");

        Assert.That(message, Does.Contain("The largest: \"level data (1).json\" (100 kB), "));
        Assert.That(Entry!.Content, Is.EqualTo(LockedContent));
        AssertUsesLockedContent();

        StartBuild();
        RunWell(WithBudget("texts", ("MaximumError", "50 kB")));
        Assert.That(Sandbox.Requests, Is.Empty);
        AssertUsesLockedContent();
    }

    [Test]
    public void A_game_in_use_that_exceeds_an_error_fails_each_build()
    {
        LockFirst();
        for (var build = 0; build < 2; build++)
        {
            StartBuild();
            RunBadly(WithBudget("total", ("MaximumError", "1 kB")), "PLAYCANVAS4030");
            AssertUsesLockedContent();
        }
    }

    [Test]
    public void AWarningIsRepeated()
    {
        LockFirst();
        for (var build = 0; build < 2; build++)
        {
            StartBuild();
            RunWell(WithBudget("total", ("MaximumWarning", "1 kB")));
            Assert.That(Engine.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS4029"]));
            Assert.That(File.ReadAllText(Path.Combine(GameFolder, ProjectFiles.UpToDate)).Trim(), Does.Not.Contain("\n"), "An up-to-date build would not run the task.");
        }

        StartBuild();
        RunWell(GameTask());
        Assert.That(Engine.Warnings, Is.Empty);
    }

    [Test]
    public void A_warning_that_is_an_error_refuses_the_game()
    {
        LockFirst();
        ChangeBranch();
        Sandbox.World.ChangeGame(game => game.With("level data (1).json", new string('x', 100_000)));
        var update = WithBudget("texts", ("MaximumWarning", "50 kB"));
        update.Update = "true";
        var codes = new List<string?>();
        var engine = new Mock<IBuildEngine8>();
        engine.Setup(engine => engine.ShouldTreatWarningAsError("PLAYCANVAS4029")).Returns(true);
        engine.Setup(engine => engine.LogErrorEvent(It.IsAny<BuildErrorEventArgs>())).Callback<BuildErrorEventArgs>(error => codes.Add(error.Code));
        Prepare(update).BuildEngine = engine.Object;
        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.That(Bounded.Run(update.Execute), Is.False);

        Assert.That(codes, Is.EqualTo(["PLAYCANVAS4029"]));
        Assert.That(Entry!.Content, Is.EqualTo(LockedContent));
        AssertUsesLockedContent();
    }

    [Test]
    public void EachExceededErrorIsLogged()
    {
        LockFirst();
        var task = WithBudget("total", ("MaximumError", "1 kB"));
        task.Budget = [.. task.Budget, Budget("scenes", ("MaximumError", "1 B"))];

        Assert.That(Run(task), Is.False);

        Assert.That(Engine.Errors.Select(error => error.Code), Is.EqualTo(["PLAYCANVAS4030", "PLAYCANVAS4030"]));
        Assert.That(Engine.Errors.Select(error => error.Message), Has.Some.Contains("\"total\"").And.Some.Contains("\"scenes\""));
    }

    [TestCase("Growth", "PLAYCANVAS4029")]
    [TestCase("GrowthError", "PLAYCANVAS4030")]
    public void TheGrowthIsMeasuredFromTheLockedGame(string metadata, string code)
    {
        LockFirst();
        Sandbox.World.ChangeGame(game => game.With("level data (1).json", new string('x', 100_000)));
        var update = WithBudget("texts", (metadata, "10%"));
        update.Update = "true";

        Run(update);

        var diagnostics = Engine.Warnings.Select(warning => (warning.Code, warning.Message)).Concat(Engine.Errors.Select(error => (error.Code, error.Message))).Single();
        Assert.That(diagnostics.Code, Is.EqualTo(code));
        Assert.That(diagnostics.Message, Does.Contain($"in the locked version, {LockedContent[..8]} to ").And.Contain("What has grown most: \"level data (1).json\" (+"));
        Assert.That(Entry!.Content == LockedContent, Is.EqualTo(code == "PLAYCANVAS4030"));
    }

    [Test]
    public void A_locked_game_that_is_used_has_not_grown()
    {
        LockFirst();
        Clone();
        RunWell(WithBudget("total", ("GrowthError", "0%")));
        Assert.That(Engine.Warnings, Is.Empty);
    }

    [Test]
    public void On_another_machine_only_the_whole_is_compared()
    {
        LockFirst();
        Clone();
        Sandbox.World.ChangeGame(game => game.With("level data (1).json", new string('x', 100_000)));
        var update = WithBudget("total", ("Growth", "10%"));
        update.Budget = [.. update.Budget, Budget("texts", ("GrowthError", "10%"))];
        update.Update = "true";

        RunWell(update);

        Assert.That(Engine.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS4029"]));
        Assert.That(Engine.HighMessages, Has.Some.Contains("the growth of \"texts\" was not compared"));
        Assert.That(Engine.HighMessages, Has.Some.Match($"100 kB larger than the locked version, {LockedContent[..8]}; what has changed is not known by asset"));
    }

    /// <summary>The number of bytes in the lock file is that of the whole game.</summary>
    [Test]
    public void On_another_machine_a_game_without_some_assets_is_not_compared()
    {
        LockFirst();
        Clone();
        Sandbox.World.ChangeGame(game => game.With("level data (1).json", new string('x', 100_000)));
        var update = WithBudget("total", ("GrowthError", "0%"));
        (update.Update, update.Exclude) = ("true", "level data*");

        RunWell(update);

        Assert.That(Engine.HighMessages, Has.Some.Contains("the growth of \"total\" was not compared"));
        Assert.That(Engine.HighMessages, Has.Some.Match($"100 kB larger than the locked version, {LockedContent[..8]}"));
    }

    [Test]
    public void ABudgetMayBeAboutOneGame()
    {
        LockFirst();
        RunWell(WithBudget("total", ("MaximumError", "1 GB"), ("Game", "./game")));
        StartBuild();
        RunBadly(WithBudget("total", ("MaximumError", "1 kB"), ("Game", "GAME")), "PLAYCANVAS4030");
        StartBuild();
        var task = WithBudget("total", ("MaximumError", "1 kB"), ("Game", "other"));
        task.ProjectGames = [new TaskItem(task.OnlyGame), new TaskItem(task.OnlyGame) { ItemSpec = "other" }];
        RunWell(task);
    }

    [TestCase("total", "MaximumError", "lots", "PLAYCANVAS1040", "The PlayCanvasBudget \"total\" sets MaximumError to \"lots\", but it must be a size such as 5 MB or 1.5 MiB.")]
    [TestCase("whole", "MaximumError", "1 MB", "PLAYCANVAS1041", "The PlayCanvasBudget \"whole\" limits nothing: its name is none of ")]
    [TestCase("total", "Game", "other", "PLAYCANVAS1041", "The PlayCanvasBudget \"total\" limits nothing: its Game is \"other\", but the games of this project are \"game\".")]
    public void AnInvalidBudgetIsAnError(string name, string metadata, string value, string code, string text) =>
        Assert.That(RunBadly(WithBudget(name, (metadata, value)), code), Does.StartWith(text));

    [Test]
    public void ADryRunFailsToo()
    {
        LockFirst();
        var task = WithBudget("total", ("MaximumError", "1 kB"));
        task.DryRun = "true";
        RunBadly(task, "PLAYCANVAS4030");
    }

    private PlayCanvasDownloadApp WithBudget(string name, params (string Name, string Value)[] metadata)
    {
        var task = GameTask();
        task.Budget = [Budget(name, metadata)];
        return task;
    }

    private static TaskItem Budget(string name, params (string Name, string Value)[] metadata) => new(name, metadata.ToDictionary(value => value.Name, value => value.Value));
}
