using Microsoft.Build.Framework;

namespace PlayCanvas.Build.Tasks;

/// <summary>The first step of <see cref="PlayCanvasDownloadApp"/>: requests an export of each game that is missing or out of date.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasRequestExport : PlayCanvasDownloadTask
{
    private protected override void Run(GameUpdate update) => update.Request();
}
