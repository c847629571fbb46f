using NUnit.Framework;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tests.Files;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AttemptsTests
{
    private readonly FakeClock clock = new();
    private readonly List<double> reported = [];

    [Test]
    public void The_first_attempt_does_not_wait()
    {
        Assert.That(clock.Attempt(Seconds(1, 2), Report, CancellationToken.None).First(), Is.EqualTo(TimeSpan.Zero));
        Assert.That(clock.Waits, Is.Empty);
    }

    [Test]
    public void There_is_one_attempt_more_than_pauses()
    {
        var attempts = clock.Attempt(Seconds(1, 2, 4), Report, CancellationToken.None).ToList();
        Assert.That(attempts, Is.EqualTo(Seconds(0, 1, 3, 7)));
        Assert.That(clock.Waits, Is.EqualTo(Seconds(1, 2, 4)));
    }

    [Test]
    public void Without_pauses_there_is_one_attempt() =>
        Assert.That(clock.Attempt([], Report, CancellationToken.None).Count(), Is.EqualTo(1));

    [Test]
    public void The_time_of_an_attempt_counts()
    {
        var asked = new List<TimeSpan>();
        foreach (var _ in clock.Attempt(Pause, Report, CancellationToken.None))
            clock.Advance(TimeSpan.FromSeconds(3));
        Assert.That(asked, Is.EqualTo(Seconds(3, 7, 11)));

        TimeSpan? Pause(TimeSpan elapsed)
        {
            asked.Add(elapsed);
            return asked.Count < 3 ? TimeSpan.FromSeconds(1) : null;
        }
    }

    [Test]
    public void A_long_pause_is_reported_with_the_time_since_the_first_attempt()
    {
        foreach (var _ in clock.Attempt(Seconds(1, 3), Report, CancellationToken.None))
            clock.Advance(TimeSpan.FromSeconds(10));
        Assert.That(reported, Is.EqualTo([22.0, 23.0]));
    }

    [Test]
    public void A_cancellation_ends_the_pause()
    {
        using var cancellation = new CancellationTokenSource();
        clock.Waiting = _ => cancellation.Cancel();
        var attempts = 0;
        Assert.That(
            () =>
            {
                foreach (var _ in clock.Attempt(Seconds(1, 1), Report, cancellation.Token))
                    attempts++;
            },
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(attempts, Is.EqualTo(1));
    }

    /// <summary>An install that has begun to move files moves them all, whether or not the build was cancelled, unless it has to wait.</summary>
    [Test]
    public void After_a_cancellation_only_the_first_attempt_is_made()
    {
        var attempts = clock.Attempt(Seconds(1), Report, new CancellationToken(canceled: true)).GetEnumerator();
        Assert.That(attempts.MoveNext(), Is.True);
        Assert.That(() => attempts.MoveNext(), Throws.InstanceOf<OperationCanceledException>());
    }

    private static TimeSpan[] Seconds(params int[] seconds) => [.. seconds.Select(second => TimeSpan.FromSeconds(second))];

    private void Report(TimeSpan elapsed) => reported.Add(elapsed.TotalSeconds);
}
