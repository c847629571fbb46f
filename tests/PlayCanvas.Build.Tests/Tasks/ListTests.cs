using Microsoft.Build.Framework;
using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tasks.Lists;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>The lists of scenes, branches, checkpoints, builds and assets.</summary>
[TestFixture]
public sealed class ListTests : TaskFixture
{
    private const string Scenes = "GET /api/projects/1234567/scenes";
    private const string Branches = "GET /api/projects/1234567/branches";
    private const string Checkpoints = "GET /api/branches/b/checkpoints";
    private const string Builds = "GET /api/projects/1234567/builds";
    private const string Assets = "GET /api/projects/1234567/assets";

    private const string MainBranch = """{"result":[{"id":"a","name":"development"},{"id":"b","name":"main","permanent":true}]}""";

    private static readonly Func<PlayCanvasListTask>[] Tasks =
    [
        () => new PlayCanvasListApps(),
        () => new PlayCanvasListScenes(),
        () => new PlayCanvasListBranches(),
        () => new PlayCanvasListCheckpoints(),
        () => new PlayCanvasListBuilds(),
        () => new PlayCanvasListAssets(),
    ];

    [TestCase("development")]
    [TestCase(World.DevelopmentBranchId)]
    public void EachSceneOfTheBranchIsAnItem(string branch)
    {
        var task = new PlayCanvasListScenes { Branch = branch };

        RunWell(task);

        Assert.That(task.Scenes.Select(item => item.GetMetadata("Name")), Is.EqualTo(["Main", "Level 2", "Playground"]));
        Assert.That(Engine.HighMessages[^1], Is.EqualTo("""Web Game -> 3 scenes of "development" ("Main", "Level 2" and 1 more)"""));
    }

    [TestCase("Identity", "5")]
    [TestCase("ProjectId", "7")]
    [TestCase("Name", "100% fun; a*b? %3B $(X) @(Y)")]
    [TestCase("CreatedAt", "2026-03-01T11:00:00Z")]
    [TestCase("ModifiedAt", "2026-03-01T12:00:00Z")]
    public void EachFieldOfASceneIsMetadata(string metadata, string value)
    {
        Answer(Scenes, """{"id":"5","projectId":7,"name":"100% fun; a*b? %3B $(X) @(Y)","created":"2026-03-01T11:00:00","modified":"2026-03-01T14:00:00+02:00"}""");
        var task = new PlayCanvasListScenes();

        RunWell(task);

        AssertField(task.Scenes, metadata, value);
    }

    [Test]
    public void ManyScenesAreNotAllNamedInTheSummary()
    {
        Answer(Scenes, string.Join(",", Enumerable.Range(1, 1234).Select(id => $$"""{"id":{{id}},"name":"Level {{id}}"}""")));

        RunWell(new PlayCanvasListScenes());

        Assert.That(Engine.HighMessages[^1], Is.EqualTo("""Web Game -> 1,234 scenes ("Level 1", "Level 2" and 1,232 more)"""));
    }

    [Test]
    public void AListIsLimitedEvenIfTheServerDoesNotLimitIt()
    {
        var task = new PlayCanvasListScenes { Branch = "development", Limit = "1", Skip = "1" };

        RunWell(task);

        Assert.That(task.Scenes.Select(item => item.GetMetadata("Name")), Is.EqualTo(["Level 2"]));
    }

    [Test]
    public void AllPagesOfBranchesAreListed()
    {
        SandboxOptions.BranchPageSize = 2;
        for (var branch = 0; branch < 5; branch++)
            Sandbox.World.AddBranch($"Branch {branch}");
        var task = new PlayCanvasListBranches();

        RunWell(task);

        Assert.That(task.Branches.Select(item => item.ItemSpec), Is.EqualTo(Sandbox.World.Branches.Where(branch => branch is { ProjectId: World.ProjectId, Closed: false }).Select(branch => branch.Id)));
        Assert.That(Engine.HighMessages[^1], Is.EqualTo("""Web Game -> 7 branches ("main", "development" and 5 more)"""));
    }

    [TestCase("Identity", "a;b%20")]
    [TestCase("ProjectId", "7")]
    [TestCase("Name", "main")]
    [TestCase("CreatedAt", "2026-03-01T11:00:00Z")]
    [TestCase("Closed", "true")]
    [TestCase("Permanent", "false")]
    [TestCase("LatestCheckpointId", "c")]
    [TestCase("UserId", "9")]
    [TestCase("Username", "will")]
    [TestCase("UserFullName", "Will E.")]
    public void EachFieldOfABranchIsMetadata(string metadata, string value)
    {
        Answer(
            Branches,
            """
            {"id":"a;b%20","projectId":7,"name":"main","createdAt":"2026-03-01T11:00:00","closed":true,"permanent":false,"latestCheckpointId":"c",
             "user":{"id":9,"username":"will","fullName":"Will E."}}
            """);
        var task = new PlayCanvasListBranches();

        RunWell(task);

        AssertField(task.Branches, metadata, value);
    }

    [Test]
    public void AllPagesOfCheckpointsAreListed()
    {
        for (var checkpoint = 0; checkpoint < 60; checkpoint++)
            Sandbox.World.AddCheckpoint(World.MainBranchId, $"Checkpoint {checkpoint}");
        var task = new PlayCanvasListCheckpoints();

        RunWell(task);

        Assert.That(task.Checkpoints.Select(item => item.ItemSpec), Is.EqualTo(Sandbox.World.Checkpoints.Where(checkpoint => checkpoint.BranchId == World.MainBranchId).Reverse().Select(checkpoint => checkpoint.Id)));
        Assert.That(Sandbox.Requests.Of("GET", "*/checkpoints"), Has.Count.EqualTo(2));
        Assert.That(Engine.HighMessages[^1], Is.EqualTo("""Web Game -> 62 checkpoints of "main" (newest "Checkpoint 59")"""));
    }

    [Test]
    public void OnlyThePagesUpToTheLimitAreRequested()
    {
        for (var checkpoint = 0; checkpoint < 60; checkpoint++)
            Sandbox.World.AddCheckpoint(World.MainBranchId, $"Checkpoint {checkpoint}");
        var task = new PlayCanvasListCheckpoints { Limit = "50" };

        RunWell(task);

        Assert.That(task.Checkpoints, Has.Length.EqualTo(50));
        Assert.That(Sandbox.Requests.Of("GET", "*/checkpoints"), Has.Count.EqualTo(1));
    }

    [Test]
    public void AProjectWithoutAMainBranchHasNoCheckpointsToList()
    {
        Answer(Branches, """{"id":"a","name":"development"}""");

        RunWell(new PlayCanvasListCheckpoints());

        Assert.That(Engine.HighMessages[^1], Is.EqualTo("Web Game -> 0 checkpoints (the project does not have a main branch)"));
    }

    [TestCase("Identity", "c")]
    [TestCase("ProjectId", "7")]
    [TestCase("BranchId", "b")]
    [TestCase("Description", "two\nlines")]
    [TestCase("Size", "5000000000")]
    [TestCase("CreatedAt", "2026-03-01T11:00:00Z")]
    [TestCase("UserId", "9")]
    [TestCase("Username", "will")]
    [TestCase("UserFullName", "Will E.")]
    public void EachFieldOfACheckpointIsMetadata(string metadata, string value)
    {
        Stub = new StubHandler().Always(Branches, Replies.Json(MainBranch)).Always(Checkpoints, Replies.Json(
            """
            {"result":[{"id":"c","projectId":7,"branchId":"b","description":"two\nlines","size":5000000000,"createdAt":"2026-03-01T11:00:00","userId":8,
             "user":{"id":9,"username":"will","fullName":"Will E."}}],"pagination":{"hasMore":false}}
            """));
        var task = new PlayCanvasListCheckpoints();

        RunWell(task);

        AssertField(task.Checkpoints, metadata, value);
    }

    [TestCase("\"userId\":9")]
    [TestCase("\"user\":9")]
    [TestCase("\"user\":\"9\"")]
    [TestCase("\"user\":{\"id\":\"9\"}")]
    [TestCase("\"user\":null,\"userId\":\"9\"")]
    public void ARecordMayNameItsUserByIdOnly(string user)
    {
        Stub = new StubHandler().Always(Branches, Replies.Json(MainBranch)).Always(Checkpoints, Replies.Json($$"""{"result":[{"id":"c",{{user}}}]}"""));
        var task = new PlayCanvasListCheckpoints();

        RunWell(task);

        AssertField(task.Checkpoints, "UserId", "9");
        Assert.That(Engine.HighMessages[1], Is.EqualTo("c   9"));
    }

    [Test]
    public void TheFiltersOfBuildsAreSent()
    {
        RunWell(new PlayCanvasListBuilds
        {
            Type = "Download",
            Status = "complete",
            Format = "web_lens",
            Branch = "a & b",
            Actor = "12",
            Limit = "3",
            Skip = "1",
            Sort = "id",
            Order = "1",
        });

        Assert.That(
            Sandbox.Requests.Of("GET", "*/builds").Single().Query,
            Is.EqualTo("?type=download&status=complete&format=web_lens&branch=a%20%26%20b&actor=12&limit=3&skip=1&sort=id&order=1"));
    }

    [TestCase("Type", "upload", "PLAYCANVAS1021", "PlayCanvasListBuildType is \"upload\", but it must be publish or download.")]
    [TestCase("Status", "done", "PLAYCANVAS1021", "PlayCanvasListBuildStatus is \"done\", but it must be running or complete or error.")]
    [TestCase("Format", "zip", "PLAYCANVAS1021", "PlayCanvasListBuildFormat is \"zip\", but it must be playcanvas or static or npm or web_lens.")]
    [TestCase("Actor", "will", "PLAYCANVAS1002", "PlayCanvasListBuildActor is \"will\", but it must be a whole number greater than 0.")]
    [TestCase("Limit", "0", "PLAYCANVAS1020", "PlayCanvasListLimit is \"0\", but it must be a whole number from 1 to 100000.")]
    [TestCase("Order", "2", "PLAYCANVAS1021", "PlayCanvasListOrder is \"2\", but it must be 1 or -1.")]
    public void AnInvalidFilterIsAnError(string parameter, string value, string code, string message)
    {
        var task = new PlayCanvasListBuilds();
        typeof(PlayCanvasListBuilds).GetProperty(parameter)!.SetValue(task, value);

        Assert.That(RunBadly(task, code), Is.EqualTo(message));
        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [Test]
    public void PublishesAndDownloadsAreListedAsBuilds()
    {
        RunWell(PublishTask());
        RunWell(DownloadTask());
        var task = new PlayCanvasListBuilds();

        RunWell(task);

        var world = Sandbox.World.Builds;
        Assert.That(task.Builds.Select(item => item.ItemSpec), Is.EqualTo(world.Reverse().Select(build => $"{build.Id}")));
        Assert.That(task.Builds.Select(item => item.GetMetadata("Type")), Is.EqualTo(["download", "publish"]));
        Assert.That(task.Builds.Select(item => item.GetMetadata("Scenes")), Is.All.EqualTo("Main"));
        Assert.That(Engine.HighMessages[^1], Is.EqualTo($"Web Game -> 2 builds (newest download {world[^1].Id})"));
    }

    [TestCase("Identity", "5")]
    [TestCase("ProjectId", "7")]
    [TestCase("AppId", "6")]
    [TestCase("JobId", "8")]
    [TestCase("Type", "publish")]
    [TestCase("Status", "error")]
    [TestCase("Attempt", "2")]
    [TestCase("BranchId", "b")]
    [TestCase("BranchName", "main")]
    [TestCase("ActorId", "9")]
    [TestCase("ActorUsername", "will")]
    [TestCase("ActorName", "Will E.")]
    [TestCase("Source", "editor")]
    [TestCase("Settings", """{"name":"Game","version":"1.0","format":"playcanvas","engine_version":"2.20.6","scenes":[{"id":1,"name":"Main"},{"id":2,"name":"Level 2"}],"scripts_minify":true}""")]
    [TestCase("Name", "Game")]
    [TestCase("Version", "1.0")]
    [TestCase("EngineVersion", "2.20.6")]
    [TestCase("Format", "playcanvas")]
    [TestCase("Scenes", "Main;Level 2")]
    [TestCase("ArtifactType", "app")]
    [TestCase("Size", "1234")]
    [TestCase("Url", "https://playcanv.as/p/x/")]
    [TestCase("Message", "out of memory")]
    [TestCase("CreatedAt", "2026-03-01T11:00:00Z")]
    [TestCase("ModifiedAt", "2026-03-01T11:00:01Z")]
    [TestCase("CompletedAt", "2026-03-01T11:00:02Z")]
    [TestCase("DurationMs", "2000")]
    public void EachFieldOfABuildIsMetadata(string metadata, string value)
    {
        Answer(
            Builds,
            """
            {"id":"5","project_id":7,"app_id":"6","job_id":8,"type":"publish","status":"error","attempt":2,"branch":{"id":"b","name":"main"},
             "actor":{"id":9,"username":"will","name":"Will E."},"source":{"type":"editor"},
             "settings":{"name":"Game","version":"1.0","format":"playcanvas","engine_version":"2.20.6","scenes":[{"id":1,"name":"Main"},{"id":2,"name":"Level 2"}],"scripts_minify":true},
             "artifacts":[{"type":"app","url":"https://playcanv.as/p/x/","bytes":1234}],"message":"out of memory",
             "created_at":"2026-03-01T11:00:00Z","modified_at":"2026-03-01T11:00:01Z","completed_at":"2026-03-01T11:00:02Z","duration_ms":2000}
            """);
        var task = new PlayCanvasListBuilds();

        RunWell(task);

        AssertField(task.Builds, metadata, value);
    }

    [Test]
    public void NoSignedAddressIsInALogOrAnItem()
    {
        RunWell(DownloadTask());
        Answer(
            Builds,
            """
            {"id":5,"type":"download","artifacts":[{"type":"download","url":"https://s3.example/1/game.zip?X-Amz-Signature=secret","bytes":1}],
             "message":"GET https://s3.example/1/game.zip?X-Amz-Signature=secret failed","settings":{"name":"see https://x.example/?k=secret"}},
            {"id":4,"type":"publish","artifacts":[{"type":"app","url":"https://playcanv.as/p/x/?k=secret"}]}
            """);
        var builds = new PlayCanvasListBuilds();
        RunWell(builds);
        Answer(Assets, """{"id":6,"file":{"url":"/api/assets/6/file/a.js?branchId=b&t=secret"}},{"id":7,"file":{"url":"https://s3.example/a.js?Signature=secret"}}""");
        var assets = new PlayCanvasListAssets();
        RunWell(assets);

        Assert.That(builds.Builds.Select(item => item.GetMetadata("Url")), Is.EqualTo(["", "https://playcanv.as/p/x/"]));
        Assert.That(builds.Builds[0].GetMetadata("Message"), Is.EqualTo("GET https://s3.example/1/game.zip failed"));
        Assert.That(assets.Assets.Select(item => item.GetMetadata("FileUrl")), Is.EqualTo(["/api/assets/6/file/a.js", "https://s3.example/a.js"]));
        Assert.That(builds.Builds.Concat(assets.Assets).SelectMany(Texts).Concat(Engine.AllTexts).Where(text => text.Contains("secret", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void AllPagesOfAssetsAreListed()
    {
        Sandbox.World.ChangeGame(game => game.WithGeneratedFiles(1_000_000, 2_500));
        var task = new PlayCanvasListAssets();

        RunWell(task);

        var world = Sandbox.World.GameOf(World.MainBranchId).Assets;
        Assert.That(task.Assets.Select(item => item.ItemSpec), Is.EquivalentTo(world.Select(asset => $"{asset.Id}")));
        Assert.That(Sandbox.Requests.Of("GET", "*/assets").Select(request => request.Query), Is.EqualTo(["?limit=1000", "?limit=1000&skip=1000", "?limit=1000&skip=2000"]));
        Assert.That(Engine.HighMessages[^1], Does.StartWith($"Web Game -> {world.Length:N0} assets (").And.EndsWith(" MB)"));
    }

    [TestCase("Identity", "5")]
    [TestCase("Name", "box.glb")]
    [TestCase("Type", "container")]
    [TestCase("State", "processing")]
    [TestCase("Tags", "a;b")]
    [TestCase("Preload", "true")]
    [TestCase("Parent", "4")]
    [TestCase("FileHash", "cafe")]
    [TestCase("FileFilename", "box.glb")]
    [TestCase("FileSize", "1234")]
    [TestCase("FileUrl", "/api/assets/5/file/box.glb")]
    [TestCase("CreatedAt", "2026-03-01T11:00:00Z")]
    [TestCase("ModifiedAt", "2026-03-01T12:00:00Z")]
    public void EachFieldOfAnAssetIsMetadata(string metadata, string value)
    {
        Answer(
            Assets,
            """
            {"id":5,"name":"box.glb","type":"container","state":"processing","tags":["a",null,"b"],"preload":true,"parent":4,
             "file":{"hash":"cafe","filename":"box.glb","size":"1234","url":"/api/assets/5/file/box.glb?branchId=b"},
             "createdAt":"2026-03-01T11:00:00Z","modifiedAt":"2026-03-01T12:00:00Z"}
            """);
        var task = new PlayCanvasListAssets();

        RunWell(task);

        AssertField(task.Assets, metadata, value);
    }

    [TestCaseSource(nameof(Tasks))]
    public void WhatTheServerLeavesOutIsEmpty(object makeTask)
    {
        var task = ((Func<PlayCanvasListTask>)makeTask)();
        RecordEverywhere(task, """{"id":5}""");

        RunWell(task);

        AssertEmpty(ItemsOf(task).Single());
    }

    [TestCaseSource(nameof(Tasks))]
    public void WhatTheServerSendsAsNullIsEmpty(object makeTask)
    {
        var task = ((Func<PlayCanvasListTask>)makeTask)();
        RecordEverywhere(
            task,
            """
            {"id":5,"project_id":null,"projectId":null,"owner_id":null,"branchId":null,"name":null,"description":null,"created":null,"modified":null,"createdAt":null,
             "modifiedAt":null,"created_at":null,"modified_at":null,"completed_at":null,"closed":null,"permanent":null,"latestCheckpointId":null,"user":null,"userId":null,
             "size":null,"app_id":null,"job_id":null,"type":null,"attempt":null,"branch":null,"actor":null,"source":null,"settings":null,"artifacts":null,"message":null,
             "duration_ms":null,"state":null,"tags":null,"preload":null,"parent":null,"file":null}
            """);

        RunWell(task);

        AssertEmpty(ItemsOf(task).Single());
    }

    [TestCaseSource(nameof(Tasks))]
    public void TheTokenIsMaskedInItems(object makeTask)
    {
        var task = ((Func<PlayCanvasListTask>)makeTask)();
        RecordEverywhere(task, $$"""{"id":5,"name":"{{Token}}","description":"{{Token}}","message":"{{Token}}"}""");

        RunWell(task);

        Assert.That(ItemsOf(task).SelectMany(Texts).Concat(Engine.AllTexts).Where(text => text.Contains(Token, StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Tasks))]
    public void AnEmptyListIsOneLine(object makeTask)
    {
        var task = ((Func<PlayCanvasListTask>)makeTask)();
        RecordEverywhere(task, "");

        RunWell(task);

        Assert.That(ItemsOf(task), Is.Empty);
        Assert.That(Engine.HighMessages.Single(), Does.StartWith("Web Game -> 0 "));
    }

    [TestCaseSource(nameof(Tasks))]
    public void GamesOfTheSameProjectAreListedOnce(object makeTask)
    {
        var task = ((Func<PlayCanvasListTask>)makeTask)();
        task.ProjectId = $"{World.ProjectId}";
        task.Game = [task.OnlyGame, task.OnlyGame];

        RunWell(task);

        Assert.That(Engine.HighMessages.Count(message => message.StartsWith("Web Game -> ", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [TestCase(400, "PLAYCANVAS2004")]
    [TestCase(403, "PLAYCANVAS2002")]
    [TestCase(404, "PLAYCANVAS2003")]
    public void ARefusedListIsAnErrorWithACode(int status, string code)
    {
        foreach (var makeTask in Tasks)
        {
            Engine = new RecordingBuildEngine();
            Stub = new StubHandler();
            foreach (var route in (string[])[Scenes, Branches, Checkpoints, Builds, Assets, "GET /api/projects/1234567/apps"])
                Stub.Always(route, Replies.Status(status, "no way"));

            Assert.That(RunBadly(makeTask(), code), Does.EndWith("no way"));
        }
    }

    [Test]
    public void AnUnknownBranchIsAnErrorThatNamesTheBranches()
    {
        foreach (var task in (PlayCanvasListTask[])[new PlayCanvasListScenes(), new PlayCanvasListCheckpoints(), new PlayCanvasListAssets()])
        {
            Engine = new RecordingBuildEngine();
            task.Branch = "maine";

            Assert.That(RunBadly(task, "PLAYCANVAS1012"), Does.Contain("\"main\", \"development\"").And.EndsWith("\"dotnet build -t:PlayCanvasListBranches -tl:off\"."));
        }
    }

    [Test]
    public void AnErrorNamesTheMostSimilarOfManyScenes()
    {
        Answer(Scenes, string.Join(",", Enumerable.Range(1, 50).Select(id => $$"""{"id":{{id}},"name":"Level {{id}} of the castle"}""").Append("""{"id":99,"name":"Mein"}""")));

        Assert.That(
            RunBadly(new PlayCanvasDownloadApp { Scenes = "Main", AppName = "Game" }, "PLAYCANVAS1009"),
            Does.Contain("Existing scenes: \"Mein\", \"Level 1 of the castle\", ").And.Contain(" and 31 more. To list the scenes"));
    }

    [TestCase(77)]
    [TestCase(157)]
    public void TablesFitTheLine(int width)
    {
        LineWidth = width;
        Sandbox.World.AddBranch(new string('b', 200));
        Sandbox.World.AddScene(new string('s', 200));
        Sandbox.World.AddCheckpoint(World.MainBranchId, new string('c', 200));
        RunWell(PublishTask());
        Sandbox.Faults.NextJobs(JobOutcome.Error(new string('m', 200)));
        Run(new PlayCanvasDownloadApp { Scenes = "Main", AppName = "My game" });

        foreach (var makeTask in Tasks)
        {
            Engine = new RecordingBuildEngine();
            RunWell(makeTask());
            Assert.That(Engine.HighMessages.SkipLast(1).Where(line => line.Length > width), Is.Empty);
            Assert.That(Engine.HighMessages.SkipLast(1), Is.Not.Empty);
        }
    }

    private static ITaskItem[] ItemsOf(PlayCanvasListTask task) => task switch
    {
        PlayCanvasListApps apps => apps.Apps,
        PlayCanvasListScenes scenes => scenes.Scenes,
        PlayCanvasListBranches branches => branches.Branches,
        PlayCanvasListCheckpoints checkpoints => checkpoints.Checkpoints,
        PlayCanvasListBuilds builds => builds.Builds,
        PlayCanvasListAssets assets => assets.Assets,
        _ => throw new ArgumentOutOfRangeException(nameof(task)),
    };

    private static IEnumerable<string> Texts(ITaskItem item) => item.CloneCustomMetadata().Values.Cast<string>();

    private static void AssertField(ITaskItem[] items, string metadata, string value) =>
        Assert.That(metadata == "Identity" ? items.Single().ItemSpec : items.Single().GetMetadata(metadata), Is.EqualTo(value));

    /// <summary>What the package adds to an app is never empty.</summary>
    private static void AssertEmpty(ITaskItem item)
    {
        Assert.That(item.ItemSpec, Is.EqualTo("5"));
        var filled = item.CloneCustomMetadata().Keys.Cast<string>().Where(name => item.GetMetadata(name).Length > 0);
        Assert.That(filled.Except(["Status", "IsPrimary"]), Is.Empty);
        Assert.That(item.CloneCustomMetadata(), Is.Not.Empty);
    }

    private void Answer(string route, string records) => Stub = new StubHandler().Always(route, Replies.Json($$"""{"result":[{{records}}],"pagination":{"total":1} }"""));

    /// <summary>The list of the task has this one record.</summary>
    private void RecordEverywhere(PlayCanvasListTask task, string record)
    {
        Stub = new StubHandler();
        foreach (var route in (string[])[Scenes, Checkpoints, Builds, Assets, "GET /api/projects/1234567/apps"])
            Stub.Always(route, Replies.Json($$"""{"result":[{{record}}],"pagination":{"total":1,"hasMore":false} }"""));
        Stub.Always("GET /api/projects/1234567/app", Replies.Status(404));
        Stub.Always(Branches, Replies.Json(task is PlayCanvasListBranches ? $$"""{"result":[{{record}}]}""" : MainBranch));
    }
}
