using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Waits until the rate limit accepts another request, so that the wait before a publish or a checkpoint is a separate step. Sends nothing, and does
/// not wait for a game for which perhaps nothing is sent. The step after it reports what is wrong with the settings.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasAwaitRateLimit : PlayCanvasServiceTask
{
    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var game in games.Where(SendsRequest))
            {
                using var connection = Connect(game);
                connection.AwaitRateLimit(cancellationToken);
            }
        }
        catch (Exception error) when (DiagnosticTranslator.Translate(error) is not null)
        {
            Note($"PlayCanvas: the rate limit is not known: {error.Message}");
        }
    }

    private static bool SendsRequest(ProjectGame game) =>
        !game.IsDryRun && game.Values.IsOn(Options.Publish) && !game.Values.IsOn(Options.SkipPublishedVersion) && game.Values.Text(Options.AcceptApp) is null;
}
