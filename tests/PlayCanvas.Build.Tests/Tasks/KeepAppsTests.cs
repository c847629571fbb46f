using System.Text.Json.Nodes;
using NUnit.Framework;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests the deletion of old apps: after a publish (<c>PlayCanvasKeepApps</c>), and by the task <c>PlayCanvasDeleteApps</c>.</summary>
[TestFixture]
public sealed class KeepAppsTests : TaskFixture
{
    private const string Name = "My game";

    private IReadOnlyList<string> Versions => [.. Sandbox.World.Apps.Where(app => app.Name == Name).Select(app => app.Version!)];

    private IReadOnlyList<RecordedRequest> Deletions => [.. Sandbox.Requests.Where(request => request.Method == "DELETE")];

    private JsonNode Results => JsonNode.Parse(File.ReadAllText(Folder.File("result.json")))!;

    [Test]
    public void Everything_stays_without_being_asked()
    {
        Add("1", "2", "3");

        RunWell(Publish(keep: null));

        Assert.That(Versions, Is.EqualTo(["1", "2", "3", "9"]));
        Assert.That(Results["publishes"]![0]!["deleted"], Is.Null);
    }

    [Test]
    public void A_publish_keeps_the_newest_apps_and_the_new_one_counts()
    {
        var apps = Add("1", "2", "3", "4");

        RunWell(Publish(keep: "3"));

        Assert.That(Versions, Is.EqualTo(["3", "4", "9"]));
        Assert.That(Results["publishes"]![0]!["deleted"]!.AsArray().Select(app => ((int)app!["id"]!, (string?)app["version"])), Is.EqualTo([(apps[0].Id, "1"), (apps[1].Id, "2")]));
        Assert.That(Engine.HighMessages[^1], Does.EndWith(", 2 deleted)"));
        Assert.That(Sandbox.World.Builds.Select(build => build.AppId), Is.EqualTo(Sandbox.World.Apps.Where(app => app.Name == Name).Select(app => (int?)app.Id)));
    }

    [Test]
    public void The_list_is_printed_before_anything_is_deleted()
    {
        var apps = Add("1.0", "2.0", "3.0");
        Sandbox.World.ChangeApp(apps[0].Id, app => app with { Size = 2_500_000, CompletedAt = new(2026, 11, 1, 8, 30, 0, TimeSpan.Zero) });
        Sandbox.World.ChangeApp(apps[1].Id, app => app with { Size = 2_600_000, CompletedAt = new(2026, 11, 8, 8, 30, 0, TimeSpan.Zero) });
        var task = Publish(keep: "2");
        IReadOnlyList<string> before = [];
        task.CreateHandler = () => new FirstDeletion(() => before = Engine.HighMessages) { InnerHandler = HttpTransport.CreateHandler() };

        RunWell(task);

        var list = before.SkipWhile(line => !line.Contains("deleting", StringComparison.Ordinal)).Take(4);
        Assert.That(
            list,
            Is.EqualTo(
            [
                "PlayCanvas: deleting 2 apps that the 2 newest of \"My game\" have replaced:",
                "     Id  Name     Version    Size  Completed",
                $"{apps[1].Id}  My game  2.0      2.6 MB  2026-11-08 08:30",
                $"{apps[0].Id}  My game  1.0      2.5 MB  2026-11-01 08:30",
            ]));
        Assert.That(Engine.HighMessages, Has.Some.EqualTo("PlayCanvas: deleted 2 apps"));
    }

    [Test]
    public void What_cannot_be_told_apart_stays_and_the_build_says_so()
    {
        Sandbox.World.AddApp(Name, "no build");
        AddBuild(Sandbox.World.AddApp(Name, "editor"), "editor");
        AddBuild(Sandbox.World.AddApp(Name, "branch", branchId: World.DevelopmentBranchId));
        MakePrimary(Add("primary")[0]);
        Sandbox.World.ChangeApp(Sandbox.World.AddApp(Name, "running").Id, app => app with { CompletedAt = null });
        Add("1");

        RunWell(Publish(keep: "1"));

        Assert.That(Versions, Is.EqualTo(["no build", "editor", "branch", "primary", "running", "9"]));
        Assert.That(
            Engine.HighMessages,
            Has.Some.EqualTo("PlayCanvas: beside the newest apps, these stay: the primary app, 1 not complete, 1 of unknown origin, 2 from the Editor or another branch"));
    }

    [Test]
    public void The_app_that_a_release_has_replaced_as_the_primary_one_is_an_old_app()
    {
        MakePrimary(Add("1")[0]);
        var task = Publish(keep: "1");
        task.SetPrimaryApp = "true";

        RunWell(task);

        Assert.That(Versions, Is.EqualTo(["9"]));
        Assert.That(Sandbox.World.Projects[0].PrimaryAppId, Is.EqualTo(Sandbox.World.Apps[^1].Id));
    }

    [Test]
    public void A_branch_has_its_own_apps()
    {
        Add("1", "2");
        var task = Publish(keep: "1");
        task.Branch = "development";

        RunWell(task);
        RunWell(Publish(keep: "1", version: "10", branch: "development"));

        Assert.That(Versions, Is.EqualTo(["1", "2", "10"]));
    }

    [Test]
    public void A_reused_app_is_followed_by_deletions_too()
    {
        Add("1", "2");
        var published = Publish(keep: null);
        published.PublishId = "run-7";
        RunWell(published);
        var again = Publish(keep: "1");
        again.PublishId = "run-7";

        RunWell(again);

        Assert.That(Sandbox.Requests.Of("POST", "/api/apps"), Has.Count.EqualTo(1));
        Assert.That(Versions, Is.EqualTo(["9"]));
    }

    [Test]
    public void Apps_that_are_newer_than_a_reused_one_stay()
    {
        Add("1", "2", "3", "4");
        var task = Publish(keep: "1", version: "2");
        task.SkipPublishedVersion = "true";

        RunWell(task);

        Assert.That(Versions, Does.Contain("2").And.Contain("3").And.Contain("4"));
    }

    [Test]
    public void A_failure_is_a_warning_after_a_publish()
    {
        Add("1", "2");
        Sandbox.Faults.On("DELETE", "*", Fault.Status(403, "only {admins} may"), FaultScript.EveryCall);

        Assert.That(Run(Publish(keep: "1")), Is.True);

        var warning = Engine.Warnings.Single();
        Assert.That(warning.Code, Is.EqualTo("PLAYCANVAS3012"));
        Assert.That(warning.Message, Does.Contain("(\"My game\" 1), app").And.Contain("(\"My game\" 2)").And.Contain("only {admins} may"));
        Assert.That(Versions, Is.EqualTo(["1", "2", "9"]));
        var publish = Results["publishes"]![0]!;
        Assert.That((string?)publish["outcome"], Is.EqualTo("published"));
        Assert.That((string?)publish["warnings"]![0], Is.EqualTo("PLAYCANVAS3012"));
        Assert.That(publish["deleted"]!.AsArray(), Is.Empty);
    }

    [TestCase("/api/projects/*/builds", 403)]
    [TestCase("/api/projects/*/app", 403)]
    [TestCase("/api/projects/*/app", 500)]
    public void Nothing_is_deleted_if_the_records_cannot_be_read(string path, int status)
    {
        Add("1", "2");
        Sandbox.Faults.On("GET", path, Fault.Status(status), FaultScript.EveryCall);

        Assert.That(Run(Publish(keep: "1")), Is.True);

        Assert.That(Deletions, Is.Empty);
        Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS3012"));
        Assert.That(Versions, Is.EqualTo(["1", "2", "9"]));
    }

    [Test]
    public void An_app_that_cannot_be_deleted_does_not_keep_the_others()
    {
        var apps = Add("1", "2");
        foreach (var route in new[] { $"/api/projects/*/builds/{BuildOf(apps[0])}", $"/api/apps/{apps[0].Id}" })
            Sandbox.Faults.On("DELETE", route, Fault.Status(409), FaultScript.EveryCall);

        Assert.That(Run(Publish(keep: "1")), Is.True);

        Assert.That(Versions, Is.EqualTo(["1", "9"]));
        Assert.That(Engine.Warnings.Single().Message, Does.Contain($"Could not delete app {apps[0].Id} (\"My game\" 1)."));
    }

    [Test]
    public void A_service_that_fails_is_not_asked_for_each_app()
    {
        Add("1", "2", "3");
        Sandbox.Faults.On("DELETE", "*", Fault.Status(503), FaultScript.EveryCall);
        var task = Publish(keep: "1");
        task.MaxRetries = "1";

        Assert.That(Run(task), Is.True);

        Assert.That(Deletions, Has.Count.EqualTo(2));
        Assert.That(Engine.Warnings.Single().Message, Does.Contain("\"My game\" 1").And.Contain("\"My game\" 2").And.Contain("\"My game\" 3"));
    }

    [Test]
    public void Lost_answers_and_rate_limits_do_no_harm()
    {
        Add("1", "2", "3", "4");
        Sandbox.Faults.On("DELETE", "*", 1, Fault.LoseAnswer);
        Sandbox.Faults.On("DELETE", "*", 3, Fault.Status(429));
        Sandbox.Faults.On("DELETE", "*", 5, Fault.ResetBefore);
        Sandbox.Faults.On("DELETE", "*", 7, Fault.Status(502));

        RunWell(Publish(keep: "1"));

        Assert.That(Versions, Is.EqualTo(["9"]));
        Assert.That(Engine.Warnings, Is.Empty);
    }

    [Test]
    public void One_run_deletes_twenty_apps_and_the_next_one_continues()
    {
        Add([.. Enumerable.Range(1, 23).Select(number => $"{number}")]);

        RunWell(Publish(keep: "1"));

        Assert.That(Versions, Is.EqualTo(["21", "22", "23", "9"]));
        Assert.That(Engine.HighMessages, Has.Some.Contains("3 for the next run"));

        RunWell(Delete(keep: "1"));

        Assert.That(Versions, Is.EqualTo(["9"]));
    }

    [Test]
    public void A_dry_run_of_a_publish_says_what_would_be_deleted()
    {
        var apps = Add("1", "2", "3");
        var task = Publish(keep: "2");
        task.DryRun = "true";

        RunWell(task);

        Assert.That(Versions, Is.EqualTo(["1", "2", "3"]));
        Assert.That(Sandbox.Requests.Select(request => request.Method), Is.All.EqualTo("GET"));
        Assert.That(Engine.HighMessages, Has.Some.EqualTo("PlayCanvas: would delete 2 apps that the 2 newest of \"My game\" have replaced:"));
        Assert.That(Results["publishes"]![0]!["deleted"]!.AsArray().Select(app => (int)app!["id"]!), Is.EquivalentTo(apps.Take(2).Select(app => app.Id)));
    }

    [Test]
    public void The_target_deletes_the_old_apps()
    {
        MakePrimary(Add("1", "2", "3")[0]);
        var task = Delete(keep: "1");

        RunWell(task);

        Assert.That(Versions, Is.EqualTo(["1", "3"]));
        Assert.That(task.Apps.Select(app => (app.GetMetadata("Version"), app.GetMetadata("Outcome"))), Is.EqualTo([("2", "deleted")]));
        Assert.That(Engine.HighMessages[^1], Is.EqualTo("Web Game -> 1 app deleted"));
        var result = Results["deletions"]!.AsArray().Single()!;
        Assert.That(((string?)result["outcome"], (string?)result["deleted"]!.AsArray().Single()!["version"]), Is.EqualTo(("deleted", "2")));
    }

    [Test]
    public void The_target_may_have_nothing_to_do()
    {
        Add("1");

        RunWell(Delete(keep: "5"));

        Assert.That(Deletions, Is.Empty);
        Assert.That(Engine.HighMessages[^1], Is.EqualTo("Web Game -> 0 apps deleted"));
        Assert.That((string?)Results["deletions"]![0]!["outcome"], Is.EqualTo("up-to-date"));
    }

    [TestCase("{0};{2}")]
    [TestCase("{0}, {2}")]
    [TestCase("{0} {2}")]
    public void The_target_deletes_the_apps_that_are_named(string ids)
    {
        var apps = Add("1", "2", "3");
        var withoutBuild = Sandbox.World.AddApp("Another name", "4");
        File.WriteAllText(EnvironmentVariables["GITHUB_STEP_SUMMARY"] = Folder.File("summary"), "");

        RunWell(Delete(id: string.Format(null, ids, apps[0].Id, 0, withoutBuild.Id)));

        Assert.That(Versions, Is.EqualTo(["2", "3"]));
        Assert.That(Sandbox.World.Apps.Select(app => app.Id), Does.Not.Contain(withoutBuild.Id));
        Assert.That(File.ReadAllText(Folder.File("summary")), Does.EndWith($"| Web Game | game | deleted | deleted: app {apps[0].Id} 1, app {withoutBuild.Id} 4 |\n"));
    }

    [Test]
    public void Named_apps_take_precedence_over_the_number_that_stays()
    {
        var apps = Add("1", "2", "3");

        RunWell(Delete(id: $"{apps[1].Id}", keep: "1"));

        Assert.That(Versions, Is.EqualTo(["1", "3"]));
    }

    [Test]
    public void An_app_that_is_named_and_does_not_exist_is_an_error_before_anything_is_deleted()
    {
        var apps = Add("1", "2");

        var message = RunBadly(Delete(id: $"{apps[0].Id};99"), "PLAYCANVAS1036");

        Assert.That(message, Does.Contain("app 99").And.Contain($"app {apps[1].Id}"));
        Assert.That(Deletions, Is.Empty);
    }

    [Test]
    public void The_primary_app_is_not_deleted()
    {
        var apps = Add("1", "2");
        MakePrimary(apps[1]);

        Assert.That(RunBadly(Delete(id: $"{apps[0].Id};{apps[1].Id}"), "PLAYCANVAS3011"), Does.Contain($"app {apps[1].Id}"));
        Assert.That(Deletions, Is.Empty);
        Assert.That(Engine.HighMessages, Has.None.Contains("deleted"));
    }

    [Test]
    public void A_failure_is_an_error_of_the_target()
    {
        var apps = Add("1", "2", "3");
        foreach (var route in new[] { $"/api/projects/*/builds/{BuildOf(apps[1])}", $"/api/apps/{apps[1].Id}" })
            Sandbox.Faults.On("DELETE", route, Fault.Status(403, "no"), FaultScript.EveryCall);
        var task = Delete(id: $"{apps[0].Id};{apps[1].Id};{apps[2].Id}");

        Assert.That(RunBadly(task, "PLAYCANVAS3012"), Does.Contain($"app {apps[1].Id}").And.Not.Contain($"app {apps[0].Id}"));
        Assert.That(Versions, Is.EqualTo(["2"]));
        Assert.That((string?)Results["deletions"]![0]!["outcome"], Is.EqualTo("failed"));
        Assert.That(Results["deletions"]![0]!["deleted"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(task.Apps.Select(app => app.GetMetadata("Outcome")), Is.EqualTo(["deleted", "deleted"]));
    }

    [Test]
    public void A_dry_run_of_the_target_only_lists()
    {
        Add("1", "2");
        var task = Delete(keep: "1");
        task.DryRun = "true";

        RunWell(task);

        Assert.That(Sandbox.Requests.Select(request => request.Method), Is.All.EqualTo("GET"));
        Assert.That(task.Apps.Select(app => (app.GetMetadata("Version"), app.GetMetadata("Outcome"))), Is.EqualTo([("1", "planned")]));
        Assert.That(Engine.HighMessages[^1], Is.EqualTo("Web Game -> would delete 1 app"));
    }

    [TestCase(null, null, "neither")]
    [TestCase("1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21", null, "contains 21 ids")]
    public void The_target_has_to_know_which_apps_are_meant(string? id, string? keep, string reason)
    {
        Stub = new StubHandler();

        Assert.That(RunBadly(Delete(id, keep), "PLAYCANVAS1037"), Does.Contain(reason).And.Contain("PlayCanvasKeepApps"));
        Assert.That(Stub.Requests, Is.Empty);
    }

    [TestCase("0")]
    [TestCase("all")]
    [TestCase("-5")]
    public void The_number_is_at_least_1(string keep)
    {
        Stub = new StubHandler();

        Assert.That(RunBadly(Delete(keep: keep), "PLAYCANVAS1020"), Does.Contain("PlayCanvasKeepApps"));
        Engine = new();
        Assert.That(RunBadly(Publish(keep), "PLAYCANVAS1020"), Does.Contain("PlayCanvasKeepApps"));
        Assert.That(Stub.Requests, Is.Empty);
    }

    [Test]
    public void An_app_that_another_build_publishes_at_the_same_time_stays()
    {
        Add("1");
        var other = Add("8")[0];
        Sandbox.World.ChangeApp(other.Id, app => app with { CompletedAt = DateTimeOffset.UtcNow.AddSeconds(30) });

        RunWell(Publish(keep: "1"));

        Assert.That(Versions, Is.EqualTo(["8", "9"]));
        Assert.That(Engine.HighMessages, Has.Some.Contains("1 built at the same time as the newest"));
    }

    private PlayCanvasPublishApp Publish(string? keep, string version = "9", string? branch = null)
    {
        var task = PublishTask();
        (task.AppVersion, task.KeepApps, task.Branch, task.ResultFile) = (version, keep, branch, Folder.File("result.json"));
        return task;
    }

    private PlayCanvasDeleteApps Delete(string? id = null, string? keep = null) =>
        new() { AppName = Name, AppId = id, KeepApps = keep, ResultFile = Folder.File("result.json") };

    /// <summary>Adds apps that the package has published.</summary>
    private IReadOnlyList<App> Add(params string[] versions) => [.. versions.Select(version => AddBuild(Old(Sandbox.World.AddApp(Name, version))))];

    private App AddBuild(App app, string source = "api")
    {
        Sandbox.World.AddBuild(app, "sandbox", source, new JsonObject { ["name"] = Name });
        return app;
    }

    /// <summary>The sandbox adds apps in the same moment in which a test publishes one; here, yesterday's apps follow each other by an hour.</summary>
    private App Old(App app)
    {
        var created = app.CreatedAt.AddDays(-1).AddHours(Sandbox.World.Apps.Count - 30);
        Sandbox.World.ChangeApp(app.Id, old => old with { CreatedAt = created, CompletedAt = created.AddMinutes(1) });
        return app;
    }

    private int BuildOf(App app) => Sandbox.World.Builds.Single(build => build.AppId == app.Id).Id;

    private void MakePrimary(App app) => Sandbox.World.ChangeProject(World.ProjectId, project => project with { PrimaryAppId = app.Id });

    /// <summary>Runs an action before the first request that deletes something.</summary>
    private sealed class FirstDeletion(Action action) : DelegatingHandler
    {
        private bool isOver;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Delete && !isOver)
            {
                isOver = true;
                action();
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
