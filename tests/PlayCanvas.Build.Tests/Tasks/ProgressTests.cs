using NUnit.Framework;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ProgressTests
{
    [TestCase(0, "0 B")]
    [TestCase(99, "99 B")]
    [TestCase(100, "0.1 kB")]
    [TestCase(1_549, "1.5 kB")]
    [TestCase(999_999, "1000 kB")]
    [TestCase(1_000_000, "1.0 MB")]
    [TestCase(1_234_567_890, "1234.6 MB")]
    public void SizesAreForPeople(long bytes, string text) => Assert.That(Sizes.Format(bytes), Is.EqualTo(text));

    [Test]
    public void ProgressIsDueAfterEightSecondsOfSilenceAndAtFirstAfterFour()
    {
        var timer = new ProgressTimer();
        timer.Begin(Start);

        Assert.That(DueSeconds(timer, 0, 30), Is.EqualTo("4 12 20 28"));
    }

    [Test]
    public void ALineThatWasShownMeanwhileCounts()
    {
        var timer = new ProgressTimer();
        timer.Begin(Start);
        timer.Restart(Start.AddSeconds(3));

        Assert.That(DueSeconds(timer, 4, 12), Is.EqualTo("11"));
    }

    [TestCase(1, "8")]
    [TestCase(7, "8")]
    [TestCase(60, "60 68")]
    public void TheNextTaskOfABuildGoesOnWithTheSilence(int nextBegins, string due)
    {
        var build = new RecordingBuildEngine();
        ProgressTimer.Of(build).Restart(Start);

        var next = ProgressTimer.Of(build);
        next.Begin(Start.AddSeconds(nextBegins));

        Assert.That(DueSeconds(next, nextBegins, 9), Is.EqualTo(due));
    }

    private static DateTimeOffset Start => DateTimeOffset.UnixEpoch;

    private static string DueSeconds(ProgressTimer timer, int first, int count) =>
        string.Join(" ", Enumerable.Range(first, count).Where(second => timer.IsDue(Start.AddSeconds(second))));
}
