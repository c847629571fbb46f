using NUnit.Framework;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

[TestFixture]
public sealed class SayAgeTests : TaskFixture
{
    [TestCase(0.9, null)]
    [TestCase(-3, null)]
    [TestCase(1.5, "exported a day ago")]
    [TestCase(1234.5, "exported 1234 days ago")]
    public void SaysHowManyDaysAgoTheGameWasExported(double days, string? expected)
    {
        ExportedBefore(TimeSpan.FromDays(days));

        RunWell(new PlayCanvasSayAge { GamePath = "game", Clock = Clock });

        Assert.That(Engine.HighMessages, Is.EqualTo(expected is null
            ? []
            : new[] { $"PlayCanvas: the game \"game\" was {expected}; -p:PlayCanvasUpdate=true requests a new export", $"Web Game -> game: {expected}" }));
    }

    [TestCase("ar-SA")]
    [TestCase("th-TH")]
    [TestCase("fa-IR")]
    [TestCase("tr-TR")]
    [TestCase("de-DE")]
    public void ReadsTheDateUnderEveryCulture(string culture)
    {
        using var scope = new CultureScope(culture);
        ExportedBefore(TimeSpan.FromDays(3));

        RunWell(new PlayCanvasSayAge { GamePath = "game", Clock = Clock });

        Assert.That(Engine.HighMessages[0], Does.Contain("was exported 3 days ago"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("yesterday")]
    [TestCase("2569-13-30")]
    public void A_date_that_cannot_be_read_does_not_fail_the_publish(string? date)
    {
        if (date is not null)
            Folder.Write($"obj/playcanvas/game/{ProjectFiles.GameInUse}", $$"""{"version":1,"contentId":"","directory":"","exportedAt":"{{date}}","parameters":"","lockEntry":null}""");

        RunWell(new PlayCanvasSayAge { GamePath = "game", Clock = Clock });

        Assert.That(Engine.AllTexts, Is.Empty);
    }

    private void ExportedBefore(TimeSpan age)
    {
        Directory.CreateDirectory(GameFolder);
        new ProjectFolder(GameFolder).Use(new GameInUse { ExportedAt = Clock.UtcNow - age }, upToDateResult: "{}", upToDate: null);
    }
}
