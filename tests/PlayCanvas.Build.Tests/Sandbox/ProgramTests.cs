using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Sandbox;

/// <summary>Tests the habits of programs written for the real API, each of which the sandbox must support so that they work unchanged.</summary>
public class ProgramTests : SandboxFixture
{
    [Test]
    public async Task A_download_is_answered_with_201_and_a_projects_export_with_200()
    {
        using var download = await PostAsync("apps/download", AppBody());
        using var export = await PostAsync($"projects/{World.ProjectId}/export", new JsonObject());

        Assert.That((int)download.StatusCode, Is.EqualTo(201));
        Assert.That((int)export.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task TheManualsStatusOfAnExportCanBeChosen()
    {
        Server.Options.ExportStatus = 201;

        using var export = await PostAsync($"projects/{World.ProjectId}/export", new JsonObject());

        Assert.That((int)export.StatusCode, Is.EqualTo(201));
    }

    [Test]
    public void The_greeting_tells_the_ids_that_other_programs_need()
    {
        using var output = new StringWriter();
        Greeting.Write(output, Server);

        Assert.That(output.ToString(), Does.Contain($"main ({World.MainBranchId}), development ({World.DevelopmentBranchId})"));
        Assert.That(output.ToString(), Does.Not.Contain("abandoned"), "closed");
        Assert.That(output.ToString(), Does.Contain($"Main ({World.MainSceneId})").And.Contain($"{World.ProjectId}"));
    }

    [Test]
    public async Task AGetMayCarryAContentType()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"projects/{World.ProjectId}/branches") { Content = new StringContent("", Encoding.UTF8, Json) };
        using var response = await Api.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    [TestCase("projects/1234567/assets?branchId=master&limit=9007199254740991")]
    [TestCase("projects/1234567/assets?branchId=a1b2c3d4-0000-4000-8000-000000000001&skip=0&limit=100000")]
    [TestCase("projects/1234567/apps/?limit=0&skip=0")]
    [TestCase("users/3000001/projects?view=extension")]
    public async Task QueriesAreTakenInTheFormsProgramsSend(string path)
    {
        var answer = await GetAsync(path);

        Assert.That(answer["result"]!.AsArray(), Is.Not.Empty);
    }

    [Test]
    public async Task AViewOfTheAssetsIsABareArray()
    {
        var answer = await Api.GetStringAsync($"projects/{World.ProjectId}/assets?branchId={World.MainBranchId}&view=extension");

        Assert.That(JsonNode.Parse(answer), Is.InstanceOf<JsonArray>());
    }

    [Test]
    public async Task TheBranchThatIsCheckedOutIsTold()
    {
        (await Api.PostAsync($"branches/{World.DevelopmentBranchId}/checkout", null)).EnsureSuccessStatusCode().Dispose();
        Api.DefaultRequestHeaders.Authorization = null;

        using var response = await Api.GetAsync($"/editor/project/{World.ProjectId}/branch?access_token={SandboxOptions.DefaultAccessToken}");

        Assert.That((string?)(await ReadAsync(response))["id"], Is.EqualTo(World.DevelopmentBranchId));
    }

    [Test]
    public async Task Assets_are_posted_with_a_trailing_slash_and_renamed_through_a_form()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent($"{World.ProjectId}"), "projectId" },
            { new StringContent("lib"), "name" },
            { new StringContent("folder"), "type" },
        };
        using var created = await Api.PostAsync("assets/", form);
        var id = (await ReadAsync(created))["id"];
        using var rename = new MultipartFormDataContent { { new StringContent("library"), "name" }, { new StringContent("null"), "parent" } };
        using var renamed = await Api.PutAsync($"assets/{id}", rename);
        using var deleted = await Api.DeleteAsync($"assets/{id}?branchId={World.MainBranchId}");
        using var gone = await Api.GetAsync($"assets/{id}");

        Assert.That((int)created.StatusCode, Is.EqualTo(201));
        Assert.That((string?)(await ReadAsync(renamed))["name"], Is.EqualTo("library"));
        Assert.That((int)deleted.StatusCode, Is.EqualTo(200));
        Assert.That((int)gone.StatusCode, Is.EqualTo(404));
    }

    [TestCase("photo.png", "only assets of the types script, html, css, text, shader and json can be created")]
    [TestCase(null, "field 'name' is required")]
    public async Task AnAssetThatCannotBeCreatedIsRefused(string? name, string reason)
    {
        using var form = new MultipartFormDataContent { { new StringContent($"{World.ProjectId}"), "projectId" } };
        if (name is not null)
            form.Add(new ByteArrayContent([1]), "file", name);

        using var response = await Api.PostAsync("assets", form);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(Error(await ReadAsync(response)), Is.EqualTo(reason));
    }
}
