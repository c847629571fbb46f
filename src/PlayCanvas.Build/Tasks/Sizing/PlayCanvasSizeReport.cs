using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
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
    private const string Extension = ".sizes.html";

    private readonly List<ITaskItem> reports = [];

    /// <summary>The folder for the reports, absolute or relative to the project's folder.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>
    /// The full paths of the pages, with the path of the game as the metadata <c>GamePath</c>, the JSON file as <c>Json</c>, and the numbers of bytes
    /// as <c>Bytes</c> and <c>Initial</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Reports => [.. reports];

    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        foreach (var game in games)
        {
            var path = Path.Combine(game.FullPathOf(OutputDirectory), Path.Combine(EntryPaths.WithoutDots(game.Path).Split('/')) + Extension);
            if (game.IsDryRun)
            {
                SayPlan($"write the size report \"{path}\"");
                continue;
            }

            var content = game.Content ?? throw new FileNotFoundException($"The content of the game \"{game.Path}\" is not in \"{game.FullDirectory}\".");
            var report = Make(game, content);
            var json = SizeReportPage.Write(path, report);
            reports.Add(ItemOf(path, json, game, report));
            SayResult($"{path} ({Sizes.Format(report.Initial.Bytes)} until the first frame, {Sizes.Format(report.Total.Bytes)} in all)");
        }
    }

    private SizeReport Make(ProjectGame game, GameContent content)
    {
        var store = OpenStore(game, game.Connection.JobTimeout);
        var sizes = GameSizes.Of(content, ServedSize.In(store));
        var before = new ProjectFolder(game.FullDirectory).Previous;
        return SizeReport.Of(sizes, before is null ? null : (before.Manifest.ContentId, GameSizes.Of(before))) with
        {
            Project = ProjectName,
            Path = game.Path,
            ContentId = content.Manifest.ContentId,
            Engine = content.Manifest.Facts.EngineVersion,
        };
    }

    private static ITaskItem ItemOf(string path, string json, ProjectGame game, SizeReport report)
    {
        ITaskItem2 item = new TaskItem(MSBuildItemList.Escape(path));
        item.SetMetadataValueLiteral("GamePath", game.Path);
        item.SetMetadataValueLiteral("Json", json);
        item.SetMetadataValueLiteral("Bytes", FormattableString.Invariant($"{report.Total.Bytes}"));
        item.SetMetadataValueLiteral("Initial", FormattableString.Invariant($"{report.Initial.Bytes}"));
        return item;
    }
}
