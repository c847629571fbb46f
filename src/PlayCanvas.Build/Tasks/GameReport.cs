using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Sizing;
using PlayCanvas.Build.Games.Store;

namespace PlayCanvas.Build.Tasks;

/// <summary>The size report of a game: a page that a browser opens from the disk, and a JSON file beside it for other programs.</summary>
/// <param name="task">The task whose project it is.</param>
/// <param name="game">The game.</param>
/// <param name="store">The store, which has the compressed files of earlier publishes.</param>
/// <param name="directory">The folder for the reports, absolute or relative to the project's folder.</param>
internal sealed class GameReport(PlayCanvasTask task, ProjectGame game, GameStore store, string directory)
{
    private const string Extension = ".sizes.html";

    /// <summary>The full path of the page.</summary>
    public string PagePath { get; } = Path.Combine(game.FullPathOf(directory), Path.Combine(EntryPaths.WithoutDots(game.Path).Split('/')) + Extension);

    /// <summary>Writes the page and the JSON file.</summary>
    /// <param name="content">The content.</param>
    /// <param name="before">The content that it is compared with; null when there is none.</param>
    /// <param name="budgets">The budgets of the game.</param>
    /// <param name="baseline">What the growth is measured from. Default: <paramref name="before"/>.</param>
    public SizeReport Write(GameContent content, GameContent? before, IReadOnlyList<Budget> budgets, BudgetBaseline? baseline = null)
    {
        var sizes = GameSizes.Of(content, ServedSize.In(store));
        baseline ??= before is null ? null : new BudgetBaseline("the version before", before.Manifest.TotalSize, GameSizes.Of(before));
        var report = SizeReport.Of(sizes, before is null ? null : (before.Manifest.ContentId, baseline?.Sizes ?? GameSizes.Of(before))) with
        {
            Project = task.ProjectName,
            Path = game.Path,
            ContentId = content.Manifest.ContentId,
            Engine = content.Manifest.Facts.EngineVersion,
            Budgets = budgets.Count == 0 ? null : [.. budgets.SelectMany(new BudgetCheck(sizes, baseline).Read).Select(SizedBudget.Of)],
        };
        SizeReportPage.Write(PagePath, report);
        return report;
    }
}
