using NUnit.Framework;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>
/// Base of the tests of the lock file. A test moves between checkouts of the same repository, each of which has its own project folder, and
/// between machines, each of which has its own store.
/// </summary>
public abstract class LockedFixture : TaskFixture
{
    private protected const string LockFileName = "playcanvas.lock.json";
    private protected const string AskRoute = "/api/apps/download";

    private string checkout = "first";
    private string machine = "one";

    protected override string ProjectFile => Folder.File(checkout, "Web Game.csproj");

    private protected string LockPath => Folder.File(checkout, LockFileName);

    private protected string TeamFolder => Folder.File("team");

    private protected TeamServer Team { get; } = new();

    /// <summary>The entry of the game in the lock file; null when there is none.</summary>
    private protected LockEntry? Entry => new LockFile(LockPath).Find("game", GameTask().Parameters);

    /// <summary>The content that <see cref="LockFirst"/> has locked.</summary>
    private protected string LockedContent { get; private set; } = "";

    private protected PlayCanvasDownloadApp GameTask()
    {
        var task = DownloadTask();
        task.ProjectId = $"{World.ProjectId}";
        (task.DefaultLockFilePath, task.StoreDirectory) = (LockFileName, Folder.File("stores", machine));
        task.CreateHandler = () => Team.Handler(HttpTransport.CreateHandler());
        return task;
    }

    /// <summary>Installs the game in the first checkout, which writes the lock file.</summary>
    private protected void LockFirst()
    {
        Directory.CreateDirectory(Folder.File(checkout));
        RunWell(GameTask());
        LockedContent = Entry!.Content;
        StartBuild();
    }

    /// <summary>Forgets what was logged and sent.</summary>
    private protected void StartBuild()
    {
        Engine = new RecordingBuildEngine();
        Sandbox.ResetRateLimits();
        Sandbox.Requests.Clear();
    }

    /// <summary>Makes a clean checkout of the repository, which contains the lock file and no more, perhaps on another machine.</summary>
    private protected void Clone(string to = "clone", string onMachine = "two")
    {
        Directory.CreateDirectory(Folder.File(to));
        File.Copy(LockPath, Folder.File(to, LockFileName));
        (checkout, machine) = (to, onMachine);
    }

    private protected void MoveTo(string otherCheckout, string onMachine) => (checkout, machine) = (otherCheckout, onMachine);

    /// <summary>Changes an asset on the branch, and makes a checkpoint.</summary>
    private protected void ChangeBranch()
    {
        Sandbox.World.ChangeGame(game => game.With("level data (1).json", "changed"));
        Sandbox.World.AddCheckpoint(World.MainBranchId, "Another level");
    }

    /// <summary>Writes the content in use into the team's folder, as the target PlayCanvasPack does.</summary>
    private protected string Pack()
    {
        var task = new PlayCanvasPack { GamePath = "game", OutputDirectory = TeamFolder };
        RunWell(task);
        return task.Packed.Single().ItemSpec;
    }

    private protected IReadOnlyDictionary<string, string> GameFiles() => FolderSnapshot.Take(ContentFolder).ToDictionary(file => file.Key, file => file.Value.Hash);

    private protected int Exports => Sandbox.Requests.Of("POST", AskRoute).Count;

    private protected void AssertUsesLockedContent() => AssertUses(LockedContent);

    private protected void AssertUses(string contentId)
    {
        var current = new Build.Games.Project.ProjectFolder(GameFolder).Current;
        Assert.That(current?.Manifest.ContentId, Is.EqualTo(contentId));
        Assert.That(current!.IsIntact(thorough: true, CancellationToken.None), Is.True);
    }
}
