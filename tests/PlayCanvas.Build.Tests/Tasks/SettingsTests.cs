using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tests.Tasks;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class SettingsTests
{
    [TestCase("Main;Level 2", "Main|Level 2")]
    [TestCase("Main%3BLevel 2%3b 3", "Main|Level 2|3")]
    [TestCase("\n  Main ;\n  Level 2;\n", "Main|Level 2")]
    [TestCase(";;", "")]
    [TestCase(null, "")]
    public void AListIsSplitAndTrimmed(string? value, string parts) =>
        Assert.That(string.Join("|", Settings.List(value)), Is.EqualTo(parts));

    [TestCase("true", true)]
    [TestCase(" TRUE\n", true)]
    [TestCase("False", false)]
    [TestCase("yes", true)]
    [TestCase("On", true)]
    [TestCase("no", false)]
    [TestCase("off", false)]
    [TestCase("", null)]
    [TestCase("  ", null)]
    [TestCase(null, null)]
    public void ASwitchIsReadAsMSBuildDoes(string? value, bool? expected) =>
        Assert.That(Settings.Switch("P", value), Is.EqualTo(expected));

    [TestCase(" main\n", "main")]
    [TestCase("Level 2", "Level 2")]
    [TestCase(" \n", null)]
    [TestCase(null, null)]
    public void ATextHasNoWhiteSpaceAroundIt(string? value, string? expected) => Assert.That(Settings.Text(value), Is.EqualTo(expected));

    [TestCase(" npm ", "npm")]
    [TestCase("NPM", "npm")]
    [TestCase("static", "static")]
    [TestCase(" ", null)]
    [TestCase(null, null)]
    public void AChoiceIsReadWithoutCaseAndWhiteSpace(string? value, string? expected) =>
        Assert.That(Settings.Choice(value, Diagnostic.FormatInvalid, "static", "npm"), Is.EqualTo(expected));

    [TestCase(" 5 ", 5)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void ANumberMayBeLeftOut(string? value, int? expected) =>
        Assert.That(Settings.Number("P", value, 1, 10), Is.EqualTo(expected));

    [TestCase(0, "0 kB")]
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
