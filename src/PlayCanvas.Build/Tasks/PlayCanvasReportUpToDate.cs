using Microsoft.Build.Framework;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Writes the result file of a build that finds all games up to date, when the targets cannot do it themselves: MSBuild turns the backslashes of a
/// text into slashes on systems other than Windows.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasReportUpToDate : PlayCanvasServiceTask
{
    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        Results.Begin(games);
        Results.WriteUpToDate();
    }
}
