using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Exports;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests when a game from a zip file is installed, and when it is not.</summary>
public sealed class ExportFileTests : TaskFixture
{
    private static readonly DateTime FirstTime = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Test]
    public void AFileThatIsTheSameIsNotInstalledAgain()
    {
        WriteExport(new SampleGame(), FirstTime);
        RunWell(Task());
        Engine = new();

        RunWell(Task());

        Assert.That(Engine.AllTexts, Has.Some.Contains("is up to date"));
    }

    [TestCase(-1000, TestName = "An older file is installed")]
    [TestCase(-1e-6, TestName = "A file that is older by a millisecond is installed")]
    [TestCase(1000, TestName = "A newer file is installed")]
    [TestCase(0, TestName = "A file of the same time and another length is installed")]
    public void AFileOfAnotherTimeOrLengthIsInstalled(double seconds)
    {
        WriteExport(new SampleGame(), FirstTime);
        RunWell(Task());
        WriteExport(SampleGame.Updated(), FirstTime.AddSeconds(seconds));

        RunWell(Task());

        Assert.That(File.ReadAllText(Path.Combine(ContentFolder, "index.html")), Does.Contain("New"));
    }

    [Test]
    public void Another_file_of_the_same_time_and_length_is_installed()
    {
        var zip = WriteExport(new SampleGame(), FirstTime);
        RunWell(Task());
        File.Copy(zip, Folder.File("other.zip"));
        Engine = new();
        var task = Task();
        task.ExportFile = "other.zip";

        RunWell(task);

        Assert.That(Engine.AllTexts, Has.None.Contains("is up to date"));
    }

    [Test]
    public void AFormatIsReadTheSameWayAsWithoutAFile([Values(" static ", "Static")] string format)
    {
        WriteExport(new SampleGame(), FirstTime);
        var task = Task();
        task.Format = format;

        RunWell(task);

        Assert.That(task.Files, Is.Not.Empty);
    }

    private static PlayCanvasDownloadApp Task() => new() { ExportFile = "game.zip" };

    private string WriteExport(SampleGame game, DateTime time)
    {
        var path = Folder.File("game.zip");
        File.WriteAllBytes(path, game.ToZip());
        File.SetLastWriteTimeUtc(path, time);
        return path;
    }
}
