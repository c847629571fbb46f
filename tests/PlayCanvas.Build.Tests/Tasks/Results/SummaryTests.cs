using NUnit.Framework;
using PlayCanvas.Build.Games.Sizing;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tests.Tasks.Results;

/// <summary>Tests the words that the terminal logger shows as the result of a project.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class SummaryTests
{
    [TestCase(21, 0, 0, 679_100, "21 files added, 679.1 kB moved")]
    [TestCase(0, 1, 0, 391_000, "1 file changed, 391 kB moved")]
    [TestCase(2, 1, 3, 391_000, "1 file changed, 2 added, 3 removed, 391 kB moved")]
    [TestCase(0, 0, 2, 65_600, "2 files removed, 65.6 kB moved")]
    [TestCase(0, 0, 0, 65_600, "unchanged, 65.6 kB moved")]
    [TestCase(5, 0, 0, 0, "5 files added")]
    public void ADownload(int added, int changed, int removed, long moved, string summary)
    {
        var result = new GameResult { Outcome = Outcome.Downloaded, Added = added, Changed = changed, Removed = removed, Moved = moved };

        Assert.That(result.Summary, Is.EqualTo(summary));
    }

    [Test]
    public void AContentThatTheMachineHas() =>
        Assert.That(new GameResult { Outcome = Outcome.Reused, Files = 21, Bytes = 2_600_000 }.Summary, Is.EqualTo("21 files, 2.6 MB, nothing moved"));

    [TestCase(Outcome.UpToDate)]
    [TestCase(Outcome.Failed)]
    [TestCase(Outcome.Planned)]
    public void AGameThatDidNotChangeHasNone(string outcome) => Assert.That(new GameResult { Outcome = outcome, Files = 21, Bytes = 2_600_000 }.Summary, Is.Empty);

    [Test]
    public void ARowNamesTheSizes()
    {
        var result = new GameResult
        {
            Project = "Web",
            Path = "game",
            Outcome = Outcome.Downloaded,
            ContentId = "0123456789",
            Files = 3,
            Bytes = 4_500_000,
            SizesOfParts = new SizeSummary
            {
                Initial = 2_000_000,
                PreviousInitial = 2_000_000,
                Groups = new Dictionary<string, long> { ["textures"] = 2_500_000, ["engine"] = 2_000_000 },
                PreviousGroups = new Dictionary<string, long> { ["textures"] = 1_000_000, ["engine"] = 2_000_000, ["audio"] = 300_000 },
            },
        };

        Assert.That(SummaryRow.Format(result), Does.EndWith("<br>until the first frame 2.0 MB<br>engine 2.0 MB, textures 2.5 MB (+1.5 MB), audio 0 B (−300 kB) |"));
    }

    [TestCase("1.0", "https://playcanv.as/p/1/", Outcome.Published, false, "https://playcanv.as/p/1/ (version 1.0, app 3)")]
    [TestCase("1.0", "https://playcanv.as/p/1/", Outcome.Published, true, "https://playcanv.as/p/1/ (version 1.0 a second time, app 3)")]
    [TestCase("1.0", "https://playcanv.as/p/1/", Outcome.Reused, false, "https://playcanv.as/p/1/ (version 1.0, app 3, published before)")]
    [TestCase(null, null, Outcome.Published, false, "app 3")]
    [TestCase("", "https://playcanv.as/p/1/", Outcome.Published, false, "https://playcanv.as/p/1/ (app 3)")]
    public void APublish(string? version, string? url, string outcome, bool isSecondTime, string summary)
    {
        var result = new PublishResult { Outcome = outcome, IsSecondTime = isSecondTime, App = new PublishedApp(3, "My game", version, url) };

        Assert.That(result.Summary, Is.EqualTo(summary));
    }
}
