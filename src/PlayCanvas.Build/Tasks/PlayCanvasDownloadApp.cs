using Microsoft.Build.Framework;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Installs each game from its PlayCanvas project, or from a zip file, into its folder. When the folder already contains the requested game, no
/// export is requested. When the task fails, the old game stays intact.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasDownloadApp : PlayCanvasDownloadTask
{
    private protected override void Run(GameUpdate update)
    {
        update.Request();
        update.Wait();
        update.Install();
    }
}
