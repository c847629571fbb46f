using Microsoft.Build.Framework;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Games.Archive;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks.Archive;

/// <summary>
/// Saves branches of each PlayCanvas project as zip files, from which a project can be restored. Each zip file is verified, and a JSON file beside it
/// describes it. A branch whose archive cannot be saved is the error PLAYCANVAS4025, and the other branches are saved anyway.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasArchiveProject : PlayCanvasServiceTask
{
    private readonly List<ITaskItem> archives = [];

    /// <summary>
    /// The archives that were saved, and those that were kept because their branch is unchanged: the full paths of the zip files. What is known about each
    /// is metadata.
    /// </summary>
    [Output]
    public ITaskItem[] Archives => [.. archives];

    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        Results.Begin(games);
        foreach (var sameProject in games.GroupBy(game => (game.Settings.ProjectId, DirectoryOf(game))))
            Archive([.. sameProject], cancellationToken);
    }

    private protected override void ReportFailure()
    {
        if (Results.Current is { } game)
            Results.End(new ArchiveResult { Outcome = Outcome.Failed, ProjectId = game.Settings.ProjectId });
    }

    private static string DirectoryOf(ProjectGame game) => game.FullPathOf(game.Values.Text(Options.ArchiveDirectory)!.Replace('\\', '/'));

    /// <summary>Saves the branches that the games of one project name.</summary>
    private void Archive(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        var game = games[0];
        Results.Begin(game);
        using var connection = Connect(game);
        var client = new PlayCanvasClient(connection);
        var selection = new BranchSelection(client.ListEveryBranch(game.Settings.ProjectId, cancellationToken));
        foreach (var each in games)
            selection.Add(each.Values.List(Options.ArchiveBranches));

        var folder = new ArchiveFolder(DirectoryOf(game));
        using var held = game.IsDryRun ? null : Open(folder, game, cancellationToken);
        var work = new BranchWork(this, game, client, folder, cancellationToken)
        {
            KeepsUnchanged = games.All(each => each.Values.IsOn(Options.ArchiveSkipUnchanged)),
            Count = selection.Found.Count,
        };
        var results = selection.Problems.Select(work.Refuse).Concat(selection.Found.Select(work.Archive)).ToList();
        archives.AddRange(results.Where(result => result.File is not null).Select(result => ArchiveItem.Create(result, Redact)));
        SayResult(ArchiveSummary.Format(results, game.Values.Text(Options.ArchiveDirectory)!));
    }

    private IDisposable Open(ArchiveFolder folder, ProjectGame game, CancellationToken cancellationToken)
    {
        try
        {
            return folder.Open(MakeLock($"another build that writes archives to \"{folder.FullPath}\"", game.Connection.JobTimeout), cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.ArchiveFolderUnusable(folder.FullPath, error.Message.TrimEnd('.')));
        }
    }
}
