using Microsoft.Build.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Folder;

namespace PlayCanvas.Build.Tasks;

/// <summary>Removes an installed game, and nothing else that may lie in its folder.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasClean : PlayCanvasTask
{
    /// <summary>Folder of the game; relative to the project's folder.</summary>
    [Required]
    public string GameDirectory { get; set; } = "";

    private protected override void Run(CancellationToken cancellationToken)
    {
        var folder = new GameFolder(FullPathOf(GameDirectory).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar));
        if (!folder.HasState)
            return;

        var locks = MakeLock(OtherBuild(GameDirectory));
        folder.Claim(ProjectFile, locks, cancellationToken);

        // The lock lies in the folder that is removed, so it cannot be held meanwhile.
        folder.Lock(locks, cancellationToken).Dispose();
        folder.Remove();
        Say($"PlayCanvas: removed the game in \"{GameDirectory}\"");
    }
}
