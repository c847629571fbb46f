using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Sizing;

namespace PlayCanvas.Build.Tasks.Sizing;

/// <summary>
/// Writes the size report of each game: a page that a browser opens from the disk, and a JSON file beside it for other programs. It compares the game
/// with the one that the project used before, if this machine still has it.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasSizeReport : PlayCanvasGameTask
{
    private readonly List<ITaskItem> reports = [];

    /// <summary>The folder for the reports, absolute or relative to the project's folder.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>All games of the project, which a budget may name. Default: the games of the task.</summary>
    public ITaskItem[] ProjectGames { get; set; } = [];

    /// <summary>
    /// The budgets, which the reports show: <c>@(PlayCanvasBudget)</c>. An invalid one is the error PLAYCANVAS1040 or PLAYCANVAS1041. Default: none.
    /// </summary>
    public ITaskItem[] Budget { get; set; } = [];

    /// <summary>
    /// The full paths of the pages, with the path of the game as the metadata <c>GamePath</c>, the JSON file as <c>Json</c>, and the numbers of bytes
    /// as <c>Bytes</c> and <c>Initial</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Reports => [.. reports];

    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        var paths = (ProjectGames.Length == 0 ? Game : ProjectGames).Select(item => item.ItemSpec).ToList();
        foreach (var game in games)
        {
            var report = new GameReport(this, game, OpenStore(game, game.Connection.JobTimeout), OutputDirectory);
            if (game.IsDryRun)
                SayPlan($"write the size report \"{report.PagePath}\"");
            else
                Write(report, game, BudgetItems.For(Budget, game.Path, paths));
        }
    }

    private void Write(GameReport report, ProjectGame game, IReadOnlyList<Budget> budgets)
    {
        var content = game.Content ?? throw new FileNotFoundException($"The content of the game \"{game.Path}\" is not in \"{game.FullDirectory}\".");
        var written = report.Write(content, new ProjectFolder(game.FullDirectory).Previous, budgets);
        reports.Add(ItemOf(report.PagePath, game, written));
        SayResult($"{report.PagePath} ({Sizes.Format(written.Initial.Bytes)} until the first frame, {Sizes.Format(written.Total.Bytes)} in all)");
    }

    private static ITaskItem ItemOf(string path, ProjectGame game, SizeReport report)
    {
        ITaskItem2 item = new TaskItem(MSBuildItemList.Escape(path));
        item.SetMetadataValueLiteral("GamePath", game.Path);
        item.SetMetadataValueLiteral("Json", SizeReportPage.JsonPathOf(path));
        item.SetMetadataValueLiteral("Bytes", FormattableString.Invariant($"{report.Total.Bytes}"));
        item.SetMetadataValueLiteral("Initial", FormattableString.Invariant($"{report.Initial.Bytes}"));
        return item;
    }
}
