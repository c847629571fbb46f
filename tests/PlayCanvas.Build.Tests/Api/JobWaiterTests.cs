using NUnit.Framework;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class JobWaiterTests
{
    private readonly FakeClock clock = new();
    private readonly List<TimeSpan> progress = [];
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

        Assert.That(progress, Is.EqualTo(new[] { TimeSpan.Zero, TimeSpan.FromSeconds(0.48), TimeSpan.FromSeconds(0.96) }));
    }

    private DateTimeOffset Start { get; } = new FakeClock().UtcNow;

    private void Wait(double endsAfter, double timeout = 1_800) =>
        new JobWaiter(clock, TimeSpan.FromSeconds(timeout), progress.Add).Wait("job 1", () => Ask(endsAfter), status => status, CancellationToken.None);

    private string Ask(double endsAfter)
    {
        asked++;
        return (clock.UtcNow - Start).TotalSeconds >= endsAfter ? "complete" : "running";
    }
}
