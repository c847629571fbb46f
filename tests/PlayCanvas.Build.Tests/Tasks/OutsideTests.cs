using NUnit.Framework;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests that nothing outside the store, <c>obj/</c> and the mirror is written or deleted, whatever these contain.</summary>
[TestFixture]
public sealed class OutsideTests : TaskFixture
{
    private const string Mirror = "public";

    private string MirrorFolder => Folder.File(Mirror, "game");

    private string Outside => Folder.File("outside");

    [TestCase("files", false)]
    [TestCase("files", true)]
    [TestCase("files/assets", false)]
    [TestCase("files/assets", true)]
    [Platform(Exclude = "Win", Reason = "Creating links requires a privilege on Windows.")]
    public void ALinkInTheMirrorIsNotFollowed(string place, bool cleans)
    {
        RunWell(MirrorTask());
        var link = Path.Combine(MirrorFolder, place);
        CopyFolder(link, Outside);
        var before = FolderSnapshot.Take(Outside);
        Directory.Delete(link, recursive: true);
        Directory.CreateSymbolicLink(link, Outside);
        Sandbox.Requests.Clear();

        var message = RunBadly(cleans ? CleanTask() : MirrorTask(), "PLAYCANVAS4007");

        Assert.That(message, Does.Contain($"\"{place}\" in it is a link"));
        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(FolderSnapshot.Take(Outside), Is.Not.Empty.And.EquivalentTo(before));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Creating links requires a privilege on Windows.")]
    public void A_link_in_the_place_of_a_file_of_the_mirror_is_replaced()
    {
        RunWell(MirrorTask());
        var victim = Folder.Write("outside/victim.txt", "precious");
        var page = Path.Combine(MirrorFolder, "index.html");
        File.Delete(page);
        File.CreateSymbolicLink(page, victim);

        RunWell(MirrorTask());

        Assert.That(new FileInfo(page).LinkTarget, Is.Null);
        Assert.That(File.ReadAllText(victim), Is.EqualTo("precious"));
    }

    [TestCase("../../outside/victim.txt")]
    [TestCase("files/../../../outside/victim.txt")]
    [TestCase("/outside/victim.txt")]
    public void A_list_of_a_mirror_that_leads_out_deletes_nothing(string path)
    {
        RunWell(MirrorTask());
        var victim = Folder.Write("outside/victim.txt", "precious");
        var list = Path.Combine(MirrorFolder, EntryPaths.MirrorList);
        File.AppendAllText(list, (path[0] == '/' ? victim : path) + "\n");

        RunWell(MirrorTask());
        RunWell(CleanTask());

        Assert.That(File.ReadAllText(victim), Is.EqualTo("precious"));
        Assert.That(MirrorFolder, Does.Not.Exist);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Creating links requires a privilege on Windows.")]
    public void A_link_in_the_projects_folder_is_not_followed()
    {
        RunWell(DownloadTask());
        var victim = Folder.Write("outside/victim.txt", "precious");
        var link = ContentFolder;
        Directory.Delete(link, recursive: true);
        Directory.CreateSymbolicLink(link, Path.GetDirectoryName(victim)!);

        RunWell(DownloadTask());
        RunWell(new PlayCanvasClean { GamePath = "game" });

        Assert.That(GameFolder, Does.Not.Exist);
        Assert.That(FolderSnapshot.Take(Outside).Keys, Is.EqualTo(["victim.txt"]));
    }

    [TestCase("../../outside/victim.txt")]
    [TestCase("files/../../../outside/victim.txt")]
    public void A_manifest_of_the_first_edition_that_leads_out_deletes_nothing(string path)
    {
        var victim = Folder.Write("outside/victim.txt", "precious");
        Folder.Write("wwwroot/game/.playcanvas/.manifest.json", $$"""{"Files":[["{{path}}"]]}""");
        var task = DownloadTask();
        task.OldDirectory = "wwwroot/game";

        RunWell(task);

        Assert.That(File.ReadAllText(victim), Is.EqualTo("precious"));
        Assert.That(Folder.File("wwwroot/game"), Does.Not.Exist);
    }

    private static PlayCanvasDownloadApp MirrorTask()
    {
        var task = DownloadTask();
        task.DownloadDirectory = Mirror;
        return task;
    }

    private static PlayCanvasClean CleanTask() => new() { GamePath = "game", DownloadDirectory = Mirror };

    private static void CopyFolder(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }
}
