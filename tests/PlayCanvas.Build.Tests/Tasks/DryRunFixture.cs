using NUnit.Framework;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Base of the tests of dry runs: each run must leave every file and folder as it was, and send nothing but GET requests.</summary>
public abstract class DryRunFixture : LockedFixture
{
    /// <summary>The lines that say what would be done, without the prefix of the package.</summary>
    private protected IReadOnlyList<string> Plan =>
        [.. Engine.HighMessages.Where(line => line.StartsWith("PlayCanvas: ", StringComparison.Ordinal)).Select(line => line["PlayCanvas: ".Length..])];

    /// <summary>The last line, which the terminal logger shows.</summary>
    private protected string Closing => Engine.HighMessages[^1];

    /// <summary>Runs a task as a dry run that must succeed.</summary>
    private protected void PlanWell(PlayCanvasGameTask task) => Unchanged(() =>
    {
        RunWell(DryRun(task));
        return "";
    });

    /// <summary>Runs a task as a dry run that must fail, and returns its message.</summary>
    private protected string PlanBadly(PlayCanvasGameTask task, string code) => Unchanged(() => RunBadly(DryRun(task), code));

    private static PlayCanvasGameTask DryRun(PlayCanvasGameTask task)
    {
        foreach (var game in task.Game)
            game.SetMetadata(Options.DryRun.Name, "true");
        return task;
    }

    private string Unchanged(Func<string> run)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        StartBuild();
        var (files, folders) = (FolderSnapshot.Take(Folder.FullPath), Folders());

        var message = run();

        Assert.That(FolderSnapshot.Take(Folder.FullPath), Is.EquivalentTo(files));
        Assert.That(Folders(), Is.EqualTo(folders));
        Assert.That(Sandbox.Requests.Select(request => request.Method), Is.All.EqualTo("GET"));
        Assert.That(Team.Requests.Select(request => request.Method), Is.All.EqualTo("GET"));
        return message;
    }

    private string[] Folders() => [.. Directory.GetDirectories(Folder.FullPath, "*", SearchOption.AllDirectories).Order()];
}
