using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.Install;

namespace PlayCanvas.Build.Tasks;

/// <summary>Removes installed games and their state. Other files in their folders stay.</summary>
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
        var folder = new GameFolder(game.FullDirectory);
        if (!folder.HasState)
            return;

        var locks = MakeLock(OtherBuild(game.Directory), game.Connection.JobTimeout);
        folder.Claim(ProjectPath, locks, cancellationToken);

        // The lock file is in the folder that is removed, so the lock cannot be held during the removal.
        folder.Lock(locks, cancellationToken).Dispose();
        GameRemoval.Run(folder);
        Say($"PlayCanvas: removed the game in \"{game.Directory}\"");
    }
}
