using NUnit.Framework;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.State;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Games.State;

public sealed class InstalledGameTests : GameFixture
{
    private string Box => Folder.PathOf(SampleGame.BoxPath);

    [SetUp]
    public void InstallGame() => InstallLongAgo(new SampleGame());

    [Test]
    public void AGameThatNobodyTouchedIsCurrent([Values] bool thorough) => Assert.That(IsCurrent(thorough), Is.True);

    [Test]
    public void AGameOfOtherParametersIsNot([Values] bool thorough) =>
        Assert.That(new InstalledGame(Folder).IsCurrent("others", thorough), Is.False);

    [Test]
    public void AFolderWithoutAGameHasNone()
    {
        var folder = new GameFolder(Root.File("empty"));
        folder.Claim(ProjectFile);
        var game = new InstalledGame(folder);
        Assert.That((game.IsCurrent("", thorough: false), game.IsComplete), Is.EqualTo((false, false)));
    }

    [Test]
    public void ADeletedFileIsNoticed([Values] bool thorough)
    {
        File.Delete(Box);
        Assert.That((IsCurrent(thorough), new InstalledGame(Folder).IsComplete), Is.EqualTo((false, false)));
    }

    [Test]
    public void AFileThatIsNewerAndTheSameDoesNoHarm([Values] bool thorough)
    {
        SetNewer(Box);
        Assert.That(IsCurrent(thorough), Is.True);
    }

    [Test]
    public void AFileThatIsNewerAndDiffersIsNoticed([Values] bool thorough)
    {
        File.WriteAllText(Box, "A BOX");
        SetNewer(Box);
        Assert.That(IsCurrent(thorough), Is.False);
    }

    [Test]
    public void A_file_of_another_length_is_noticed_whatever_its_time([Values] bool thorough)
    {
        File.WriteAllText(Box, "a box or two");
        File.SetLastWriteTimeUtc(Box, InstallTime);
        Assert.That(IsCurrent(thorough), Is.False);
    }

    [Test]
    public void An_older_file_of_the_same_length_is_noticed_by_a_thorough_look_only([Values] bool thorough)
    {
        File.WriteAllText(Box, "A BOX");
        File.SetLastWriteTimeUtc(Box, InstallTime.AddYears(-1));
        Assert.That(IsCurrent(thorough), Is.EqualTo(!thorough));
    }

    [Test]
    public void AnAlteredGameIsStillComplete()
    {
        File.WriteAllText(Box, "altered");
        Assert.That(new InstalledGame(Folder).IsComplete, Is.True);
    }

    [Test]
    public void AManifestOfAnotherVersionIsNotUnderstood()
    {
        var text = File.ReadAllText(Folder.ManifestPath);
        File.WriteAllText(Folder.ManifestPath, text.Replace("\"ManifestVersion\": 1", "\"ManifestVersion\": 2"));
        Assert.That(IsCurrent(thorough: false), Is.False);
    }

    [Test]
    public void AfterATouchNoFileIsNewer()
    {
        SetNewer(Box);
        var game = new InstalledGame(Folder);
        File.SetLastWriteTimeUtc(Box, DateTime.UtcNow.AddSeconds(-1));
        game.Touch("Scenes=now");
        Assert.That(File.GetLastWriteTimeUtc(Folder.ManifestPath), Is.GreaterThan(File.GetLastWriteTimeUtc(Box)));
    }

    [Test]
    public void ATouchRestoresWhatMSBuildReads()
    {
        var list = File.ReadAllText(Folder.FileListPath);
        File.Delete(Folder.FileListPath);
        File.WriteAllText(Folder.ParametersPath, "altered");
        new InstalledGame(Folder).Touch("Scenes=now");
        Assert.That((File.ReadAllText(Folder.FileListPath), File.ReadAllText(Folder.ParametersPath)), Is.EqualTo((list, "Scenes=now")));
    }

    [Test]
    public void ATouchLeavesTheGameCurrent()
    {
        new InstalledGame(Folder).Touch("Scenes=now");
        Assert.That(IsCurrent(thorough: true), Is.True);
        AssertTidy();
    }

    [Test]
    public void AFileThatIsHeldOpenIsToldByAThoroughLook()
    {
        using var held = File.Open(Box, FileMode.Open, FileAccess.Read, FileShare.None);
        Assert.That(() => IsCurrent(thorough: true), Throws.TypeOf<FileInUseException>().With.Property("Path").EqualTo(Box));
    }

    private bool IsCurrent(bool thorough) => new InstalledGame(Folder).IsCurrent(Parameters, thorough);

    private void SetNewer(string path) => File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(Folder.ManifestPath).AddHours(1));
}
