using System.Text.Json.Nodes;
using Microsoft.Build.Utilities;
using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests that a release is taken back by one task, which makes an earlier app the primary one.</summary>
[TestFixture]
public sealed class SetPrimaryAppTests : TaskFixture
{
    private const string Name = "My game";

    /// <summary>The body of the request that changes the primary app.</summary>
    private IReadOnlyList<string> Sent => [.. Sandbox.Requests.Of("PUT", "/api/projects/*").Select(request => request.Body)];

    private int? Primary => Sandbox.World.Projects[0].PrimaryAppId;

    private JsonNode Result => JsonNode.Parse(File.ReadAllText(Folder.File("result.json")))!["publishes"]!.AsArray().Single()!;

    [Test]
    public void An_app_is_selected_by_its_id()
    {
        var (old, current) = (Add("1.0"), MakePrimary(Add("1.1")));
        var task = Task(id: $" {old.Id} ");

        RunWell(task);

        Assert.That(Primary, Is.EqualTo(old.Id));
        Assert.That(Sent, Is.EqualTo([$$"""{"primary_app":{{old.Id}}}"""]));
        Assert.That(
            Engine.HighMessages,
            Is.EqualTo(
            [
                $"PlayCanvas: app {old.Id} (\"My game\" 1.0) is the primary app of project {World.ProjectId} now, instead of app {current.Id} (\"My game\" 1.1); -t:PlayCanvasSetPrimaryApp -p:PlayCanvasAppId={current.Id} takes this back",
                $"Web Game -> version 1.0, app {old.Id}, primary instead of version 1.1, app {current.Id}",
            ]));
    }

    [Test]
    public void An_app_is_selected_by_its_version()
    {
        var old = Add("1.0");
        MakePrimary(Add("1.1"));
        Add("1.0", name: "Another game");
        Sandbox.World.ChangeApp(Add("1.0").Id, app => app with { CompletedAt = null });

        RunWell(Task(version: "1.0"));

        Assert.That(Primary, Is.EqualTo(old.Id));
    }

    [Test]
    public void The_newest_of_several_apps_with_the_version_is_selected()
    {
        Add("1.0");
        var newer = Add("1.0");

        RunWell(Task(version: "1.0"));

        Assert.That(Primary, Is.EqualTo(newer.Id));
    }

    [TestCase(null, World.MainBranchId)]
    [TestCase("development", World.DevelopmentBranchId)]
    public void The_app_is_from_the_branch_of_the_project(string? branch, string selected)
    {
        var apps = new[] { World.MainBranchId, World.DevelopmentBranchId }.ToDictionary(id => id, id => Published("1.0", id));
        var task = Task(version: "1.0");
        task.Branch = branch;

        RunWell(task);

        Assert.That(Primary, Is.EqualTo(apps[selected].Id));
    }

    /// <summary>Only a build record names the branch of an app, and the record of an old app is not among the newest ones.</summary>
    [Test]
    public void An_old_app_is_from_the_branch_of_the_project_too()
    {
        var app = Published("1.0", World.MainBranchId);
        Published("1.0", World.DevelopmentBranchId);
        for (var number = 1; number <= 120; number++)
            Published($"2.{number}", World.MainBranchId);

        RunWell(Task(version: "1.0"));

        Assert.That(Primary, Is.EqualTo(app.Id));
    }

    [Test]
    public void An_app_that_is_the_primary_one_already_needs_no_request()
    {
        var app = MakePrimary(Add("1.0"));
        var task = Task(version: "1.0");

        RunWell(task);

        Assert.That(Sent, Is.Empty);
        Assert.That(Engine.HighMessages[0], Is.EqualTo($"PlayCanvas: app {app.Id} (\"My game\" 1.0) is the primary app of project {World.ProjectId} already; nothing was sent"));
        Assert.That(task.Apps.Single().GetMetadata("Outcome"), Is.EqualTo("reused"));
        Assert.That(task.Apps.Single().GetMetadata("IsPrimary"), Is.EqualTo("true"));
    }

    [Test]
    public void A_project_without_a_primary_app_gets_one()
    {
        var app = Add("1.0");
        Sandbox.World.ChangeProject(World.ProjectId, project => project with { PrimaryAppId = null });

        RunWell(Task($"{app.Id}"));

        Assert.That(Primary, Is.EqualTo(app.Id));
        Assert.That(Engine.HighMessages[0], Does.EndWith($"is the primary app of project {World.ProjectId} now"));
    }

    [Test]
    public void The_result_is_data()
    {
        var (old, current) = (Add("1.0"), MakePrimary(Add("1.1")));
        File.WriteAllText(EnvironmentVariables["GITHUB_OUTPUT"] = Folder.File("outputs"), "");
        File.WriteAllText(EnvironmentVariables["GITHUB_STEP_SUMMARY"] = Folder.File("summary"), "");
        var task = Task(version: "1.0");
        task.ResultFile = Folder.File("result.json");

        RunWell(task);

        Assert.That((string?)Result["outcome"], Is.EqualTo("primary"));
        Assert.That((bool?)Result["isPrimary"], Is.True);
        Assert.That(((int?)Result["app"]!["id"], (int?)Result["previousApp"]!["id"]), Is.EqualTo((old.Id, current.Id)));
        Assert.That(File.ReadAllText(Folder.File("outputs")), Does.Match($"(?s)playcanvas-app-id<<(\\S+)\n{old.Id}\n\\1.*playcanvas-outcome<<(\\S+)\nprimary\n\\2"));
        Assert.That(File.ReadAllText(Folder.File("summary")), Does.EndWith($"| Web Game | game | primary My game 1.0 | app {old.Id}, the primary app; before: app {current.Id} 1.1 |\n"));
        var item = task.Apps.Single();
        Assert.That((item.ItemSpec, item.GetMetadata("Version"), item.GetMetadata("Outcome"), item.GetMetadata("IsPrimary")), Is.EqualTo(($"{old.Id}", "1.0", "primary", "true")));
    }

    [Test]
    public void A_dry_run_says_what_would_change()
    {
        var (old, current) = (Add("1.0"), MakePrimary(Add("1.1")));
        var task = Task(version: "1.0");
        task.DryRun = "true";

        RunWell(task);

        Assert.That(Primary, Is.EqualTo(current.Id));
        Assert.That(Sandbox.Requests.Select(request => request.Method), Is.All.EqualTo("GET"));
        var plan = $"would make app {old.Id} (\"My game\" 1.0) the primary app of project {World.ProjectId}, instead of app {current.Id} (\"My game\" 1.1)";
        Assert.That(Engine.HighMessages, Is.EqualTo([$"PlayCanvas: {plan}", $"Web Game -> {plan}"]));
        Assert.That(task.Apps.Single().GetMetadata("Outcome"), Is.EqualTo("planned"));
    }

    [TestCase(null, null, "neither")]
    [TestCase("1;2", null, "contains 2 ids")]
    [TestCase("1, 2", "1.0", "contains 2 ids")]
    public void The_project_has_to_name_one_app(string? id, string? version, string reason)
    {
        Stub = new StubHandler();

        var message = RunBadly(Task(id, version), "PLAYCANVAS1037");

        Assert.That(message, Does.Contain(reason).And.Contain("PlayCanvasAppId").And.Contain("PlayCanvasAppVersion"));
        Assert.That(Stub.Requests, Is.Empty);
    }

    [TestCase("x")]
    [TestCase("0")]
    [TestCase("12;-1")]
    public void An_id_is_a_number(string id)
    {
        Stub = new StubHandler();

        Assert.That(RunBadly(Task(id), "PLAYCANVAS1002"), Does.Contain("PlayCanvasAppId"));
        Assert.That(Stub.Requests, Is.Empty);
    }

    [Test]
    public void The_version_of_the_project_is_not_taken_without_being_asked()
    {
        Add("1.0");
        var task = Task();
        task.ProjectVersion = "1.0";

        RunBadly(task, "PLAYCANVAS1037");
    }

    [Test]
    public void An_app_that_does_not_exist_is_an_error_that_names_the_newest()
    {
        var newest = Enumerable.Range(1, 6).Select(minor => Add($"1.{minor}")).Reverse().ToList();

        Assert.That(RunBadly(Task("99"), "PLAYCANVAS1036"), Does.Contain("app 99").And.Contain("there is no such app").And.Contain(Listed(newest)));
        Engine = new();
        Assert.That(RunBadly(Task(version: "3.0"), "PLAYCANVAS1036"), Does.Contain("version \"3.0\" of \"My game\"").And.Contain("there is no such app").And.Contain(Listed(newest)));
        Assert.That(Sent, Is.Empty);
    }

    [Test]
    public void An_app_of_another_project_is_not_one_of_this_project()
    {
        var foreign = Sandbox.World.AddApp(Name, "1.0", World.ForeignProjectId);
        var second = Sandbox.World.AddProject("Second", "sandbox");
        var own = Sandbox.World.AddApp(Name, "1.0", second.Id);

        foreach (var app in new[] { foreign, own })
        {
            Engine = new();
            RunBadly(Task($"{app.Id}"), "PLAYCANVAS1036");
        }

        Assert.That(Sent, Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void An_app_that_is_not_complete_is_an_error(bool hasFailed)
    {
        var app = Add("1.0");
        Sandbox.World.ChangeApp(app.Id, old => old with { CompletedAt = null, Task = hasFailed ? new AppTask(WorkStatus.Error, "no engine") : null });

        foreach (var task in new[] { Task($"{app.Id}"), Task(version: "1.0") })
        {
            Engine = new();
            var message = RunBadly(task, "PLAYCANVAS1036");
            Assert.That(message, Does.Contain(hasFailed ? $"could not build app {app.Id}" : $"app {app.Id} (\"My game\" 1.0) is not complete yet"));
        }

        Assert.That(Sent, Is.Empty);
    }

    [Test]
    public void An_app_of_another_branch_only_is_an_error()
    {
        var app = Published("1.0", World.DevelopmentBranchId);

        Assert.That(RunBadly(Task(version: "1.0"), "PLAYCANVAS1036"), Does.Contain("other branches").And.Contain($"app {app.Id}"));
    }

    [Test]
    public void A_project_without_apps_says_so()
    {
        foreach (var app in Sandbox.World.Apps)
            Sandbox.World.RemoveApp(app.Id);

        Assert.That(RunBadly(Task("99"), "PLAYCANVAS1036"), Does.EndWith("the newest are: none."));
    }

    [Test]
    public void A_lost_answer_is_followed_by_a_look()
    {
        var app = Add("1.0");
        Sandbox.Faults.On("PUT", "/api/projects/*", Fault.LoseAnswer, FaultScript.EveryCall);

        RunWell(Task(version: "1.0"));

        Assert.That(Primary, Is.EqualTo(app.Id));
        Assert.That(Engine.HighMessages[^1], Does.Contain($"app {app.Id}, primary instead of"));
    }

    [Test]
    public void A_lost_request_is_an_error_that_says_so()
    {
        var current = MakePrimary(Add("1.1"));
        Sandbox.Faults.On("PUT", "/api/projects/*", Fault.ResetBefore, FaultScript.EveryCall);
        var task = Task($"{Add("1.0").Id}");
        task.ResultFile = Folder.File("result.json");

        var message = RunBadly(task, "PLAYCANVAS3013");

        Assert.That(message, Does.Contain($"before, it was app {current.Id}"));
        Assert.That((string?)Result["outcome"], Is.EqualTo("failed"));
        Assert.That((string?)Result["errors"]![0], Is.EqualTo("PLAYCANVAS3013"));
    }

    [Test]
    public void A_lost_answer_without_a_look_is_unknown()
    {
        var app = Add("1.0");
        Sandbox.Faults.On("PUT", "/api/projects/*", Fault.LoseAnswer, FaultScript.EveryCall);
        for (var call = 2; call < 20; call++)
            Sandbox.Faults.On("GET", "/api/projects/*/app", call, Fault.Status(500));

        RunBadly(Task($"{app.Id}"), "PLAYCANVAS3013");
    }

    [TestCase(403, "PLAYCANVAS2002")]
    [TestCase(404, "PLAYCANVAS2003")]
    public void A_refusal_is_an_error(int status, string code)
    {
        Sandbox.Faults.On("PUT", "/api/projects/*", Fault.Status(status, "only admins"));

        Assert.That(RunBadly(Task($"{Add("1.0").Id}"), code), Does.Contain("only admins"));
    }

    [Test]
    public void The_rate_limit_is_waited_for()
    {
        var app = Add("1.0");
        Sandbox.Faults.On("PUT", "/api/projects/*", Fault.Status(429));

        RunWell(Task($"{app.Id}"));

        Assert.That(Primary, Is.EqualTo(app.Id));
        Assert.That(Sent, Has.Count.EqualTo(2));
    }

    [Test]
    public void Nothing_is_sent_if_the_primary_app_is_not_known()
    {
        Sandbox.Faults.On("GET", "/api/projects/*/app", Fault.Status(500), FaultScript.EveryCall);

        RunBadly(Task($"{Add("1.0").Id}"), "PLAYCANVAS2006");

        Assert.That(Sent, Is.Empty);
    }

    /// <summary>Each of two versions would be made the primary app in turn, so that the order of the games decided.</summary>
    [Test]
    public void Two_games_of_one_project_need_an_id()
    {
        var app = Add("1.0");
        var task = WithSecondGame(Task(version: "1.0"), World.ProjectId);

        Assert.That(RunBadly(task, "PLAYCANVAS1037"), Does.Contain($"each of the games \"game\", \"other\" names one, and project {World.ProjectId} has only one primary app"));
        Assert.That(Sandbox.Requests, Is.Empty);
        Engine = new();

        task = WithSecondGame(Task($"{app.Id}"), World.ProjectId);
        RunWell(task);

        Assert.That(Primary, Is.EqualTo(app.Id));
        Assert.That(task.Apps.Select(item => item.ItemSpec), Is.EqualTo([$"{app.Id}"]));
    }

    [Test]
    public void An_id_is_meant_for_the_game_whose_project_has_the_app()
    {
        var second = Sandbox.World.AddProject("Second", "sandbox");
        var app = Sandbox.World.AddApp(Name, "1.0", second.Id);
        var task = Task($"{app.Id}");

        RunWell(WithSecondGame(task, second.Id));

        Assert.That(Sandbox.World.Projects.Single(project => project.Id == second.Id).PrimaryAppId, Is.EqualTo(app.Id));
        Assert.That(Sent, Has.Count.EqualTo(1));
    }

    private static string Listed(IEnumerable<App> apps) => "the newest are: " + string.Join(", ", apps.Take(5).Select(app => $"app {app.Id} (\"My game\" {app.Version})"));

    private static PlayCanvasSetPrimaryApp Task(string? id = null, string? version = null) => new() { AppName = Name, AppId = id, AppVersion = version, MaxRetries = "2" };

    private PlayCanvasSetPrimaryApp WithSecondGame(PlayCanvasSetPrimaryApp task, int projectId)
    {
        var other = new TaskItem(task.Game[0]) { ItemSpec = "other" };
        other.SetMetadata("ProjectId", $"{projectId}");
        other.SetMetadata("ApiUrl", Sandbox.ApiUrl.AbsoluteUri);
        task.Game = [task.Game[0], other];
        return task;
    }

    private App Add(string version, string name = Name, string? branchId = null) => Sandbox.World.AddApp(name, version, branchId: branchId);

    /// <summary>Adds an app with the record of its build, which names its branch.</summary>
    private App Published(string version, string branchId)
    {
        var app = Add(version, branchId: branchId);
        Sandbox.World.AddBuild(app, "sandbox", "api", new JsonObject { ["name"] = Name });
        return app;
    }

    private App MakePrimary(App app)
    {
        Sandbox.World.ChangeProject(World.ProjectId, project => project with { PrimaryAppId = app.Id });
        return app;
    }
}
