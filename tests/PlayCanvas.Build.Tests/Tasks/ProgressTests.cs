using NUnit.Framework;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tasks;

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
    public void ProgressIsDueAfterNineSecondsOfSilence()
    {
        var start = DateTimeOffset.UnixEpoch;
        var timer = new ProgressTimer();

        var due = Enumerable.Range(0, 30).Where(second => timer.IsDue(start.AddSeconds(second)));

        Assert.That(string.Join(" ", due), Is.EqualTo("9 18 27"));
    }

    [Test]
    public void ALineThatWasShownMeanwhileCounts()
    {
        var start = DateTimeOffset.UnixEpoch;
        var timer = new ProgressTimer();
        timer.Restart(start.AddSeconds(5));

        var due = Enumerable.Range(6, 12).Where(second => timer.IsDue(start.AddSeconds(second)));

        Assert.That(string.Join(" ", due), Is.EqualTo("14"));
    }
}
