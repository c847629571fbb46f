using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Archive;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks.Archive;

/// <summary>Saves the archives of a project's branches, one after the other, and reports each. An error is logged, and does not end the work.</summary>
/// <param name="task">Logs.</param>
/// <param name="game">A game of the project, whose settings apply.</param>
/// <param name="client">Sends the requests.</param>
/// <param name="folder">The folder for the archives, whose lock the caller holds unless this is a dry run.</param>
/// <param name="cancellationToken">Cancels the work.</param>
internal sealed class BranchWork(
    PlayCanvasArchiveProject task, ProjectGame game, PlayCanvasClient client, ArchiveFolder folder, CancellationToken cancellationToken)
{
    private readonly PlayCanvasArchiveProject task = task;
    private int begun;

    /// <summary>Whether an archive with the newest checkpoint of its branch is kept instead of being saved again.</summary>
    public bool KeepsUnchanged { get; init; }

    /// <summary>The number of branches.</summary>
    public int Count { get; init; }

    private long ProjectId => game.Settings.ProjectId;

    /// <summary>Reports a name that does not select a branch.</summary>
    public ArchiveResult Refuse(NameException problem) => Try(new Branch { Name = problem.Name }, _ => throw problem);

    /// <summary>Saves the archive of a branch, or says in a dry run that it would.</summary>
    public ArchiveResult Archive(Branch branch)
    {
        begun++;
        return Try(branch, result =>
        {
            var what = Quote(branch.Name) + (Count == 1 ? "" : $" ({begun} of {Count})");
            var archive = new ProjectArchive(client, ProjectId, folder, new Progress(task, what));
            if (KeepsUnchanged && archive.FindUnchanged(branch, cancellationToken) is { } kept)
                return Keep(result, kept);
            return game.IsDryRun ? Plan(result, branch) : Save(result, branch, archive, what);
        });
    }

    private static string Quote(string? name) => NameList.Format([name], 1);

    private ArchiveResult Try(Branch branch, Func<ArchiveResult, ArchiveResult> work)
    {
        task.Results.Begin(game);
        var result = new ArchiveResult { ProjectId = ProjectId, Branch = new LockedName(branch.Id ?? "", branch.Name), Checkpoint = branch.LatestCheckpointId };
        try
        {
            return task.Results.End(work(result));
        }
        catch (Exception error) when (DiagnosticTranslator.TranslateArchive(branch.Name ?? branch.Id!, error) is { } diagnostic)
        {
            task.LogError(diagnostic);
            return task.Results.End(result with { Outcome = Outcome.Failed });
        }
    }

    private ArchiveResult Keep(ArchiveResult result, ArchiveRecord kept)
    {
        task.Say($"PlayCanvas: {(game.IsDryRun ? "would keep" : "kept")} \"{kept.File}\", because {Quote(kept.Branch.Name)} does not have a newer checkpoint");
        return Describe(result, kept) with { Outcome = Outcome.UpToDate };
    }

    private ArchiveResult Plan(ArchiveResult result, Branch branch)
    {
        task.Say($"PlayCanvas: would archive {Quote(branch.Name)} as \"{Path.GetFileName(folder.ZipOf(ProjectId, branch))}\"");
        return result with { Outcome = Outcome.Planned };
    }

    private ArchiveResult Save(ArchiveResult result, Branch branch, ProjectArchive archive, string what)
    {
        var start = task.Clock.UtcNow;
        var waiter = task.MakeWaiter($"waiting for the archive of {what}", game.Connection.JobTimeout);
        var saved = archive.Save(branch, waiter, cancellationToken);
        task.Say($"PlayCanvas: archived {what} as \"{saved.File}\": {saved.Entries:N0} files, {Sizes.Format(saved.Bytes)} in {(task.Clock.UtcNow - start).TotalSeconds:0.0} s");
        return Describe(result, saved) with { Outcome = Outcome.Archived };
    }

    private ArchiveResult Describe(ArchiveResult result, ArchiveRecord record) => result with
    {
        Job = record.Job,
        File = Path.Combine(folder.FullPath, record.File),
        Bytes = record.Bytes,
        Entries = record.Entries,
        Sha256 = record.Sha256,
    };

    /// <summary>Logs a line of progress every ten seconds.</summary>
    private sealed class Progress(PlayCanvasTask task, string what) : IArchiveProgress
    {
        public void Downloading(long bytes, long? length) =>
            task.SayNowAndThen($"PlayCanvas: downloading the archive of {what}, {Sizes.Format(bytes)}{(length is { } total ? $" of {Sizes.Format(total)}" : "")}");

        public void Verifying(long bytes, long total) =>
            task.SayNowAndThen($"PlayCanvas: verifying the archive of {what}, {Sizes.FormatShare(bytes, total)}");
    }
}
