using Newtonsoft.Json;
using NUnit.Framework;
using PlayCanvas.Build.Games.Download;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Games.State;
using PlayCanvas.Build.Tests.Exports;

namespace PlayCanvas.Build.Tests.Games.Install;

/// <summary>Tests a build that follows one that was killed during an install.</summary>
public sealed class InstallJournalTests : GameFixture
{
    /// <summary>The number of moves of the update: one new file, one changed file, and the configuration.</summary>
    private const int Moves = 3;

    [Test]
    public void AnInterruptedInstallIsFinished([Range(0, Moves)] int moved)
    {
        InterruptUpdate(afterMoves: moved);
        Assert.That(InstallJournal.RollForward(Folder), Is.True);
        AssertInstalled(SampleGame.Updated());
        Assert.That(InstallJournal.RollForward(Folder), Is.False);
    }

    [Test]
    public void A_first_install_that_was_interrupted_is_finished([Range(0, 6)] int moved)
    {
        var game = new SampleGame();
        Interrupt(game, afterMoves: moved);
        InstallJournal.RollForward(Folder);
        AssertInstalled(game);
    }

    [TestCase("files")]
    [TestCase("files/assets/1")]
    public void A_folder_of_which_a_part_has_come_already_gets_the_rest(string folder)
    {
        var game = new SampleGame();
        Interrupt(game, afterMoves: 0);
        Directory.CreateDirectory(Folder.PathOf(folder));
        InstallJournal.RollForward(Folder);
        AssertInstalled(game);
    }

    [Test]
    public void An_install_that_was_interrupted_after_the_deletions_is_finished()
    {
        InterruptUpdate(afterMoves: Moves);
        Folder.DeleteWithEmptyFolders(SampleGame.BoxPath);
        InstallJournal.RollForward(Folder);
        AssertInstalled(SampleGame.Updated());
    }

    [TestCase("files/assets/1/1")]
    [TestCase("files/assets/1")]
    public void FoldersThatADeletionLeftEmptyAreDeleted(string folderThatIsGone)
    {
        InterruptUpdate(afterMoves: Moves);
        File.Delete(Folder.PathOf(SampleGame.BoxPath));
        Directory.Delete(Folder.PathOf(folderThatIsGone), recursive: true);
        InstallJournal.RollForward(Folder);
        Assert.That(Folder.PathOf("files/assets/1"), Does.Not.Exist);
        AssertInstalled(SampleGame.Updated());
    }

    [Test]
    public void An_install_whose_journal_alone_is_left_is_finished()
    {
        InterruptUpdate(afterMoves: 0);
        var journal = File.ReadAllText(Folder.JournalPath);
        InstallJournal.RollForward(Folder);
        File.WriteAllText(Folder.JournalPath, journal);
        InstallJournal.RollForward(Folder);
        AssertInstalled(SampleGame.Updated());
    }

    [Test]
    public void FinishingAnInstallEndsThePendingExport()
    {
        InterruptUpdate(afterMoves: 1);
        new PendingExport().Write(Folder);
        InstallJournal.RollForward(Folder);
        Assert.That(Folder.PendingPath, Does.Not.Exist);
    }

    [Test]
    public void FinishingAnInstallEndsItsDownload()
    {
        InterruptUpdate(afterMoves: 1);
        File.WriteAllText(Folder.DownloadPath, "zip");
        InstallJournal.RollForward(Folder);
        AssertInstalled(SampleGame.Updated());
    }

    [Test]
    public void An_install_finishes_the_one_that_was_interrupted_before()
    {
        InterruptUpdate(afterMoves: 1);
        Install(SampleGame.Updated());
        AssertInstalled(SampleGame.Updated());
    }

    [TestCase("index.html", TestName = "A changed file that was staged and is lost is noticed")]
    [TestCase("files/assets/3/1/new.png", TestName = "A new file that was staged and is lost is noticed")]
    public void WhatWasStagedAndIsLostIsNoticed(string path)
    {
        InterruptUpdate(afterMoves: 0);
        File.Delete(Folder.StagedPathOf(path));
        InstallJournal.RollForward(Folder);
        Assert.That(new InstalledGame(Folder).IsCurrent(Parameters, thorough: false), Is.False);
    }

    [Test]
    public void A_staged_file_of_the_same_length_that_is_lost_is_noticed()
    {
        var game = new SampleGame();
        InstallLongAgo(game);
        game.Add("index.html", "<!DOCTYPE HTML>");
        Interrupt(game, afterMoves: 0);
        Directory.Delete(Folder.StagingPath, recursive: true);
        InstallJournal.RollForward(Folder);
        Assert.That(new InstalledGame(Folder).IsCurrent(Parameters, thorough: false), Is.False);
    }

    [Test]
    public void WhatWasLostIsBroughtByTheNextInstall()
    {
        InterruptUpdate(afterMoves: 0);
        Directory.Delete(Folder.StagingPath, recursive: true);
        InstallJournal.RollForward(Folder);
        Install(SampleGame.Updated());
        AssertInstalled(SampleGame.Updated());
    }

    [TestCase("")]
    [TestCase("\0\0\0\0")]
    [TestCase("{")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("""{"Moves":["index.html"]}""")]
    [TestCase("""{"Moves":null,"Deletions":null,"Manifest":null}""")]
    [TestCase("""{"Moves":[],"Deletions":["index.html"],"Manifest":{}}""")]
    public void AJournalThatCannotBeReadIsThrownAway(string journal)
    {
        var game = new SampleGame();
        Install(game);
        File.WriteAllText(Folder.JournalPath, journal);
        Root.Write("wwwroot/game/.playcanvas/staging/index.html", "half");
        Assert.That(InstallJournal.RollForward(Folder), Is.False);
        AssertInstalled(game);
    }

    [Test]
    public void AFolderWithoutAJournalStaysAsItIs()
    {
        InstallLongAgo(new SampleGame());
        var manifestTime = File.GetLastWriteTimeUtc(Folder.ManifestPath);
        InstallJournal.RollForward(Folder);
        Assert.That(File.GetLastWriteTimeUtc(Folder.ManifestPath), Is.EqualTo(manifestTime));
        AssertInstalled(new SampleGame());
    }

    [Test]
    public void AFolderOfWhichNothingIsThereStaysSo()
    {
        var folder = new GameFolder(Root.File("elsewhere"));
        InstallJournal.RollForward(folder);
        Assert.That(folder.FullPath, Does.Not.Exist);
    }

    [Test]
    public void A_file_that_cannot_be_replaced_keeps_the_journal_for_the_next_build()
    {
        InterruptUpdate(afterMoves: 1);
        File.Delete(Folder.PathOf("index.html"));
        Directory.CreateDirectory(Folder.PathOf("index.html"));
        Assert.That(() => InstallJournal.RollForward(Folder), Throws.InstanceOf<IOException>().With.Message.Contains(Folder.PathOf("index.html")));

        Directory.Delete(Folder.PathOf("index.html"));
        InstallJournal.RollForward(Folder);
        AssertInstalled(SampleGame.Updated());
    }

    [Test]
    public void What_somebody_put_in_the_place_of_a_deleted_file_stays()
    {
        InterruptUpdate(afterMoves: Moves);
        File.Delete(Folder.PathOf(SampleGame.BoxPath));
        Root.Write($"wwwroot/game/{SampleGame.BoxPath}/mine.txt", "mine");
        InstallJournal.RollForward(Folder);
        Assert.That(GameFiles(), Contains.Key($"{SampleGame.BoxPath}/mine.txt"));
    }

    [Test]
    public void A_file_that_only_changed_its_case_is_not_deleted_after_it_came()
    {
        // As on a file system where both names denote one file: the new file is in place, and the old name leads to it.
        var game = new SampleGame();
        game.Add("js/Player.mjs", "the same");
        Install(game);
        var journal = new InstallJournal { Moves = ["js/player.mjs"], Deletions = ["js/Player.mjs"], Manifest = GameManifest.TryRead(Folder.ManifestPath)! };
        journal.Commit(Folder);
        Assert.That(GameFiles(), Contains.Key("js/Player.mjs"));
    }

    [Test]
    public void ThePageAndTheConfigurationComeLast()
    {
        InterruptUpdate(afterMoves: 1);
        Assert.That(GameFiles(), Contains.Key("files/assets/3/1/new.png").And.ContainValue(TextsOf(new SampleGame())["index.html"]));
        Assert.That(GameFiles()["config.json"], Is.EqualTo(TextsOf(new SampleGame())["config.json"]));
    }

    private void InterruptUpdate(int afterMoves)
    {
        InstallLongAgo(new SampleGame());
        Interrupt(SampleGame.Updated(), afterMoves);
    }

    /// <summary>Creates the state of an install that was killed after it had written its journal and made a number of moves.</summary>
    private void Interrupt(SampleGame game, int afterMoves)
    {
        var old = GameFiles();
        var obstacle = Directory.CreateDirectory(Folder.FileListPath + ".tmp");
        Assert.That(() => Install(game), Throws.InstanceOf<UnauthorizedAccessException>(), "The obstacle must stop the install after the last deletion.");
        obstacle.Delete();

        var journal = JsonConvert.DeserializeObject<InstallJournal>(File.ReadAllText(Folder.JournalPath))!;
        foreach (var path in journal.Moves.Skip(afterMoves))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Folder.StagedPathOf(path.TrimEnd('/')))!);
            Directory.Move(Folder.PathOf(path), Folder.StagedPathOf(path));
        }

        foreach (var path in journal.Moves.Skip(afterMoves).Concat(journal.Deletions).Where(old.ContainsKey))
        {
            Root.Write("wwwroot/game/" + path, old[path]);
            File.SetLastWriteTimeUtc(Folder.PathOf(path), InstallTime);
        }
    }
}
