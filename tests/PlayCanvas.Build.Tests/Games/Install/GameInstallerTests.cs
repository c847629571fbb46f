using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.State;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Exports.Zip;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Games.Install;

public sealed class GameInstallerTests : GameFixture
{
    [Test]
    public void AFirstInstallBringsEveryFile()
    {
        var game = new SampleGame();
        Install(game);
        AssertInstalled(game);
    }

    [Test]
    public void TheResultTellsWhatCame()
    {
        var game = new SampleGame();
        var result = Install(game);
        Assert.That(
            (result.Added, result.Changed, result.Removed, result.BytesWritten, result.Manifest.VerifiedFiles, result.Manifest.EngineVersion),
            Is.EqualTo((6, 0, 0, game.AllFiles().Values.Sum(content => (long)content.Length), 1, "2.18.1")));
    }

    [Test]
    public void TheManifestTellsWhatIsInstalled()
    {
        var exportedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        Install(new SampleGame(), new ExportExpectation { Parameters = "a\nb", ExportedAt = exportedAt });
        var manifest = GameManifest.TryRead(Folder.ManifestPath)!;
        Assert.That((manifest.Parameters, manifest.ExportedAt, manifest.EngineVersion), Is.EqualTo(("a\nb", exportedAt, "2.18.1")));
        Assert.That(manifest.Files.Single(file => file.Path == SampleGame.BoxPath).Md5, Is.EqualTo(SampleGame.Md5Of("a box")));
    }

    [Test]
    public void WhatMSBuildReadsTellsTheSame()
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/assets/2/1/it's @(x) $(y).png", "odd");
        Install(game);
        Assert.That(File.ReadAllText(Folder.ParametersPath), Is.EqualTo(Parameters));
        Assert.That(File.ReadAllLines(Folder.FileListPath), Contains.Item("files/assets/2/1/it's @(x) $(y).png"));
    }

    [Test]
    public void A_name_that_a_build_cannot_carry_is_mapped_in_the_configuration_too()
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/assets/2/1/hero%20idle;.png", "odd");
        Install(game);
        Assert.That(GameFiles(), Contains.Key("files/assets/2/1/hero_20idle_.png"));
        Assert.That(File.ReadAllText(Folder.PathOf(ExportLayout.Config)), Does.Contain("hero_20idle_.png").And.Not.Contain("hero%2520"));
    }

    [Test]
    public void EntriesOfTheFolderItselfAreInstalled()
    {
        var files = new SampleGame().AllFiles();
        Install(Zips.Pack(files.ToDictionary(file => "./" + file.Key, file => file.Value)));
        Assert.That(GameFiles().Keys, Is.EquivalentTo(files.Keys));
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
        Install(new SampleGame());
        var newest = GameFiles().Keys.Max(path => File.GetLastWriteTimeUtc(Folder.PathOf(path)));
        Assert.That(File.GetLastWriteTimeUtc(Folder.ManifestPath), Is.GreaterThanOrEqualTo(newest));
    }

    [Test]
    public void An_update_writes_what_is_new_or_changed_and_nothing_else()
    {
        InstallLongAgo(new SampleGame());
        var update = SampleGame.Updated();
        Install(update);
        Assert.That(WrittenFiles(), Is.EqualTo(["config.json", "files/assets/3/1/new.png", "index.html"]));
        AssertInstalled(update);
    }

    [Test]
    public void TheResultOfAnUpdateTellsWhatChanged()
    {
        Install(new SampleGame());
        var result = Install(SampleGame.Updated());
        Assert.That((result.Added, result.Changed, result.Removed), Is.EqualTo((1, 2, 1)));
    }

    [Test]
    public void FoldersThatAnUpdateEmptiesAreRemoved()
    {
        Install(new SampleGame());
        Install(SampleGame.Updated());
        Assert.That(Folder.PathOf("files/assets/1"), Does.Not.Exist);
    }

    [Test]
    public void TheSameExportWritesNothing()
    {
        InstallLongAgo(new SampleGame());
        var result = Install(new SampleGame());
        Assert.That(WrittenFiles(), Is.Empty);
        Assert.That((result.Added, result.Changed, result.Removed, result.BytesWritten), Is.EqualTo((0, 0, 0, 0L)));
    }

    [Test]
    public void The_same_files_of_other_parameters_are_now_of_those()
    {
        Install(new SampleGame());
        Install(new SampleGame(), new ExportExpectation { Parameters = "others", BuildParameters = "other texts" });
        Assert.That(new InstalledGame(Folder).IsCurrent("others", thorough: false), Is.True);
        Assert.That(File.ReadAllText(Folder.ParametersPath), Is.EqualTo("other texts"));
    }

    [Test]
    public void UnchangedFilesAreStillVerified()
    {
        Install(new SampleGame());
        var manifest = Install(new SampleGame()).Manifest;
        Assert.That((manifest.VerifiedFiles, manifest.EngineVersion), Is.EqualTo((1, "2.18.1")));
    }

    [TestCase("a box, changed", TestName = "A file that was changed since is restored")]
    [TestCase("A BOX", TestName = "A file of the same length that was changed since is restored")]
    public void WhatWasChangedSinceIsRestored(string content)
    {
        var game = new SampleGame();
        Install(game);
        File.WriteAllText(Folder.PathOf(SampleGame.BoxPath), content);
        Install(game);
        AssertInstalled(game);
    }

    [Test]
    public void An_altered_file_that_looks_untouched_is_restored_by_a_thorough_install()
    {
        var game = new SampleGame();
        Install(game);
        File.WriteAllText(Folder.PathOf(SampleGame.BoxPath), "A BOX");
        File.SetLastWriteTimeUtc(Folder.PathOf(SampleGame.BoxPath), InstallTime);
        Install(game.ToZip(), thorough: true);
        AssertInstalled(game);
    }

    [Test]
    public void WhatAKilledBuildHadUnpackedIsUsedAgain()
    {
        var game = new SampleGame();
        Root.Write(Path.GetRelativePath(Root.FullPath, Folder.StagedPathOf(SampleGame.BoxPath)), "a box");
        File.SetLastWriteTimeUtc(Folder.StagedPathOf(SampleGame.BoxPath), InstallTime);
        Install(game);
        AssertInstalled(game);
        Assert.That(File.GetLastWriteTimeUtc(Folder.PathOf(SampleGame.BoxPath)), Is.EqualTo(InstallTime));
    }

    [TestCase("A BOX", TestName = "What a killed build had unpacked of another content is not used")]
    [TestCase("a b", TestName = "What a killed build had unpacked in part is not used")]
    public void WhatIsNotTheEntryIsNotUsed(string staged)
    {
        var game = new SampleGame();
        Root.Write(Path.GetRelativePath(Root.FullPath, Folder.StagedPathOf(SampleGame.BoxPath)), staged);
        Install(game);
        AssertInstalled(game);
    }

    [TestCase("files/assets/1/1/stranger.png")]
    [TestCase("files/assets/99/1/stranger.png")]
    [TestCase("index.html/stranger.png")]
    public void What_another_export_had_staged_stays_out_of_the_game(string path)
    {
        var game = new SampleGame();
        Root.Write(Path.GetRelativePath(Root.FullPath, Folder.StagedPathOf(path)), "of another export");
        Install(game);
        AssertInstalled(game);
        Assert.That(Directory.Exists(Folder.PathOf("files/assets/99")), Is.False);
    }

    [Test]
    public void ADeletedFileIsRestored()
    {
        var game = new SampleGame();
        Install(game);
        File.Delete(Folder.PathOf(SampleGame.BoxPath));
        Install(game);
        AssertInstalled(game);
    }

    [Test]
    public void FilesOfSomebodyElsesStay()
    {
        Install(new SampleGame());
        Root.Write("wwwroot/game/mine.txt", "mine");
        Root.Write("wwwroot/game/files/assets/1/1/mine.txt", "mine");
        Install(SampleGame.Updated());
        Assert.That(GameFiles(), Contains.Key("mine.txt").And.ContainKey("files/assets/1/1/mine.txt"));
    }

    [TestCase("files/assets/3/1/new.png", TestName = "A file of somebody else's in the place of a new one is not replaced")]
    [TestCase("files/assets/3/1/new.png/mine.txt", TestName = "A folder in the place of a new file is not replaced")]
    [TestCase("files/assets/3", TestName = "A file in the place of a new folder is not replaced")]
    public void SomebodyElsesFilesAreNotReplaced(string path)
    {
        var old = new SampleGame();
        Install(old);
        Root.Write("wwwroot/game/" + path, "mine");
        Assert.That(() => Install(SampleGame.Updated()), Throws.TypeOf<FolderNotOursException>().With.Property("Reason").Contains("files/assets/3"));
        Assert.That(GameFiles(), Is.EquivalentTo(TextsOf(old).Append(new(path, "mine"))));
        AssertTidy();
    }

    [Test]
    public void A_file_of_somebody_elses_that_is_the_same_is_taken_over()
    {
        Install(new SampleGame());
        Root.Write("wwwroot/game/files/assets/3/1/new.png", "new");
        Install(SampleGame.Updated());
        AssertInstalled(SampleGame.Updated());
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("\0\0\0\0")]
    [TestCase("""{"ManifestVersion":1,"Parameters":"","ExportedAt":"2026-01-01T00:00:00Z","EngineVersion":null,"Files":null}""")]
    [TestCase("""{"ManifestVersion":2,"Parameters":"","ExportedAt":"2026-01-01T00:00:00Z","EngineVersion":null,"Files":[]}""")]
    [TestCase("""{"ManifestVersion":1,"Parameters":"","ExportedAt":"2026-01-01T00:00:00Z","EngineVersion":null,"Files":[{"Path":null}]}""")]
    [TestCase("""{"ManifestVersion":"one"}""")]
    public void AManifestThatCannotBeReadIsAsGoodAsNone(string manifest)
    {
        Install(new SampleGame());
        File.WriteAllText(Folder.ManifestPath, manifest);
        Assert.That(new InstalledGame(Folder).IsComplete, Is.False);
        var update = new SampleGame();
        update.AddAsset(1, SampleGame.BoxPath, "another box");
        Install(update);
        AssertInstalled(update);
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
    public void ABadExportLeavesTheOldGameWhole(byte[] zip)
    {
        var old = new SampleGame();
        InstallLongAgo(old);
        Assert.That(() => Install(zip), Throws.InstanceOf<ExportException>());
        Assert.That(WrittenFiles(), Is.Empty);
        AssertInstalled(old);
        Assert.That(Directory.EnumerateFiles(Root.FullPath).Select(Path.GetFileName), Is.EqualTo(["Site.csproj"]));
    }

    [TestCaseSource(nameof(BadExports))]
    public void ABadFirstExportLeavesNothing(byte[] zip)
    {
        Assert.That(() => Install(zip), Throws.InstanceOf<ExportException>());
        Assert.That(GameFiles(), Is.Empty);
        AssertTidy();
    }

    [Test]
    public void A_path_that_no_system_allows_is_told_and_the_old_game_is_whole()
    {
        var old = new SampleGame();
        Install(old);
        var update = SampleGame.Updated();
        update.Add(string.Join('/', Enumerable.Repeat(new string('n', 200), 200)), "too deep");

        Assert.That(() => Install(update), Thrown.Export(ExportFault.PathTooLong));
        AssertInstalled(old);
    }

    [Test]
    public void ACancelledInstallLeavesTheOldGameWhole()
    {
        var old = new SampleGame();
        Install(old);
        Assert.That(() => Install(SampleGame.Updated().ToZip(), cancellationToken: new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        AssertInstalled(old);
    }

    [Test]
    public void A_file_that_is_held_open_is_told_and_the_old_game_is_whole()
    {
        var old = new SampleGame();
        Install(old);
        using (File.Open(Folder.PathOf("index.html"), FileMode.Open, FileAccess.Read, FileShare.None))
            Assert.That(() => Install(SampleGame.Updated()), Throws.TypeOf<FileInUseException>().With.Property("Path").EqualTo(Folder.PathOf("index.html")));
        AssertInstalled(old);
    }

    [Test]
    public void A_file_that_is_to_be_deleted_and_is_held_open_is_told()
    {
        var old = new SampleGame();
        Install(old);
        using (File.Open(Folder.PathOf(SampleGame.BoxPath), FileMode.Open, FileAccess.Read, FileShare.None))
            Assert.That(() => Install(SampleGame.Updated()), Throws.TypeOf<FileInUseException>().With.Property("Path").EqualTo(Folder.PathOf(SampleGame.BoxPath)));
        AssertInstalled(old);
    }

    [TestCase("index.html")]
    [TestCase(SampleGame.BoxPath)]
    [Platform(Exclude = "Win", Reason = "There a file that is read can be neither replaced nor deleted.")]
    public void ASiteThatReadsAFileIsNotInTheWay(string path)
    {
        var old = new SampleGame();
        Install(old);
        using var held = File.Open(Folder.PathOf(path), FileMode.Open, FileAccess.Read, FileShare.Read);
        Install(SampleGame.Updated());
        AssertInstalled(SampleGame.Updated());
        Assert.That(new StreamReader(held).ReadToEnd(), Is.EqualTo(TextsOf(old)[path]));
    }

    [Test]
    public void What_an_earlier_run_left_in_staging_is_not_taken_for_good()
    {
        Root.Write("wwwroot/game/.playcanvas/staging/index.html", "from an earlier run");
        Root.Write("wwwroot/game/.playcanvas/staging/left.txt", "from an earlier run");
        var game = new SampleGame();
        Install(game);
        AssertInstalled(game);
    }

    [Test]
    public void MappedNamesAreAskedForByTheGame()
    {
        Install(GameWithIllegalNames());
        Assert.That(GameFiles(), Contains.Key("files/assets/2/1/Armature_Run.glb"));
        var config = GameConfig.Parse(GameFiles()["config.json"]);
        Assert.That(config.AssetFiles.Select(file => file.Path), Is.SupersetOf(["files/assets/2/1/Armature_Run.glb", SampleGame.BoxPath]));
    }

    [Test]
    public void AnAdaptedConfigurationIsWhatIsChecked()
    {
        Install(GameWithIllegalNames());
        Assert.That(new InstalledGame(Folder).IsCurrent(Parameters, thorough: true), Is.True);
    }

    [Test]
    public void The_same_export_with_mapped_names_writes_nothing()
    {
        InstallLongAgo(GameWithIllegalNames());
        var result = Install(GameWithIllegalNames());
        Assert.That(WrittenFiles(), Is.Empty);
        Assert.That(result.BytesWritten, Is.Zero);
        AssertTidy();
    }

    [Test]
    public void An_update_of_a_game_with_mapped_names_writes_what_changed()
    {
        InstallLongAgo(GameWithIllegalNames());
        var update = GameWithIllegalNames();
        update.AddAsset(2, "files/assets/2/1/Armature|Run.glb", "running faster");
        Install(update);
        Assert.That(WrittenFiles(), Is.EqualTo(["config.json", "files/assets/2/1/Armature_Run.glb"]));
    }

    [Test]
    public void A_configuration_that_needs_adapting_only_now_is_adapted()
    {
        // The configuration is the same, but another file of the export now takes the name.
        var game = new SampleGame();
        game.AddAsset(2, "files/b/A.png", "capital");
        Install(game);
        game.Add("files/b/a.png", "small");
        Install(game);
        Assert.That(GameConfig.Parse(GameFiles()["config.json"]).AssetFiles.Select(file => file.Path), Contains.Item("files/b/A~2.png"));
    }

    [Test]
    public void ARenameInCaseOnlyIsFollowed()
    {
        var old = new SampleGame();
        old.Add("js/Player.mjs", "the same");
        Install(old);
        var renamed = new SampleGame();
        renamed.Add("js/player.mjs", "the same");
        Install(renamed);
        AssertInstalled(renamed);
    }

    [Test]
    public void AnNpmProjectIsInstalledWhereOneIsWanted()
    {
        var files = new Dictionary<string, byte[]> { ["package.json"] = "{}"u8.ToArray(), ["src/data/config.json"] = "{}"u8.ToArray() };
        Install(Zips.Pack(files), new ExportExpectation { Parameters = Parameters, IsSource = true });
        Assert.That(GameFiles().Keys, Is.EquivalentTo(files.Keys));
    }

    private static SampleGame GameWithIllegalNames()
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/assets/2/1/Armature|Run.glb", "running");
        return game;
    }
}
