using System.Net;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RetryTests : IDisposable
{
    private readonly ApiHarness api = new();

    public void Dispose() => api.Dispose();

    [TestCase("GET", 408, true)]
    [TestCase("GET", 429, true)]
    [TestCase("GET", 500, true)]
    [TestCase("GET", 502, true)]
    [TestCase("GET", 503, true)]
    [TestCase("GET", 504, true)]
    [TestCase("GET", 400, false)]
    [TestCase("GET", 401, false)]
    [TestCase("GET", 403, false)]
    [TestCase("GET", 404, false)]
    [TestCase("GET", 407, false)]
    [TestCase("GET", 410, false)]
    [TestCase("POST", 429, true)]
    [TestCase("POST", 408, false)]
    [TestCase("POST", 400, false)]
    [TestCase("POST", 500, false)]
    [TestCase("POST", 502, false)]
    [TestCase("POST", 503, false)]
    [TestCase("POST", 504, false)]
    [TestCase("PUT", 503, true)]
    [TestCase("PUT", 409, false)]
    public void AnAnswerIsFollowedByAnotherAttemptOrNot(string method, int status, bool retried) =>
        Check(method, Replies.Status(status), retried);

    [TestCase("GET", true)]
    [TestCase("POST", true)]
    [TestCase("PUT", true)]
    public void A_connection_that_could_not_be_opened_is_tried_again(string method, bool retried) =>
        Check(method, Replies.Unreachable, retried);

    [TestCase("GET", true)]
    [TestCase("PUT", true)]
    [TestCase("POST", false)]
    public void A_connection_that_broke_is_tried_again_unless_it_may_do_something_twice(string method, bool retried) =>
        Check(method, Replies.ConnectionLost, retried);

    [TestCase("GET", true)]
    [TestCase("POST", false)]
    public void A_body_that_breaks_off_is_tried_again_unless_it_may_do_something_twice(string method, bool retried) =>
        Check(method, Replies.Body(ScriptedStream.Breaking("{"u8.ToArray(), new IOException("reset"))), retried);

    [TestCase("GET", true)]
    [TestCase("POST", false)]
    public void Silence_is_tried_again_unless_it_may_do_something_twice(string method, bool retried)
    {
        using var hasty = new ApiHarness { MaxRetries = 1, RequestTimeout = TimeSpan.FromMilliseconds(50) };
        hasty.Server.Next(Replies.Never, Replies.Never);

        Assert.That(() => Bounded.Run(() => hasty.Connection.Send<JObject>(Request(method), CancellationToken.None)), Throws.TypeOf<ApiTimeoutException>());
        Assert.That(hasty.Server.Requests, Has.Count.EqualTo(retried ? 2 : 1));
    }

    [Test]
    public void APollIsNotTriedAgain()
    {
        api.Server.Next(Replies.Status(503), Replies.Status(429), Replies.ConnectionLost);

        Assert.That(() => api.Client.WithoutRetries.GetJob("1", CancellationToken.None), Throws.TypeOf<ApiResponseException>());
        Assert.That(() => api.Client.WithoutRetries.GetApp(1, CancellationToken.None), Throws.TypeOf<ApiResponseException>());
        Assert.That(() => api.Client.WithoutRetries.ListNewestBuilds(1, "publish", CancellationToken.None), Throws.TypeOf<ApiConnectionLostException>());
        Assert.That(api.Server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public void ALongPauseIsToldEverySecond()
    {
        api.Server.Next(Replies.Status(503).With("Retry-After", "20"), Replies.Json("{}"));

        api.Get<JObject>();

        Assert.That(
            api.Observer.Waits,
            Is.EqualTo(Enumerable.Range(1, 19).Select(second => ("the next attempt at GET https://api.example.test/api/thing", TimeSpan.FromSeconds(second)))));
    }

    [Test]
    public void WhatIsNoAnswerIsNotAskedForAgain() => Check("GET", Replies.Html("<html>"), retried: false);

    [Test]
    public void ItEndsAfterTheLastRetry()
    {
        using var patient = new ApiHarness { MaxRetries = 2 };
        patient.Server.Always("GET /api/thing", Replies.Status(503));

        Assert.That(() => patient.Get<JObject>(), Throws.TypeOf<ApiResponseException>().With.Property("Status").EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(patient.Server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public void TheRateLimitEndsItTooAfterTheLastRetry()
    {
        using var patient = new ApiHarness { MaxRetries = 2 };
        patient.Server.Always("GET /api/thing", Replies.Status(429));

        Assert.That(() => patient.Get<JObject>(), Throws.TypeOf<ApiResponseException>().With.Property("Status").EqualTo((HttpStatusCode)429));
        Assert.That(patient.Server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public void EachAttemptSendsTheWholeRequest()
    {
        api.Server.Next(Replies.Status(503), Replies.Status(503), Replies.Json("{}"));

        api.Connection.Send<JObject>(new ApiRequest(HttpMethod.Put, "thing") { Body = new { name = "x" } }, CancellationToken.None);

        Assert.That(api.Server.Requests.Select(request => request.Body), Is.EqualTo(Enumerable.Repeat("""{"name":"x"}""", 3)));
        Assert.That(api.Server.Requests.Select(request => request.Authorization), Has.All.Not.Null);
    }

    [Test]
    public void TheObserverIsToldWhichWhatWhyAndHowLong()
    {
        api.Server.Next(Replies.Status(503, "busy").With("Retry-After", "7"), Replies.Json("{}"));

        api.Get<JObject>("thing?secret=1");

        Assert.That(api.Observer.Retries, Is.EqualTo(new[] { ("GET https://api.example.test/api/thing", "503 busy", 1, 5, TimeSpan.FromSeconds(7)) }));
    }

    [Test]
    public void TheWaitIsTheOneThatWasTold()
    {
        api.Server.Next(Replies.Status(503), Replies.Status(503), Replies.Json("{}"));

        api.Get<JObject>();

        Assert.That(api.Clock.Waits, Is.EqualTo(api.Observer.Retries.Select(retry => retry.Wait)));
        Assert.That(api.Clock.Waits, Has.Count.EqualTo(2).And.All.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void RetryAfterMayBeADateByTheServersClock()
    {
        var busy = Replies.Status(503).With("Date", "Sun, 01 Mar 2026 18:00:00 GMT").With("Retry-After", "Sun, 01 Mar 2026 18:00:09 GMT");
        api.Server.Next(busy, Replies.Json("{}"));

        api.Get<JObject>();

        Assert.That(api.Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(9) }));
    }

    [TestCase("3600", 30)]
    [TestCase("10", 10)]
    public void RetryAfterIsRespectedUpToABound(string header, double seconds)
    {
        api.Server.Next(Replies.Status(503).With("Retry-After", header), Replies.Json("{}"));

        api.Get<JObject>();

        Assert.That(api.Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(seconds) }));
    }

    [TestCase("soon")]
    [TestCase("-5")]
    [TestCase("0")]
    [TestCase("Sun, 01 Mar 2020 18:00:09 GMT")]
    public void RetryAfterThatMakesNoSenseIsLeftAside(string header)
    {
        api.Server.Next(Replies.Status(503).With("Retry-After", header), Replies.Json("{}"));

        api.Get<JObject>();

        Assert.That(api.Clock.Waits.Single(), Is.InRange(TimeSpan.FromSeconds(0.375), TimeSpan.FromSeconds(0.625)));
    }

    [TestCase(0, 0.0, 0.375)]
    [TestCase(0, 1.0, 0.625)]
    [TestCase(1, 0.5, 1.0)]
    [TestCase(2, 0.5, 2.0)]
    [TestCase(6, 0.5, 30.0)]
    [TestCase(1000, 0.5, 30.0)]
    public void ThePauseDoublesUpToABoundWithARandomPart(int retry, double random, double seconds)
    {
        var policy = new RetryPolicy(5, () => random);

        Assert.That(policy.Pause(retry, null), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public void ARefusedDownloadWaitsAsLongAsItIsTold()
    {
        // A signed address does not belong to a rate limit class: only Retry-After says how long to wait.
        api.Server.Next(Replies.Status(429).With("Retry-After", "4"), Replies.Text("zip", "application/zip"));

        api.Fetch("https://storage.example.test/game.zip");

        Assert.That(api.Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(4) }));
    }

    [Test]
    public void Each_attempt_of_a_download_asks_for_what_is_still_wanted()
    {
        api.Server.Next(Replies.ConnectionLost, Replies.Text("zip", "application/zip"));
        var from = 0;

        api.Fetch(() => new OutgoingRequest(HttpMethod.Get, new Uri("https://storage.example.test/game.zip")) { Range = (from++, null), IfRange = "\"tag\"" });

        Assert.That(string.Join(" ", api.Server.Requests.Select(request => request.Header("Range"))), Is.EqualTo("bytes=0- bytes=1-"));
        Assert.That(api.Server.Requests.Select(request => request.Header("If-Range")), Has.All.EqualTo("\"tag\""));
    }

    private static ApiRequest Request(string method) => new(new HttpMethod(method), "thing");

    private void Check(string method, Reply failure, bool retried)
    {
        api.Server.Next(failure, Replies.Json("{}"));

        if (retried)
            Assert.That(() => api.Connection.Send<JObject>(Request(method), CancellationToken.None), Throws.Nothing);
        else
            Assert.That(() => api.Connection.Send<JObject>(Request(method), CancellationToken.None), Throws.InstanceOf<ApiException>());
        Assert.That(api.Server.Requests, Has.Count.EqualTo(retried ? 2 : 1));
    }
}
