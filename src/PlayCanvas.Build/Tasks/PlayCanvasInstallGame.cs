using Microsoft.Build.Framework;

namespace PlayCanvas.Build.Tasks;

/// <summary>The last step of <see cref="PlayCanvasDownloadApp"/>: downloads, verifies and installs the requested exports, or the export files.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasInstallGame : PlayCanvasDownloadTask
{
    private protected override void Run(GameUpdate update) => update.Install();
}
