using System.Net;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class JobWaiterTests
{
    private readonly FakeClock clock = new();
    private readonly List<JobProgress> progress = [];
    private int asked;

    [TestCase(0)]
    [TestCase(0.2)]
    [TestCase(1)]
    [TestCase(3.3)]
    [TestCase(10)]
    [TestCase(59)]
    [TestCase(127)]
    [TestCase(600)]
    [TestCase(1_799)]
    public void TheEndIsNoticedWithinATenthOfTheTime(double seconds)
    {
        Wait(endsAfter: seconds);

        Assert.That((clock.UtcNow - Start).TotalSeconds, Is.InRange(seconds, seconds + Math.Max(0.5, seconds / 10)));
    }

    [Test]
    public void TenMinutesTakeAboutSixtyRequests()
    {
        Wait(endsAfter: 600);

        Assert.That(asked, Is.LessThanOrEqualTo(62));
    }

    [Test]
    public void WhatIsDoneAtOnceIsNotWaitedFor()
    {
        Wait(endsAfter: 0);

        Assert.That(clock.Waits, Is.Empty);
        Assert.That(progress, Is.Empty);
    }

    [Test]
    public void ATimeoutSaysWhatAndHowLong()
    {
        Assert.That(
            () => Wait(endsAfter: double.MaxValue, timeout: 20),
            Throws.TypeOf<JobTimeoutException>().With.Property("Job").EqualTo("job 1").And.Property("Timeout").EqualTo(TimeSpan.FromSeconds(20)));
        Assert.That(clock.UtcNow - Start, Is.EqualTo(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void WhatEndsInTheLastMomentIsNotTooLate()
    {
        Assert.That(() => Wait(endsAfter: 20, timeout: 20), Throws.Nothing);
    }

    [TestCase("running")]
    [TestCase("queued")]
    [TestCase("Complete")]
    [TestCase("")]
    [TestCase(null)]
    public void EveryOtherStateIsOneOfRunning(string? status)
    {
        Assert.That(
            () => new JobWaiter(clock, TimeSpan.FromSeconds(5), progress.Add).Wait("job 1", () => status, answer => answer, CancellationToken.None),
            Throws.TypeOf<JobTimeoutException>());
    }

    [Test]
    public void AnErrorEndsTheWaitToo()
    {
        var answer = new JobWaiter(clock, TimeSpan.FromSeconds(5), progress.Add).Wait("job 1", () => "error", answer => answer, CancellationToken.None);

        Assert.That(answer, Is.EqualTo("error"));
    }

    [Test]
    public void EachWaitTellsHowLongItTookSoFar()
    {
        Wait(endsAfter: 1);

        Assert.That(progress.Select(told => told.Elapsed), Is.EqualTo(new[] { TimeSpan.Zero, TimeSpan.FromSeconds(0.48), TimeSpan.FromSeconds(0.96) }));
    }

    [Test]
    public void ALongPauseIsToldEverySecond()
    {
        Wait(endsAfter: 1_700);

        Assert.That(progress.Zip(progress.Skip(1), (one, next) => next.Elapsed - one.Elapsed), Has.All.LessThanOrEqualTo(TimeSpan.FromSeconds(1)));
    }

    [TestCaseSource(nameof(PassingFailures))]
    public void A_failure_that_passes_is_ridden_out_however_often_it_comes(Exception failure)
    {
        var left = 40;

        var answer = Wait(() => left-- > 0 ? throw failure : "complete");

        Assert.That(answer, Is.EqualTo("complete"));
        Assert.That(progress.Select(told => told.LastFailure), Has.All.SameAs(failure));
    }

    [TestCaseSource(nameof(PassingFailures))]
    public void After_a_deadline_without_answers_the_last_failure_is_named(Exception failure)
    {
        Assert.That(
            () => Wait(() => throw failure),
            Throws.TypeOf<JobTimeoutException>().With.Property("LastFailure").SameAs(failure).And.Property("Timeout").EqualTo(TimeSpan.FromSeconds(1_800)));
        Assert.That(clock.UtcNow - Start, Is.EqualTo(TimeSpan.FromSeconds(1_800)));
    }

    [TestCaseSource(nameof(LastingFailures))]
    public void AFailureThatDoesNotPassEndsTheWait(Exception failure)
    {
        Assert.That(() => Wait(() => throw failure), Throws.Exception.SameAs(failure));
        Assert.That(clock.Waits, Is.Empty);
    }

    [Test]
    public void AFailureIsForgottenOnceTheServiceAnswers()
    {
        var asked = 0;

        Assert.That(
            () => Wait(() => asked++ == 0 ? throw PassingFailures[0] : "running"),
            Throws.TypeOf<JobTimeoutException>().With.Property("LastFailure").Null);
        Assert.That(progress[^1].LastFailure, Is.Null);
    }

    [TestCase(7, 7)]
    [TestCase(86_400, 30)]
    [TestCase(0.1, 0.48)]
    [TestCase(-5, 0.48)]
    public void TheServiceSaysHowLongToLeaveItAlone(double retryAfter, double pause)
    {
        var busy = Refused(503, TimeSpan.FromSeconds(retryAfter));

        Wait(() => clock.Waits.Count == 0 ? throw busy : "complete");

        Assert.That(clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(pause) }));
    }

    private static ApiException[] PassingFailures { get; } =
    [
        .. new[] { 408, 429, 500, 502, 503, 504, 520 }.Select(status => Refused(status)),
        new ApiConnectionLostException("GET job", new IOException("reset")), new ApiUnreachableException("GET job", new IOException("refused")),
        new ApiTimeoutException("GET job", TimeSpan.FromSeconds(100)), new ApiFormatException("GET job", "no JSON", ""), new ProxyException("GET job", "http://proxy.example.test", "refused"),
    ];

    private static ApiException[] LastingFailures { get; } =
    [
        .. new[] { 400, 401, 403, 404, 410, 422 }.Select(status => Refused(status)),
        new ProxyException("GET job"), new ApiRedirectException("GET job", "a loop", HttpStatusCode.Found),
    ];

    private static ApiResponseException Refused(int status, TimeSpan? retryAfter = null) => new("GET job", (HttpStatusCode)status, "no") { RetryAfter = retryAfter };

    private string Wait(Func<string> ask) =>
        new JobWaiter(clock, TimeSpan.FromSeconds(1_800), progress.Add).Wait("job 1", ask, status => status, CancellationToken.None);

    private DateTimeOffset Start { get; } = new FakeClock().UtcNow;

    private void Wait(double endsAfter, double timeout = 1_800) =>
        new JobWaiter(clock, TimeSpan.FromSeconds(timeout), progress.Add).Wait("job 1", () => Ask(endsAfter), status => status, CancellationToken.None);

    private string Ask(double endsAfter)
    {
        asked++;
        return (clock.UtcNow - Start).TotalSeconds >= endsAfter ? "complete" : "running";
    }
}
