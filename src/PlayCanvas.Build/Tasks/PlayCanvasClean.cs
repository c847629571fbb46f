using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.Install;

namespace PlayCanvas.Build.Tasks;

/// <summary>Removes an installed game and its state. Other files in its folder stay.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasClean : PlayCanvasTask
{
    /// <summary>The game's folder, relative to the project's folder or absolute.</summary>
    [Required]
    public string GameDirectory { get; set; } = "";

    private protected override void Run(CancellationToken cancellationToken)
    {
        var folder = new GameFolder(FullPathOf(GameDirectory).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar));
        if (!folder.HasState)
            return;

        var locks = MakeLock(OtherBuild(GameDirectory));
        folder.Claim(ProjectFile, locks, cancellationToken);

        // The lock file is in the folder that is removed, so the lock cannot be held during the removal.
        folder.Lock(locks, cancellationToken).Dispose();
        GameRemoval.Run(folder);
        Say($"PlayCanvas: removed the game in \"{GameDirectory}\"");
    }
}
