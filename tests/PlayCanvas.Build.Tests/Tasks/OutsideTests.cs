using Newtonsoft.Json;
using NUnit.Framework;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Games.State;
using PlayCanvas.Build.Tasks;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests that nothing outside the game folder is written or deleted, whatever the folder contains.</summary>
[TestFixture]
public sealed class OutsideTests : TaskFixture
{
    private const string Victim = "victim.txt";

    private GameFolder Game => new(Folder.File("wwwroot", "game"));

    private static IEnumerable<TestCaseData> Places()
    {
        string[] folders = ["files", "files/assets", ".playcanvas", ".playcanvas/staging"];
        string[] files = [".playcanvas/.owner.txt", ".playcanvas/.lock", ".playcanvas/.pending.json.tmp", ".playcanvas/.download.zip"];
        foreach (var place in folders.Concat(files))
        {
            yield return new TestCaseData(place, folders.Contains(place), DownloadTask()).SetArgDisplayNames(place, "download");
            yield return new TestCaseData(place, folders.Contains(place), new PlayCanvasClean { GameDirectory = "wwwroot/game" }).SetArgDisplayNames(place, "clean");
        }
    }

    [TestCaseSource(nameof(Places))]
    [Platform(Exclude = "Win", Reason = "Creating links requires a privilege on Windows.")]
    public void ALinkIsNotFollowed(string place, bool isFolder, PlayCanvasTask task)
    {
        RunWell(DownloadTask());
        var outside = Folder.Write("outside/" + Victim, "precious");
        var link = Path.Combine(Game.FullPath, place);
        if (Directory.Exists(link))
            Directory.Move(link, Folder.File("moved"));
        File.Delete(link);
        File.CreateSymbolicLink(link, isFolder ? Path.GetDirectoryName(outside)! : outside);
        Sandbox.Requests.Clear();

        Assert.That(RunBadly(task, "PLAYCANVAS4007"), Does.Contain($"\"{place}\" in it is a link"));
        Assert.That(Sandbox.Requests, Is.Empty);
        AssertUntouched(outside);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Creating links requires a privilege on Windows.")]
    public void ALinkInThePlaceOfAFileIsReplaced()
    {
        RunWell(DownloadTask());
        var outside = Folder.Write("outside/" + Victim, "precious");
        File.Delete(Game.PathOf("index.html"));
        File.CreateSymbolicLink(Game.PathOf("index.html"), outside);

        RunWell(DownloadTask());

        Assert.That(new FileInfo(Game.PathOf("index.html")).LinkTarget, Is.Null);
        AssertUntouched(outside);
    }

    [TestCase("../../outside/victim.txt")]
    [TestCase("files/../../../outside/victim.txt")]
    public void AManifestThatLeadsOutDeletesNothing(string path)
    {
        RunWell(DownloadTask());
        var outside = Folder.Write("outside/" + Victim, "precious");
        var manifest = GameManifest.TryRead(Game.ManifestPath)!;
        File.WriteAllText(Game.ManifestPath, JsonConvert.SerializeObject(manifest with { Files = [manifest.Files[0] with { Path = path }] }));

        RunBadly(new PlayCanvasClean { GameDirectory = "wwwroot/game" }, "PLAYCANVAS4007");

        AssertUntouched(outside);
    }

    [Test]
    public void A_journal_that_leads_out_moves_and_deletes_nothing([Values] bool deletes)
    {
        RunWell(DownloadTask());
        var outside = Folder.Write("outside/" + Victim, "precious");
        string[] paths = ["../../outside/" + Victim];
        Folder.Write(Path.GetRelativePath(Folder.FullPath, Path.Combine(Game.StagingPath, paths[0])), "planted");
        var journal = new InstallJournal { Moves = deletes ? [] : paths, Deletions = deletes ? paths : [], Manifest = GameManifest.TryRead(Game.ManifestPath)! };
        File.WriteAllText(Game.JournalPath, JsonConvert.SerializeObject(journal));

        RunBadly(DownloadTask(), "PLAYCANVAS4007");

        AssertUntouched(outside);
    }

    [TestCase("files")]
    [TestCase("files/assets")]
    [Platform(Exclude = "Win", Reason = "Creating links requires a privilege on Windows.")]
    public void ALinkInStagingIsNotFollowed(string place)
    {
        var outside = Folder.Write("outside/" + Victim, "precious");
        var link = Path.Combine(Game.StagingPath, place);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.WriteAllText(Path.Combine(Game.StatePath, ".owner.txt"), "");
        File.CreateSymbolicLink(link, Path.GetDirectoryName(outside)!);

        RunWell(DownloadTask());

        Assert.That(new DirectoryInfo(Game.PathOf(place)).LinkTarget, Is.Null);
        AssertUntouched(outside);
    }

    private static void AssertUntouched(string outside)
    {
        Assert.That(File.ReadAllText(outside), Is.EqualTo("precious"));
        Assert.That(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(outside)!), Has.Exactly(1).Items);
    }
}
