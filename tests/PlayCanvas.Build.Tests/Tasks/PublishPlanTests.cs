using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests what a dry run says about a publish, and that it fails where a publish would certainly fail.</summary>
public sealed class PublishPlanTests : DryRunFixture
{
    private const string NewApp = "would publish \"My game\" 1.0 from main: Main";

    private static PlayCanvasPublishApp Task()
    {
        var task = PublishTask();
        (task.AppVersion, task.DefaultLockFilePath, task.PublishId) = ("1.0", LockFileName, "run-7");
        return task;
    }

    [Test]
    public void A_new_app_would_be_published()
    {
        var task = Task();
        (task.AppDescription, task.ReleaseNotes) = ("About", "News");

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([NewApp]));
        Assert.That(Closing, Is.EqualTo($"Web Game -> {NewApp}"));
        Assert.That(task.App.ItemSpec, Is.EqualTo("planned"), "There is no id.");
        string[] names = ["Outcome", "ProjectId", "Name", "Version", "Description", "ReleaseNotes", "Branch", "Url", "Status", "IsPrimary"];
        Assert.That(
            names.Select(task.App.GetMetadata),
            Is.EqualTo(["planned", $"{World.ProjectId}", "My game", "1.0", "About", "News", "main", "", "", "false"]));
    }

    [Test]
    public void The_branch_and_the_scenes_are_named()
    {
        var task = Task();
        (task.Branch, task.Scenes) = ("development", $"Level 2;{World.MainSceneId}");

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo(["would publish \"My game\" 1.0 from development: Level 2, Main"]));
    }

    [Test]
    public void The_app_would_become_the_primary_one()
    {
        var task = Task();
        task.SetPrimaryApp = "true";

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([NewApp, "would make it the project's primary app"]));
        Assert.That(task.App.GetMetadata("IsPrimary"), Is.EqualTo("true"));
    }

    [Test]
    public void Each_game_has_its_line()
    {
        var task = Task();
        Prepare(task);
        var second = new Microsoft.Build.Utilities.TaskItem(task.OnlyGame) { ItemSpec = "second" };
        second.SetMetadata("AppName", "Second");
        task.Game = [task.OnlyGame, second];

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([NewApp, NewApp.Replace("My game", "Second", StringComparison.Ordinal)]));
        Assert.That(task.Apps.Select(app => app.GetMetadata("Name")), Is.EqualTo(["My game", "Second"]));
    }

    [Test]
    public void A_version_that_is_published_is_an_error()
    {
        var earlier = Published();

        var message = PlanBadly(Task(), "PLAYCANVAS3007");

        Assert.That(message, Does.StartWith($"\"My game\" 1.0 is already published (app {earlier.Id})").And.Contain("PlayCanvasSkipPublishedVersion"));
    }

    [Test]
    public void A_version_that_is_published_may_be_published_again()
    {
        Published();
        var task = Task();
        task.PublishAgain = "true";

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([NewApp]));
        Assert.That(Engine.Warnings, Is.Empty);
    }

    [Test]
    public void A_version_that_is_published_would_be_reused()
    {
        var earlier = Published();
        var task = Task();
        task.SkipPublishedVersion = "true";

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([$"would reuse app {earlier.Id}, which is \"My game\" 1.0 already, and publish nothing"]));
        Assert.That(Engine.Warnings, Is.Empty);
        Assert.That((task.App.ItemSpec, task.App.GetMetadata("Outcome")), Is.EqualTo(($"{earlier.Id}", "planned")));
        Assert.That(task.App.GetMetadata("CompletedAt"), Is.Not.Empty, "The fields of the record are there.");
    }

    [Test]
    public void An_app_that_the_project_names_would_be_the_result()
    {
        var earlier = Published();
        var task = Task();
        (task.AcceptApp, task.SetPrimaryApp) = ($"{earlier.Id}", "true");

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo(
        [
            $"would take app {earlier.Id} as the result, because of PlayCanvasAcceptApp, and publish nothing",
            $"would make app {earlier.Id} the project's primary app",
        ]));
    }

    [Test]
    public void An_app_that_failed_cannot_be_the_result()
    {
        var earlier = Published();
        Sandbox.World.ChangeApp(earlier.Id, app => app with { CompletedAt = null, Task = new AppTask(WorkStatus.Error, "Script is broken") });
        var task = Task();
        task.AcceptApp = $"{earlier.Id}";

        Assert.That(PlanBadly(task, "PLAYCANVAS3001"), Does.Contain("Script is broken"));
    }

    [Test]
    public void The_result_of_a_build_that_was_killed_would_be_taken()
    {
        var app = LeaveIntent();

        var task = Task();
        PlanWell(task);

        Assert.That(Plan[0], Does.StartWith("an earlier build sent this publish request at "));
        Assert.That(Plan[1], Is.EqualTo($"would take app {app} as the result, and publish nothing"));
        Assert.That(task.App.ItemSpec, Is.EqualTo($"{app}"));
    }

    [Test]
    public void A_second_publish_on_purpose_would_be_sent()
    {
        LeaveIntent();
        var task = Task();
        task.PublishAgain = "true";

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo([NewApp]));
    }

    [Test]
    public void The_result_of_the_same_CI_run_would_be_taken()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        RunWell(Task());
        var app = Sandbox.World.Apps[^1].Id;

        PlanWell(Task());

        Assert.That(Plan[0], Does.StartWith($"app {app} carries this publish's id"));
        Assert.That(Plan[1], Is.EqualTo($"would take app {app} as the result, and publish nothing"));
    }

    /// <summary>The records show an app that may be the result of the lost request, so a publish would not decide either.</summary>
    [Test]
    public void An_unknown_outcome_is_an_error()
    {
        Sandbox.Faults.On("POST", "/api/apps", Fault.LoseAnswer);
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        var lost = Task();
        lost.PublishId = "false";
        RunBadly(lost, "PLAYCANVAS3004");
        var task = Task();
        task.PublishId = "false";

        PlanBadly(task, "PLAYCANVAS3004");
    }

    [Test]
    public void A_branch_that_is_ahead_of_the_lock_file_is_a_warning_or_an_error([Values] bool isLocked)
    {
        LockFirst();
        ChangeBranch();
        var task = Task();
        task.LockedMode = isLocked ? "true" : "false";

        if (isLocked)
        {
            PlanBadly(task, "PLAYCANVAS3006");
            return;
        }

        PlanWell(task);
        Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS3006"));
        Assert.That(Plan, Is.EqualTo([NewApp]));
    }

    private static IEnumerable<TestCaseData> CertainFailures()
    {
        yield return Failure("PLAYCANVAS1009", "a scene that is missing", task => task.Scenes = "Nowhere");
        yield return Failure("PLAYCANVAS1012", "a branch that is missing", task => task.Branch = "nowhere");
        yield return Failure("PLAYCANVAS2003", "a project that is missing", task => task.ProjectId = "99");
        yield return Failure("PLAYCANVAS1014", "a version that is too long", task => task.AppVersion = new string('1', 21));
        yield return Failure("PLAYCANVAS1014", "a name that is too long", task => task.AppName = new string('x', 1001));
        yield return Failure("PLAYCANVAS1017", "release notes that are too long", task => task.ReleaseNotes = new string('x', 10_000));
        yield return Failure("PLAYCANVAS1031", "an app that does not exist", task => task.AcceptApp = "99");
        yield return Failure("PLAYCANVAS1018", "source maps alone", task => task.ScriptsSourcemaps = "true");

        static TestCaseData Failure(string code, string what, Action<PlayCanvasPublishApp> set) => new TestCaseData(code, set).SetArgDisplayNames(what);
    }

    [TestCaseSource(nameof(CertainFailures))]
    public void What_would_certainly_fail_is_an_error(string code, Action<PlayCanvasPublishApp> set)
    {
        var task = Task();
        set(task);

        PlanBadly(task, code);

        Assert.That(task.Apps, Is.Empty);
    }

    [Test]
    public void A_missing_token_is_an_error()
    {
        EnvironmentVariables.Clear();

        PlanBadly(Task(), "PLAYCANVAS1004");
    }

    /// <summary>What the plan has promised is what happens.</summary>
    [Test]
    public void The_publish_after_a_dry_run_does_what_it_said()
    {
        PlanWell(Task());
        Engine = new RecordingBuildEngine();
        var task = Task();

        RunWell(task);

        Assert.That((string?)JObject.Parse(Sandbox.Requests.Of("POST", "/api/apps").Single().Body)["version"], Is.EqualTo("1.0"));
        Assert.That(task.App.GetMetadata("Outcome"), Is.EqualTo("published"));
        Assert.That(Engine.HighMessages, Has.None.Contains("an earlier build"));
    }

    private App Published()
    {
        var app = Sandbox.World.AddApp("My game", "1.0");
        Sandbox.World.AddBuild(app, "stranger", "editor", []);
        return app;
    }

    /// <summary>Lets a build give up waiting for its app, which keeps the intent. Then the app is completed.</summary>
    private long LeaveIntent()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        var task = Task();
        task.JobTimeout = "5";
        RunBadly(task, "PLAYCANVAS3002");
        var app = Sandbox.World.Apps[^1].Id;
        Sandbox.World.ChangeApp(app, old => old with { Task = new AppTask(WorkStatus.Complete, null) });
        return app;
    }
}
