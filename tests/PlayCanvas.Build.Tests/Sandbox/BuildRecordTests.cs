using System.Text.Json.Nodes;
using NUnit.Framework;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Sandbox;

public class BuildRecordTests : SandboxFixture
{
    private const string Objects = """[{"id":2000001,"name":"Main"},{"id":2000002,"name":"Level 2"}]""";

    private BuildRecordShape Shape => Server.Options.BuildRecords;

    [Test]
    public async Task The_publish_of_the_editor_is_recorded_in_the_services_shape()
    {
        var body = TwoScenes();
        body["branch_id"] = World.MainBranchId;
        body["version"] = "2.0.0";
        body["release_notes"] = "Faster";
        body["scripts_minify"] = true;
        body["format"] = "playcanvas";

        var settings = (await PublishedAsync(body))["settings"]!;

        Assert.That(JsonNode.DeepEquals(settings, JsonNode.Parse($$"""
            {
              "name": "My app", "scenes": {{Objects}}, "format": "playcanvas", "version": "2.0.0", "release_notes": "Faster",
              "description": null, "engine_version": null,
              "scripts_concatenate": false, "scripts_minify": true, "scripts_sourcemaps": false, "optimize_scene_format": false
            }
            """)), settings.ToJsonString());
    }

    [TestCase(null, "static")]
    [TestCase("npm", "npm")]
    public async Task ADownloadIsRecordedInTheServicesShape(string? format, string recorded)
    {
        var body = TwoScenes();
        body["format"] = format;
        body["preload_bundle"] = true;

        (await PostAsync("apps/download", body)).EnsureSuccessStatusCode().Dispose();
        var settings = (await OnlyBuildAsync())["settings"]!;

        Assert.That((string?)settings["format"], Is.EqualTo(recorded));
        Assert.That((bool?)settings["preload_bundle"], Is.True);
        Assert.That((bool?)settings["scripts_minify"], Is.False, "A field that was not sent");
        Assert.That(settings["scenes"]!.ToJsonString(), Is.EqualTo(Objects));
    }

    [Test]
    public async Task AFieldThatWasNotSentCanBeMissing()
    {
        Shape.OmitsUnsentFields = true;

        var settings = (await PublishedAsync(TwoScenes()))["settings"]!.AsObject();

        Assert.That(settings.Select(field => field.Key), Is.EquivalentTo((string[])
            ["name", "scenes", "format", "scripts_concatenate", "scripts_minify", "scripts_sourcemaps", "optimize_scene_format"]));
    }

    [TestCase(ScenesShape.Numbers, "[2000001,2000002]")]
    [TestCase(ScenesShape.NumericText, """["2000001","2000002"]""")]
    [TestCase(ScenesShape.Null, "null")]
    [TestCase(ScenesShape.Missing, null)]
    public async Task ScenesCanHaveAnotherShape(ScenesShape shape, string? expected)
    {
        Shape.Scenes = shape;

        var settings = (await PublishedAsync(TwoScenes()))["settings"]!.AsObject();

        Assert.That(Field(settings, "scenes"), Is.EqualTo(expected));
        Assert.That((string?)settings["name"], Is.EqualTo("My app"));
    }

    [TestCase(SettingsShape.Request, """{"project_id":1234567,"name":"My app","scenes":[2000001,2000002]}""")]
    [TestCase(SettingsShape.Null, "null")]
    [TestCase(SettingsShape.Missing, null)]
    public async Task SettingsCanHaveAnotherShape(SettingsShape shape, string? expected)
    {
        Shape.Settings = shape;

        Assert.That(Field(await PublishedAsync(TwoScenes()), "settings"), Is.EqualTo(expected));
    }

    [Test]
    public async Task IdsCanBeText()
    {
        Shape.IdsAsText = true;
        var build = await PublishedAsync(TwoScenes());

        Assert.That(
            new[] { build["id"], build["app_id"], build["job_id"], build["actor"]!["id"] }.Select(id => id!.GetValueKind()),
            Is.All.EqualTo(System.Text.Json.JsonValueKind.String));
        Assert.That((string?)build["app_id"], Is.EqualTo($"{Server.World.Apps[^1].Id}"));
    }

    [Test]
    public async Task AnIdThatIsNotThereYetStaysNull()
    {
        Shape.IdsAsText = true;
        Server.Faults.NextJobs(JobOutcome.Never);

        Assert.That((await PublishedAsync(TwoScenes()))["app_id"], Is.Null);
    }

    [Test]
    public async Task The_build_that_answers_a_publish_has_the_same_shape()
    {
        Server.Options.PublishAnswer = PublishAnswer.Build;
        Shape.Scenes = ScenesShape.NumericText;

        using var response = await PostAsync("apps", TwoScenes());

        Assert.That((await ReadAsync(response))["settings"]!["scenes"]!.ToJsonString(), Is.EqualTo("""["2000001","2000002"]"""));
    }

    [Test]
    public async Task ABuildThatATestAddsHasTheSameShape()
    {
        var app = Server.World.AddApp("Ours", "1.0");
        Server.World.AddBuild(app, "stranger", "editor", new JsonObject { ["name"] = "Ours", ["scenes"] = new JsonArray(World.MainSceneId) });

        var settings = (await OnlyBuildAsync())["settings"]!;

        Assert.That(settings["scenes"]!.ToJsonString(), Is.EqualTo("""[{"id":2000001,"name":"Main"}]"""));
        Assert.That((string?)settings["format"], Is.EqualTo("playcanvas"));
    }

    [TestCase("branch=main", 3)]
    [TestCase("branch=development", 1)]
    [TestCase("branch=a1b2c3d4-0000-4000-8000-000000000001", 0)]
    [TestCase("actor=OWNER", 3)]
    [TestCase("actor=STRANGER", 1)]
    [TestCase("actor=1", 0)]
    [TestCase("format=playcanvas", 2)]
    [TestCase("format=static", 1)]
    [TestCase("format=npm", 1)]
    [TestCase("format=web_lens", 0)]
    [TestCase("type=download&branch=main&limit=1", 1)]
    public async Task Builds_are_filtered_by_the_branchs_name_the_actors_id_and_the_format(string query, int count)
    {
        await AskForFourBuildsAsync();

        var builds = await GetAsync($"projects/{World.ProjectId}/builds?{query.Replace("OWNER", IdOf("sandbox"), StringComparison.Ordinal).Replace("STRANGER", IdOf("stranger"), StringComparison.Ordinal)}");

        Assert.That(builds["result"]!.AsArray(), Has.Count.EqualTo(count));
    }

    [Test]
    public async Task AnActorIsFoundByIdOnly()
    {
        using var response = await Api.GetAsync($"projects/{World.ProjectId}/builds?actor=sandbox");

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(Error(await ReadAsync(response)), Does.StartWith("parameter 'actor'"));
    }

    [TestCase("limit=501", 500)]
    [TestCase("limit=100000", 500)]
    [TestCase("limit=500", 500)]
    [TestCase("", 16)]
    public async Task APageOfBuildsHas500AtMost(string query, int limit)
    {
        Assert.That((int)(await GetAsync($"projects/{World.ProjectId}/builds?{query}"))["pagination"]!["limit"]!, Is.EqualTo(limit));
    }

    [Test]
    public async Task ADeletedPublishTakesItsAppWithIt()
    {
        var build = await PublishedAsync(AppBody());
        var app = Server.World.Apps[^1];
        Server.World.ChangeProject(World.ProjectId, project => project with { PrimaryAppId = app.Id });

        using var response = await Api.DeleteAsync($"projects/{World.ProjectId}/builds/{build["id"]}");
        using var page = await Storage.GetAsync(app.Url);

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That((int)(await ReadAsync(response))["id"]!, Is.EqualTo((int)build["id"]!));
        Assert.That(Server.World.Builds, Is.Empty);
        Assert.That(Server.World.Apps.Select(other => other.Id), Has.None.EqualTo(app.Id));
        Assert.That((int)page.StatusCode, Is.EqualTo(404));
        Assert.That(Server.World.Projects[0].PrimaryAppId, Is.Null);
    }

    [Test]
    public async Task A_deleted_publish_that_is_still_running_takes_its_app_with_it()
    {
        Server.Options.JobDuration = TimeSpan.FromSeconds(1);
        var apps = Server.World.Apps.Count;
        var build = await PublishedAsync(AppBody());

        (await Api.DeleteAsync($"projects/{World.ProjectId}/builds/{build["id"]}")).EnsureSuccessStatusCode().Dispose();
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(Server.World.Apps, Has.Count.EqualTo(apps));
        Assert.That(Server.World.Builds, Is.Empty);
    }

    [Test]
    public async Task ADeletedDownloadTakesItsArtifactWithIt()
    {
        var url = await DownloadUrlAsync();

        (await Api.DeleteAsync($"projects/{World.ProjectId}/builds/{Server.World.Builds[0].Id}")).EnsureSuccessStatusCode().Dispose();
        using var artifact = await Storage.GetAsync(url);

        Assert.That((int)artifact.StatusCode, Is.EqualTo(404));
    }

    [TestCase(World.ForeignProjectId, 403)]
    [TestCase(World.ProjectId, 404)]
    public async Task ABuildOfAnotherProjectCannotBeDeleted(int projectId, int status)
    {
        var app = Server.World.AddApp("Theirs", projectId: World.ForeignProjectId);
        var build = Server.World.AddBuild(app, "stranger", "editor", new JsonObject { ["name"] = "Theirs" });

        using var response = await Api.DeleteAsync($"projects/{projectId}/builds/{build.Id}");

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(Server.World.Builds, Has.Count.EqualTo(1));
    }

    private static JsonObject TwoScenes() => AppBody(World.MainSceneId, World.Level2SceneId);

    private static string? Field(JsonObject record, string name) =>
        record.TryGetPropertyValue(name, out var value) ? value?.ToJsonString() ?? "null" : null;

    private async Task<JsonObject> PublishedAsync(JsonObject body)
    {
        (await PostAsync("apps", body)).EnsureSuccessStatusCode().Dispose();
        return await OnlyBuildAsync();
    }

    private async Task<JsonObject> OnlyBuildAsync() =>
        (await GetAsync($"projects/{World.ProjectId}/builds"))["result"]!.AsArray().Single()!.AsObject();

    private string IdOf(string account) => $"{Server.World.Accounts.First(other => other.Username == account).Id}";

    /// <summary>Requests two publishes, one of them by a colleague from another branch, and a download in each format.</summary>
    private async Task AskForFourBuildsAsync()
    {
        var npm = AppBody();
        npm["format"] = "npm";
        foreach (var (path, body) in new[] { ("apps", AppBody()), ("apps/download", AppBody()), ("apps/download", npm) })
            (await PostAsync(path, body)).EnsureSuccessStatusCode().Dispose();
        Server.World.AddBuild(Server.World.AddApp("Theirs", branchId: World.DevelopmentBranchId), "stranger", "editor", new JsonObject { ["name"] = "Theirs" });
    }
}
