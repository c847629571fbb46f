using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Publish;
using PlayCanvas.Build.Games.Sizing;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Exports.Zip;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Games.Install;

public sealed class ContentInstallerTests : GameFixture
{
    [Test]
    public void AFirstInstallBringsEveryFile()
    {
        var game = new SampleGame();
        AssertHolds(Install(game), game);
    }

    [Test]
    public void TheManifestTellsWhatIsInstalled()
    {
        var exportedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var game = new SampleGame();

        var manifest = Install(game, new ExportExpectation { ExportedAt = exportedAt }).Manifest;

        Assert.That((manifest.ExportedAt, manifest.Facts.EngineVersion, manifest.Facts.VerifiedFiles), Is.EqualTo(((DateTimeOffset?)exportedAt, "2.18.1", 1)));
        Assert.That(manifest.TotalSize, Is.EqualTo(game.AllFiles().Values.Sum(content => (long)content.Length)));
        Assert.That(manifest.Files.Select(file => file.Path), Is.Ordered.Using<string>(StringComparer.Ordinal));
        Assert.That(manifest.ContentId, Is.EqualTo(ContentId.Of(manifest.Files.Select(file => file.Exported))));
    }

    /// <summary>The configuration is not read again to describe a content that the store already has.</summary>
    [Test]
    public void The_manifest_tells_what_the_parts_weigh()
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/assets/2/1/hero%20idle;.png", "odd");
        var content = Install(game);

        var sizes = GameManifest.TryRead(content.ManifestPath)!.Sizes!;

        Assert.That(sizes.Groups, Is.EqualTo(GameSizes.Of(content).OfParts.Groups));
        Assert.That(sizes.Groups.Values.Sum(), Is.EqualTo(content.Manifest.TotalSize));
        Assert.That(sizes.Initial, Is.EqualTo(GameSizes.Of(content).Initial.Bytes).And.Positive);
    }

    [Test]
    public void The_same_files_in_another_order_are_the_same_content()
    {
        var first = Install(Zips.Pack(new SampleGame().AllFiles()));
        var second = Install(Zips.Pack(new SampleGame().AllFiles().Reverse()));

        Assert.That(second.Directory, Is.EqualTo(first.Directory));
        AssertTidy();
    }

    [Test]
    public void A_name_that_a_build_cannot_carry_is_mapped_in_the_configuration_too()
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/assets/2/1/hero%20idle;.png", "odd");

        var files = FilesIn(Install(game));

        Assert.That(files, Contains.Key("files/assets/2/1/hero_20idle_.png"));
        Assert.That(files[ExportLayout.Config], Does.Contain("hero_20idle_.png").And.Not.Contain("hero%2520"));
    }

    /// <summary>The files of a content are in one folder, and such a name would be too long for it.</summary>
    [Test]
    public void A_path_that_is_longer_than_a_name_may_be_is_installed_and_updated()
    {
        var path = string.Join('/', Enumerable.Repeat(new string('x', 100), 5)) + ".png";
        var game = new SampleGame();
        game.AddAsset(2, path, "deep");
        Assert.That(FilesIn(Install(game))[path], Is.EqualTo("deep"));

        game.AddAsset(3, "new.png", "new");
        var updated = Install(game);

        Assert.That(FilesIn(updated)[path], Is.EqualTo("deep"));
        AssertHolds(updated, game);
        AssertTidy();
    }

    [Test]
    public void EntriesOfTheFolderItselfAreInstalled()
    {
        var files = new SampleGame().AllFiles();
        var content = Install(Zips.Pack(files.ToDictionary(file => "./" + file.Key, file => file.Value)));
        AssertHolds(content, new SampleGame());
    }

    [Test]
    public void An_entry_that_is_there_twice_in_two_spellings_is_refused()
    {
        var files = new SampleGame().AllFiles();
        files["./index.html"] = files["index.html"];
        Assert.That(() => Install(Zips.Pack(files)), Thrown.Export(ExportFault.Unsafe).With.Message.Contains("\"index.html\" occurs twice"));
    }

    [Test]
    public void NoFileIsNewerThanTheManifest()
    {
        var content = Install(new SampleGame());
        var newest = content.Manifest.Files.Max(file => File.GetLastWriteTimeUtc(content.PathOf(file)));
        Assert.That(File.GetLastWriteTimeUtc(content.ManifestPath), Is.GreaterThanOrEqualTo(newest));
    }

    [Test]
    public void An_update_links_what_is_the_same_and_writes_the_rest()
    {
        var old = InstallLongAgo(new SampleGame());

        var content = Install(SampleGame.Updated());

        AssertHolds(content, SampleGame.Updated());
        AssertHolds(old, new SampleGame());
        Assert.That(WrittenFiles(content), Is.EqualTo(["config.json", "files/assets/3/1/new.png", "index.html"]));
    }

    [Test]
    public void An_unchanged_export_is_the_content_that_is_there()
    {
        var old = InstallLongAgo(new SampleGame());

        var content = Install(new SampleGame());

        Assert.That(content.Directory, Is.EqualTo(old.Directory));
        Assert.That(WrittenFiles(content), Is.Empty);
        AssertTidy();
    }

    [Test]
    public void FilesAreLinkedFromEveryBase()
    {
        var one = new SampleGame();
        one.Add("one.txt", "one");
        var two = new SampleGame();
        two.Add("two.txt", "two");
        InstallLongAgo(one);
        InstallLongAgo(two);
        var both = new SampleGame();
        both.Add("one.txt", "one");
        both.Add("two.txt", "two");

        Assert.That(WrittenFiles(Install(both)), Is.Empty);
    }

    /// <summary>A CRC-32 has 32 bits: of a hundred thousand changed files, one pair is expected to have the same.</summary>
    [Test]
    public void A_file_with_the_same_CRC_32_and_length_whose_MD5_differs_is_unpacked()
    {
        // "plumless" and "buckeroo" have the same CRC-32.
        Assert.That(Crc("plumless"), Is.EqualTo(Crc("buckeroo")));
        var old = new SampleGame();
        old.AddAsset(2, "files/2.txt", "plumless");
        InstallLongAgo(old);
        var update = new SampleGame();
        update.AddAsset(2, "files/2.txt", "buckeroo");

        var content = Install(update);

        AssertHolds(content, update);
        Assert.That(WrittenFiles(content), Is.EqualTo(["config.json", "files/2.txt"]));
    }

    [Test]
    public void A_damaged_file_of_a_base_is_not_linked([Values("A BOX", "a box, changed")] string damage)
    {
        var old = Install(new SampleGame());
        Damage(old.PathOf(old.Manifest.Files.Single(file => file.Path == SampleGame.BoxPath)), damage);
        var update = new SampleGame();
        update.Add("late.txt", "late");

        AssertHolds(Install(update), update);
    }

    [Test]
    public void A_damaged_content_is_replaced_by_the_same_export()
    {
        var old = Install(new SampleGame());
        File.Delete(old.PathOf(old.Manifest.Files.Single(file => file.Path == SampleGame.BoxPath)));

        AssertHolds(Install(new SampleGame()), new SampleGame());
    }

    [Test]
    public void UnchangedFilesAreStillVerified()
    {
        Install(new SampleGame());
        var game = new SampleGame();
        game.Add("late.txt", "late");
        Assert.That(Install(game).Manifest.Facts.VerifiedFiles, Is.EqualTo(1));
    }

    [Test]
    public void WhatAKilledBuildHadUnpackedIsUsedAgain()
    {
        var game = new SampleGame();
        File.SetLastWriteTimeUtc(WriteLeft(SampleGame.BoxPath, "a box"), LongAgo);

        var content = Install(game);

        AssertHolds(content, game);
        Assert.That(WrittenFiles(content), Does.Not.Contain(SampleGame.BoxPath).And.Contains("index.html"));
    }

    [TestCase("A BOX", TestName = "What a killed build had unpacked of another content is not used")]
    [TestCase("a b", TestName = "What a killed build had unpacked in part is not used")]
    public void WhatIsNotTheEntryIsNotUsed(string left)
    {
        WriteLeft(SampleGame.BoxPath, left);
        AssertHolds(Install(new SampleGame()), new SampleGame());
    }

    [TestCase("files/assets/1/1/stranger.png")]
    [TestCase("files/assets/99/1/stranger.png")]
    [TestCase("index.html/stranger.png")]
    [TestCase("left.txt")]
    public void What_a_killed_build_had_unpacked_of_another_export_stays_out_of_the_content(string path)
    {
        WriteLeft(path, "of another export");
        AssertHolds(Install(new SampleGame()), new SampleGame());
    }

    [Test]
    public void A_build_that_was_killed_before_it_moved_the_content_is_finished()
    {
        var game = GameWithIllegalNames();
        var content = Install(game);
        var prepared = Root.File("store/v1/.temporary", Key);
        Directory.Move(Path.GetDirectoryName(content.Directory)!, prepared);
        Bases.Clear();

        content = Install(game);

        AssertIsWhole(content);
        AssertTidy();
        Assert.That(PackedFiles(content), Is.EqualTo(FilesOf(game)));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Creating links requires a privilege on Windows.")]
    public void A_link_among_what_is_left_is_not_followed([Values("files", "files/assets")] string place)
    {
        var victim = Root.Write("outside/victim.txt", "precious");
        var link = Path.Combine(Store.Prepare(Key).Directory, place);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, Path.GetDirectoryName(victim)!);

        AssertHolds(Install(new SampleGame()), new SampleGame());
        Assert.That(FilesIn(Root.File("outside")), Is.EquivalentTo(new Dictionary<string, string> { ["victim.txt"] = "precious" }));
    }

    private static IEnumerable<TestCaseData> BadExports()
    {
        yield return Bad("no zip", _ => "<html>"u8.ToArray());
        yield return Bad("a truncated zip", game => game.ToZip()[..^30]);
        yield return Bad("a wrong checksum", _ => new HandMadeZip(
            new HandMadeEntry("index.html"), new HandMadeEntry("config.json", "{}"), new HandMadeEntry(SampleGame.ClassicEngine) { Crc = 1 }).ToArray());
        yield return Bad("a missing page", game => Without(game, "index.html"));
        yield return Bad("a name that leads out", game =>
        {
            game.Add("../outside.txt", "");
            return game.ToZip();
        });
        yield return Bad("a name of our state", game =>
        {
            game.Add(".playcanvas/manifest.json", "{}");
            return game.ToZip();
        });

        static TestCaseData Bad(string what, Func<SampleGame, byte[]> make)
        {
            var game = SampleGame.Updated();
            game.AddAsset(1, SampleGame.BoxPath, "a box");
            return new TestCaseData(make(game)).SetArgDisplayNames(what);
        }

        static byte[] Without(SampleGame game, string path)
        {
            game.Files.Remove(path);
            return game.ToZip();
        }
    }

    [TestCaseSource(nameof(BadExports))]
    public void ABadExportLeavesNothingAndTheOldContentWhole(byte[] zip)
    {
        var old = InstallLongAgo(new SampleGame());

        Assert.That(() => Install(zip), Throws.InstanceOf<ExportException>());

        Assert.That(WrittenFiles(old), Is.Empty);
        AssertHolds(old, new SampleGame());
        Assert.That(Contents(), Has.Count.EqualTo(1));
        Assert.That(Directory.EnumerateFileSystemEntries(Root.FullPath).Select(Path.GetFileName), Is.EqualTo(["store"]));
    }

    [TestCaseSource(nameof(BadExports))]
    public void ABadFirstExportLeavesNothing(byte[] zip)
    {
        Assert.That(() => Install(zip), Throws.InstanceOf<ExportException>());
        Assert.That(Contents(), Is.Empty);
        AssertTidy();
    }

    [Test]
    public void AnotherContentThanExpectedLeavesNothing()
    {
        var wanted = Install(new SampleGame()).Manifest.ContentId;
        Store.Remove(wanted);
        Bases.Clear();

        Assert.That(
            () => Install(SampleGame.Updated(), new ExportExpectation { ContentId = wanted }),
            Thrown.Export(ExportFault.OtherContent).With.Message.Not.EqualTo(wanted).And.Message.Match("^[0-9a-f]{64}$"));

        Assert.That(Contents(), Is.Empty);
        AssertTidy();
        Assert.That(Install(new SampleGame(), new ExportExpectation { ContentId = wanted }).Manifest.ContentId, Is.EqualTo(wanted));
    }

    [Test]
    public void A_path_that_no_system_allows_is_an_error()
    {
        var game = new SampleGame();
        game.Add(string.Join('/', Enumerable.Repeat(new string('n', 200), 200)), "deep");
        Assert.That(() => Install(game), Thrown.Export(ExportFault.PathTooLong));
        Assert.That(Contents(), Is.Empty);
        AssertTidy();
    }

    [Test]
    public void ACancelledInstallCanBeRepeated()
    {
        var old = Install(new SampleGame());
        Assert.That(() => Install(SampleGame.Updated().ToZip(), cancellationToken: new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(old.IsIntact(thorough: true, CancellationToken.None), Is.True);
        AssertHolds(Install(SampleGame.Updated()), SampleGame.Updated());
    }

    [Test]
    public void MappedNamesAreAskedForByTheGame()
    {
        var files = FilesIn(Install(GameWithIllegalNames()));
        Assert.That(files, Contains.Key("files/assets/2/1/Armature_Run.glb"));
        var config = GameConfig.Parse(new StringReader(files[ExportLayout.Config]));
        Assert.That(config.AssetFiles.Select(file => file.Path), Is.SupersetOf(["files/assets/2/1/Armature_Run.glb", SampleGame.BoxPath]));
    }

    [Test]
    public void The_exported_form_of_an_adapted_file_is_kept()
    {
        var game = GameWithIllegalNames();

        var content = Install(game);

        AssertIsWhole(content);
        var config = content.Manifest.Files.Single(file => file.IsAdapted);
        Assert.That(config.Path, Is.EqualTo(ExportLayout.Config));
        Assert.That(File.ReadAllText(content.ExportedPathOf(config)), Is.EqualTo(TextsOf(game)[ExportLayout.Config]));
        Assert.That(content.Manifest.ContentId, Is.EqualTo(ContentId.Of(content.Manifest.Files.Select(file => file.Exported))));
    }

    [Test]
    public void An_adapted_content_can_be_exported_again()
    {
        var game = GameWithIllegalNames();
        var content = Install(game);

        Assert.That(PackedFiles(content), Is.EqualTo(FilesOf(game)));
    }

    [Test]
    public void An_unchanged_export_with_mapped_names_is_the_content_that_is_there()
    {
        var old = InstallLongAgo(GameWithIllegalNames());
        var content = Install(GameWithIllegalNames());
        Assert.That(content.Directory, Is.EqualTo(old.Directory));
        Assert.That(WrittenFiles(content), Is.Empty);
        AssertTidy();
    }

    [Test]
    public void An_update_of_a_game_with_mapped_names_writes_what_changed()
    {
        InstallLongAgo(GameWithIllegalNames());
        var update = GameWithIllegalNames();
        update.Add("index.html", "<!doctype html><title>New</title>");

        var content = Install(update);

        // The configuration is adapted again from its exported form.
        Assert.That(WrittenFiles(content), Is.EqualTo(["config.json", "index.html"]));
        Assert.That(PackedFiles(content), Is.EqualTo(FilesOf(update)));
    }

    [Test]
    public void A_configuration_that_needs_adapting_only_now_is_adapted()
    {
        // The configuration is the same, but another file of the export now takes the name.
        var game = new SampleGame();
        game.AddAsset(2, "files/b/A.png", "capital");
        var old = Install(game);
        game.Add("files/b/a.png", "small");

        var content = Install(game);

        Assert.That(GameConfig.Parse(new StringReader(FilesIn(content)[ExportLayout.Config])).AssetFiles.Select(file => file.Path), Contains.Item("files/b/A~2.png"));
        Assert.That(old.IsIntact(thorough: true, CancellationToken.None), Is.True, "The base must not be changed through its links.");
    }

    [Test]
    public void ARenameInCaseOnlyIsFollowed()
    {
        var old = new SampleGame();
        old.Add("js/Player.mjs", "the same");
        Install(old);
        var renamed = new SampleGame();
        renamed.Add("js/player.mjs", "the same");
        AssertHolds(Install(renamed), renamed);
    }

    [Test]
    public void AnNpmProjectIsInstalledWhereOneIsWanted()
    {
        var files = new Dictionary<string, byte[]> { ["package.json"] = "{}"u8.ToArray(), ["src/data/config.json"] = "{}"u8.ToArray() };
        var content = Install(Zips.Pack(files), new ExportExpectation { IsSource = true });
        Assert.That(FilesIn(content).Keys, Is.EquivalentTo(files.Keys));
    }

    /// <summary>Installs a game and gives all its files an old time, so that files written later can be distinguished from them.</summary>
    private GameContent InstallLongAgo(SampleGame game)
    {
        var content = Install(game);
        foreach (var file in content.Manifest.Files)
        {
            File.SetLastWriteTimeUtc(content.PathOf(file), LongAgo);
            File.SetLastWriteTimeUtc(content.ExportedPathOf(file), LongAgo);
        }

        return content;
    }

    /// <summary>Returns the files that were written since <see cref="InstallLongAgo"/>.</summary>
    private static IEnumerable<string> WrittenFiles(GameContent content) =>
        content.Manifest.Files.Where(file => File.GetLastWriteTimeUtc(content.PathOf(file)) != LongAgo).Select(file => file.Path).Order(StringComparer.Ordinal);

    /// <summary>Creates a file that a killed build has left while it prepared the same export.</summary>
    private string WriteLeft(string path, string text) => Root.Write(Path.GetRelativePath(Root.FullPath, Store.Prepare(Key).PathOf(path)), text);

    /// <summary>Returns the bytes of each entry of the export that a content gives.</summary>
    private Dictionary<string, string> PackedFiles(GameContent content)
    {
        var path = Root.File("packed", "export.zip");
        ExportZip.Write(content, path, CancellationToken.None);
        return Zips.ReadAll(File.ReadAllBytes(path)).ToDictionary(file => file.Key, file => Convert.ToBase64String(file.Value));
    }

    private static Dictionary<string, string> FilesOf(SampleGame game) => game.AllFiles().ToDictionary(file => file.Key, file => Convert.ToBase64String(file.Value));

    private static uint Crc(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return Crc32.Update(0, bytes, 0, bytes.Length);
    }

    private static SampleGame GameWithIllegalNames()
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/assets/2/1/Armature|Run.glb", "running");
        return game;
    }
}
