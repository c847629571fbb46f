using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Sandbox;

public class ApiRouteTests : SandboxFixture
{
    [Test]
    public async Task AppsAreListedNewestFirst()
    {
        var answer = await GetAsync($"projects/{World.ProjectId}/apps");

        Assert.That(answer["result"]!.AsArray().Select(app => (string?)app!["version"]), Is.EqualTo((string[])["1.1.0", "1.0.0"]));
        Assert.That(answer["pagination"]!.ToJsonString(), Is.EqualTo("""{"limit":16,"skip":0,"total":2}"""));
    }

    [Test]
    public async Task AnAppShowsEveryFieldOfTheContract()
    {
        var app = (await GetAsync($"projects/{World.ProjectId}/app")).Select(field => field.Key);

        Assert.That(app, Is.SupersetOf((string[])
        [
            "id", "project_id", "owner_id", "name", "description", "version", "release_notes", "thumbnails",
            "size", "views", "completed_at", "created_at", "modified_at", "url",
        ]));
    }

    [Test]
    public async Task AProjectWithoutAPrimaryAppAnswers404()
    {
        Server.World.ChangeProject(World.ProjectId, project => project with { PrimaryAppId = null });

        using var response = await Api.GetAsync($"projects/{World.ProjectId}/app");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Error(await ReadAsync(response)), Is.EqualTo("Primary app not found"));
    }

    [Test]
    public async Task ThePrimaryAppIsSetThroughTheProject()
    {
        var oldest = Server.World.Apps[0].Id;

        using var response = await Api.PutAsync($"projects/{World.ProjectId}", new StringContent($$"""{"primary_app":{{oldest}}}""", Encoding.UTF8, Json));

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That((int)(await GetAsync($"projects/{World.ProjectId}/app"))["id"]!, Is.EqualTo(oldest));
    }

    [Test]
    public async Task ADeletedAppIsGoneAndNoLongerPrimary()
    {
        var newest = Server.World.Apps[^1].Id;

        using var response = await Api.DeleteAsync($"apps/{newest}");
        using var app = await Api.GetAsync($"apps/{newest}");
        using var primary = await Api.GetAsync($"projects/{World.ProjectId}/app");

        Assert.That((int[])[(int)response.StatusCode, (int)app.StatusCode, (int)primary.StatusCode], Is.EqualTo((int[])[200, 404, 404]));
    }

    [Test]
    public async Task ScenesAreThoseOfTheBranch()
    {
        var main = await GetAsync($"projects/{World.ProjectId}/scenes");
        var development = await GetAsync($"projects/{World.ProjectId}/scenes?branchId={World.DevelopmentBranchId}");

        Assert.That(main["result"]!.AsArray().Select(scene => (string?)scene!["name"]), Is.EqualTo((string[])["Main", "Level 2"]));
        Assert.That(development["result"]!.AsArray().Select(scene => (string?)scene!["name"]), Is.EqualTo((string[])["Main", "Level 2", "Playground"]));
        Assert.That(main["result"]![0]!.AsObject().Select(field => field.Key), Is.EquivalentTo((string[])["id", "projectId", "name", "created", "modified"]));
    }

    [Test]
    public async Task OpenBranchesArePagedWithACursor()
    {
        var first = await GetAsync($"projects/{World.ProjectId}/branches?limit=1");
        var second = await GetAsync($"projects/{World.ProjectId}/branches?limit=1&skip={first["result"]![0]!["id"]}");

        Assert.That((string?)first["result"]![0]!["name"], Is.EqualTo("main"));
        Assert.That((bool)first["pagination"]!["hasMore"]!, Is.True);
        Assert.That((string?)second["result"]![0]!["name"], Is.EqualTo("development"));
        Assert.That((bool)second["pagination"]!["hasMore"]!, Is.False);
    }

    [Test]
    public async Task ClosedBranchesAreListedWhenAskedFor()
    {
        var closed = await GetAsync($"projects/{World.ProjectId}/branches?closed=true");

        Assert.That(closed["result"]!.AsArray().Select(branch => (string?)branch!["name"]), Is.EqualTo((string[])["abandoned"]));
    }

    [Test]
    public async Task ANewBranchHasTheScenesOfItsSource()
    {
        using var response = await PostAsync("branches", new JsonObject { ["name"] = "feature", ["projectId"] = World.ProjectId, ["sourceBranchId"] = World.DevelopmentBranchId });
        var branch = await ReadAsync(response);
        var scenes = await GetAsync($"projects/{World.ProjectId}/scenes?branchId={branch["id"]}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(scenes["result"]!.AsArray(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_checkpoint_is_made_by_a_job_and_becomes_the_branchs_latest()
    {
        Server.Options.JobDuration = TimeSpan.FromSeconds(2);
        using var response = await PostAsync("checkpoints", Checkpoint());
        var job = await ReadAsync(response);
        var early = await GetAsync($"branches/{World.MainBranchId}/checkpoints?limit=1");
        Clock.Advance(TimeSpan.FromSeconds(2));
        var complete = await GetAsync($"jobs/{job["id"]}");
        var listed = await GetAsync($"branches/{World.MainBranchId}/checkpoints?limit=1");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((string?)job["status"], Is.EqualTo("running"));
        Assert.That((string?)job["data"]!["type"], Is.EqualTo("checkpoint_create"));
        Assert.That(job["data"]!["id"], Is.Null);
        Assert.That((string?)early["result"]![0]!["description"], Is.EqualTo("A box that spins"));
        Assert.That((string?)complete["status"], Is.EqualTo("complete"));
        Assert.That((string?)complete["data"]!["type"], Is.EqualTo("checkpoint_create"));
        Assert.That((string?)complete["data"]!["description"], Is.EqualTo("Now"));
        Assert.That((string?)complete["data"]!["user"]!["username"], Is.EqualTo("sandbox"));
        Assert.That((string?)complete["data"]!["createdAt"], Is.EqualTo("2026-03-01T12:00:02.500Z"));
        Assert.That((string?)listed["result"]![0]!["id"], Is.EqualTo((string?)complete["data"]!["id"]));
        Assert.That((bool)listed["pagination"]!["hasMore"]!, Is.True);
        Assert.That(Server.World.Branches[0].LatestCheckpointId, Is.EqualTo((string?)complete["data"]!["id"]));
    }

    [Test]
    public async Task ACheckpointWhoseJobFailsIsNotMade()
    {
        Server.Faults.NextJobs(JobOutcome.Error("the branch is locked"));
        using var response = await PostAsync("checkpoints", Checkpoint());
        var job = await GetAsync($"jobs/{(await ReadAsync(response))["id"]}");

        Assert.That((string?)job["status"], Is.EqualTo("error"));
        Assert.That(Server.World.Checkpoints.Select(checkpoint => checkpoint.Description), Has.None.EqualTo("Now"));
    }

    [Test]
    public async Task ACheckpointCanBeAnsweredDirectly()
    {
        Server.Options.CheckpointAnswer = CheckpointAnswer.Checkpoint;
        using var response = await PostAsync("checkpoints", Checkpoint());
        var created = await ReadAsync(response);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(created.Select(field => field.Key), Is.SupersetOf((string[])["id", "branchId", "projectId", "userId", "user", "createdAt", "description", "size"]));
        Assert.That((string?)(await GetAsync($"checkpoints/{created["id"]}"))["description"], Is.EqualTo("Now"));
    }

    [Test]
    public async Task RateLimitsCanBeAskedFor()
    {
        var limits = (await GetAsync("ratelimits"))["limits"]!;

        Assert.That(limits.ToJsonString(), Is.EqualTo("""{"normal":240,"strict":10,"assets":120,"download":240}"""));
    }

    [TestCase("apps?limit=1", 1, 0, 1)]
    [TestCase("apps?limit=0", 16, 0, 2)]
    [TestCase("apps?limit=1&skip=1", 1, 1, 1)]
    [TestCase("apps?skip=5", 16, 5, 0)]
    [TestCase("apps?limit=9007199254740991", 100_000, 0, 2)]
    public async Task PagesAreCutAsAsked(string path, int limit, int skip, int count)
    {
        var answer = await GetAsync($"projects/{World.ProjectId}/{path}");

        Assert.That(answer["result"]!.AsArray(), Has.Count.EqualTo(count));
        Assert.That(answer["pagination"]!.ToJsonString(), Is.EqualTo($$"""{"limit":{{limit}},"skip":{{skip}},"total":2}"""));
    }

    [TestCase("sort=version", "1.0.0")]
    [TestCase("sort=version&order=-1", "1.1.0")]
    [TestCase("order=1", "1.0.0")]
    [TestCase("order=-1", "1.1.0")]
    public async Task ListsAreSortedAsAsked(string query, string first)
    {
        var answer = await GetAsync($"projects/{World.ProjectId}/apps?{query}");

        Assert.That((string?)answer["result"]![0]!["version"], Is.EqualTo(first));
    }

    [TestCase("limit=-1", "limit")]
    [TestCase("limit=many", "limit")]
    [TestCase("skip=1.5", "skip")]
    [TestCase("sort=password", "sort")]
    [TestCase("order=2", "order")]
    public async Task WrongPagingIsRefused(string query, string parameter)
    {
        using var response = await Api.GetAsync($"projects/{World.ProjectId}/apps?{query}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(Error(await ReadAsync(response)), Does.StartWith($"parameter '{parameter}'"));
    }

    [Test]
    public async Task DatesAreISO8601InUTC()
    {
        var app = await GetAsync($"projects/{World.ProjectId}/app");

        Assert.That((string?)app["created_at"], Is.EqualTo("2026-03-01T12:00:00.500Z"));
    }

    [TestCase("GET", "nonsense", 404)]
    [TestCase("GET", "jobs/1", 404)]
    [TestCase("GET", "apps/1", 404)]
    [TestCase("GET", "projects/42/apps", 404)]
    [TestCase("PATCH", "apps", 405)]
    public async Task WhatIsNotThereAnswersWithAnErrorInJSON(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Api.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(Error(await ReadAsync(response)), Is.Not.Empty);
    }

    [TestCase("GET", 405)]
    [TestCase("DELETE", 404)]
    public async Task There_is_no_route_of_one_build_outside_its_project(string method, int status)
    {
        (await PostAsync("apps", AppBody())).EnsureSuccessStatusCode().Dispose();
        var build = Server.World.Builds[^1].Id;
        var path = method == "GET" ? $"projects/{World.ProjectId}/builds/{build}" : $"builds/{build}";

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Api.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(Server.World.Builds.Select(record => record.Id), Does.Contain(build));
    }

    [Test]
    public async Task RequestsAreRecorded()
    {
        Server.Requests.Clear();
        using var response = await PostAsync("apps/download", AppBody());
        var bytes = (await response.Content.ReadAsByteArrayAsync()).Length;

        var request = Server.Requests.Single();
        Assert.That(request.Method, Is.EqualTo("POST"));
        Assert.That(request.Path, Is.EqualTo("/api/apps/download"));
        Assert.That(request.Origin, Is.EqualTo(Origin.Api));
        Assert.That(request.Headers["Authorization"], Is.EqualTo("Bearer " + SandboxOptions.DefaultAccessToken));
        Assert.That(request.Body, Is.EqualTo(AppBody().ToJsonString()));
        Assert.That(request.Status, Is.EqualTo(201));
        Assert.That(request.BytesSent, Is.EqualTo(bytes));
        Assert.That(request.Time, Is.EqualTo(Start));
    }

    private static JsonObject Checkpoint() => new() { ["projectId"] = World.ProjectId, ["branchId"] = World.MainBranchId, ["description"] = "Now" };
}
