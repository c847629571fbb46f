using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Sandbox;

public class ValidationTests : SandboxFixture
{
    private static readonly TestCaseData[] WrongFields =
    [
        new("project_id", null, "field 'project_id' is required"),
        new("project_id", "\"1234567\"", "field 'project_id' must be an integer"),
        new("name", null, "field 'name' is required"),
        new("name", "\"\"", "field 'name' must have 1 to 1000 characters"),
        new("name", "42", "field 'name' must be a string"),
        new("scenes", null, "field 'scenes' is required"),
        new("scenes", "[]", "field 'scenes' must not be empty"),
        new("scenes", "[\"2000001\"]", "field 'scenes' must be an array of integers"),
        new("scenes", "2000001", "field 'scenes' must be an array of integers"),
        new("version", "\"123456789012345678901\"", "field 'version' must have 0 to 20 characters"),
        new("branch_id", "7", "field 'branch_id' must be a string"),
        new("scripts_minify", "\"true\"", "field 'scripts_minify' must be a boolean"),
        new("scripts_sourcemaps", "true", "field 'scripts_sourcemaps' needs 'scripts_concatenate' and 'scripts_minify'"),
        new("engine_version", "\"newest\"", "field 'engine_version' must be an engine release such as 2.20.6"),
        new("format", "\"zip\"", "field 'format' must be one of: static, npm"),
        new("releaseNotes", "\"\"", "unknown field 'releaseNotes'"),
    ];

    [TestCaseSource(nameof(WrongFields))]
    public async Task AWrongFieldIsRefusedWithAReason(string field, string? json, string reason)
    {
        var body = AppBody();
        body.Remove(field);
        if (json is not null)
            body[field] = JsonNode.Parse(json);

        using var response = await PostAsync("apps/download", body);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(Error(await ReadAsync(response)), Is.EqualTo(reason));
    }

    [TestCase("format", "\"static\"", "field 'format' must be playcanvas")]
    [TestCase("preload_bundle", "true", "unknown field 'preload_bundle'")]
    public async Task WhatOnlyADownloadHasIsRefusedByAPublish(string field, string json, string reason)
    {
        var body = AppBody();
        body[field] = JsonNode.Parse(json);

        using var response = await PostAsync("apps", body);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(Error(await ReadAsync(response)), Is.EqualTo(reason));
    }

    [TestCase("{", "the body is not valid JSON")]
    [TestCase("[]", "the body must be a JSON object")]
    [TestCase("""{"name":"a","name":"b"}""", "the body is not valid JSON")]
    public async Task ABodyThatIsNoObjectIsRefused(string text, string reason)
    {
        using var response = await Api.PostAsync("apps", new StringContent(text, Encoding.UTF8, Json));

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(Error(await ReadAsync(response)), Does.StartWith(reason));
    }

    [TestCase(null)]
    [TestCase("text/plain")]
    public async Task ABodyNeedsItsContentType(string? contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(AppBody().ToJsonString()));
        content.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);

        using var response = await Api.PostAsync("apps/download", content);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(Error(await ReadAsync(response)), Is.EqualTo("Content-Type must be application/json"));
    }

    [Test]
    public async Task ASceneOfAnotherBranchIsNotFound()
    {
        var playground = Server.World.Scenes.First(scene => scene.Name == "Playground").Id;

        using var response = await PostAsync("apps/download", AppBody(playground));

        Assert.That((int)response.StatusCode, Is.EqualTo(404));
        Assert.That(Error(await ReadAsync(response)), Is.EqualTo($"Scene {playground} not found"));
    }

    [Test]
    public async Task ABranchThatIsNotThereIsNotFound()
    {
        var body = AppBody();
        body["branch_id"] = "main";

        using var response = await PostAsync("apps", body);

        Assert.That((int)response.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task OptionalFieldsMayBeNull()
    {
        var body = AppBody();
        body["branch_id"] = null;
        body["version"] = null;

        using var response = await PostAsync("apps/download", body);

        Assert.That((int)response.StatusCode, Is.EqualTo(201));
    }

    [Test]
    public async Task AProjectExportMayComeWithoutABody()
    {
        using var response = await Api.PostAsync($"projects/{World.ProjectId}/export", null);

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }
}
