using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.State;

namespace PlayCanvas.Build.Tasks;

/// <summary>Reports how many days ago the installed game was exported, so that an old game is not published unnoticed.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasSayAge : PlayCanvasTask
{
    /// <summary>The game's folder, relative to the project's folder or absolute.</summary>
    [Required]
    public string GameDirectory { get; set; } = "";

    private protected override void Run(CancellationToken cancellationToken)
    {
        if (GameState.TryReadExportedAt(new GameFolder(FullPathOf(GameDirectory))) is not { } exportedAt)
            return;

        var days = (Clock.UtcNow - exportedAt).Days;
        if (days > 0)
            Say($"PlayCanvas: the game in {GameDirectory} was exported {(days == 1 ? "a day" : $"{days} days")} ago; -p:PlayCanvasUpdate=true requests a new export");
    }
}
