using System.Net;
using Microsoft.Build.Utilities;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests what a dry run says about each situation of a game, and that it fails where a build would certainly fail.</summary>
public sealed class GamePlanTests : DryRunFixture
{
    private const string Exported = "game: would request an export of project 1234567 from main: Main";

    private string LockLine => $"game: would write the content of the export into \"{LockPath}\"";

    [Test]
    public void Without_a_game_an_export_would_be_requested()
    {
        var task = GameTask();

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([$"{Exported} (nothing is installed)", LockLine]));
        Assert.That(SummaryOf(task), Is.EqualTo("would request an export of project 1234567 from main: Main (nothing is installed)"));
        Assert.That(task.Files, Is.Empty);
        Assert.That(task.DoneGames, Has.Length.EqualTo(1), "The steps that follow have nothing to do.");
    }

    [Test]
    public void The_result_is_planned()
    {
        var task = GameTask();

        PlanWell(task);

        var result = JObject.Parse(task.InstalledGames.Single().GetMetadata("Result"));
        Assert.That(
            ((string?)result["outcome"], (string?)result["branch"]!["name"], (string?)result["scenes"]!.Single()["name"], result["contentId"]),
            Is.EqualTo(("planned", "main", "Main", (JToken?)null)));
        Assert.That(task.InstalledGames.Single().GetMetadata("ContentDirectory"), Is.Empty);
    }

    [Test]
    public void The_result_names_a_content_that_is_known([Values] bool isUpToDate)
    {
        LockFirst();
        if (!isUpToDate)
            Clone("clone", "one");
        var task = GameTask();

        PlanWell(task);

        var result = JObject.Parse(task.InstalledGames.Single().GetMetadata("Result"));
        Assert.That(((string?)result["outcome"], (string?)result["contentId"]), Is.EqualTo((isUpToDate ? "up-to-date" : "planned", LockedContent)));
    }

    [Test]
    public void The_branch_and_the_scenes_are_named()
    {
        var task = GameTask();
        (task.Scenes, task.Branch) = ($"{World.Level2SceneId};*", World.DevelopmentBranchId);

        PlanWell(task);

        Assert.That(Plan[0], Is.EqualTo("game: would request an export of project 1234567 from development: Level 2, Main, Playground (nothing is installed)"));
    }

    [Test]
    public void The_main_branch_has_a_name_only_if_branches_can_be_listed()
    {
        Sandbox.Faults.On("GET", "/api/projects/*/branches", Fault.Status(403), FaultScript.EveryCall);

        PlanWell(GameTask());

        Assert.That(Plan[0], Does.Contain("from the main branch: Main"));
    }

    [Test]
    public void A_game_that_is_up_to_date_is_left()
    {
        LockFirst();
        var task = GameTask();

        PlanWell(task);

        Assert.That(Plan, Is.Empty);
        Assert.That(Engine.AllTexts, Has.Some.EqualTo("PlayCanvas: the game \"game\" is up to date"));
        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(task.Files, Is.Not.Empty);
    }

    [Test]
    public void An_update_would_export_again()
    {
        LockFirst();
        var task = GameTask();
        task.Update = "true";

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([$"{Exported} (PlayCanvasUpdate is true)", LockLine]));
        Assert.That(task.Files, Is.Not.Empty, "The game in use stays in use.");
    }

    [Test]
    public void Other_settings_would_be_exported()
    {
        LockFirst();
        var task = GameTask();
        task.ScriptsMinify = "true";

        PlanWell(task);

        Assert.That(Plan[0], Is.EqualTo($"{Exported} (the settings of the game have changed)"));
    }

    [Test]
    public void A_game_without_its_entry_would_be_exported()
    {
        LockFirst();
        File.Delete(LockPath);

        PlanWell(GameTask());

        Assert.That(Plan[0], Is.EqualTo($"{Exported} (the lock file has no entry for the game)"));
    }

    [Test]
    public void A_damaged_game_would_be_replaced()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        var task = GameTask();
        task.LockFile = "false";
        RunWell(task);
        File.Delete(Path.Combine(ContentFolder, "index.html"));

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([$"game: would take the content {Path.GetFileName(ContentFolder)} from the store"]));
    }

    [Test]
    public void In_CI_the_lock_file_would_not_be_written()
    {
        var task = GameTask();
        task.ContinuousIntegration = "true";

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([$"{Exported} (nothing is installed)"]));
    }

    [Test]
    public void The_locked_content_would_come_from_the_store()
    {
        LockFirst();
        Clone("clone", "one");

        PlanWell(GameTask());

        Assert.That(Plan, Is.EqualTo([$"game: would take the locked content {LockedContent[..8]} from the store"]));
        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [Test]
    public void A_damaged_content_of_the_store_would_be_fetched_again()
    {
        LockFirst();
        var stored = Directory.GetFiles(Folder.File("stores"), "index.html", SearchOption.AllDirectories).Single();
        File.SetAttributes(stored, FileAttributes.Normal);
        File.WriteAllText(stored, "damaged");
        Clone("clone", "one");

        PlanWell(GameTask());

        Assert.That(Plan[0], Does.EndWith("is damaged; it would be fetched again"));
        Assert.That(Plan[1], Does.StartWith($"game: would fetch the locked content {LockedContent[..8]} from build "));
        Assert.That(Plan, Has.Count.EqualTo(2));
    }

    [Test]
    public void The_locked_content_would_come_from_the_build_record()
    {
        LockFirst();
        Clone();

        PlanWell(GameTask());

        Assert.That(Plan, Is.EqualTo([$"game: would fetch the locked content {LockedContent[..8]} from build {Entry!.Build} of the service"]));
        Assert.That(Sandbox.Requests.Where(request => request.Origin == Origin.Storage).Sum(request => request.BytesSent), Is.EqualTo(1));
    }

    [Test]
    public void The_locked_content_would_come_from_the_teams_store([Values] bool isFolder)
    {
        LockFirst();
        var packed = Pack();
        Team.Files[Path.GetFileName(packed)] = File.ReadAllBytes(packed);
        Clone();
        var task = GameTask();
        task.ExportSource = isFolder ? TeamFolder : TeamServer.Address;

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([$"game: would fetch the locked content {LockedContent[..8]} from PlayCanvasExportSource"]));
        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(Team.Requests, Has.Count.EqualTo(isFolder ? 0 : 1));
    }

    [Test]
    public void A_locked_content_that_cannot_be_had_would_be_exported([Values] bool isLocked)
    {
        LockFirst();
        Clone();
        Sandbox.Faults.On("GET", "/api/projects/*/builds", Fault.Status(403), FaultScript.EveryCall);
        var task = GameTask();
        (task.ExportSource, task.LockedMode) = (TeamServer.Address, isLocked ? "true" : "false");

        PlanWell(task);

        Assert.That(Plan[0], Is.EqualTo(
            $"{Exported} (the locked content {LockedContent[..8]} cannot be had: PlayCanvasExportSource does not have {LockedContent}.zip; the builds of the project cannot be listed (403))"));
        Assert.That(Plan[1], Is.EqualTo(isLocked ? "game: would fail because of PlayCanvasLockedMode, unless the export has the locked content" : LockLine));
        Assert.That(Plan, Has.Count.EqualTo(2));
    }

    [Test]
    public void An_expired_build_record_is_noticed()
    {
        LockFirst();
        Clone();
        Sandbox.Faults.On("GET", "/exports/*", Fault.Expired, FaultScript.EveryCall);

        PlanWell(GameTask());

        Assert.That(Plan[0], Does.StartWith(Exported).And.Contain("403"));
    }

    [Test]
    public void A_pending_export_would_be_continued()
    {
        SandboxOptions.JobDuration = TimeSpan.FromHours(1);
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        var killed = GameTask();
        killed.JobTimeout = "1";
        RunBadly(killed, "PLAYCANVAS3002");

        PlanWell(GameTask());

        Assert.That(Plan[0], Is.EqualTo("game: would continue with the export of project 1234567 that an earlier build requested"));
    }

    [Test]
    public void Two_games_of_a_build_share_an_export()
    {
        var task = Prepare(GameTask());
        task.Game = [task.OnlyGame, new TaskItem(task.OnlyGame) { ItemSpec = "other" }];

        PlanWell(task);

        Assert.That(Plan[0], Does.StartWith(Exported));
        Assert.That(Plan[2], Is.EqualTo("other: would use the export of project 1234567 that this build requests for another game"));
    }

    [Test]
    public void A_zip_file_would_be_installed()
    {
        Folder.Write("first/export.zip", "");
        var task = GameTask();
        task.ExportFile = "export.zip";
        EnvironmentVariables.Clear();

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([$"game: would install the game from \"{Folder.File("first", "export.zip")}\""]));
    }

    [Test]
    public void An_installed_zip_file_is_up_to_date()
    {
        Directory.CreateDirectory(Folder.File("first"));
        File.WriteAllBytes(Folder.File("first", "export.zip"), new SampleGame().ToZip());
        var task = GameTask();
        task.ExportFile = "export.zip";
        RunWell(task);

        PlanWell(task);

        Assert.That(Plan, Is.Empty);
    }

    [Test]
    public void The_copy_of_an_unknown_content_would_be_written()
    {
        var task = GameTask();
        task.DownloadDirectory = "public";

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([$"{Exported} (nothing is installed)", $"game: would write its files to \"{Folder.File("first", "public", "game")}\"", LockLine]));
    }

    [Test]
    public void A_copy_would_be_repaired()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        var task = GameTask();
        task.DownloadDirectory = "public";
        RunWell(task);
        File.Delete(Folder.File("first", "public", "game", "index.html"));

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([$"game: would write 1 file to \"{Folder.File("first", "public", "game")}\", and delete 0"]));
        Assert.That(SummaryOf(task), Does.StartWith("would write 1 file"));
    }

    [Test]
    public void A_copy_over_a_foreign_file_is_an_error()
    {
        LockFirst();
        Folder.Write("first/public/game/index.html", "mine");
        var task = GameTask();
        task.DownloadDirectory = "public";

        Assert.That(PlanBadly(task, "PLAYCANVAS4007"), Does.Contain("index.html"));
    }

    [Test]
    public void A_game_of_an_earlier_version_would_be_deleted()
    {
        LockFirst();
        Folder.Write("first/wwwroot/game/.playcanvas/.manifest.json", """{"Files":[["index.html"]]}""");
        Folder.Write("first/wwwroot/game/index.html", "");
        var task = GameTask();
        task.OldDirectory = "wwwroot/game";

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([$"game: would delete the game that an earlier version of this package has installed in \"{Folder.File("first", "wwwroot/game")}\""]));
        Assert.That(SummaryOf(task), Does.StartWith("would delete"));
    }

    [Test]
    public void A_folder_with_other_files_is_an_error()
    {
        LockFirst();
        Folder.Write("first/wwwroot/game/mine/index.html", "");
        var task = GameTask();
        task.OldDirectory = "wwwroot/game";

        Assert.That(PlanBadly(task, "PLAYCANVAS4007"), Does.Contain("\"mine\""));
    }

    private static IEnumerable<TestCaseData> CertainFailures()
    {
        yield return Failure("PLAYCANVAS1009", task => task.Scenes = "Nowhere");
        yield return Failure("PLAYCANVAS1012", task => task.Branch = "nowhere");
        yield return Failure("PLAYCANVAS2003", task => task.ProjectId = "99");
        yield return Failure("PLAYCANVAS1001", task => task.ProjectId = "");
        yield return Failure("PLAYCANVAS1003", task => task.Scenes = "");
        yield return Failure("PLAYCANVAS1014", task => task.AppName = new string('x', 1001));
        yield return Failure("PLAYCANVAS1033", task => task.LockedMode = "true");
        yield return Failure("PLAYCANVAS1032", task => (task.LockedMode, task.LockFile) = ("true", "false"));
        yield return Failure("PLAYCANVAS4010", task => task.ExportFile = "nowhere.zip");
        yield return Failure("PLAYCANVAS1025", task => task.GamePath = "../game");

        static TestCaseData Failure(string code, Action<PlayCanvasDownloadApp> set) => new TestCaseData(code, set).SetArgDisplayNames(code);
    }

    [TestCaseSource(nameof(CertainFailures))]
    public void What_would_certainly_fail_is_an_error(string code, Action<PlayCanvasDownloadApp> set)
    {
        var task = GameTask();
        set(task);

        PlanBadly(task, code);
    }

    [Test]
    public void A_missing_token_is_an_error()
    {
        EnvironmentVariables.Clear();

        PlanBadly(GameTask(), "PLAYCANVAS1004");
    }

    [Test]
    public void A_refused_token_is_an_error()
    {
        EnvironmentVariables[TokenVariable] = "another";

        PlanBadly(GameTask(), "PLAYCANVAS2001");
    }

    [Test]
    public void A_game_that_would_be_kept_without_the_service_is_a_warning()
    {
        LockFirst();
        EnvironmentVariables.Clear();
        var task = GameTask();
        task.ScriptsMinify = "true";

        PlanWell(task);

        Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS4012"));
        Assert.That(Plan, Is.Empty);
    }

    [Test]
    public void A_damaged_lock_file_is_an_error()
    {
        Folder.Write("first/" + LockFileName, "<<<<<<< HEAD");

        PlanBadly(GameTask(), "PLAYCANVAS1029");
    }

    /// <summary>A task must not act on one game before it knows that another one is a typing error away from a dry run.</summary>
    [Test]
    public void A_switch_that_is_neither_true_nor_false_does_nothing()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        var task = Prepare(GameTask());
        task.Game = [task.OnlyGame, new TaskItem(task.OnlyGame) { ItemSpec = "other" }];
        task.Game[1].SetMetadata("DryRun", "dry");

        Assert.That(RunBadly(task, "PLAYCANVAS1019"), Does.Contain("PlayCanvasDryRun"));

        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(Folder.File("first", "obj"), Does.Not.Exist);
    }

    /// <summary>What the plan has promised is what happens.</summary>
    [Test]
    public void The_build_after_a_dry_run_does_what_it_said()
    {
        PlanWell(GameTask());

        RunWell(GameTask());

        Assert.That(Exports, Is.EqualTo(1));
        Assert.That(Entry, Is.Not.Null);
    }

    [Test]
    public void A_pack_would_write_its_file()
    {
        LockFirst();

        PlanWell(new PlayCanvasPack { GamePath = "game", OutputDirectory = TeamFolder });

        Assert.That(Plan, Is.EqualTo([$"would write \"{Folder.File("team", LockedContent + ".zip")}\""]));
    }

    [Test]
    public void A_pack_of_a_game_that_is_not_here_would_write_a_file()
    {
        PlanWell(new PlayCanvasPack { GamePath = "game", OutputDirectory = TeamFolder });

        Assert.That(Plan, Is.EqualTo([$"would write the game \"game\" as <content id>.zip to \"{TeamFolder}\""]));
    }

    [Test]
    public void A_packed_game_is_the_result()
    {
        LockFirst();
        var packed = Pack();
        var task = new PlayCanvasPack { GamePath = "game", OutputDirectory = TeamFolder };

        PlanWell(task);

        Assert.That(task.Packed.Single().ItemSpec, Is.EqualTo(packed));
        Assert.That(Plan, Is.Empty);
    }

    [Test]
    public void A_clean_would_delete_the_game_and_its_copy()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        var task = GameTask();
        task.DownloadDirectory = "public";
        RunWell(task);
        var count = task.Files.Length;

        PlanWell(new PlayCanvasClean { GamePath = "game", DownloadDirectory = "public" });

        Assert.That(Plan, Is.EqualTo([$"would delete {count} files in \"{Folder.File("first", "public", "game")}\"", $"would delete the game \"game\" in \"{GameFolder}\""]));
        Assert.That(Closing, Is.EqualTo($"Web Game -> {Plan[0]}; {Plan[1]}"));
    }

    [Test]
    public void A_clean_where_there_is_no_game_would_do_nothing()
    {
        PlanWell(new PlayCanvasClean { GamePath = "game", DownloadDirectory = "public" });

        Assert.That(Engine.HighMessages, Is.Empty);
    }

    [TestCase("wwwroot/", "\"wwwroot/game\", \"playcanvas.json\"")]
    [TestCase(null, "\"playcanvas.json\"")]
    public void A_publish_would_write_the_game(string? webRoot, string what)
    {
        LockFirst();

        PlanWell(new PlayCanvasPublishGameFiles { GamePath = "game", PublishDirectory = "publish", WebRoot = webRoot });

        Assert.That(Plan, Is.EqualTo([$"would write {what} in \"{Folder.File("first", "publish")}\""]));
    }

    [Test]
    public void The_teams_server_that_fails_is_a_warning()
    {
        LockFirst();
        Clone();
        Team.Missing = HttpStatusCode.Unauthorized;
        var task = GameTask();
        task.ExportSource = TeamServer.Address;

        PlanWell(task);

        Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS4018"));
    }

    private static string SummaryOf(PlayCanvasDownloadApp task) => task.InstalledGames[^1].GetMetadata("Summary");
}
