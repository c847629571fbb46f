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
            Remove(game, cancellationToken);
    }

    private void Remove(ProjectGame game, CancellationToken cancellationToken)
    {
        if (game.FullMirrorDirectory is { } mirror)
            new GameMirror(mirror, Path.Combine(mirror, EntryPaths.MirrorList)).Remove(cancellationToken);

        var folder = new ProjectFolder(game.FullDirectory);
        if (!folder.Exists)
            return;

        // The lock file is in the folder that is removed, so the lock cannot be held during the removal.
        folder.Lock(MakeLock(OtherBuild(game.Path), game.Connection.JobTimeout), cancellationToken).Dispose();
        folder.Remove();
        Say($"PlayCanvas: removed the game \"{game.Path}\"");
    }
}
