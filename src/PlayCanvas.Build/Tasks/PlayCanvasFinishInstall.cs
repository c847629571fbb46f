using Microsoft.Build.Framework;

namespace PlayCanvas.Build.Tasks;

/// <summary>Completes installs that were interrupted, which each step of <see cref="PlayCanvasDownloadApp"/> does first. Sends no requests.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasFinishInstall : PlayCanvasDownloadTask
{
    private protected override void Run(GameUpdate update)
    {
        // Nothing remains to be done after GameUpdate.Begin.
    }
}
