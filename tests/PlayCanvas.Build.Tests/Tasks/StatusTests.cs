using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Status;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tasks.Status;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests what <see cref="PlayCanvasStatus"/> says in each state of the project and of the service, and how many requests it sends.</summary>
public sealed class StatusTests : LockedFixture
{
    private string Locked => LockedContent[..8];

    private string Newest => Sandbox.World.Checkpoints.Last(checkpoint => checkpoint.BranchId == World.MainBranchId).Id;

    [SetUp]
    public void UseNarrowTerminal() => LineWidth = 77;

    [Test]
    public void WhatIsHereIsTheNewest()
    {
        LockFirst();

        var item = Status();

        Assert.That(Facts(item, "ContentId", "Files", "Bytes", "Branch", "Checkpoint", "Locked", "Freshness", "NewerCheckpointCount", "Problem"), Is.EqualTo(
            $"{LockedContent} {Entry!.Files} {Content.TotalSize} main {Newest} true newest 0 "));
        Assert.That(Block, Is.EqualTo(
            $"""
            PlayCanvas project 1234567
              here    game: content {Locked}, {Entry!.Files} files, {Sizes.Format(Content.TotalSize)}
                      exported just now ({Minute(Content.ExportedAt!.Value)}) from main, locked
                      checkpoint {Newest[..8]} "A box that spins" (sandbox, {Minute(CreatedAt(Newest))})
              live    app {Primary.Id}: 1.1.0 "Spinning Box", primary and newest
                      published {Minute(Primary.CreatedAt)}
                      {Primary.Url}
              newer   nothing on main
            """));
        Assert.That(Line, Is.EqualTo($"game {Locked} (main), live 1.1.0, up to date"));
    }

    [Test]
    public void WhatIsNewerIsListed()
    {
        LockFirst();
        Sandbox.World.AddAccount("ann");
        Sandbox.World.AddCheckpoint(World.MainBranchId, "Third level", AccountOf("ann"));
        Sandbox.World.AddCheckpoint(World.MainBranchId, "Two\r\nlines; 100%");

        var item = Status();

        Assert.That(Facts(item, "Freshness", "NewerCheckpointCount", "HasMoreNewerCheckpoints", "SelectedBranch", "SelectedBranchId", "LatestCheckpoint"), Is.EqualTo(
            $"older 2 false main {World.MainBranchId} {Newest}"));
        Assert.That(
            JArray.Parse(item.GetMetadata("NewerCheckpoints")).Select(newer => $"{newer["id"]} {newer["user"]} {newer["description"]}"),
            Is.EqualTo([.. Sandbox.World.Checkpoints.Reverse().Take(2).Select(newer => $"{newer.Id} {(newer.Description == "Third level" ? "ann" : "sandbox")} {newer.Description}")]));
        Assert.That(Block, Does.EndWith($"""

              newer   2 checkpoints on main
                      {Newest[..8]}  {Minute(CreatedAt(Newest))}  sandbox  Two lines; 100%
                      {Sandbox.World.Checkpoints[^2].Id[..8]}  {Minute(Sandbox.World.Checkpoints[^2].CreatedAt)}  ann      Third level
            """));
        Assert.That(Line, Does.EndWith("live 1.1.0, 2 newer checkpoints"));
    }

    [Test]
    public void NothingIsInstalled()
    {
        var item = Status();

        Assert.That(Facts(item, "ContentId", "Engine", "Files", "Branch", "Checkpoint", "Locked", "LockedContentId", "Freshness", "NewerCheckpointCount"), Is.EqualTo("     false  unknown "));
        Assert.That(Block, Does.Contain("here    game: not installed").And.EndWith($"""

              newer   everything on main
                      newest: {Newest[..8]} "A box that spins" (sandbox, {Minute(CreatedAt(Newest))})
            """));
        Assert.That(Line, Is.EqualTo("game not installed, live 1.1.0"));
    }

    [Test]
    public void A_clean_checkout_has_what_the_lock_file_names()
    {
        LockFirst();
        Sandbox.World.AddCheckpoint(World.MainBranchId, "Later");
        Clone();

        var item = Status();

        Assert.That(Facts(item, "ContentId", "Locked", "LockedContentId", "Branch", "NewerCheckpointCount"), Is.EqualTo($" false {LockedContent} main 1"));
        Assert.That(Block, Does.Contain($"""
              here    game: not installed
                      locked: content {Locked} from main, {Entry!.Files} files, {Sizes.Format(Entry.Bytes)}
                      checkpoint {Entry.Checkpoints[0][..8]} "A box that spins" (sandbox, 
            """));
        Assert.That(Line, Is.EqualTo("game not installed, live 1.1.0, 1 newer checkpoint"));
    }

    [TestCase("true", "EngineVersion", "2.20.0", "not locked: playcanvas.lock.json has no entry for these settings")]
    [TestCase("false", null, null, "without a lock file")]
    public void A_game_may_not_be_locked(string lockFile, string? option, string? value, string words)
    {
        LockFirst();
        var task = StatusTask();
        task.LockFile = lockFile;
        if (option is not null)
            task.OnlyGame.SetMetadata(option, value);

        var item = Status(task);

        Assert.That(Facts(item, "ContentId", "Locked", "LockedContentId"), Is.EqualTo($"{LockedContent} false "));
        Assert.That(Flat, Does.Contain($"from main, {words}"));
    }

    [Test]
    public void The_lock_file_may_name_another_content()
    {
        LockFirst();
        ChangeBranch();
        var before = File.ReadAllText(LockPath);
        var update = GameTask();
        update.Update = "true";
        RunWell(update);
        File.WriteAllText(LockPath, before);
        StartBuild();

        var item = Status();

        Assert.That(Facts(item, "Locked", "LockedContentId", "Freshness"), Is.EqualTo($"false {LockedContent} newest"));
        Assert.That(Flat, Does.Contain($"not the locked content, which is {Locked}"));
        Assert.That(Line, Does.Contain(" (main, not the locked content), live"));
    }

    [Test]
    public void A_lock_file_that_cannot_be_read_is_an_error_after_what_is_here()
    {
        LockFirst();
        File.WriteAllText(LockPath, "<<<<<<< ours");

        RunBadly(StatusTask(), "PLAYCANVAS1029");

        Assert.That(Flat, Does.Contain($"content {Locked}").And.Contain("the lock file cannot be read").And.Contain("nothing on main"));
    }

    [Test]
    public void ABuildSaysWhoPublishedAndFromWhere()
    {
        LockFirst();
        Sandbox.World.AddAccount("ann");
        Sandbox.World.AddBuild(Primary, "ann", "editor", []);
        Sandbox.World.AddCheckpoint(World.MainBranchId, "Later");
        var newest = Sandbox.World.AddApp("Spinning Box", "1.2.0", branchId: World.DevelopmentBranchId);
        Sandbox.World.AddBuild(newest, "sandbox", "api", []);

        var item = Status();

        Assert.That(Facts(item, "PrimaryAppId", "PrimaryAppName", "PrimaryAppVersion", "PrimaryAppStatus", "PrimaryAppUrl", "PrimaryAppUser", "PrimaryAppBranch", "PrimaryAppBranchId", "PrimaryAppCheckpoint"), Is.EqualTo(
            $"{Primary.Id} Spinning Box 1.1.0 complete {Primary.Url} ann main {World.MainBranchId} {Entry!.Checkpoints[0]}"));
        Assert.That(Facts(item, "NewestAppId", "NewestAppVersion", "NewestAppUser", "NewestAppBranch", "NewestAppCheckpoint"), Is.EqualTo($"{newest.Id} 1.2.0 sandbox development "));
        Assert.That(item.GetMetadata("PrimaryAppCreatedAt"), Is.EqualTo($"{Primary.CreatedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"));
        Assert.That(Block, Does.Contain($"published {Minute(Primary.CreatedAt)} by ann from main at {Entry.Checkpoints[0][..8]}"));
        Assert.That(Block, Does.Contain($"published {Minute(newest.CreatedAt)} by sandbox from development\n"));
        Assert.That(Line, Does.EndWith("live 1.1.0 (newest 1.2.0), 1 newer checkpoint"));
    }

    [Test]
    public void TheServiceMayRefuseBuilds()
    {
        LockFirst();
        Sandbox.Options.BuildsRoute = false;

        var item = Status();

        Assert.That(Facts(item, "PrimaryAppVersion", "PrimaryAppUser", "PrimaryAppBranch", "Freshness", "Problem"), Is.EqualTo("1.1.0   newest "));
        Assert.That(Block, Does.Contain("  builds  not shown to this token; publishers and branches are unknown\n"));
        Assert.That(Line, Does.EndWith("live 1.1.0, up to date"));
    }

    /// <summary>The release notes name the checkpoint that the release made, whether or not the builds are shown, and whatever the branch had then.</summary>
    [Test]
    public void AReleaseNamesItsCheckpoint([Values] bool showsBuilds)
    {
        LockFirst();
        Sandbox.World.AddBuild(Primary, "sandbox", "api", []);
        Sandbox.World.ChangeApp(Primary.Id, app => app with { ReleaseNotes = "Notes\n\nPlayCanvas-Checkpoint: 7a0e3b62-6a3c\nPlayCanvas-Publish-Id: ci (1f0c2a7e)" });
        Sandbox.Options.BuildsRoute = showsBuilds;
        Sandbox.Requests.Clear();

        var item = Status();

        Assert.That(Facts(item, "PrimaryAppCheckpoint", "NewestAppCheckpoint"), Is.EqualTo("7a0e3b62-6a3c 7a0e3b62-6a3c"));
        Assert.That(Block, Does.Contain(" at 7a0e3b62\n"));
        Assert.That(Sandbox.Requests, Has.Count.LessThanOrEqualTo(6));
    }

    [TestCase(true, "no app")]
    [TestCase(false, "no primary app (newest 1.1.0)")]
    public void TheProjectMayHaveNoApp(bool isEmpty, string line)
    {
        foreach (var app in isEmpty ? Sandbox.World.Apps : [])
            Sandbox.World.RemoveApp(app.Id);
        Sandbox.World.ChangeProject(World.ProjectId, project => project with { PrimaryAppId = null });

        var item = Status();

        Assert.That(Facts(item, "PrimaryAppId", "NewestAppVersion"), Is.EqualTo(isEmpty ? " " : " 1.1.0"));
        Assert.That(Block, Does.Contain(isEmpty ? "live    nothing is published\n" : "live    no primary app\n"));
        Assert.That(Flat, isEmpty ? Does.Not.Contain("newest app") : Does.Contain($"newest app {Primary.Id}: 1.1.0 \"Spinning Box\" published"));
        Assert.That(Line, Is.EqualTo($"game not installed, {line}"));
    }

    [TestCase(WorkStatus.Running, "being published since")]
    [TestCase(WorkStatus.Error, "failed, requested")]
    public void AnAppMayNotBeComplete(WorkStatus status, string words)
    {
        var app = Sandbox.World.AddApp("Spinning Box", "1.2.0");
        Sandbox.World.ChangeApp(app.Id, old => old with { Task = new AppTask(status, null), CompletedAt = null });

        Assert.That(Facts(Status(), "NewestAppStatus"), Is.EqualTo(status.ToString().ToLowerInvariant()));
        Assert.That(Block, Does.Contain($"{words} {Minute(app.CreatedAt)}"));
    }

    [Test]
    public void WithoutATokenWhatIsHereIsSaid()
    {
        LockFirst();
        EnvironmentVariables.Clear();

        var item = Status(problem: "PLAYCANVAS2014");

        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(item.GetMetadata("Problem"), Does.StartWith("No access token was found."));
        Assert.That(Facts(item, "ContentId", "Branch", "Checkpoint", "PrimaryAppId", "NewerCheckpointCount"), Is.EqualTo($"{LockedContent} main {Newest}  "));
        Assert.That(Block, Does.Contain("from main, locked").And.EndWith($"checkpoint {Newest[..8]}"));
        Assert.That(Line, Is.EqualTo($"game {Locked} (main), live and newer unknown"));
    }

    [Test]
    public void AFailedRequestIsNotRepeated([Values("projects/1234567/app", "projects/1234567/apps", "projects/1234567/builds", "projects/1234567/branches", "branches/*/checkpoints")] string route)
    {
        LockFirst();
        Sandbox.Faults.On("GET", $"/api/{route}", Fault.Status(503), FaultScript.EveryCall);

        var item = Status(problem: "PLAYCANVAS2014");

        Assert.That(Sandbox.Requests.Of("GET", $"/api/{route}"), Has.Count.EqualTo(1));
        Assert.That(Sandbox.Requests[^1].Status, Is.EqualTo(503), "no request follows the failed one");
        Assert.That(item.GetMetadata("Problem"), Does.Contain("503"));
        Assert.That(Block, Does.Contain($"content {Locked}"));
    }

    [Test]
    public void TheServiceMayBeOutOfReach()
    {
        LockFirst();
        Stub = new StubHandler().Next(Replies.Unreachable);

        Status(problem: "PLAYCANVAS2014");

        Assert.That(Stub.Requests, Has.Count.EqualTo(1));
        Assert.That(Line, Does.EndWith("live and newer unknown"));
    }

    [Test]
    public void A_refused_token_is_an_error_after_what_is_here()
    {
        LockFirst();
        EnvironmentVariables[TokenVariable] = "wrong";

        RunBadly(StatusTask(), "PLAYCANVAS2001");

        Assert.That(Block, Does.Contain($"content {Locked}"));
        Assert.That(Line, Does.EndWith("live and newer unknown"));
    }

    [Test]
    public void A_branch_that_does_not_exist_is_an_error_after_the_rest()
    {
        LockFirst();
        var task = StatusTask();
        task.Branch = "develop";

        Assert.That(RunBadly(task, "PLAYCANVAS1012"), Does.Contain("\"development\""));

        Assert.That(Block, Does.Contain($"content {Locked}").And.Contain("1.1.0").And.EndWith("newer   unknown: develop is not among the branches"));
    }

    [Test]
    public void TheProjectMaySelectAnotherBranch()
    {
        LockFirst();
        Sandbox.World.AddCheckpoint(World.DevelopmentBranchId, "Playground");
        var task = StatusTask();
        task.Branch = "development";

        var item = Status(task);

        Assert.That(Facts(item, "Branch", "SelectedBranch", "Freshness", "NewerCheckpointCount"), Is.EqualTo("main development elsewhere "));
        Assert.That(Block, Does.Contain("newer   unknown: the game that is here is not from development\n").And.Contain("newest: ").And.Contain("\"Playground\" (sandbox, "));
        Assert.That(Line, Does.EndWith("live 1.1.0, not from development"));
    }

    [Test]
    public void TheBranchOfTheGameMayBeClosed()
    {
        var branch = Sandbox.World.AddBranch("feature");
        Sandbox.World.AddCheckpoint(branch.Id, "Idea");
        var task = GameTask();
        task.Branch = "feature";
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        RunWell(task);
        Sandbox.World.ChangeBranch(branch.Id, old => old with { Closed = true });
        StartBuild();

        var item = Status();

        Assert.That(Facts(item, "Branch", "BranchId", "SelectedBranch", "Freshness"), Is.EqualTo($" {branch.Id} main elsewhere"));
    }

    [Test]
    public void ABranchMayHaveNoCheckpoints()
    {
        Sandbox.Faults.On("GET", "/api/projects/1234567/branches", Fault.Rewrite(page => page["result"]![0]!["latestCheckpointId"] = null), FaultScript.EveryCall);
        Sandbox.Faults.On("GET", "/api/branches/*/checkpoints", Fault.Body("""{"result":[],"pagination":{"hasMore":false}}""", "application/json"), FaultScript.EveryCall);

        Status();

        Assert.That(Block, Does.EndWith("the branch has no checkpoints"));
    }

    [TestCase(45, "45", false, "45 checkpoints", 5)]
    [TestCase(60, "60", false, "60 checkpoints", 6)]
    [TestCase(99, "99", false, "99 checkpoints", 6)]
    [TestCase(100, "100", true, "100 or more checkpoints", 6)]
    [TestCase(120, "100", true, "100 or more checkpoints", 6)]
    public void The_checkpoints_may_take_several_pages(int newer, string count, bool hasMore, string words, int requests)
    {
        LockFirst();
        for (var number = 1; number <= newer; number++)
            Sandbox.World.AddCheckpoint(World.MainBranchId, $"Number {number}");

        var item = Status();

        Assert.That(Facts(item, "NewerCheckpointCount", "HasMoreNewerCheckpoints"), Is.EqualTo($"{count} {(hasMore ? "true" : "false")}"));
        Assert.That(Sandbox.Requests, Has.Count.EqualTo(requests));
        Assert.That(Block, Does.Contain($"newer   {words} on main\n").And.Contain($"Number {newer}").And.Not.Contain($"Number {newer - 10}\n"));
        Assert.That(Block, Does.EndWith(hasMore ? "… and 90 or more older ones" : $"… and {newer - 10} older ones"));
        Assert.That(Line, Does.EndWith($"{words.Replace("checkpoints", "newer checkpoints", StringComparison.Ordinal)}"));
    }

    [TestCase(1, "development", "older")]
    [TestCase(1, "branch 3", "unknown")]
    [TestCase(2, "branch 1", "older")]
    [TestCase(2, "branch 3", "unknown")]
    public void The_branches_may_take_several_pages(int pageSize, string branch, string freshness)
    {
        LockFirst();
        for (var number = 1; number <= 9; number++)
            Sandbox.World.AddBranch($"branch {number}");
        Sandbox.World.AddCheckpoint(World.DevelopmentBranchId, "Later");
        Sandbox.World.AddCheckpoint(Sandbox.World.Branches.First(other => other.Name == "branch 1").Id, "Later");
        Sandbox.Options.BranchPageSize = pageSize;
        var task = StatusTask();
        task.Branch = branch;

        var item = Status(task);

        var isFound = freshness != "unknown";
        Assert.That(item.GetMetadata("SelectedBranch"), Is.EqualTo(isFound ? branch : ""));
        Assert.That(Sandbox.Requests, Has.Count.LessThanOrEqualTo(ProjectStatus.MaxRequests));
        if (!isFound)
            Assert.That(Flat, Does.EndWith($"newer unknown: {branch} is not among the first {2 * pageSize} branches"));
    }

    [TestCase(1, 5)]
    [TestCase(2, 6)]
    [TestCase(5, 6)]
    public void GamesOfOneProjectShareTheRequests(int branches, int requests)
    {
        LockFirst();
        var names = Enumerable.Range(1, branches - 1).Select(number => Sandbox.World.AddBranch($"branch {number}").Name).Prepend("").ToList();
        foreach (var branch in Sandbox.World.Branches)
            Sandbox.World.AddCheckpoint(branch.Id, "Later");
        var task = StatusTask();
        var again = new TaskItem(task.OnlyGame) { ItemSpec = "games/again" };
        task.Game = [.. names.Select((name, index) => Item(task, index == 0 ? "game" : $"games/{index}", name)), again];

        RunWell(task);

        Assert.That(Sandbox.Requests, Has.Count.EqualTo(requests), string.Join("\n", Sandbox.Requests));
        Assert.That(task.Status.Select(item => item.ItemSpec), Is.EqualTo(task.Game.Select(game => game.ItemSpec)));
        Assert.That(task.Status.Select(item => item.GetMetadata("SelectedBranch")), Is.EqualTo([.. names.Select(name => name.Length == 0 ? "main" : name), "main"]));
        Assert.That(Block.Split('\n').Count(line => line.StartsWith("  here ", StringComparison.Ordinal)), Is.EqualTo(branches + 1));
        Assert.That(Block, Does.Contain("newer   game: 1 checkpoint on main\n"));
        Assert.That(Line.Split("; "), Has.Length.EqualTo(branches + 1));
    }

    [Test]
    public void AllRequestsAreGetRequestsOfTheNormalClass()
    {
        LockFirst();
        for (var number = 1; number <= 120; number++)
            Sandbox.World.AddCheckpoint(World.MainBranchId, "Later");
        var task = StatusTask();

        RunWell(task);

        Assert.That(Sandbox.Requests, Has.Count.EqualTo(ProjectStatus.MaxRequests));
        Assert.That(Sandbox.Requests.Select(request => request.Method), Has.All.EqualTo("GET"));
        Assert.That(((MemoryRateLimits)task.RateLimits!).Windows.Keys, Is.EqualTo(["normal"]));
    }

    [Test]
    public void NothingIsChanged()
    {
        LockFirst();
        Sandbox.World.AddCheckpoint(World.MainBranchId, "Later");
        var before = FolderSnapshot.Take(Folder.File("."));

        Status();

        Assert.That(FolderSnapshot.Take(Folder.File(".")), Is.EqualTo(before));
    }

    [Test]
    public void A_game_from_a_file_needs_no_project()
    {
        Directory.CreateDirectory(Folder.File("first"));
        File.WriteAllBytes(Folder.File("first", "game.zip"), new SampleGame().ToZip());
        var install = new PlayCanvasDownloadApp { ExportFile = "game.zip" };
        RunWell(install);
        Engine = new();
        var task = new PlayCanvasStatus { ExportFile = "game.zip", ProjectId = "" };

        RunWell(task);

        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(task.Status.Single().GetMetadata("ContentId"), Has.Length.EqualTo(64));
        Assert.That(Engine.HighMessages[0], Is.EqualTo("No PlayCanvas project"));
        Assert.That(Engine.HighMessages, Has.Some.EndsWith(", without a lock file"));
    }

    [Test]
    public void AProjectIdIsRequired()
    {
        var task = StatusTask();
        task.ProjectId = " ";

        RunBadly(task, "PLAYCANVAS1001");
    }

    [Test]
    public void TheEngineIsNamed()
    {
        var content = new GameManifest { ContentId = new string('7', 64), Facts = new GameFacts { EngineVersion = "2.21.4" } };
        var status = new GameStatus(new LocalGame("game", null) { Content = content, ExportedAt = Clock.UtcNow.AddHours(-30) }, Project: null);

        Assert.That(new StatusText(77, Clock.UtcNow).Describe(null, [status]).ElementAt(1), Is.EqualTo("  here    game: content 77777777, engine 2.21.4, 0 files, 0 B"));
        Assert.That(StatusLine.Of(status), Is.EqualTo("game 77777777 (engine 2.21.4)"));
    }

    [TestCase(77)]
    [TestCase(157)]
    public void EachLineFits(int width)
    {
        LineWidth = width;
        LockFirst();
        var name = string.Join(" ", Enumerable.Repeat("名前 name", 30));
        Sandbox.World.ChangeBranch(World.MainBranchId, branch => branch with { Name = name });
        foreach (var description in new[] { name, "" })
            Sandbox.World.AddCheckpoint(World.MainBranchId, description);
        Sandbox.World.AddBuild(Sandbox.World.AddApp(name, "1.2.0-beta.20261003"), "sandbox", "api", []);
        Sandbox.Options.BuildsRoute = false;

        Status();

        Assert.That(Block.Split('\n').Where(line => Build.Tasks.Tables.TextWidth.Of(line) > width), Is.Empty);
        Assert.That(Block.Split('\n'), Has.Some.Length.GreaterThan(width / 2));
    }

    [Test]
    public void TheServersTextsAreMasked()
    {
        Sandbox.World.ChangeApp(Primary.Id, app => app with { Name = $"a {Token} b" });
        Sandbox.World.AddCheckpoint(World.MainBranchId, $"a {Token} b");
        LockFirst();
        Sandbox.World.AddCheckpoint(World.MainBranchId, $"a {Token} b");

        var item = Status();

        Assert.That(item.MetadataNames.Cast<string>().Select(item.GetMetadata), Has.None.Contains(Token).And.Some.EqualTo("a *** b"));
        Assert.That(Engine.AllTexts, Has.None.Contains(Token));
    }

    private GameManifest Content => new ProjectFolder(GameFolder).Current!.Manifest;

    private App Primary => Sandbox.World.Apps.Single(app => app.Version == "1.1.0");

    /// <summary>The block of lines in the log.</summary>
    private string Block => string.Join("\n", Engine.HighMessages.Where(line => !line.StartsWith("Web Game -> ", StringComparison.Ordinal)));

    /// <summary>The block without its line breaks and alignment.</summary>
    private string Flat => string.Join(" ", Block.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The result in one line.</summary>
    private string Line => Engine.HighMessages.Single(line => line.StartsWith("Web Game -> ", StringComparison.Ordinal))["Web Game -> ".Length..];

    private int AccountOf(string name) => Sandbox.World.Accounts.First(account => account.Username == name).Id;

    private DateTimeOffset CreatedAt(string checkpoint) => Sandbox.World.Checkpoints.First(other => other.Id == checkpoint).CreatedAt;

    private static string Minute(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd HH:mm}";

    private static string Facts(ITaskItem item, params string[] names) => string.Join(" ", names.Select(item.GetMetadata));

    private PlayCanvasStatus StatusTask() => new() { Game = [new TaskItem(GameTask().OnlyGame)] };

    private static TaskItem Item(PlayCanvasStatus task, string path, string branch)
    {
        var item = new TaskItem(task.OnlyGame) { ItemSpec = path };
        item.SetMetadata("Branch", branch);
        return item;
    }

    /// <summary>Runs the task, which must succeed, perhaps with one warning, and returns the item of the only game.</summary>
    private ITaskItem Status(PlayCanvasStatus? task = null, string? problem = null)
    {
        task ??= StatusTask();

        RunWell(task);

        Assert.That(Engine.Warnings.Select(warning => warning.Code), Is.EqualTo(problem is null ? [] : new[] { problem }));
        return task.Status.Single();
    }
}
