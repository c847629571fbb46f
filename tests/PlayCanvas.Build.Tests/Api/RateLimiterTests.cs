using System.Globalization;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.RateLimits;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RateLimiterTests : IDisposable
{
    private const string Date = "Sun, 01 Mar 2026 12:00:00 GMT";

    private static readonly DateTimeOffset ServerTime = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly MemoryRateLimits store = new();
    private readonly ApiHarness api;

    public RateLimiterTests() => api = new ApiHarness { RateLimits = store };

    public void Dispose() => api.Dispose();

    [Test]
    public void Nothing_is_sent_before_the_reset_once_the_window_is_used_up()
    {
        api.Server.Next(Limited(remaining: "0", secondsToReset: 42), Limited(remaining: "9", secondsToReset: 60));
        api.Get<JObject>();

        api.Get<JObject>();

        Assert.That(api.Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(42) }));
        Assert.That(api.Observer.RateLimitWaits, Is.EqualTo(new[] { ("normal", TimeSpan.FromSeconds(42)) }));
    }

    [Test]
    public void WhatRemainsIsSentWithoutAWait()
    {
        api.Server.Next(Limited("2", 42), Limited("1", 42), Limited("0", 42));

        for (var request = 0; request < 3; request++)
            api.Get<JObject>();

        Assert.That(api.Clock.Waits, Is.Empty);
    }

    [TestCase("GET")]
    [TestCase("POST")]
    public void A_refused_request_waits_for_the_reset_and_is_sent_again(string method)
    {
        api.Server.Next(Limited("0", 17, status: 429), Limited("9", 60));

        api.Connection.Send<JObject>(new ApiRequest(new HttpMethod(method), "thing"), CancellationToken.None);

        Assert.That(api.Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(17) }));
        Assert.That(api.Server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void ARefusalCountsMoreThanWhatItSaysRemains()
    {
        api.Server.Next(Limited("5", 17, status: 429), Limited("9", 60));

        api.Get<JObject>();

        Assert.That(api.Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(17) }));
    }

    [TestCase(-5)]
    [TestCase(5)]
    public void AClientClockThatIsHoursOffDoesNoHarm(int hours)
    {
        using var wrong = new ApiHarness { Clock = new FakeClock(ServerTime.AddHours(hours)) };
        wrong.Server.Next(Limited("0", 42), Limited("9", 60));
        wrong.Get<JObject>();

        wrong.Get<JObject>();

        Assert.That(wrong.Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(42) }));
    }

    [Test]
    public void WithoutADateTheClientsClockMustDo()
    {
        api.Server.Next(
            Replies.Json("{}").With("X-RateLimit-Remaining", "0").With("X-RateLimit-Reset", Epoch(ServerTime.AddSeconds(20))), Limited("9", 60));
        api.Get<JObject>();

        api.Get<JObject>();

        Assert.That(api.Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(20) }));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("soon")]
    [TestCase("-1")]
    [TestCase("0")]
    [TestCase("1")]
    [TestCase("99999999999999999999999")]
    [TestCase("1772366460000", Description = "Milliseconds")]
    [TestCase("1772377200", Description = "Three hours ahead")]
    [TestCase("1772366399", Description = "A second ago")]
    public void AResetWithoutSenseGivesWayToRetryAfter(string? reset)
    {
        var refusal = Replies.Status(429).With("Date", Date).With("X-RateLimit-Remaining", "0").With("Retry-After", "8");
        api.Server.Next(reset is null ? refusal : refusal.With("X-RateLimit-Reset", reset), Limited("9", 60));

        api.Get<JObject>();

        Assert.That(api.Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(8) }));
    }

    [TestCase(null)]
    [TestCase("soon")]
    [TestCase("1772377200", Description = "Three hours ahead")]
    public void WithoutAnyHintThePauseDoubles(string? reset)
    {
        var refusal = Replies.Status(429).With("Date", Date);
        refusal = reset is null ? refusal : refusal.With("X-RateLimit-Reset", reset);
        api.Server.Next(refusal, refusal, refusal, Limited("9", 60));

        api.Get<JObject>();

        Assert.That(api.Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4) }));
    }

    [Test]
    public void ThePauseStaysBounded()
    {
        using var patient = new ApiHarness { MaxRetries = 40 };
        patient.Server.Always("GET /api/thing", Replies.Status(429));

        Assert.That(() => patient.Get<JObject>(), Throws.TypeOf<ApiResponseException>());

        Assert.That(patient.Clock.Waits, Has.All.LessThanOrEqualTo(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public void AfterAnAnswerThePauseStartsSmallAgain()
    {
        api.Server.Next(Replies.Status(429), Replies.Status(429), Replies.Json("{}"));
        api.Get<JObject>();
        api.Clock.Advance(TimeSpan.FromMinutes(10));
        api.Server.Next(Replies.Status(429), Replies.Json("{}"));

        api.Get<JObject>();

        Assert.That(api.Clock.Waits[^1], Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void ADateAtTheEndOfTimeDoesNoHarm()
    {
        api.Server.Next(Replies.Json("{}").With("Date", "Fri, 31 Dec 9999 23:59:59 GMT").With("X-RateLimit-Reset", "5").With("X-RateLimit-Remaining", "3"));

        Assert.That(() => api.Get<JObject>(), Throws.Nothing);
    }

    [Test]
    public void ClassesAreCountedApart()
    {
        api.Server.Next(Limited("0", 42), Limited("0", 30));
        api.Get<JObject>();

        api.Connection.Send<JObject>(new ApiRequest(HttpMethod.Get, "x") { RateLimitClass = RateLimitClass.Strict }, CancellationToken.None);

        Assert.That(api.Clock.Waits, Is.Empty);
        Assert.That(store.Windows.Keys, Is.EquivalentTo(["normal", "strict"]));
    }

    [Test]
    public void AClassThatNobodyKnowsIsCountedLikeAny()
    {
        api.Server.Next(Limited("0", 42), Limited("9", 60));
        var request = new ApiRequest(HttpMethod.Get, "x") { RateLimitClass = "download" };
        api.Connection.Send<JObject>(request, CancellationToken.None);

        api.Connection.Send<JObject>(request, CancellationToken.None);

        Assert.That(api.Observer.RateLimitWaits, Is.EqualTo(new[] { ("download", TimeSpan.FromSeconds(42)) }));
    }

    [Test]
    public void An_older_answer_that_comes_late_does_not_give_requests_back()
    {
        var limiter = Limiter();
        limiter.Record("normal", Headers(3, 40));

        limiter.Record("normal", Headers(7, 41));

        Assert.That(store.Windows["normal"].Remaining, Is.EqualTo(3));
    }

    [TestCase(3)]
    [TestCase(0)]
    public void Of_the_ends_that_are_told_of_one_window_the_earliest_counts(int remaining)
    {
        var limiter = Limiter();
        limiter.Record("normal", Headers(4, 40));
        // Within the same second, the Date header and therefore the time until the reset are equal.
        api.Clock.Advance(TimeSpan.FromSeconds(0.9));

        limiter.Record("normal", Headers(remaining, 40));

        Assert.That(store.Windows["normal"].ResetsAt, Is.EqualTo(ServerTime.AddSeconds(40)));
    }

    [Test]
    public void ANewWindowGivesThemBack()
    {
        var limiter = Limiter();
        limiter.Record("normal", Headers(3, 4));
        api.Clock.Advance(TimeSpan.FromSeconds(5));

        limiter.Record("normal", Headers(9, 60));

        Assert.That(store.Windows["normal"].Remaining, Is.EqualTo(9));
    }

    [Test]
    public void ASlotIsTakenBeforeTheRequestIsSent()
    {
        var limiter = Limiter();
        limiter.Record("normal", Headers(2, 30));

        limiter.Acquire("normal", CancellationToken.None);
        limiter.Acquire("normal", CancellationToken.None);

        Assert.That(api.Clock.Waits, Is.Empty);
        limiter.Acquire("normal", CancellationToken.None);
        Assert.That(api.Clock.Waits[0], Is.EqualTo(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void The_first_request_goes_alone_and_the_others_wait_for_what_it_learns()
    {
        var limiter = Limiter();
        limiter.Acquire("normal", CancellationToken.None);
        // While the second request waits, the limiter learns that one request is left.
        api.Clock.Waiting = _ => limiter.Record("normal", Headers(1, 30));

        limiter.Acquire("normal", CancellationToken.None);

        Assert.That(api.Clock.Waits, Has.Count.EqualTo(1));
        Assert.That(store.Windows["normal"].Remaining, Is.Zero);
    }

    [Test]
    public void Two_threads_do_not_send_their_first_requests_together()
    {
        using var arrived = new ManualResetEventSlim();
        using var waits = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        api.Server.Next(((Reply)((_, _) => answer.Task)).After(arrived.Set), Limited("9", 60));
        api.Clock.Waiting = _ =>
        {
            waits.Set();
            goesOn.Wait(Bounded.Limit);
        };

        var first = Task.Run(() => api.Get<JObject>());
        arrived.Wait(Bounded.Limit);
        var second = Task.Run(() => api.Get<JObject>());
        var secondWaited = waits.Wait(Bounded.Limit);
        var sentTogether = api.Server.Requests.Count;
        answer.SetResult(new HttpResponseMessage { Content = new StringContent("{}") });
        first.Wait(Bounded.Limit);
        goesOn.Set();
        second.Wait(Bounded.Limit);

        Assert.That(secondWaited, Is.True);
        Assert.That(sentTogether, Is.EqualTo(1));
        Assert.That(api.Server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void AServerWithoutLimitsIsAskedByManyAtOnce()
    {
        var limiter = Limiter();
        limiter.Acquire("normal", CancellationToken.None);
        limiter.Record("normal", new RateLimitHeaders());

        for (var request = 0; request < 1_000; request++)
            limiter.Acquire("normal", CancellationToken.None);

        Assert.That(api.Clock.Waits, Is.Empty);
    }

    [Test]
    public void Somebody_else_finds_out_when_the_first_does_not_come_back()
    {
        var limiter = Limiter();
        limiter.Acquire("normal", CancellationToken.None);

        limiter.Acquire("normal", CancellationToken.None);

        Assert.That(api.Clock.UtcNow - ServerTime, Is.InRange(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10.1)));
    }

    [Test]
    public void An_answer_without_headers_does_not_undo_what_is_known()
    {
        api.Server.Next(Limited("1", 42), Replies.Html("<html>", 404), Limited("9", 60));
        api.Get<JObject>();
        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiResponseException>());

        api.Get<JObject>();

        Assert.That(api.Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(42) }));
    }

    [Test]
    public void A_count_without_an_end_is_forgotten_after_a_minute()
    {
        var limiter = Limiter();
        limiter.Record("normal", new RateLimitHeaders { Remaining = 1 });
        limiter.Acquire("normal", CancellationToken.None);

        limiter.Acquire("normal", CancellationToken.None);

        Assert.That(api.Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromMinutes(1) }));
    }

    [Test]
    public void A_window_that_ends_impossibly_late_is_not_waited_for()
    {
        // As if the clock of this machine had been set back by a day.
        store.Windows["normal"] = new RateLimitWindow { Remaining = 0, ResetsAt = ServerTime.AddDays(1) };

        Limiter().Acquire("normal", CancellationToken.None);

        Assert.That(api.Clock.Waits, Is.Empty);
    }

    [Test]
    public void AShortWaitIsNotTold()
    {
        var limiter = Limiter();
        limiter.Acquire("normal", CancellationToken.None);
        api.Clock.Waiting = _ => limiter.Record("normal", Headers(1, 30));

        limiter.Acquire("normal", CancellationToken.None);

        Assert.That(api.Observer.RateLimitWaits, Is.Empty);
    }

    private static RateLimitHeaders Headers(int remaining, double secondsToReset) =>
        new() { Remaining = remaining, UntilReset = TimeSpan.FromSeconds(secondsToReset) };

    private static Reply Limited(string remaining, double secondsToReset, int status = 200) => Replies.Json("{}", status)
        .With("Date", Date)
        .With("X-RateLimit-Remaining", remaining)
        .With("X-RateLimit-Reset", Epoch(ServerTime.AddSeconds(secondsToReset)));

    private static string Epoch(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private RateLimiter Limiter() => new(store, api.Clock, api.Observer);
}
