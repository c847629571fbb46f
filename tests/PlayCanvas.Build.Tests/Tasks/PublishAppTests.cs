using Microsoft.Build.Framework;
using Moq;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;
using AppRequest = PlayCanvas.Build.Api.Contracts.AppRequest;

namespace PlayCanvas.Build.Tests.Tasks;

[TestFixture]
public sealed class PublishAppTests : TaskFixture
{
    [Test]
    public void EachParameterIsAFieldOfTheRequest()
    {
        var task = PublishTask();
        task.Scenes = "Level 2;Main";
        task.Branch = "development";
        task.AppName = "100% fun; a*b? {0}";
        task.AppVersion = "1.2.3";
        task.AppDescription = "two\nlines";
        task.ReleaseNotes = "n";
        task.PublishId = "test";
        task.ScriptsConcatenate = "true";
        task.ScriptsMinify = " True ";
        task.ScriptsSourcemaps = "TRUE";
        task.OptimizeSceneFormat = "false";
        task.EngineVersion = "2.20.6";

        RunWell(task);

        Assert.That(SentBody(), Is.EqualTo(new JObject
        {
            ["project_id"] = World.ProjectId,
            ["name"] = "100% fun; a*b? {0}",
            ["scenes"] = new JArray(World.Level2SceneId, World.MainSceneId),
            ["branch_id"] = World.DevelopmentBranchId,
            ["description"] = "two\nlines",
            ["version"] = "1.2.3",
            ["release_notes"] = "n\n\n" + PublishMark.Of("test", new AppRequest
            {
                ProjectId = World.ProjectId,
                BranchId = World.DevelopmentBranchId,
                Name = task.AppName!,
                Version = "1.2.3",
                Scenes = [World.Level2SceneId, World.MainSceneId],
            }),
            ["scripts_concatenate"] = true,
            ["scripts_minify"] = true,
            ["scripts_sourcemaps"] = true,
            ["optimize_scene_format"] = false,
            ["engine_version"] = "2.20.6",
        }).Using(JToken.EqualityComparer));
    }

    [Test]
    public void WhatIsNotSetIsNotSent()
    {
        var task = PublishTask();
        (task.Branch, task.AppVersion, task.AppDescription, task.ScriptsMinify) = ("", "", " ", "");
        task.PublishId = "false";

        RunWell(task);

        Assert.That(string.Join(" ", SentBody().Properties().Select(field => field.Name)), Is.EqualTo("project_id name scenes"));
    }

    [TestCase(PublishAnswer.App)]
    [TestCase(PublishAnswer.Job)]
    [TestCase(PublishAnswer.Build)]
    public void The_app_is_the_result_whatever_the_server_answers(PublishAnswer answer)
    {
        SandboxOptions.PublishAnswer = answer;
        SandboxOptions.JobsNeedContentType = true;
        var task = PublishTask();
        task.AppVersion = "7.0";

        RunWell(task);

        var app = Sandbox.World.Apps[^1];
        Assert.That(task.App!.ItemSpec, Is.EqualTo($"{app.Id}"));
        Assert.That(task.App.GetMetadata("Name"), Is.EqualTo("My game"));
        Assert.That(task.App.GetMetadata("Version"), Is.EqualTo("7.0"));
        Assert.That(task.App.GetMetadata("Status"), Is.EqualTo("complete"));
        Assert.That(task.App.GetMetadata("IsPrimary"), Is.EqualTo("false"));
        Assert.That(Sandbox.Requests.Of("POST", "/api/apps"), Has.Count.EqualTo(1));
    }

    [Test]
    public void TheResultIsTheAppsAddressWithItsVersionAndId()
    {
        var task = PublishTask();
        task.AppVersion = "1.0";

        RunWell(task);

        var app = Sandbox.World.Apps[^1];
        Assert.That(Engine.HighMessages[^1], Is.EqualTo($"Web Game -> {app.Url} (version 1.0, app {app.Id})"));
    }

    [Test]
    public void TheAppBecomesThePrimaryOneWhenAsked()
    {
        var task = PublishTask();
        task.SetPrimaryApp = "true";

        RunWell(task);

        Assert.That($"{Sandbox.World.Projects[0].PrimaryAppId}", Is.EqualTo(task.App!.ItemSpec));
        Assert.That(task.App.GetMetadata("IsPrimary"), Is.EqualTo("true"));
    }

    [Test]
    public void An_app_that_does_not_become_the_primary_one_is_told_as_published()
    {
        Sandbox.Faults.On("PUT", "/api/projects/*", Fault.Status(403, "only {admins} may"));
        var task = PublishTask();
        task.SetPrimaryApp = "true";

        var message = RunBadly(task, "PLAYCANVAS3005");

        Assert.That(message, Does.Contain($"app {Sandbox.World.Apps[^1].Id}").And.Contain("PlayCanvasSetPrimaryApp").And.Contain("only {admins} may"));
        Assert.That(task.Apps, Is.Empty);
    }

    [Test]
    public void An_app_that_did_not_become_the_primary_one_is_not_published_again()
    {
        Sandbox.Faults.On("PUT", "/api/projects/*", Fault.Status(500), FaultScript.EveryCall);
        var first = PublishTask();
        (first.SetPrimaryApp, first.MaxRetries) = ("true", "0");
        RunBadly(first, "PLAYCANVAS3005");
        Sandbox.Faults.Clear();
        var second = PublishTask();
        second.SetPrimaryApp = "true";

        var succeeded = Run(second);

        Assert.That(succeeded, Is.True);
        Assert.That(Sandbox.Requests.Of("POST", "/api/apps"), Has.Count.EqualTo(1));
        Assert.That($"{Sandbox.World.Projects[0].PrimaryAppId}", Is.EqualTo(second.App!.ItemSpec));
        Assert.That(Engine.HighMessages, Has.Some.Contains("an earlier build sent this publish").And.Some.Contains($"app {second.App.ItemSpec}"));
    }

    [Test]
    public void WhoPublishesAgainOnPurposeGetsAnotherApp()
    {
        var first = PublishTask();
        var second = PublishTask();

        RunWell(first);
        RunWell(second);

        Assert.That(second.App!.ItemSpec, Is.Not.EqualTo(first.App!.ItemSpec));
    }

    [Test]
    public void ATakenVersionEndsWhatAnEarlierBuildBegan()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);
        var first = PublishTask();
        first.JobTimeout = "5";
        RunBadly(first, "PLAYCANVAS3002");
        Sandbox.World.ChangeApp(Sandbox.World.Apps[^1].Id, app => app with { Task = new AppTask(WorkStatus.Complete, null) });
        var taking = PublishTask();
        taking.SkipPublishedVersion = "true";
        Run(taking);
        var onPurpose = PublishTask();

        Assert.That(Run(onPurpose), Is.True);

        Assert.That(onPurpose.App!.ItemSpec, Is.Not.EqualTo(taking.App!.ItemSpec));
    }

    [TestCase(WorkStatus.Running)]
    [TestCase(WorkStatus.Error)]
    public void AVersionThatIsNotCompleteIsNotTaken(WorkStatus status)
    {
        var unfinished = Sandbox.World.AddApp("My game", "1.0");
        Sandbox.World.ChangeApp(unfinished.Id, app => app with { CompletedAt = null, Task = new AppTask(status, null) });
        var task = PublishTask();
        (task.AppVersion, task.SkipPublishedVersion) = ("1.0", "true");

        RunWell(task);

        Assert.That(task.App!.ItemSpec, Is.Not.EqualTo($"{unfinished.Id}"));
    }

    [TestCase("1.0", World.MainBranchId, true)]
    [TestCase("1.1", World.MainBranchId, false)]
    [TestCase("1.0", World.DevelopmentBranchId, false)]
    public void A_second_publish_of_a_version_is_told(string published, string branchId, bool isTold)
    {
        var earlier = Sandbox.World.AddApp("My game", published, branchId: branchId);
        Sandbox.World.AddBuild(earlier, "stranger", "api", []);
        var task = PublishTask();
        task.AppVersion = "1.0";

        RunWell(task);

        var line = $"PlayCanvas: \"My game\" 1.0 is already published (app {earlier.Id}); this publishes it a second time";
        Assert.That(Engine.HighMessages, isTold ? Has.Some.EqualTo(line) : Has.None.Contains("a second time"));
        Assert.That(Engine.HighMessages[^1], Does.Contain($"(version 1.0{(isTold ? " a second time" : "")}, app "));
    }

    [Test]
    public void A_second_app_without_a_version_is_not_told()
    {
        Sandbox.World.AddApp("My game");

        RunWell(PublishTask());

        Assert.That(Engine.HighMessages, Has.None.Contains("a second time"));
    }

    [Test]
    public void APublishedVersionIsTakenWhenAsked()
    {
        var task = PublishTask();
        (task.AppName, task.AppVersion, task.SkipPublishedVersion) = ("Spinning Box", "1.0.0", "true");

        RunWell(task);

        Assert.That(task.App!.GetMetadata("Version"), Is.EqualTo("1.0.0"));
        Assert.That(
            Sandbox.Requests.Select(request => $"{request.Method} {request.Path.Split('/')[^1]}"),
            Is.EqualTo(["GET apps", "GET builds"]),
            "nothing but the look-up");
        Assert.That(Engine.HighMessages, Has.Some.Contains("is already published").And.Some.Contains("PlayCanvasSkipPublishedVersion"));
    }

    [TestCase("1.0.0", "1.0.0")]
    [TestCase(" 1.0.0\n", "1.0.0")]
    [TestCase("1.0.0-rc.1+0123456789abcdef", "1.0.0-rc.1")]
    [TestCase("", null)]
    public void The_projects_version_is_the_apps_unless_it_has_one_of_its_own(string projectVersion, string? expected)
    {
        var task = PublishTask();
        (task.AppVersion, task.ProjectVersion) = (" ", projectVersion);
        var other = PublishTask();
        (other.AppVersion, other.ProjectVersion) = ("2.0", projectVersion);

        RunWell(task);
        RunWell(other);

        Assert.That(Sandbox.World.Apps.Skip(2).Select(app => app.Version), Is.EqualTo([expected, "2.0"]));
        Assert.That(Engine.Warnings, Is.Empty);
    }

    [Test]
    public void Two_project_versions_that_are_too_long_are_two_versions()
    {
        foreach (var version in (string[])["1.3.1", "1.3.1-feature-branch.27", "1.3.1-feature-other.3", "1.3.1-feature-other.3"])
        {
            var task = PublishTask();
            (task.ProjectVersion, task.SkipPublishedVersion) = (version, "true");
            RunWell(task);
        }

        Assert.That(Sandbox.World.Apps.Skip(2).Select(app => app.Version), Is.EqualTo(["1.3.1", "1.3.1-featu-6a7443e5", "1.3.1-featu-fcf23e52"]));
        Assert.That(Engine.Warnings.Select(warning => warning.Code), Is.EqualTo(Enumerable.Repeat("PLAYCANVAS1026", 3)));
        Assert.That(
            Engine.Warnings[0].Message,
            Does.Contain("1.3.1-feature-branch.27").And.Contain("1.3.1-featu-6a7443e5").And.Contain("20 characters").And.Contain("PlayCanvasAppVersion"));
    }

    [Test]
    public void A_warning_that_is_raised_to_an_error_publishes_nothing()
    {
        var engine = new Mock<IBuildEngine8>();
        engine.Setup(build => build.ShouldTreatWarningAsError("PLAYCANVAS1026")).Returns(true);
        var task = Prepare(PublishTask());
        (task.BuildEngine, task.ProjectVersion) = (engine.Object, "1.3.1-feature-branch.27");

        Assert.That(task.Execute(), Is.False);

        Assert.That(Sandbox.Requests, Is.Empty);
        engine.Verify(build => build.LogErrorEvent(It.Is<BuildErrorEventArgs>(error => error.Code == "PLAYCANVAS1026")), Times.Once);
    }

    [Test]
    public void AVersionThatIsNotPublishedYetIsPublished()
    {
        var task = PublishTask();
        (task.AppName, task.AppVersion, task.SkipPublishedVersion) = ("Spinning Box", "2.0.0", "true");

        RunWell(task);

        Assert.That(Sandbox.Requests.Of("POST", "/api/apps"), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_version_of_another_branch_is_not_the_one_published()
    {
        var first = PublishTask();
        (first.AppVersion, first.Branch) = ("5.0", "development");
        RunWell(first);
        var second = PublishTask();
        (second.AppVersion, second.SkipPublishedVersion) = ("5.0", "true");

        RunWell(second);

        Assert.That(second.App!.ItemSpec, Is.Not.EqualTo(first.App!.ItemSpec));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void ALostAnswerIsFound(bool buildsAreShown)
    {
        SandboxOptions.BuildsRoute = buildsAreShown;
        Sandbox.Faults.On("POST", "/api/apps", Fault.LoseAnswer);
        var before = Sandbox.World.Apps.Count;
        var task = PublishTask();

        RunWell(task);

        Assert.That(Sandbox.World.Apps, Has.Count.EqualTo(before + 1));
        Assert.That(task.App!.ItemSpec, Is.EqualTo($"{Sandbox.World.Apps[^1].Id}"));
        Assert.That(Sandbox.Requests.Of("POST", "/api/apps"), Has.Count.EqualTo(1));
        Assert.That(Engine.HighMessages, Has.Some.Contains("was lost"));
    }

    [Test]
    public void EachPublishHasAnIdOfItsOwn()
    {
        RunWell(PublishTask());
        RunWell(PublishTask());

        var notes = Sandbox.Requests.Of("POST", "/api/apps").Select(request => (string)JObject.Parse(request.Body)["release_notes"]!);
        Assert.That(notes, Is.Unique.And.All.Match(@"^PlayCanvas-Publish-Id: [0-9a-f]{32} \([0-9a-f]{8}\)$"));
    }

    [Test]
    public void In_CI_an_agent_that_starts_empty_finds_what_the_run_has_published()
    {
        (EnvironmentVariables["GITHUB_ACTIONS"], EnvironmentVariables["GITHUB_RUN_ID"]) = ("true", "8123");
        var first = PublishTask();
        RunWell(first);
        Directory.Delete(IntentFolder, recursive: true);
        var second = PublishTask();

        RunWell(second);

        Assert.That(second.App!.ItemSpec, Is.EqualTo(first.App!.ItemSpec));
        Assert.That(Engine.HighMessages, Has.Some.Contains($"app {first.App.ItemSpec} carries this publish's id"));
    }

    [Test]
    public void AnotherAppOfTheSameCiRunIsPublished()
    {
        (EnvironmentVariables["GITHUB_ACTIONS"], EnvironmentVariables["GITHUB_RUN_ID"]) = ("true", "8123");
        var first = PublishTask();
        var second = PublishTask();
        second.Scenes = "Level 2";
        RunWell(first);

        RunWell(second);

        Assert.That(second.App!.ItemSpec, Is.Not.EqualTo(first.App!.ItemSpec));
    }

    [Test]
    public void Release_notes_that_leave_no_room_for_the_mark_are_told()
    {
        var task = PublishTask();
        task.ReleaseNotes = new string('n', 9_990);

        Assert.That(RunBadly(task, "PLAYCANVAS1017"), Does.Contain("9,990").And.Contain("PlayCanvasPublishId=false"));
        Assert.That(Sandbox.Requests.Of("POST", "*"), Is.Empty);
    }

    /// <summary>Leaves an app that may be the result of a lost request: the list of apps hides the release notes, and builds are not listed.</summary>
    private string LeaveUnknown()
    {
        SandboxOptions.BuildsRoute = false;
        Sandbox.Faults.On("POST", "/api/apps", Fault.LoseAnswer);
        Sandbox.Faults.On("GET", "*/apps", Fault.Rewrite(HideReleaseNotes), FaultScript.EveryCall);
        return RunBadly(PublishTask(), "PLAYCANVAS3004");
    }

    private static void HideReleaseNotes(System.Text.Json.Nodes.JsonObject page)
    {
        foreach (var app in page["result"]!.AsArray())
            app!["release_notes"] = null;
    }

    [Test]
    public void An_app_that_may_be_the_result_is_named_and_nothing_is_sent_again()
    {
        var message = LeaveUnknown();
        var app = Sandbox.World.Apps[^1];
        Engine = new RecordingBuildEngine();
        var other = PublishTask();
        other.ReleaseNotes = "written since";

        var again = RunBadly(other, "PLAYCANVAS3004");

        Assert.That(new[] { message, again }, Has.All.Contains($"app {app.Id} {app.Url} may be its result")
            .And.All.Contains("PlayCanvasAcceptApp").And.All.Contains("PlayCanvasPublishAgain"));
        Assert.That(Sandbox.Requests.Of("POST", "/api/apps"), Has.Count.EqualTo(1));
    }

    [Test]
    public void AnAppThatMayBeTheResultCanBeAccepted()
    {
        LeaveUnknown();
        Engine = new RecordingBuildEngine();
        var accepting = PublishTask();
        accepting.AcceptApp = $" {Sandbox.World.Apps[^1].Id} ";
        RunWell(accepting);
        Sandbox.Faults.Clear();
        var next = PublishTask();

        RunWell(next);

        Assert.That(accepting.App!.ItemSpec, Is.EqualTo(accepting.AcceptApp!.Trim()));
        Assert.That(next.App!.ItemSpec, Is.Not.EqualTo(accepting.App.ItemSpec), "The outcome must no longer be unknown.");
    }

    [Test]
    public void PublishingAgainIsTheOtherWayOut()
    {
        LeaveUnknown();
        var doubtful = Sandbox.World.Apps[^1];
        Engine = new RecordingBuildEngine();
        var again = PublishTask();
        again.PublishAgain = "true";

        RunWell(again);

        Assert.That(again.App!.ItemSpec, Is.Not.EqualTo($"{doubtful.Id}"));
        Assert.That(Sandbox.Requests.Of("POST", "/api/apps"), Has.Count.EqualTo(2));
    }

    [TestCase("5")]
    [TestCase("the newest")]
    [TestCase("-1")]
    public void An_app_that_the_project_does_not_have_is_not_accepted(string id)
    {
        var task = PublishTask();
        (task.AcceptApp, task.AppVersion) = (id, "1.0");

        Assert.That(RunBadly(task, "PLAYCANVAS1031"), Does.Contain(id).And.Contain("\"My game\" 1.0"));
        Assert.That(Sandbox.Requests.Of("POST", "*"), Is.Empty);
    }

    [Test]
    public void Where_the_users_folder_cannot_be_written_the_projects_is_used()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);
        Folder.Write("home", "a file in the place of the folder");
        var task = PublishTask();
        task.JobTimeout = "5";

        RunBadly(task, "PLAYCANVAS3002");

        Assert.That(Directory.GetFiles(Folder.File("obj", "playcanvas"), "*.json"), Has.Length.EqualTo(1));
    }

    [Test]
    public void ARequestThatNeverArrivedIsSentOnceMore()
    {
        Sandbox.Faults.On("POST", "/api/apps", Fault.ResetBefore);
        var before = Sandbox.World.Apps.Count;

        RunWell(PublishTask());

        Assert.That(Sandbox.World.Apps, Has.Count.EqualTo(before + 1));
        Assert.That(Sandbox.Requests.Of("POST", "/api/apps"), Has.Count.EqualTo(2));
    }

    [Test]
    public void AnOutcomeThatIsUnknownIsToldAsSuch()
    {
        Sandbox.Faults.On("POST", "/api/apps", Fault.Status(504, "gateway {0} timeout"));

        var message = RunBadly(PublishTask(), "PLAYCANVAS3004");

        Assert.That(message, Does.Contain("publishing \"My game\"").And.Contain("the project's builds and apps").And.Contain("build again").And.Contain("gateway {0} timeout"));
    }

    [Test]
    public void A_build_that_was_killed_while_waiting_is_followed_by_one_that_waits_for_the_same_app()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);
        var first = PublishTask();
        first.JobTimeout = "5";
        var message = RunBadly(first, "PLAYCANVAS3002");
        var app = Sandbox.World.Apps[^1].Id;
        Sandbox.World.ChangeApp(app, old => old with { Task = new AppTask(WorkStatus.Complete, null) });
        var second = PublishTask();

        var succeeded = Run(second);

        Assert.That(message, Does.Contain("PlayCanvasJobTimeout").And.Contain("5 s"));
        Assert.That(succeeded, Is.True);
        Assert.That(second.App!.ItemSpec, Is.EqualTo($"{app}"));
        Assert.That(Sandbox.Requests.Of("POST", "/api/apps"), Has.Count.EqualTo(1));
    }

    [Test]
    public void The_intent_lies_in_the_users_folder_without_the_token_and_is_gone_afterwards()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);
        var task = PublishTask();
        task.JobTimeout = "5";
        RunBadly(task, "PLAYCANVAS3002");
        var left = Directory.GetFiles(IntentFolder, "*.json");
        var content = File.ReadAllText(left.Single());

        Sandbox.World.ChangeApp(Sandbox.World.Apps[^1].Id, old => old with { Task = new AppTask(WorkStatus.Complete, null) });
        Run(PublishTask());

        Assert.That(content, Does.Contain("My game").And.Not.Contain(Token));
        Assert.That(File.Exists(left[0]), Is.False);
    }

    [TestCase("broken")]
    [TestCase("")]
    [TestCase("null")]
    public void ABrokenIntentIsNone(string content)
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);
        var task = PublishTask();
        task.JobTimeout = "5";
        RunBadly(task, "PLAYCANVAS3002");
        File.WriteAllText(Directory.GetFiles(IntentFolder, "*.json").Single(), content);

        Assert.That(Run(PublishTask()), Is.True);
    }

    [Test]
    public void AFailedJobIsToldInTheServersWords()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Error("Script {0} is broken", "see\nlog"));

        var message = RunBadly(PublishTask(), "PLAYCANVAS3001");

        Assert.That(message, Does.EndWith("Script {0} is broken; see log"));
        Assert.That(message, Does.Contain("PlayCanvasEngineVersion"));
    }

    [Test]
    public void AnAppThatVanishesIsToldAsSuch()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Vanish);

        RunBadly(PublishTask(), "PLAYCANVAS3003");
    }

    [Test]
    public void LongWaitsAreToldEveryTenSeconds()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);
        var task = PublishTask();
        task.JobTimeout = "65";

        RunBadly(task, "PLAYCANVAS3002");

        Assert.That(Engine.HighMessages.Count(line => line.StartsWith("PlayCanvas: publishing \"My game\",", StringComparison.Ordinal)), Is.InRange(5, 7));
    }

    [Test]
    public void A_folder_that_cannot_be_written_is_told_before_anything_is_published()
    {
        Folder.Write("home", "a file in the place of the folder");
        Folder.Write("obj", "a file in the place of the folder");

        RunBadly(PublishTask(), "PLAYCANVAS4009");

        Assert.That(Sandbox.Requests.Of("POST", "*"), Is.Empty);
    }

    [TestCase("1:Main", null, "PLAYCANVAS1009", "PlayCanvasScenes names the scene \"1:Main\", but the project does not contain it. Existing scenes: \"Main\", \"Level 2\". To list the scenes with their ids, run \"dotnet build -t:PlayCanvasListScenes -tl:off\".")]
    [TestCase("Playground", null, "PLAYCANVAS1009", "PlayCanvasScenes names the scene \"Playground\"")]
    [TestCase("*", null, "PLAYCANVAS1011", "as in \"Main;*\". Existing scenes: \"Main\", \"Level 2\".")]
    [TestCase("Main", "nowhere", "PLAYCANVAS1012", "PlayCanvasBranch is \"nowhere\", but the project does not have this branch. Existing branches: \"main\", \"development\". To list the branches with their ids, run \"dotnet build -t:PlayCanvasListBranches -tl:off\".")]
    public void A_name_that_is_not_there_is_told_with_those_that_are(string scenes, string? branch, string code, string words)
    {
        var task = PublishTask();
        (task.Scenes, task.Branch) = (scenes, branch);

        Assert.That(RunBadly(task, code), Does.Contain(words));
        Assert.That(Sandbox.Requests.Of("POST", "*"), Is.Empty);
    }

    [Test]
    public void A_scene_name_that_occurs_twice_is_told_with_the_ids()
    {
        var first = Sandbox.World.AddScene("Twin");
        var second = Sandbox.World.AddScene("Twin");
        var task = PublishTask();
        task.Scenes = "Twin";

        Assert.That(RunBadly(task, "PLAYCANVAS1010"), Does.Contain($"{first.Id}, {second.Id}"));
    }

    [Test]
    public void A_branch_name_that_occurs_twice_is_told_with_the_ids()
    {
        var second = Sandbox.World.AddBranch("development");
        var task = PublishTask();
        task.Branch = "development";

        Assert.That(RunBadly(task, "PLAYCANVAS1013"), Does.Contain($"{World.DevelopmentBranchId}, {second.Id}"));
    }

    [Test]
    public void ABranchOnALaterPageIsFound()
    {
        SandboxOptions.BranchPageSize = 1;
        var task = PublishTask();
        (task.Branch, task.Scenes) = ("development", "Playground");

        RunWell(task);

        Assert.That((string?)SentBody()["branch_id"], Is.EqualTo(World.DevelopmentBranchId));
    }

    [TestCase("Main;*", new[] { World.MainSceneId, World.Level2SceneId })]
    [TestCase("Level 2;*", new[] { World.Level2SceneId, World.MainSceneId })]
    [TestCase("2000002", new[] { World.Level2SceneId })]
    [TestCase("Level 2%3BMain", new[] { World.Level2SceneId, World.MainSceneId })]
    public void ScenesAreNamedAsPeopleDo(string scenes, int[] ids)
    {
        var task = PublishTask();
        task.Scenes = scenes;

        RunWell(task);

        Assert.That(SentBody()["scenes"]!.Select(id => (int)id), Is.EqualTo(ids));
    }

    [TestCase("field 'engine_version' is required", "PlayCanvasEngineVersion")]
    [TestCase("field 'version' is too long", "PlayCanvasAppVersion")]
    [TestCase("Scene 5 is not in the project", "PlayCanvasScenes")]
    [TestCase("something else", "PlayCanvasProjectId, PlayCanvasScenes and PlayCanvasEngineVersion")]
    public void ARefusedFieldIsToldByItsProperty(string words, string property)
    {
        Sandbox.Faults.On("POST", "/api/apps", Fault.Status(400, words));

        var message = RunBadly(PublishTask(), "PLAYCANVAS2004");

        Assert.That(message, Does.Contain($"Check {property}.").And.EndsWith(words));
    }

    private JObject SentBody() => JObject.Parse(Sandbox.Requests.Of("POST", "/api/apps").Single().Body);
}
