using Microsoft.Build.Framework;

namespace PlayCanvas.Build.Tasks;

/// <summary>The second step of <see cref="PlayCanvasDownloadApp"/>: waits until the requested exports are ready.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasWaitForExport : PlayCanvasDownloadTask
{
    private protected override void Run(GameUpdate update) => update.Wait();
}
