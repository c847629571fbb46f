using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Project;

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
        if (new ProjectFolder(game.FullDirectory).TryReadInUse() is not { } inUse)
            return;

        var age = Clock.UtcNow - inUse.ExportedAt;
        if (age.Days <= 0)
            return;

        Say($"PlayCanvas: the game \"{game.Path}\" was exported {Ages.Format(age)}; -p:PlayCanvasUpdate=true requests a new export");
        SayResult($"{game.Path}: exported {Ages.Format(age)}");
    }
}
