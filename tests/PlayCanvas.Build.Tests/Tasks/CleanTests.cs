using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

public sealed class CleanTests : LockedFixture
{
    [Test]
    public void CleaningRemovesTheGameAndItsMirrorAndNothingElse()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        var task = GameTask();
        task.DownloadDirectory = "public";
        RunWell(task);
        Folder.Write("first/public/game/mine.txt", "mine");
        Folder.Write("first/obj/playcanvas/other/game.json", "another game");
        var store = FolderSnapshot.Take(Folder.File("stores"));

        RunWell(new PlayCanvasClean { GamePath = "game", DownloadDirectory = "public" });

        Assert.That(FolderSnapshot.Take(Folder.File("first")).Keys, Is.EquivalentTo(["public/game/mine.txt", "obj/playcanvas/other/game.json", LockFileName]));
        Assert.That(FolderSnapshot.Take(Folder.File("stores")), Is.EquivalentTo(store));
        Assert.That(Engine.HighMessages.TakeLast(2), Is.EqualTo(["PlayCanvas: removed the game \"game\"", "Web Game -> game: removed"]));
    }

    [Test]
    public void CleaningWhereThereIsNoGameDoesNothing()
    {
        Folder.Write("first/public/game/mine.txt", "mine");

        RunWell(new PlayCanvasClean { GamePath = "game", DownloadDirectory = "public" });

        Assert.That(Folder.File("first", "public", "game", "mine.txt"), Does.Exist);
        Assert.That(Engine.HighMessages, Is.Empty);
    }

    [Test]
    public void TheNextBuildGetsTheGameFromTheStore()
    {
        LockFirst();
        RunWell(new PlayCanvasClean { GamePath = "game" });

        RunWell(GameTask());

        Assert.That(Sandbox.Requests, Is.Empty);
        AssertUsesLockedContent();
    }
}
