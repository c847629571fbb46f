using NUnit.Framework;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Exclude;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Tests.Exports;

namespace PlayCanvas.Build.Tests.Games.Project;

public sealed class ProjectFolderTests : GameFixture
{
    private string FolderPath => Root.File("obj", "playcanvas", "game");

    private ProjectFolder Folder => new(FolderPath);

    [SetUp]
    public void MakeFolder() => Directory.CreateDirectory(FolderPath);

    [Test]
    public void AContentIsComplete()
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/2/it's @(x) $(y).png", "odd");
        game.AddAsset(3, "files/3/Armature|Run.glb", "running");
        var stored = Install(game);

        var content = Folder.Add(Whole(stored), CancellationToken.None);

        Assert.That(content.Directory, Is.EqualTo(Path.Combine(FolderPath, stored.Manifest.ContentId[..8])));
        Assert.That(FilesIn(content), Is.EquivalentTo(FilesIn(stored)));
        Assert.That(content.IsIntact(thorough: true, CancellationToken.None), Is.True);
        Assert.That(File.ReadAllText(content.Directory + ".files.txt"), Is.EqualTo(string.Concat(content.Manifest.Files.Select(file => StoredName.Of(file.Path) + "\n"))));
        Assert.That(Directory.EnumerateFileSystemEntries(FolderPath), Has.None.EndsWith(".tmp"));
        Assert.That(Folder.Find(stored.Manifest.ContentId, AdaptationId.Current, CancellationToken.None)?.Directory, Is.EqualTo(content.Directory));
    }

    [Test]
    public void TheFilesAreTheSameAsThoseOfTheStore()
    {
        var content = Folder.Add(Whole(Install(new SampleGame())), CancellationToken.None);
        var page = content.Manifest.Files.Single(file => file.Path == "index.html");

        Damage(content.PathOf(page), "changed");

        Assert.That(File.ReadAllText(Store.Find(content.Manifest.ContentId)!.PathOf(page)), Is.EqualTo("changed"), "A hard link");
    }

    /// <summary>A build in another place, such as a container, gets the folder only.</summary>
    [Test]
    public void TheFolderCanBeMovedAndIsComplete()
    {
        var content = Use(Install(new SampleGame()));
        Directory.Delete(Root.File("store"), recursive: true);
        Directory.Move(Root.File("obj"), Root.File("elsewhere"));

        var moved = new ProjectFolder(Root.File("elsewhere", "playcanvas", "game")).Current!;

        Assert.That(moved.Manifest.ContentId, Is.EqualTo(content.Manifest.ContentId));
        Assert.That(moved.IsIntact(thorough: true, CancellationToken.None), Is.True);
    }

    [Test]
    public void OneContentThenAnotherThenTheFirstAgain()
    {
        var (a, b) = (Install(new SampleGame()), Install(SampleGame.Updated()));
        Use(a);
        Use(b);
        Assert.That(FilesIn(Folder.Current!), Is.EquivalentTo(TextsOf(SampleGame.Updated())));

        Use(a);

        Assert.That(FilesIn(Folder.Current!), Is.EquivalentTo(TextsOf(new SampleGame())));
        Assert.That(Folder.Find(b.Manifest.ContentId, AdaptationId.Current, CancellationToken.None), Is.Not.Null);
    }

    [Test]
    public void OtherContentsAreRemovedExceptThoseThatAreKept()
    {
        var (a, b, c) = (Install(Game("a")), Install(Game("b")), Install(Game("c")));
        Use(a);
        Use(b);
        Use(c);

        Folder.RemoveOthers([c.Manifest.ContentId[..8], a.Manifest.ContentId[..8]]);

        Assert.That(Folder.Find(b.Manifest.ContentId, AdaptationId.Current, CancellationToken.None), Is.Null);
        Assert.That(Directory.EnumerateFileSystemEntries(FolderPath).Select(Path.GetFileName), Has.None.StartsWith(b.Manifest.ContentId[..8]));
        Assert.That(new[] { a, c }.Select(kept => Folder.Find(kept.Manifest.ContentId, AdaptationId.Current, CancellationToken.None)), Has.None.Null);
        Assert.That(Folder.TryReadInUse()!.ContentId, Is.EqualTo(c.Manifest.ContentId));
    }

    [Test]
    public void WhatIsNotAContentIsNotRemoved()
    {
        Use(Install(new SampleGame()));
        Root.Write("obj/playcanvas/game/notes.txt", "mine");
        Root.Write("obj/playcanvas/game/second/game.json", "a game whose path begins with that of this one");

        Folder.RemoveOthers([]);

        Assert.That(Path.Combine(FolderPath, "notes.txt"), Does.Exist);
        Assert.That(Path.Combine(FolderPath, "second", "game.json"), Does.Exist);
        Assert.That(Path.Combine(FolderPath, "game.json"), Does.Exist);
    }

    [TestCase(".json")]
    [TestCase("/index.html")]
    [TestCase("")]
    public void A_content_of_which_something_is_missing_is_not_there_and_is_made_again(string missing)
    {
        var stored = Install(new SampleGame());
        var content = Folder.Add(Whole(stored), CancellationToken.None);
        var path = content.Directory + missing;
        if (missing.Length == 0)
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);

        Assert.That(Folder.Find(stored.Manifest.ContentId, AdaptationId.Current, CancellationToken.None), Is.Null);
        content = Folder.Add(Whole(stored), CancellationToken.None);

        Assert.That(content.IsIntact(thorough: true, CancellationToken.None), Is.True);
    }

    [Test]
    public void WhatAKilledBuildHasLeftIsReplaced()
    {
        var stored = Install(new SampleGame());
        var name = stored.Manifest.ContentId[..8];
        Root.Write($"obj/playcanvas/game/{name}.tmp/index.html", "half");
        Root.Write($"obj/playcanvas/game/{name}.tmp/strange.txt", "half");
        Root.Write($"obj/playcanvas/game/{name}/strange.txt", "without a manifest");

        var content = Folder.Add(Whole(stored), CancellationToken.None);

        Assert.That(FilesIn(content), Is.EquivalentTo(TextsOf(new SampleGame())));
        Assert.That(Directory.EnumerateFileSystemEntries(FolderPath), Has.None.EndsWith(".tmp"));
    }

    [Test]
    public void A_content_whose_paths_are_too_long_for_a_project_is_an_error_and_nothing_is_left()
    {
        var game = new SampleGame();
        game.Add(string.Join('/', Enumerable.Repeat(new string('n', 200), 3)), "too deep");
        var stored = Install(game);
        var deep = new ProjectFolder(Path.Combine([FolderPath, .. Enumerable.Repeat(new string('d', 200), 18)]));
        Directory.CreateDirectory(deep.FullPath);

        Assert.That(() => deep.Add(Whole(stored), CancellationToken.None), Throws.TypeOf<PathTooLongException>());

        Assert.That(Directory.EnumerateFileSystemEntries(deep.FullPath), Is.Empty);
    }

    /// <summary>One of four billion pairs has the same eight digits.</summary>
    [Test]
    public void Another_content_with_the_same_first_digits_gets_a_longer_name()
    {
        var stored = Install(new SampleGame());
        var id = stored.Manifest.ContentId;
        var other = stored.Manifest with { ContentId = id[..8] + new string('0', 56) };
        Root.Write($"obj/playcanvas/game/{id[..8]}.json", other.ToJson());
        Root.Write($"obj/playcanvas/game/{id[..8]}/index.html", "another game");

        var content = Use(stored);

        Assert.That(Path.GetFileName(content.Directory), Is.EqualTo(id[..16]));
        Assert.That(Folder.Find(id, AdaptationId.Current, CancellationToken.None)!.Directory, Is.EqualTo(content.Directory));
        Assert.That(File.ReadAllText(Path.Combine(FolderPath, id[..8], "index.html")), Is.EqualTo("another game"));
        Assert.That(Folder.Current!.Directory, Is.EqualTo(content.Directory));
    }

    [Test]
    public void A_content_that_other_rules_adapted_is_not_the_one_that_is_looked_for()
    {
        var stored = Install(new SampleGame());
        var content = Folder.Add(Whole(stored), CancellationToken.None);
        File.WriteAllText(content.ManifestPath, (content.Manifest with { AdaptationId = "0" }).ToJson());

        Assert.That(Folder.Find(stored.Manifest.ContentId, AdaptationId.Current, CancellationToken.None), Is.Null);
    }

    [Test]
    public void WhatLedToTheContentIsRecorded()
    {
        var content = Use(Install(new SampleGame()), upToDate: "Scenes=Main\n{}");

        Assert.That(File.ReadAllText(Path.Combine(FolderPath, ProjectFiles.UpToDate)), Is.EqualTo($"{Path.GetFileName(content.Directory)}\nScenes=Main\n{{}}"));
        Assert.That(Folder.TryReadInUse(), Is.EqualTo(InUse(content)));
    }

    /// <summary>A tool that watches the record must not see a change in each build.</summary>
    [Test]
    public void TheSameRecordIsNotWrittenAgain()
    {
        var stored = Install(new SampleGame());
        Use(stored);
        File.SetLastWriteTimeUtc(Path.Combine(FolderPath, ProjectFiles.GameInUse), LongAgo);

        Use(stored);

        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(FolderPath, ProjectFiles.GameInUse)), Is.EqualTo(LongAgo));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"version":2,"contentId":"00","directory":"00000000","exportedAt":"2026-01-01T00:00:00Z","parameters":"","lockEntry":null}""")]
    [TestCase("""{"version":1,"contentId":null,"directory":null,"exportedAt":null,"parameters":null,"lockEntry":null}""")]
    public void ARecordThatCannotBeReadIsLikeNone(string record)
    {
        Use(Install(new SampleGame()));
        File.WriteAllText(Path.Combine(FolderPath, ProjectFiles.GameInUse), record);

        Assert.That((Folder.TryReadInUse(), Folder.Current), Is.EqualTo(((GameInUse?)null, (GameContent?)null)));
    }

    [Test]
    public void TheExportThatTheProjectWaitsForIsRecordedUntilAContentIsUsed()
    {
        Folder.Await("Scenes=Main");
        Folder.Await("Scenes=Level 2");

        Use(Install(new SampleGame()), parameters: "Scenes=Main");

        Assert.That((Folder.Awaits("Scenes=Main"), Folder.Awaits("Scenes=Level 2")), Is.EqualTo((false, true)));
    }

    [Test]
    public void AProjectMayStopWaiting()
    {
        Folder.Await("Scenes=Main");
        Assert.That(Folder.Awaits("Scenes=Main"));

        Folder.StopWaiting("Scenes=Main");

        Assert.That(Folder.Awaits("Scenes=Main"), Is.False);
    }

    [Test]
    public void AFolderThatIsRemovedIsGone()
    {
        Use(Install(new SampleGame()));
        Folder.Remove();
        Assert.That(Folder.Exists, Is.False);
        Assert.That(() => Folder.Remove(), Throws.Nothing);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There a file that is read cannot be deleted.")]
    public void ASiteThatReadsAFileOfTheContentBeforeIsNotInTheWay()
    {
        var old = Use(Install(new SampleGame()));
        using var held = File.OpenRead(Path.Combine(old.Directory, "index.html"));

        Use(Install(SampleGame.Updated()));
        Folder.RemoveOthers([Folder.TryReadInUse()!.Directory]);

        Assert.That(new StreamReader(held).ReadToEnd(), Is.EqualTo(TextsOf(new SampleGame())["index.html"]));
    }

    private GameContent Use(GameContent stored, string? upToDate = null, string parameters = Parameters)
    {
        var content = Folder.Find(stored.Manifest.ContentId, AdaptationId.Current, CancellationToken.None) ?? Folder.Add(Whole(stored), CancellationToken.None);
        Folder.Use(InUse(content) with { Parameters = parameters }, upToDateResult: "{}", upToDate);
        return content;
    }

    private static AdaptedContent Whole(GameContent stored) => AdaptedContent.Of(stored, new Exclusion([], KeepsSourceMaps: true));

    private static GameInUse InUse(GameContent content) => new()
    {
        ContentId = content.Manifest.ContentId,
        Directory = ProjectFolder.NameOf(content),
        ExportedAt = new DateTimeOffset(LongAgo),
        Parameters = Parameters,
    };

    private static SampleGame Game(string text)
    {
        var game = new SampleGame();
        game.Add("text.txt", text);
        return game;
    }
}
