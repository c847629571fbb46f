using System.Diagnostics;
using System.Net.Http.Headers;
using NUnit.Framework;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Sandbox;

public class FaultTests : SandboxFixture
{
    [Test]
    public async Task AFaultHitsTheCallItIsSetFor()
    {
        Server.Faults.On("GET", "/api/id", call: 2, Fault.Status(502, "bad gateway"));
        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await Api.GetAsync("id");
            statuses.Add((int)response.StatusCode);
        }

        Assert.That(statuses, Is.EqualTo((int[])[200, 502, 200]));
    }

    [Test]
    public async Task AFaultCanHitEveryCall()
    {
        Server.Faults.On("GET", "/api/*", Fault.Body("<html>down</html>", "text/html", 503), FaultScript.EveryCall);

        using var first = await Api.GetAsync("id");
        using var second = await Api.GetAsync("ratelimits");

        Assert.That(await first.Content.ReadAsStringAsync(), Is.EqualTo("<html>down</html>"));
        Assert.That((int)second.StatusCode, Is.EqualTo(503));
    }

    [Test]
    public void ALostAnswerIsCarriedOut()
    {
        Server.Faults.On("POST", "/api/apps", Fault.LoseAnswer);

        Assert.That(() => PostAsync("apps", AppBody()), Throws.InstanceOf<HttpRequestException>());
        Assert.That(Server.World.Apps, Has.Count.EqualTo(3));
    }

    [Test]
    public void AResetBeforeIsNotCarriedOut()
    {
        Server.Faults.On("POST", "/api/apps", Fault.ResetBefore);

        Assert.That(() => PostAsync("apps", AppBody()), Throws.InstanceOf<HttpRequestException>());
        Assert.That(Server.World.Apps, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_stalled_answer_never_comes_and_does_not_hold_up_the_end()
    {
        Server.Faults.On("GET", "/api/id", Fault.Stall);
        var pending = Api.GetAsync("id");
        await Task.WhenAny(pending, WaitForRequestAsync());
        Assert.That(pending.IsCompleted, Is.False);

        var watch = Stopwatch.StartNew();
        await Server.DisposeAsync();

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(() => pending, Throws.Exception);
    }

    [Test]
    public async Task ATruncatedDownloadEndsTooEarly()
    {
        var url = await DownloadUrlAsync();
        Server.Faults.On("GET", "/exports/*", Fault.Truncate(1000));

        Assert.That(() => Storage.GetByteArrayAsync(url), Throws.InstanceOf<HttpRequestException>());
        Assert.That(Server.Requests[^1].BytesSent, Is.EqualTo(1000));
        Assert.That((await Storage.GetByteArrayAsync(url)).Length, Is.GreaterThan(1000));
    }

    [Test]
    public async Task AnAnswerCanEndBeforeItsEndWithoutASign()
    {
        Server.Faults.On("GET", "/api/id", Fault.Length(3));

        Assert.That(await Api.GetStringAsync("id"), Is.EqualTo("{\"i"));
    }

    [Test]
    public void AnAnswerCanBeShorterThanItSays()
    {
        Server.Faults.On("GET", "/api/id", Fault.Length(1000));

        Assert.That(() => Api.GetStringAsync("id"), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task TheJsonOfTheRealAnswerCanBeChanged()
    {
        Server.Faults.On("GET", "/api/projects/*/app", Fault.Rewrite(app => (app["version"], app["extra"]) = (null, "new")));

        var app = await GetAsync($"projects/{World.ProjectId}/app");

        Assert.That((string?)app["name"], Is.EqualTo("Spinning Box"));
        Assert.That(app["version"], Is.Null);
        Assert.That((string?)app["extra"], Is.EqualTo("new"));
    }

    [Test]
    public async Task TheBytesOfTheRealAnswerCanBeChanged()
    {
        var url = await DownloadUrlAsync();
        Server.Faults.On("GET", "/exports/*", Fault.RewriteBytes(zip => [.. zip.Reverse()]));

        Assert.That((await Storage.GetByteArrayAsync(url))[^2..], Is.EqualTo("KP"u8.ToArray()));
    }

    [Test]
    public async Task ARangeCanBeIgnored()
    {
        Server.Faults.On("GET", "/exports/*", Fault.IgnoreRange);
        using var request = new HttpRequestMessage(HttpMethod.Get, await DownloadUrlAsync()) { Headers = { Range = new RangeHeaderValue(0, 9) } };

        using var response = await Storage.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(response.Content.Headers.ContentLength, Is.GreaterThan(10));
    }

    [Test]
    public async Task An_answer_in_the_place_of_a_route_tells_the_servers_time()
    {
        Server.Faults.On("GET", "/api/id", Fault.Status(503));

        using var response = await Api.GetAsync("id");

        Assert.That(response.Headers.Date, Is.EqualTo(Start.AddMilliseconds(-500)));
    }

    [Test]
    public async Task ADrippingDownloadIsSlowButWhole()
    {
        var url = await DownloadUrlAsync();
        var whole = await Storage.GetByteArrayAsync(url);
        Server.Faults.On("GET", "/exports/*", Fault.SlowDrip(whole.Length / 4, TimeSpan.FromMilliseconds(1)));

        Assert.That(await Storage.GetByteArrayAsync(url), Is.EqualTo(whole));
    }

    [Test]
    public async Task HeadersOfTheRealAnswerCanBeChanged()
    {
        Server.Faults.On("GET", "/api/id", Fault.Header("X-RateLimit-Reset", null).WithHeader("Retry-After", "7"));

        using var response = await Api.GetAsync("id");

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(response.Headers.Contains("X-RateLimit-Reset"), Is.False);
        Assert.That(response.Headers.GetValues("Retry-After").Single(), Is.EqualTo("7"));
        Assert.That((await ReadAsync(response))["id"], Is.Not.Null);
    }

    [Test]
    public async Task ARequestCanBeSentElsewhere()
    {
        Server.Faults.On("GET", "/exports/*", Fault.Redirect("http://127.0.0.1:9/elsewhere"));

        using var response = await Storage.GetAsync(await DownloadUrlAsync());

        Assert.That((int)response.StatusCode, Is.EqualTo(302));
        Assert.That(response.Headers.Location!.AbsolutePath, Is.EqualTo("/elsewhere"));
    }

    [Test]
    public async Task AnAddressCanExpireOnce()
    {
        var url = await DownloadUrlAsync();
        Server.Faults.On("GET", "/exports/*", Fault.Expired);

        using var first = await Storage.GetAsync(url);
        using var second = await Storage.GetAsync(url);

        Assert.That((int)first.StatusCode, Is.EqualTo(403));
        Assert.That((int)second.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task AJobCanFail()
    {
        Server.Faults.NextJobs(JobOutcome.Error("script a.js: syntax error", "1 error"));

        var job = await DownloadJobAsync(AppBody());
        var build = Server.World.Builds[^1];

        Assert.That((string?)job["status"], Is.EqualTo("error"));
        Assert.That(job["messages"]!.AsArray().Select(message => (string?)message), Is.EqualTo((string[])["script a.js: syntax error", "1 error"]));
        Assert.That(build.Status, Is.EqualTo(WorkStatus.Error));
        Assert.That(build.Message, Is.EqualTo("script a.js: syntax error; 1 error"));
    }

    [Test]
    public async Task APublishCanFail()
    {
        Server.Faults.NextJobs(JobOutcome.Error("no engine"));

        using var response = await PostAsync("apps", AppBody());
        var app = await GetAsync($"apps/{(await ReadAsync(response))["id"]}");

        Assert.That((string?)app["task"]!["status"], Is.EqualTo("error"));
        Assert.That((string?)app["task"]!["message"], Is.EqualTo("no engine"));
        Assert.That(app["completed_at"], Is.Null);
    }

    [Test]
    public async Task AJobCanNeverEndAndCanEndWithoutAnAddress()
    {
        Server.Faults.NextJobs(JobOutcome.Never, JobOutcome.NoUrl);
        var endless = await DownloadJobAsync(AppBody());
        var mute = await DownloadJobAsync(AppBody());
        Clock.Advance(TimeSpan.FromDays(1));
        var later = await GetAsync($"jobs/{endless["id"]}");

        Assert.That((string?)later["status"], Is.EqualTo("running"));
        Assert.That((string?)mute["status"], Is.EqualTo("complete"));
        Assert.That(mute["data"]!["download_url"], Is.Null);
    }

    [Test]
    public async Task AJobCanVanish()
    {
        Server.Faults.NextJobs(JobOutcome.Vanish);
        using var response = await PostAsync("apps/download", AppBody());

        using var job = await Api.GetAsync($"jobs/{(await ReadAsync(response))["id"]}");

        Assert.That((int)job.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task AZipCanBeSpoilt()
    {
        Server.Faults.MutateZip = zip => [.. zip[..^10]];
        var spoilt = await DownloadAsync();
        Server.Faults.Clear();
        var whole = await DownloadAsync();

        Assert.That(() => Unzip(spoilt), Throws.InstanceOf<InvalidDataException>());
        Assert.That(Unzip(whole), Is.Not.Empty);
    }

    private async Task WaitForRequestAsync()
    {
        while (Server.Requests.Count == 0)
            await Task.Yield();
    }
}
