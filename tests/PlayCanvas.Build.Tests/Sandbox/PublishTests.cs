using NUnit.Framework;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Sandbox;

public class PublishTests : SandboxFixture
{
    [Test]
    public async Task APublishRunsForItsTimeAndThenPlays()
    {
        Server.Options.JobDuration = TimeSpan.FromSeconds(2);
        using var response = await PostAsync("apps", AppBody());
        var app = await ReadAsync(response);
        var address = new Uri((string)app["url"]!);
        using var early = await Storage.GetAsync(address);
        Clock.Advance(TimeSpan.FromSeconds(2));
        var complete = await GetAsync($"apps/{app["id"]}");

        Assert.That((int)response.StatusCode, Is.EqualTo(201));
        Assert.That((string?)app["task"]!["status"], Is.EqualTo("running"));
        Assert.That(app["completed_at"], Is.Null);
        Assert.That((int)early.StatusCode, Is.EqualTo(404));
        Assert.That((string?)complete["task"]!["status"], Is.EqualTo("complete"));
        Assert.That((string?)complete["completed_at"], Is.EqualTo("2026-03-01T12:00:02.500Z"));
        Assert.That(await Storage.GetStringAsync(address), Does.Contain("playcanvas-stable.min.js"));
    }

    [Test]
    public async Task APublishIsAmongTheBuilds()
    {
        var body = AppBody();
        body["version"] = "2.0.0";
        using var response = await PostAsync("apps", body);
        var app = await ReadAsync(response);
        var build = (await GetAsync($"projects/{World.ProjectId}/builds?type=publish&status=complete&format=playcanvas&branch=main"))["result"]!.AsArray().Single()!;

        Assert.That((int)build["id"]!, Is.EqualTo((int)app["build_job_id"]!));
        Assert.That((int)build["app_id"]!, Is.EqualTo((int)app["id"]!));
        Assert.That((string?)build["source"]!["type"], Is.EqualTo("api"));
        Assert.That((string?)build["actor"]!["username"], Is.EqualTo("sandbox"));
        Assert.That((string?)build["branch"]!["name"], Is.EqualTo("main"));
        Assert.That((string?)build["settings"]!["version"], Is.EqualTo("2.0.0"));
        Assert.That((string?)build["artifacts"]![0]!["url"], Is.EqualTo((string?)app["url"]));
    }

    [TestCase(PublishAnswer.App, "url")]
    [TestCase(PublishAnswer.Job, "messages")]
    [TestCase(PublishAnswer.Build, "type")]
    public async Task TheAnswerToAPublishCanBeChosen(PublishAnswer answer, string field)
    {
        Server.Options.PublishAnswer = answer;

        using var response = await PostAsync("apps", AppBody());

        Assert.That((await ReadAsync(response))[field], Is.Not.Null);
    }

    [Test]
    public async Task TheJobOfAPublishNamesTheApp()
    {
        Server.Options.PublishAnswer = PublishAnswer.Job;
        using var response = await PostAsync("apps", AppBody());
        var job = await GetAsync($"jobs/{(await ReadAsync(response))["id"]}");

        Assert.That((string?)job["status"], Is.EqualTo("complete"));
        Assert.That((int)job["data"]!["app_id"]!, Is.EqualTo(Server.World.Apps[^1].Id));
    }

    [Test]
    public async Task BuildsCanBeOutOfAnAccountsReach()
    {
        Server.Options.BuildsRoute = false;

        using var response = await Api.GetAsync($"projects/{World.ProjectId}/builds");

        Assert.That((int)response.StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task AJobCanBeMadeToNeedAContentType()
    {
        Server.Options.JobsNeedContentType = true;
        using var posted = await PostAsync("apps/download", AppBody());
        var id = (await ReadAsync(posted))["id"];

        using var bare = await Api.GetAsync($"jobs/{id}");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"jobs/{id}") { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentType = new("application/json");
        using var typed = await Api.SendAsync(request);

        Assert.That((int)bare.StatusCode, Is.EqualTo(500));
        Assert.That((int)typed.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task The_address_without_its_slash_leads_to_the_one_with_it()
    {
        var app = Server.World.Apps[0];

        using var response = await Storage.GetAsync(app.Url.TrimEnd('/'));

        Assert.That((int)response.StatusCode, Is.EqualTo(301));
        Assert.That(response.Headers.Location!.ToString(), Is.EqualTo($"/p/{app.Id}/"));
    }
}
