using NUnit.Framework;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Games.Project;

public sealed class GameMirrorTests : GameFixture
{
    private string Target => Root.File("public", "game");

    private string List => Path.Combine(Target, EntryPaths.MirrorList);

    private GameMirror Mirror => new(Target, List);

    [Test]
    public void AFirstUpdateWritesEveryFile()
    {
        var game = new SampleGame();

        var result = Update(Install(game));

        AssertMirrors(game);
        Assert.That(result, Is.EqualTo(new MirrorResult(6, 0, game.AllFiles().Values.Sum(content => (long)content.Length))));
        Assert.That(File.ReadAllLines(List), Is.EqualTo(game.AllFiles().Keys.Order(StringComparer.Ordinal)));
    }

    [Test]
    public void AnotherContentIsWrittenWhereItDiffers()
    {
        Update(Install(new SampleGame()));
        var untouched = Path.Combine(Target, "styles.css");
        var time = File.GetLastWriteTimeUtc(untouched);

        var result = Update(Install(SampleGame.Updated()));

        AssertMirrors(SampleGame.Updated());
        Assert.That((result.Written, result.Deleted), Is.EqualTo((3, 1)));
        Assert.That(File.GetLastWriteTimeUtc(untouched), Is.EqualTo(time));
        Assert.That(Path.Combine(Target, "files/assets/1"), Does.Not.Exist, "A folder that became empty");
    }

    [Test]
    public void AnUnchangedUpdateWritesNothing()
    {
        var content = Install(new SampleGame());
        Update(content);
        var before = FolderSnapshot.Take(Target);

        Assert.That(Update(content), Is.EqualTo(new MirrorResult(0, 0, 0)));
        Assert.That(FolderSnapshot.Take(Target), Is.EquivalentTo(before));
    }

    /// <summary>Two contents with the same names and lengths must not be taken for each other.</summary>
    [Test]
    public void OneContentThenAnotherThenTheFirstAgain()
    {
        var (one, two) = (new SampleGame(), new SampleGame());
        two.Add(SampleGame.BoxPath, "A BOX");
        var (first, second) = (Install(one), Install(two));

        Update(first);
        Update(second);
        AssertMirrors(two);
        Update(first);
        AssertMirrors(one);
    }

    [Test]
    public void OtherFilesStay()
    {
        Update(Install(new SampleGame()));
        Root.Write("public/game/mine.txt", "mine");
        Root.Write("public/game/files/assets/1/1/mine.txt", "mine");

        Update(Install(SampleGame.Updated()));
        Mirror.Ignore();
        Mirror.Remove(CancellationToken.None);

        Assert.That(FilesIn(Target).Keys, Is.EquivalentTo(["mine.txt", "files/assets/1/1/mine.txt"]));
    }

    [TestCase("files/assets/3/1/new.png", TestName = "Another file in the place of a new one is refused")]
    [TestCase("files/assets/3/1/new.png/mine.txt", TestName = "A folder in the place of a new file is refused")]
    public void OtherFilesAreNotReplaced(string path)
    {
        Update(Install(new SampleGame()));
        Root.Write("public/game/" + path, "mine");
        var before = FolderSnapshot.Take(Target);

        Assert.That(
            () => Update(Install(SampleGame.Updated())),
            Throws.TypeOf<FolderNotOursException>().With.Property("Reason").Contains("files/assets/3/1/new.png").And.Property("Folder").EqualTo(Target));

        Assert.That(FolderSnapshot.Take(Target), Is.EquivalentTo(before));
    }

    [Test]
    public void A_first_update_does_not_replace_other_files()
    {
        Root.Write("public/game/index.html", "mine");

        Assert.That(() => Update(Install(new SampleGame())), Throws.TypeOf<FolderNotOursException>().With.Property("Reason").Contains("index.html"));

        Assert.That(FilesIn(Target), Is.EqualTo(new Dictionary<string, string> { ["index.html"] = "mine" }));
    }

    [Test]
    public void AFileInThePlaceOfAFolderIsNotReplaced()
    {
        Update(Install(new SampleGame()));
        Root.Write("public/game/files/assets/3", "mine");

        Assert.That(() => Update(Install(SampleGame.Updated())), Throws.InstanceOf<IOException>());

        Assert.That(FilesIn(Target)["files/assets/3"], Is.EqualTo("mine"));
    }

    [Test]
    public void An_identical_file_of_another_program_is_taken_over()
    {
        Root.Write("public/game/index.html", TextsOf(new SampleGame())["index.html"]);

        Update(Install(new SampleGame()));

        AssertMirrors(new SampleGame());
        Mirror.Remove(CancellationToken.None);
        Assert.That(Target, Does.Not.Exist);
    }

    [Test]
    public void WhatWasChangedOrDeletedIsRepaired()
    {
        var content = Install(new SampleGame());
        Update(content);
        Root.Write("public/game/index.html", "changed");
        File.Delete(Path.Combine(Target, SampleGame.BoxPath));

        var result = Update(content);

        AssertMirrors(new SampleGame());
        Assert.That((result.Written, result.Deleted), Is.EqualTo((2, 0)));
    }

    /// <summary>Writing into the mirror must not change the store.</summary>
    [Test]
    public void TheFilesAreCopiesThatCanBeWritten()
    {
        var content = Install(new SampleGame());
        Update(content);

        Root.Write("public/game/index.html", "changed");

        AssertHolds(content, new SampleGame());
    }

    /// <summary>A killed update leaves a list of the old and the new files, and any part of both.</summary>
    [Test]
    public void AnUpdateThatWasInterruptedIsFinished([Values("index.html", "config.json", "files/assets/3/1/new.png")] string obstacle)
    {
        var (old, update) = (Install(new SampleGame()), Install(SampleGame.Updated()));
        Update(old);
        var inTheWay = Directory.CreateDirectory(Path.Combine(Target, obstacle + ".tmp"));
        Assert.That(() => Update(update), Throws.InstanceOf<UnauthorizedAccessException>(), "The obstacle must stop the update.");
        inTheWay.Delete();

        Update(update);

        AssertMirrors(SampleGame.Updated());
    }

    [Test]
    public void An_update_that_was_interrupted_can_go_back_to_the_old_content()
    {
        var (old, update) = (Install(new SampleGame()), Install(SampleGame.Updated()));
        Update(old);
        var inTheWay = Directory.CreateDirectory(Path.Combine(Target, "index.html.tmp"));
        Assert.That(() => Update(update), Throws.InstanceOf<UnauthorizedAccessException>());
        inTheWay.Delete();

        Update(old);

        AssertMirrors(new SampleGame());
    }

    [Test]
    public void ADamagedFileOfTheContentIsNotCopied()
    {
        var content = Install(new SampleGame());
        var box = content.PathOf(content.Manifest.Files.Single(file => file.Path == SampleGame.BoxPath));
        Damage(box, "A BOX");

        Assert.That(() => Update(content), Throws.TypeOf<DamagedContentException>().With.Property("Path").EqualTo(box));

        Assert.That(Path.Combine(Target, SampleGame.BoxPath), Does.Not.Exist);
        Assert.That(Directory.EnumerateFiles(Target, "*.tmp", SearchOption.AllDirectories), Is.Empty);
    }

    [TestCase("index.html")]
    [TestCase(SampleGame.BoxPath)]
    [Platform(Exclude = "Win", Reason = "There a file that is read can be neither replaced nor deleted.")]
    public void AProgramThatReadsAFileIsNotInTheWay(string path)
    {
        Update(Install(new SampleGame()));
        using var held = File.Open(Path.Combine(Target, path), FileMode.Open, FileAccess.Read, FileShare.Read);

        Update(Install(SampleGame.Updated()));

        AssertMirrors(SampleGame.Updated());
        Assert.That(new StreamReader(held).ReadToEnd(), Is.EqualTo(TextsOf(new SampleGame())[path]));
    }

    [Test]
    public void AListThatCannotBeReadMakesEveryDifferentFileForeign()
    {
        var content = Install(new SampleGame());
        Update(content);
        File.Delete(List);

        Assert.That(Update(content).Written, Is.Zero, "The files are as they should be.");
        AssertMirrors(new SampleGame());

        File.Delete(List);
        Assert.That(() => Update(Install(SampleGame.Updated())), Throws.TypeOf<FolderNotOursException>());
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Creating links requires a privilege on Windows.")]
    public void A_link_that_only_a_file_of_the_old_content_is_behind_is_not_followed()
    {
        var old = new SampleGame();
        old.Add("extra/late.txt", "late");
        Update(Install(old));
        Directory.Move(Path.Combine(Target, "extra"), Root.File("outside"));
        Directory.CreateSymbolicLink(Path.Combine(Target, "extra"), Root.File("outside"));

        Assert.That(() => Update(Install(new SampleGame())), Throws.TypeOf<FolderNotOursException>().With.Property("Reason").Contains("\"extra\" in it is a link"));

        Assert.That(Root.File("outside", "late.txt"), Does.Exist);
    }

    [Test]
    public void AMirrorKeepsItselfOutOfTheRepository()
    {
        Update(Install(new SampleGame()));

        Mirror.Ignore();

        Assert.That(File.ReadAllText(Path.Combine(Target, EntryPaths.MirrorIgnore)), Is.EqualTo("*\n"));
    }

    [Test]
    public void RemovingWhatIsNotThereDoesNothing()
    {
        Mirror.Remove(CancellationToken.None);
        Assert.That(Target, Does.Not.Exist);
    }

    [Test]
    public void ACancelledUpdateCanBeRepeated()
    {
        var content = Install(new SampleGame());
        Assert.That(() => Mirror.Update(FilesOf(content), new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

        Update(content);

        AssertMirrors(new SampleGame());
    }

    private MirrorResult Update(GameContent content) => Mirror.Update(FilesOf(content), CancellationToken.None);

    private static IReadOnlyList<MirroredFile> FilesOf(GameContent content) =>
        [.. content.Manifest.Files.Select(file => new MirroredFile(file.Path, content.PathOf(file), file.Size, file.Sha256))];

    private void AssertMirrors(SampleGame game)
    {
        var files = FilesIn(Target);
        Assert.That(files.Remove(EntryPaths.MirrorList), Is.True);
        Assert.That(files, Is.EquivalentTo(TextsOf(game)));
    }
}
