using Microsoft.Build.Framework;

namespace PlayCanvas.Build.Tasks;

/// <summary>The first step of <see cref="PlayCanvasDownloadApp"/>: requests an export of each game that is missing or out of date.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasRequestExport : PlayCanvasDownloadTask
{
    /// <summary>
    /// <c>true</c> requests nothing, for now, for a game whose request would wait for the rate limit, so that the wait can be another step.
    /// Default: <c>false</c>.
    /// </summary>
    public string? HoldBack { get; set; }

    /// <summary>The games that were held back.</summary>
    [Output]
    public ITaskItem[] HeldBackGames => [.. HeldBack];

    private protected override bool HoldsBack => bool.TryParse(HoldBack, out var holdsBack) && holdsBack;

    private protected override void Run(GameUpdate update) => update.Request();
}
