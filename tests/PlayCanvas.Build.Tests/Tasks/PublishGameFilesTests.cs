using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests the task that puts games into a publish folder. The tests of PublishedGames cover the files.</summary>
public sealed class PublishGameFilesTests : LockedFixture
{
    private string Publish => Folder.File("first", "publish");

    [Test]
    public void ASiteGetsItsGameAndWhatItIs()
    {
        LockFirst();

        RunWell(Task("wwwroot/"));

        var game = JObject.Parse(File.ReadAllText(Path.Combine(Publish, "playcanvas.json")))["games"]!.Single();
        Assert.That(((string?)game["contentId"], (string?)game["branch"]!["name"], (string?)game["directory"]), Is.EqualTo((LockedContent, "main", "wwwroot/game/")));
        Assert.That(game["checkpoints"]!.Values<string>(), Is.EqualTo(Entry!.Checkpoints).And.Not.Empty);
        Assert.That(Path.Combine(Publish, "wwwroot/game/index.html"), Does.Exist);
        Assert.That(Path.Combine(Publish, "playcanvas/game.json"), Does.Exist);
    }

    [Test]
    public void AProgramGetsWhatItsGameIs()
    {
        LockFirst();

        RunWell(Task(null));

        Assert.That(FolderSnapshot.Take(Publish).Keys, Is.EqualTo(["playcanvas.json"]));
        Assert.That(File.ReadAllText(Path.Combine(Publish, "playcanvas.json")), Does.Contain(LockedContent).And.Not.Contain("wwwroot"));
    }

    [Test]
    public void AnUnchangedPublishWritesNothing()
    {
        LockFirst();
        RunWell(Task("wwwroot/"));
        var before = FolderSnapshot.Take(Publish);

        RunWell(Task("wwwroot/"));

        Assert.That(FolderSnapshot.Take(Publish), Is.EquivalentTo(before));
    }

    [Test]
    public void ADamagedGameIsAnError()
    {
        LockFirst();
        var page = Path.Combine(ContentFolder, "index.html");
        File.SetAttributes(page, FileAttributes.Normal);
        File.WriteAllText(page, "damaged");

        Assert.That(RunBadly(Task("wwwroot/"), "PLAYCANVAS4021"), Does.Contain("index.html").And.Contain("PlayCanvasVerify=true"));

        Assert.That(Path.Combine(Publish, "wwwroot/game/index.html"), Does.Not.Exist);
        StartBuild();
        var repair = GameTask();
        repair.Verify = "true";
        RunWell(repair);
        RunWell(Task("wwwroot/"));
    }

    [Test]
    public void AGameThatIsNotThereIsAnError()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);

        RunBadly(Task("wwwroot/"), "PLAYCANVAS4009");
    }

    private static PlayCanvasPublishGameFiles Task(string? webRoot) => new() { GamePath = "game", PublishDirectory = "publish", WebRoot = webRoot };
}
