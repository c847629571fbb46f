using Newtonsoft.Json;
using NUnit.Framework;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Games.State;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Games.Folder;

public sealed class GameFolderTests : GameFixture
{
    [Test]
    public void AClaimedFolderIgnoresItself() => Assert.That(File.ReadAllText(Folder.PathOf(".gitignore")), Is.EqualTo("*\n"));

    [Test]
    public void AnEmptyFolderCanBeClaimed()
    {
        Directory.CreateDirectory(Root.File("empty"));
        var folder = new GameFolder(Root.File("empty"));
        folder.Claim(ProjectFile);
        Assert.That(folder.HasState, Is.True);
    }

    [Test]
    public void AFolderIsClaimedAgainByItsProject()
    {
        Install(new SampleGame());
        Assert.That(() => Folder.Claim(ProjectFile), Throws.Nothing);
    }

    [Test]
    public void ClaimingAgainWritesNothing()
    {
        string[] files = [.. Directory.EnumerateFiles(Folder.FullPath, "*", SearchOption.AllDirectories)];
        foreach (var file in files)
            File.SetLastWriteTimeUtc(file, InstallTime);
        Folder.Claim(ProjectFile);
        Assert.That(files.Select(File.GetLastWriteTimeUtc), Is.All.EqualTo(InstallTime));
    }

    [Test]
    public void BuildsThatStartTogetherAllClaimTheFolder()
    {
        for (var round = 0; round < 50; round++)
        {
            var path = Root.File($"together/{round}");
            Assert.That(() => Parallel.For(0, 4, _ => new GameFolder(path).Claim(ProjectFile)), Throws.Nothing);
        }
    }

    [Test]
    public void A_build_that_only_claims_the_folder_waits_for_the_one_that_does_and_says_so()
    {
        var clock = new FakeClock();
        var told = new List<TimeSpan>();
        using var other = Locks.Patient.Acquire(Root.File("wwwroot/game/.playcanvas/.owner.txt"), CancellationToken.None);

        Assert.That(
            () => Folder.Claim(ProjectFile, new FileLock(clock, TimeSpan.FromMinutes(1), told.Add), CancellationToken.None),
            Throws.TypeOf<FileHeldException>());
        Assert.That(told, Is.Not.Empty);
    }

    [Test]
    public void AReadOnlyFolderIsAnErrorAtOnce()
    {
        using var mount = Mount.ReadOnly(Root.FullPath);

        Assert.That(() => Bounded.Run(() => Folder.Claim(ProjectFile)), Throws.InstanceOf<IOException>());
    }

    [TestCase("index.html")]
    [TestCase("images/photo.jpg")]
    public void AFolderWithOtherFilesIsRefused(string file)
    {
        Root.Write("site/" + file, "mine");
        var folder = new GameFolder(Root.File("site"));
        Assert.That(
            () => folder.Claim(ProjectFile),
            Throws.TypeOf<FolderNotOursException>().With.Property("Reason").Contains(file.Split('/')[0]).And.Property("Folder").EqualTo(folder.FullPath));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.FullPath), Has.Exactly(1).Items);
    }

    [Test]
    public void TheGameOfAnotherProjectIsRefused()
    {
        var other = Root.Write("Other.csproj", "<Project />");
        Assert.That(() => Folder.Claim(other), Throws.TypeOf<FolderNotOursException>().With.Property("Reason").Contains("Site.csproj"));
    }

    [Test]
    public void A_project_that_is_refused_does_not_become_the_owner()
    {
        var other = Root.Write("Other.csproj", "<Project />");
        Assert.That(() => Folder.Claim(other), Throws.TypeOf<FolderNotOursException>());
        Assert.That(() => Folder.Claim(other), Throws.TypeOf<FolderNotOursException>());
    }

    [Test]
    public void TheGameOfAProjectThatIsGoneIsTakenOver()
    {
        var renamed = Root.File("Renamed.csproj");
        File.Move(ProjectFile, renamed);
        Assert.That(() => Folder.Claim(renamed), Throws.Nothing);
    }

    [TestCase("moved")]
    [TestCase("a b/c#d/100%/größe/e;f&g")]
    public void AProjectThatMovedWithItsGameIsTheSame(string place)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Root.File("new/" + place))!);
        Directory.CreateDirectory(Root.File("old"));
        Directory.Move(Root.File("wwwroot"), Root.File("old/wwwroot"));
        File.Move(ProjectFile, Root.File("old/Site.csproj"));
        Directory.Move(Root.File("old"), Root.File("new/" + place));
        var folder = new GameFolder(Root.File($"new/{place}/wwwroot/game"));
        Assert.That(() => folder.Claim(Root.File($"new/{place}/Site.csproj")), Throws.Nothing);
    }

    [TestCase("a b/c#d")]
    [TestCase("100%/%41")]
    [TestCase("größe 日本")]
    [TestCase("e;f&g?h=i")]
    public void AnotherProjectIsKnownWhateverThePath(string place)
    {
        var site = Root.Write($"{place}/Site.csproj", "<Project />");
        var other = Root.Write($"{place}/Other.csproj", "<Project />");
        var folder = new GameFolder(Root.File($"{place}/wwwroot/game"));
        folder.Claim(site);
        Assert.That(() => folder.Claim(other), Throws.TypeOf<FolderNotOursException>());
    }

    [Test]
    public void A_game_that_was_copied_to_another_place_is_accepted()
    {
        Install(new SampleGame());
        Directory.CreateDirectory(Root.File("cache"));
        Directory.Move(Folder.FullPath, Root.File("cache/game"));
        var project = Root.Write("elsewhere/src/Site/Site.csproj", "<Project />");
        Directory.CreateDirectory(Root.File("elsewhere/src/Site/wwwroot/play"));
        Directory.Move(Root.File("cache/game"), Root.File("elsewhere/src/Site/wwwroot/play/game"));
        var folder = new GameFolder(Root.File("elsewhere/src/Site/wwwroot/play/game"));
        folder.Claim(project);
        Assert.That(new InstalledGame(folder).IsCurrent(Parameters, thorough: true), Is.True);
    }

    [Test]
    public void RemovingTakesEverythingOfOurs()
    {
        Install(new SampleGame());
        GameRemoval.Run(Folder);
        Assert.That(Folder.FullPath, Does.Not.Exist);
    }

    [Test]
    public void RemovingLeavesWhatIsNotOurs()
    {
        Install(new SampleGame());
        Root.Write("wwwroot/game/mine.txt", "mine");
        Root.Write("wwwroot/game/files/assets/1/mine.txt", "mine");
        GameRemoval.Run(Folder);
        Assert.That(GameFiles().Keys, Is.EquivalentTo(["mine.txt", "files/assets/1/mine.txt"]));
        Assert.That(Folder.PathOf(".gitignore"), Does.Not.Exist);
        Assert.That(Folder.StatePath, Does.Not.Exist);
    }

    [Test]
    public void RemovingAFolderWithoutAGameLeavesNothing()
    {
        GameRemoval.Run(Folder);
        Assert.That(Folder.FullPath, Does.Not.Exist);
    }

    [Test]
    public void Removing_takes_what_an_interrupted_install_has_brought()
    {
        Install(new SampleGame());
        var journal = new InstallJournal { Moves = ["index.html"], Manifest = GameManifest.TryRead(Folder.ManifestPath)! };
        File.Delete(Folder.ManifestPath);
        File.WriteAllText(Folder.JournalPath, JsonConvert.SerializeObject(journal));
        GameRemoval.Run(Folder);
        Assert.That(Folder.FullPath, Does.Not.Exist);
    }
}
