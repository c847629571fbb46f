using System.Diagnostics.CodeAnalysis;
using NUnit.Framework;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Games.Project;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[SuppressMessage("Design", "CA1001", Justification = "The teardown disposes of what the fixture makes.")]
public sealed class OldGameFolderTests
{
    private readonly TemporaryFolder root = new();

    private OldGameFolder Old => new(root.File("wwwroot", "game"));

    [TearDown]
    public void RemoveFolder() => root.Dispose();

    [Test]
    public void AFolderThatDoesNotExistIsNotMissed() => Assert.That(() => Old.Remove(), Throws.Nothing);

    [Test]
    public void WhatTheFirstEditionInstalledIsRemoved()
    {
        WriteOldGame();
        root.Write("wwwroot/site.css", "the site's own");

        Old.Remove();

        Assert.That(FilesOf("wwwroot"), Is.EqualTo(["site.css"]));
        Assert.That(root.File("wwwroot", "game"), Does.Not.Exist);
    }

    [Test]
    public void AMirrorIsRemoved([Values] bool hasOtherFile)
    {
        root.Write("wwwroot/game/index.html", "<html>");
        root.Write("wwwroot/game/files/assets/1/1/box.png", "box");
        root.Write("wwwroot/game/.playcanvas", "files/assets/1/1/box.png\nindex.html\n");
        root.Write("wwwroot/game/.gitignore", "*\n");
        if (hasOtherFile)
            root.Write("wwwroot/game/mine.txt", "mine");

        Assert.That(() => Old.CheckCanBeRemoved(), hasOtherFile ? Throws.TypeOf<FolderNotOursException>() : Is.True);
        Assert.That(() => Old.Remove(), hasOtherFile ? Throws.TypeOf<FolderNotOursException>().With.Property("Reason").Contains("\"mine.txt\"") : Throws.Nothing);

        Assert.That(Directory.Exists(root.File("wwwroot", "game")), Is.EqualTo(hasOtherFile));
        if (hasOtherFile)
            Assert.That(FilesOf("wwwroot/game"), Is.EqualTo(["mine.txt"]));
    }

    [TestCase("mine.txt", "mine.txt")]
    [TestCase("files/assets/1/1/mine.txt", "files")]
    public void OtherFilesStayAndAreNamed(string file, string named)
    {
        WriteOldGame();
        root.Write("wwwroot/game/" + file, "mine");

        Assert.That(() => Old.Remove(), Throws.TypeOf<FolderNotOursException>().With.Property("Reason").Contains($"\"{named}\""));

        Assert.That(FilesOf("wwwroot/game"), Is.EqualTo([file]));
        Assert.That(() => Old.Remove(), Throws.TypeOf<FolderNotOursException>(), "The folder must be refused until its files are moved away.");
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Creating links requires a privilege on Windows.")]
    public void Files_behind_a_link_stay()
    {
        WriteOldGame();
        Directory.Delete(root.File("wwwroot", "game", "files"), recursive: true);
        root.Write("elsewhere/assets/1/1/box.png", "mine");
        Directory.CreateSymbolicLink(root.File("wwwroot", "game", "files"), root.File("elsewhere"));

        Assert.That(() => Old.Remove(), Throws.TypeOf<FolderNotOursException>().With.Property("Reason").Contains("\"files\""));

        Assert.That(FilesOf("elsewhere"), Is.EqualTo(["assets/1/1/box.png"]));
    }

    [Test]
    public void A_file_that_is_gone_already_is_not_missed()
    {
        WriteOldGame();
        Directory.Delete(root.File("wwwroot", "game", "files"), recursive: true);

        Old.Remove();

        Assert.That(root.File("wwwroot", "game"), Does.Not.Exist);
    }

    [Test]
    public void AFolderThatNobodyInstalledIsLeftAlone()
    {
        root.Write("wwwroot/game/index.html", "mine");
        root.Write("wwwroot/game/.gitignore", "bin/");

        Assert.That(() => Old.Remove(), Throws.TypeOf<FolderNotOursException>());

        Assert.That(FilesOf("wwwroot/game"), Is.EquivalentTo(["index.html", ".gitignore"]));
    }

    [Test]
    public void AnEmptyFolderIsRemoved()
    {
        Directory.CreateDirectory(root.File("wwwroot", "game", "files"));

        Old.Remove();

        Assert.That(root.File("wwwroot", "game"), Does.Not.Exist);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"Files":null}""")]
    [TestCase("""{"Files":"text"}""")]
    [TestCase("""{"Files":[null,1,[],[null],[1]]}""")]
    [TestCase("""{"Files":[["../../outside.txt"],["/etc/passwd"],["C:\\a.txt"]]}""")]
    public void A_list_that_cannot_be_read_deletes_no_file(string manifest)
    {
        root.Write("outside.txt", "precious");
        root.Write("wwwroot/game/index.html", "the game's or the user's");
        root.Write("wwwroot/game/.playcanvas/.manifest.json", manifest);

        Assert.That(() => Old.Remove(), Throws.TypeOf<FolderNotOursException>());

        Assert.That(FilesOf("wwwroot/game"), Is.EqualTo(["index.html"]));
        Assert.That(root.File("outside.txt"), Does.Exist);
    }

    private void WriteOldGame()
    {
        root.Write("wwwroot/game/index.html", "a page");
        root.Write("wwwroot/game/files/assets/1/1/box.png", "a box");
        root.Write("wwwroot/game/.gitignore", "*\n");
        root.Write("wwwroot/game/.playcanvas/.owner.txt", "../../../Site.csproj");
        root.Write("wwwroot/game/.playcanvas/staging/half.txt", "half");
        root.Write("wwwroot/game/.playcanvas/.manifest.json", """{"Files":[["index.html",6,"00",0],["files/assets/1/1/box.png",5,"00",0]]}""");
    }

    private IEnumerable<string> FilesOf(string folder) => FolderSnapshot.Take(root.File(folder.Split('/'))).Keys;
}
