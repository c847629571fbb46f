using System.Text.Json.Nodes;
using NUnit.Framework;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Sandbox;

public class BuildRecordTests : SandboxFixture
{
    private const string Objects = """[{"id":2000001,"name":"Main"},{"id":2000002,"name":"Level 2"}]""";

    private BuildRecordShape Shape => Server.Options.BuildRecords;

    [Test]
    public async Task ThePublishOfTheEditorIsRecordedInTheServicesShape()
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
        Assert.That((bool?)settings["scripts_minify"], Is.False, "not sent");
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
    public async Task TheBuildThatAnswersAPublishHasTheSameShape()
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
}
