using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Download;
using PlayCanvas.Build.Games.Exclude;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Says what <see cref="GameUpdate"/> would do to bring one game up to date. It takes the same decisions, but sends only GET requests, downloads
/// nothing, writes nothing, and waits for no other build.
/// </summary>
internal sealed class GamePlan : IDisposable
{
    private readonly PlayCanvasServiceTask task;
    private readonly ProjectGame game;
    private readonly DownloadOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly GameSituation situation;
    private ApiConnection? connection;

    /// <param name="task">Logs, and connects to the service.</param>
    /// <param name="game">The game.</param>
    /// <param name="options">What the build wants.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="OptionException">A setting is invalid.</exception>
    /// <exception cref="LockFileException">The lock file cannot be read.</exception>
    public GamePlan(PlayCanvasServiceTask task, ProjectGame game, DownloadOptions options, CancellationToken cancellationToken)
    {
        (this.task, this.game, this.options, this.cancellationToken) = (task, game, options, cancellationToken);
        situation = new GameSituation(task, game, options, cancellationToken);
    }

    /// <summary>The content in use. It stays in use.</summary>
    public GameContent? Current => situation.Folder.Current;

    /// <summary>What is known about the game that a build would use.</summary>
    public GameResult Result { get; private set; } = new();

    /// <summary>Says what would be done, in one line for each thing. An exception is an error with which a build would fail.</summary>
    public void Make()
    {
        var removal = game.FullOldDirectory is { } old && new OldGameFolder(old).CheckCanBeRemoved()
            ? Would($"delete the game that an earlier version of this package has installed in \"{old}\"")
            : null;
        var text = MakeForContent() ?? removal;
        Result = Result with { Outcome = text is null ? Outcome.UpToDate : Outcome.Planned, Plan = text };
    }

    public void Dispose() => connection?.Dispose();

    private string? MakeForContent()
    {
        if (situation.ExportFile is { } file)
            return MakeForFile(file);
        if (!options.Updates && situation.IsWanted(Current))
            return KeepCurrent();
        if (!options.Updates && FindWanted() is var (wanted, place))
            return Use(wanted, $"take the {(situation.Lock.Entry is null ? "" : "locked ")}content {ShortId(wanted)} {place}");

        situation.Lock.CheckMayExport();
        return UnlessOutOfReach(() => !options.Updates && situation.Lock.Entry is { } entry ? FetchLocked(entry) : Export(Reason));
    }

    private string? MakeForFile(string file)
    {
        if (!File.Exists(file))
            throw new ExportException(ExportFault.FileNotFound, file);
        if (situation.IsWanted(Current))
            return KeepCurrent();
        return FindWanted() is var (wanted, place) ? Use(wanted, $"take the content {ShortId(wanted)} {place}") : Install($"install the game from \"{file}\"");
    }

    private string? KeepCurrent()
    {
        var current = Current!;
        CheckBudgets(current);
        Note(current.Manifest);
        task.Note($"PlayCanvas: the game \"{game.Path}\" is up to date");
        return Mirror(current.Manifest, current.PathOf);
    }

    /// <summary>Returns the wanted content if this machine has it, and the place.</summary>
    private (GameContent Content, string Place)? FindWanted()
    {
        if (situation.WantedContentId is not { } id)
            return null;
        if ((situation.FindHere(id) ?? situation.FindWholeHere(id)) is { } here)
            return (here, "from the project's folder, where an earlier build has left it");
        if (situation.Store.Find(id) is not { } stored)
            return null;
        if (IsIntact(stored))
            return (stored, "from the store");

        task.Say($"PlayCanvas: {game.Path}: the content in the store \"{situation.Store.Directory}\" is damaged; it would be fetched again");
        return null;
    }

    private string FetchLocked(LockEntry entry)
    {
        var reasons = new List<string>();
        if (new LockedContentSource(task, game, entry, Connect).Find(reasons, cancellationToken) is { } place)
            return Install($"fetch the locked content {ShortId(entry.Content)} from {place}");

        var text = Export($"the locked content {ShortId(entry.Content)} cannot be had: {string.Join("; ", reasons)}");
        if (situation.Lock.IsLockedMode)
            Would("fail because of PlayCanvasLockedMode, unless the export has the locked content");
        return text;
    }

    /// <summary>Why the content in use is not enough.</summary>
    private string Reason
    {
        get
        {
            if (options.Updates)
                return $"{Options.Update.Property} is true";
            if (Current is null)
                return "nothing is installed";
            if (situation.IsDamaged)
                return "files of the game are missing or have been changed";
            return situation.HasWantedParameters ? "the lock file has no entry for the game" : "the settings of the game have changed";
        }
    }

    private string Export(string reason)
    {
        if (situation.FindSharedExport() is { } shared)
            return Use(shared, $"take the content {ShortId(shared)}, which another build has just exported");

        var settings = game.Settings;
        var draft = settings.MakeDraft(OptionUse.Download);
        if (task.IsExportOfThisBuild(situation.ExportKey))
            return InstallExport($"use the export of project {draft.ProjectId} that this build requests for another game");

        var client = Connect();
        var waiter = task.MakeWaiter("waiting for the export", situation.JobTimeout);
        if (new GameExport(client, situation.Store.ExportRecordPath(situation.ExportKey), waiter, task.Clock).FindPending(situation.Parameters, cancellationToken) is not null)
            return InstallExport($"continue with the export of project {draft.ProjectId} that an earlier build requested");

        var lists = new ProjectLists(client, draft.ProjectId, cancellationToken);
        var request = settings.Complete(draft, lists);
        task.AddExportOfThisBuild(situation.ExportKey);
        Result = new GameResult { ProjectId = draft.ProjectId, Branch = RequestNames.BranchOf(request, lists.TryFindBranch(request.BranchId)), Scenes = RequestNames.ScenesOf(request, lists) };
        return InstallExport($"request an export of project {draft.ProjectId} from {RequestNames.Describe(Result)} ({reason})");
    }

    private string InstallExport(string what)
    {
        var text = Install(what);
        if (situation.Lock is { IsOn: true, IsLockedMode: false } && !game.IsContinuousIntegration)
            Would($"write the content of the export into \"{game.FullLockFilePath}\"");
        return text;
    }

    /// <summary>Says how a content would be brought that is not here, so that its files are not known.</summary>
    private string Install(string what)
    {
        var text = Would(what);
        if (game.FullMirrorDirectory is { } directory)
            Would($"write its files to \"{directory}\"");
        return text;
    }

    private string Use(GameContent content, string what)
    {
        var adapted = content.Manifest.AdaptationId == situation.Exclusion.AdaptationId ? null : AdaptedContent.Of(content, situation.Exclusion);
        var manifest = adapted?.Manifest ?? content.Manifest;
        if (adapted is null)
            CheckBudgets(content);
        Note(manifest);
        var text = Would(manifest.LeftOut is { } leftOut ? $"{what}, and leave out {GameUpdate.Count(leftOut.Files)} of it ({Sizes.Format(leftOut.Bytes)})" : what);
        Mirror(manifest, content.PathOf);
        return text;
    }

    private string? Mirror(GameManifest manifest, Func<GameFile, string> pathOf)
    {
        if (game.FullMirrorDirectory is not { } directory)
            return null;

        var files = manifest.Files.Select(file => new MirroredFile(file.Path, pathOf(file), file.Size, file.Sha256));
        var changes = new GameMirror(directory, Path.Combine(directory, EntryPaths.MirrorList)).Plan([.. files]);
        return changes.Written + changes.Deleted == 0
            ? null
            : Would($"write {GameUpdate.Count(changes.Written)} to \"{directory}\", and delete {changes.Deleted}");
    }

    private string? UnlessOutOfReach(Func<string> make)
    {
        try
        {
            return make();
        }
        catch (Exception error) when (DiagnosticTranslator.IsServiceUnavailable(error))
        {
            if (situation.WarningInsteadOf(error) is not { } warning)
                throw;
            task.LogWarning(warning);
            return null;
        }
    }

    private string Would(string what)
    {
        task.Say($"PlayCanvas: {game.Path}: would {what}");
        return $"would {what}";
    }

    private PlayCanvasClient Connect() => new(connection ??= task.Connect(game));

    private bool IsIntact(GameContent content) => content.IsIntact(options.Verifies, cancellationToken);

    private void CheckBudgets(GameContent content) => new GameWeight(task, situation, options.Budgets, reportDirectory: null).Check(content);

    private void Note(GameManifest manifest)
    {
        Result = situation.Describe(manifest, request: null);
        if (manifest.Facts.Problems is { Count: > 0 } problems)
            task.WarnOfExport(problems);
        task.WarnOfLeftOut(game.Path, manifest.LeftOut);
    }

    private static string ShortId(GameContent content) => ShortId(content.Manifest.ContentId);

    private static string ShortId(string contentId) => contentId.Substring(0, ContentId.ShortLength);
}
