using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.State;

namespace PlayCanvas.Build.Tasks;

/// <summary>Reports how many days ago each installed game was exported, so that an old game is not published unnoticed.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasSayAge : PlayCanvasGameTask
{
    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        foreach (var game in games)
            SayAge(game);
    }

    private void SayAge(ProjectGame game)
    {
        if (GameState.TryReadExportedAt(new GameFolder(game.FullDirectory)) is not { } exportedAt)
            return;

        var days = (Clock.UtcNow - exportedAt).Days;
        if (days > 0)
            Say($"PlayCanvas: the game in {game.Directory} was exported {(days == 1 ? "a day" : $"{days} days")} ago; -p:PlayCanvasUpdate=true requests a new export");
    }
}
