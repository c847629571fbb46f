using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Project;

namespace PlayCanvas.Build.Tasks;

/// <summary>Removes the games of a project from its <c>obj/</c>, and their mirrors. The store and the lock file stay.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasClean : PlayCanvasGameTask
{
    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        foreach (var game in games)
        {
            if (game.IsDryRun)
                Plan(game);
            else
                Remove(game, cancellationToken);
        }
    }

    private void Plan(ProjectGame game)
    {
        if (game.FullMirrorDirectory is { } mirror && MirrorIn(mirror).FindWritten().Count(path => File.Exists(GameContent.Join(mirror, path))) is > 0 and var files)
            SayPlan($"delete {GameUpdate.Count(files)} in \"{mirror}\"");
        if (new ProjectFolder(game.FullDirectory) is { Exists: true } folder)
            SayPlan($"delete the game \"{game.Path}\" in \"{folder.FullPath}\"");
    }

    private static GameMirror MirrorIn(string directory) => new(directory, Path.Combine(directory, EntryPaths.MirrorList));

    private void Remove(ProjectGame game, CancellationToken cancellationToken)
    {
        if (game.FullMirrorDirectory is { } mirror)
            MirrorIn(mirror).Remove(cancellationToken);

        var folder = new ProjectFolder(game.FullDirectory);
        if (!folder.Exists)
            return;

        // The lock file is in the folder that is removed, so the lock cannot be held during the removal.
        folder.Lock(MakeLock(OtherBuild(game.Path), game.Connection.JobTimeout), cancellationToken).Dispose();
        folder.Remove();
        Say($"PlayCanvas: removed the game \"{game.Path}\"");
        SayResult($"{game.Path}: removed");
    }
}
