using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Download;
using PlayCanvas.Build.Games.Exclude;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Games.Sizing;
using PlayCanvas.Build.Games.Store;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Brings one game up to date in three steps: it requests an export, waits for it, and installs it. Each step may run in its own task and can be
/// repeated, since the state is in the store and in the project's folder. The folder is locked until this object is disposed.
/// </summary>
internal sealed class GameUpdate : IDisposable
{
    private readonly PlayCanvasServiceTask task;
    private readonly ProjectGame game;
    private readonly DownloadOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly ProjectFolder folder;
    private readonly GameLock gameLock;
    private readonly GameStore store;
    private readonly string parameters;
    private readonly string exportKey;
    private readonly GameSituation situation;
    private readonly GameWeight weight;
    private IDisposable? held;
    private ApiConnection? connection;
    private bool hasWarned;
    private string? used;
    private string outcome = Outcome.UpToDate;
    private GameManifest? previous;
    private AppIntent? request;
    private long moved;

    /// <param name="task">Logs, and connects to the service.</param>
    /// <param name="game">The game.</param>
    /// <param name="options">What the build wants.</param>
    /// <param name="cancellationToken">Cancels all steps.</param>
    /// <exception cref="OptionException">A setting is invalid.</exception>
    /// <exception cref="LockFileException">The lock file cannot be read.</exception>
    public GameUpdate(PlayCanvasServiceTask task, ProjectGame game, DownloadOptions options, CancellationToken cancellationToken)
    {
        (this.task, this.game, this.options, this.cancellationToken) = (task, game, options, cancellationToken);
        situation = new GameSituation(task, game, options, cancellationToken);
        weight = new GameWeight(task, situation, options.Budgets, options.SizeReportDirectory);
        (folder, gameLock, store, parameters, exportKey) = (situation.Folder, situation.Lock, situation.Store, situation.Parameters, situation.ExportKey);
    }

    /// <summary>True when the remaining steps have nothing to do.</summary>
    public bool IsDone { get; private set; }

    /// <summary>True when the request was held back, because it would wait for the rate limit.</summary>
    public bool IsHeldBack { get; private set; }

    /// <summary>The content in use; null when there is none.</summary>
    public GameContent? Content => folder.Current;

    /// <summary>What this build did, and the content that the project uses now.</summary>
    public GameResult Result
    {
        get
        {
            if (Content is not { Manifest: var manifest } content)
                return new GameResult { Outcome = outcome };

            var changes = previous is null && outcome == Outcome.UpToDate ? GameChanges.None : GameChanges.Between(previous, manifest);
            return situation.Describe(manifest, request) with
            {
                Outcome = outcome,
                Job = request?.JobId,
                PreviousBytes = previous?.TotalSize,
                Moved = moved,
                Added = changes.Added,
                Changed = changes.Changed,
                Removed = changes.Removed,
                SizesOfParts = weight.Describe(content),
            };
        }
    }

    private bool FromFile => situation.ExportFile is not null;

    /// <summary>
    /// Locks the project's folder of the game. When it cannot be written, as in a read-only tree, but contains the wanted game, that game is used.
    /// </summary>
    public void Begin()
    {
        if (game.FullOldDirectory is { } old)
            new OldGameFolder(old).Remove();
        try
        {
            held = LockFolder();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (options.Updates || !situation.IsWanted(folder.Current))
                throw;
            task.Note($"PlayCanvas: the game \"{game.Path}\" is up to date, and its folder is not writable");
            IsDone = true;
        }
    }

    /// <summary>Requests an export, unless the wanted content is in the project or in the store, or can be had without an export.</summary>
    public void Request()
    {
        if (IsDone || FromFile)
            return;
        if (!options.Updates && (TryKeep() || TryUseStore()))
            return;

        gameLock.CheckMayExport();
        if (options.Updates || gameLock.Entry is null)
            UnlessOutOfReach(() => RequestExport());
    }

    /// <summary>Waits until the requested export is ready.</summary>
    public void Wait()
    {
        if (IsPending)
            UnlessOutOfReach(WaitForExport);
    }

    /// <summary>Installs the requested export, the locked content, or the export file.</summary>
    public void Install()
    {
        if (IsDone)
            return;
        if (FromFile)
            InstallFile(situation.ExportFile!);
        else if (IsPending)
            UnlessOutOfReach(() => InstallExport([]));
        else if (gameLock.Entry is { } entry && !options.Updates)
            UnlessOutOfReach(() => InstallLocked(entry));
        else if (!TryKeep())
            TryUseStore(); // Another build of the project has installed the export, and leaves out something else.
    }

    /// <summary>Lets the game stay up to date when another game of the project has changed the lock file since this one was installed.</summary>
    public void RenewUpToDate()
    {
        if (used is null || situation.UpToDateText == used || new GameLock(task, game, options.Updates).Entry?.Content != gameLock.Entry?.Content)
            return;
        using (LockFolder())
            folder.RenewUpToDate(used, situation.UpToDateText);
    }

    public void Dispose()
    {
        connection?.Dispose();
        held?.Dispose();
    }

    private IDisposable LockFolder() => folder.Lock(task.MakeLock(PlayCanvasTask.OtherBuild(game.Path), situation.JobTimeout), cancellationToken);

    private bool IsPending => !IsDone && !FromFile && folder.Awaits(parameters);

    private bool TryKeep()
    {
        if (folder.Current is not { } current)
            return false;
        if (!situation.IsWanted(current))
        {
            if (situation.IsDamaged)
                task.Say($"PlayCanvas: {game.Path}: files in the project's folder are missing or have been changed; they are replaced");
            return false;
        }

        task.Note($"PlayCanvas: the game \"{game.Path}\" is up to date");
        Use(current);
        return true;
    }

    /// <summary>Uses the wanted content if it is on this machine, whatever was left out of it before.</summary>
    private bool TryUseStore()
    {
        if (situation.WantedContentId is not { } wanted)
            return false;
        if (situation.FindHere(wanted) is { } here)
        {
            Reuse(here, "");
            return true;
        }

        using (store.Lock(wanted, cancellationToken))
        {
            if (FindStored(wanted) is { } stored)
                Reuse(Link(stored), ", from the store");
            else if (situation.FindWholeHere(wanted) is { } whole)
                Reuse(Link(whole), "");
            else
                return false;
            store.Touch(wanted);
        }

        return true;
    }

    private void Reuse(GameContent content, string origin)
    {
        outcome = Outcome.Reused;
        Use(content);
        task.Say($"PlayCanvas: {game.Path}: {Summarize(content.Manifest)}{origin}");
        SayLeftOut(content.Manifest);
    }

    /// <summary>Returns a content of the store. One that is damaged is removed, so that it is fetched again.</summary>
    private GameContent? FindStored(string contentId)
    {
        var stored = store.Find(contentId);
        if (stored is null || situation.IsIntact(stored))
            return stored;

        task.Say($"PlayCanvas: {game.Path}: the content in the store \"{store.Directory}\" is damaged; it is fetched again");
        store.Remove(contentId);
        return null;
    }

    private void RequestExport()
    {
        using var lockOfExport = store.Lock(exportKey, cancellationToken);
        if (situation.FindSharedExport() is not null)
        {
            folder.Await(parameters);
            return;
        }

        var settings = game.Settings;
        var draft = settings.MakeDraft(OptionUse.Download);
        var client = Connect();
        if (options.HoldsBack && client.Connection.IsRateLimited(cancellationToken))
        {
            IsHeldBack = true;
            return;
        }

        var isNew = Export(client).Ask(parameters, () => settings.Complete(draft, new ProjectLists(client, draft.ProjectId, cancellationToken)), cancellationToken);
        folder.Await(parameters);
        task.Say(isNew
            ? $"PlayCanvas: requested an export of project {draft.ProjectId}{(options.Updates ? " (PlayCanvasUpdate)" : "")}"
            : $"PlayCanvas: continuing with the export of project {draft.ProjectId} that an earlier build requested");
    }

    private void WaitForExport()
    {
        if (situation.ExportRecord is { ContentId: null })
            Export(Connect()).WaitForExport(cancellationToken);
    }

    /// <param name="reasons">Why the locked content could not be used; empty when none is wanted.</param>
    private void InstallExport(IReadOnlyList<string> reasons)
    {
        InstallResult? result;
        var begun = task.Clock.UtcNow;
        using (store.Lock(exportKey, cancellationToken))
        {
            result = Export(Connect()).Install(Download(), exportKey, folder.FullPath, cancellationToken);
            var record = situation.ExportRecord;
            result ??= record?.ContentId is { } shared && FindStored(shared) is { } stored ? new InstallResult(stored) : null;
            if (result is null)
            {
                // Another build has discarded the export, or the store was deleted. The next build requests a new one.
                folder.StopWaiting(parameters);
                throw new ExportException(ExportFault.Damaged, "it is no longer in the store");
            }

            request = record?.Intent;
            task.AddExportOfThisBuild(exportKey);
            if (gameLock.IsOn)
                Lock(result.Content, record!.Intent, reasons);
        }

        Adopt(result, begun);
    }

    private void Lock(GameContent content, AppIntent intent, IReadOnlyList<string> reasons)
    {
        var made = new LockEntryMaker(game.Values, Connect()).Make(content.Manifest, intent, cancellationToken);
        UnlessRefused(() => gameLock.Check(made, reasons, Connect(), cancellationToken));

        // The lock file must not name a content that the project cannot hold, such as one with paths that are too long, or that exceeds a budget.
        var linked = Link(content);
        UnlessRefused(() => weight.Check(linked));
        gameLock.Write(made, store, cancellationToken);
    }

    /// <summary>Fetches the locked content from the team's store or from the service's record of its build, and otherwise exports the branch.</summary>
    private void InstallLocked(LockEntry entry)
    {
        var reasons = new List<string>();
        var begun = task.Clock.UtcNow;
        using (store.Lock(entry.Content, cancellationToken))
        {
            // Another build may have brought it in the meantime.
            var result = FindStored(entry.Content) is { } stored ? new InstallResult(stored) : new LockedContentSource(task, game, entry, Connect).TryInstall(Download(), reasons, cancellationToken);
            if (result is not null)
            {
                Adopt(result, begun);
                return;
            }
        }

        foreach (var reason in reasons)
            task.Note($"PlayCanvas: {game.Path}: the locked content could not be used: {reason}");
        RequestExport();
        WaitForExport();
        InstallExport(reasons);
    }

    private void InstallFile(string path)
    {
        if (!File.Exists(path))
            throw new ExportException(ExportFault.FileNotFound, path);
        if (TryKeep() || TryUseStore())
            return;

        var begun = task.Clock.UtcNow;
        InstallResult result;
        using (store.Lock(exportKey, cancellationToken))
        {
            var expected = new ExportExpectation { ExportedAt = File.GetLastWriteTimeUtc(path), IsSource = game.Settings.IsSource };
            result = new ContentDownload(store, Bases(), ReportProgress("unpacked"), WarnOf).Read(path, exportKey, expected, cancellationToken);
        }

        Adopt(result, begun);
    }

    /// <summary>Uses a content that this build has brought to this machine, and reports it.</summary>
    private void Adopt(InstallResult result, DateTimeOffset begun)
    {
        outcome = Outcome.Downloaded;
        moved = result.Transfer?.Moved ?? 0;
        var content = Link(result.Content);
        Use(content);
        store.Touch(content.Manifest.ContentId);
        Report(result, content.Manifest, task.Clock.UtcNow - begun);
        Sweep();
    }

    /// <summary>Links a content of the store into the project, without what the project leaves out.</summary>
    private GameContent Link(GameContent whole)
    {
        try
        {
            return task.SayWhile(
                $"{game.Path}: putting the game into the project",
                () => folder.Find(whole.Manifest.ContentId, situation.Exclusion.AdaptationId, cancellationToken)
                    ?? folder.Add(AdaptedContent.Of(whole, situation.Exclusion), cancellationToken));
        }
        catch (PathTooLongException)
        {
            // The same content would fail again, so the next build requests another export.
            folder.StopWaiting(parameters);
            throw;
        }
    }

    /// <summary>Checks a content. If it is refused, the next build requests another export.</summary>
    private void UnlessRefused(Action check)
    {
        try
        {
            check();
        }
        catch (DiagnosticException)
        {
            folder.StopWaiting(parameters);
            throw;
        }
    }

    private void Use(GameContent content)
    {
        UnlessRefused(() => weight.Check(content));
        var problems = content.Manifest.Facts.Problems;
        if (problems.Count > 0 && !hasWarned)
            WarnOf(problems);
        var warns = task.WarnOfLeftOut(game.Path, content.Manifest.LeftOut) || problems.Count > 0 || weight.HasWarned;

        previous = folder.Current?.Manifest;
        var before = folder.TryReadInUse();
        var inUse = new GameInUse
        {
            ContentId = content.Manifest.ContentId,
            Directory = ProjectFolder.NameOf(content),
            Previous = before?.Directory == ProjectFolder.NameOf(content) ? before.Previous : before?.Directory,
            ExportedAt = content.Manifest.ExportedAt ?? task.Clock.UtcNow,
            Parameters = parameters,
            LockEntry = gameLock.Entry is { } entry ? JsonFile.Format(entry) : null,
        };

        // A build repeats the warnings of the one before it, so its task must run.
        used = warns ? null : situation.UpToDateText;
        var upToDate = situation.Describe(content.Manifest, request) with { Outcome = Outcome.UpToDate, SizesOfParts = weight.Describe(content)?.WithoutPrevious() };
        folder.Use(inUse, ResultFile.Format(upToDate), used);
        Mirror(content);
        var locked = gameLock.Contents.SelectMany(id => ProjectFolder.NamesOf(id, situation.Exclusion.AdaptationId));
        folder.RemoveOthers([inUse.Directory, .. inUse.Previous is { } previousName ? [previousName] : Array.Empty<string>(), .. locked]);
        IsDone = true;
    }

    private void Mirror(GameContent content)
    {
        if (game.FullMirrorDirectory is not { } directory)
            return;

        var mirror = new GameMirror(directory, Path.Combine(directory, EntryPaths.MirrorList));
        var files = content.Manifest.Files.Select(file => new MirroredFile(file.Path, content.PathOf(file), file.Size, file.Sha256));
        var result = task.SayWhile($"{game.Path}: copying the game to \"{directory}\"", () => mirror.Update([.. files], cancellationToken));
        mirror.Ignore();
        if (result.Written + result.Deleted > 0)
            task.Say($"PlayCanvas: {game.Path}: {Count(result.Written)} written to \"{directory}\", {result.Deleted} deleted");
    }

    /// <summary>The contents whose files a new one may share: the one in use, the locked one, and the last export with the same parameters.</summary>
    private IReadOnlyList<GameContent> Bases()
    {
        var last = situation.ExportRecord?.ContentId;
        var ids = new[] { folder.TryReadInUse()?.ContentId, gameLock.Entry?.Content, last }.OfType<string>().Distinct();
        return [.. ids.Select(id => store.Find(id) ?? situation.FindWholeHere(id) ?? folder.Find(id, situation.Exclusion.AdaptationId, cancellationToken)).OfType<GameContent>()];
    }

    private void UnlessOutOfReach(Action step)
    {
        try
        {
            step();
        }
        catch (Exception error) when (DiagnosticTranslator.IsServiceUnavailable(error))
        {
            if (situation.WarningInsteadOf(error) is not { } warning)
                throw;
            task.LogWarning(warning);
            IsDone = true;
        }
    }

    private PlayCanvasClient Connect() => new(connection ??= task.Connect(game));

    private GameExport Export(PlayCanvasClient client) =>
        new(client, store.ExportRecordPath(exportKey), task.MakeWaiter("waiting for the export", situation.JobTimeout), task.Clock);

    private ContentDownload Download() => new(store, Bases(), ReportProgress("downloaded"), WarnOf);

    private void Sweep()
    {
        var removed = store.Sweep(task.Clock.UtcNow, game.Values.Number(Options.StoreDays)!.Value);
        if (removed > 0)
            task.Note($"PlayCanvas: removed {removed} unused {(removed == 1 ? "content" : "contents")} from the store \"{store.Directory}\"");
    }

    /// <summary>
    /// Warns of the export's inconsistencies. If the project turns the warning into an error, an exception is thrown and the export is not
    /// installed. A task cannot see MSBuild's switch -warnaserror: in that case the game is installed, and the problems are reported in each build.
    /// </summary>
    private void WarnOf(IReadOnlyList<string> problems)
    {
        task.WarnOfExport(problems);
        hasWarned = true;
    }

    private Action<long, long?> ReportProgress(string what)
    {
        var begun = task.Clock.UtcNow;
        return (done, total) => task.SayNowAndThen($"PlayCanvas: {game.Path}: {what} {Amount(done, total)} at {Sizes.FormatRate(done, task.Clock.UtcNow - begun)}");
    }

    private void Report(InstallResult result, GameManifest manifest, TimeSpan elapsed)
    {
        var transferred = result.Transfer is { } transfer ? Moved(transfer, elapsed) : "";
        task.Say($"PlayCanvas: {game.Path}: {Changes(previous, manifest)}{transferred}; {Summarize(manifest)}");
        SayLeftOut(manifest);
        task.Trace($"PlayCanvas: {game.Path}: content {manifest.ContentId} in {folder.FullPath}");
    }

    private void SayLeftOut(GameManifest manifest)
    {
        if (manifest.LeftOut is { } leftOut)
            task.Say($"PlayCanvas: {game.Path}: left out: {Assets(leftOut.Assets)}{Count(leftOut.Files)}; this saves {Sizes.Format(leftOut.Bytes)} of {Sizes.Format(manifest.TotalSize + leftOut.Bytes)}");
    }

    private static string Assets(int count) => count switch { 0 => "", 1 => "1 asset, ", _ => $"{count} assets, " };

    private static string Summarize(GameManifest manifest)
    {
        var engine = manifest.Facts.EngineVersion is { } version ? $", engine {version}" : "";
        var verified = manifest.Facts.VerifiedFiles;
        return $"{Count(manifest.Files.Count)}, {Sizes.Format(manifest.TotalSize)}{engine}; {verified} {(verified == 1 ? "matches" : "match")} the hashes in config.json";
    }

    private static string Moved(Transfer transfer, TimeSpan elapsed)
    {
        var saved = transfer.Length <= transfer.Moved ? "" : $" ({Sizes.FormatShare(transfer.Length - transfer.Moved, transfer.Length)} saved)";
        return $"; downloaded {Amount(transfer.Moved, transfer.Length)}{saved} at {Sizes.FormatRate(transfer.Moved, elapsed)}";
    }

    private static string Amount(long done, long? total) => Sizes.Format(done) + (total is null ? "" : $" of {Sizes.Format(total.Value)}");

    private static string Changes(GameManifest? previous, GameManifest current)
    {
        var changes = GameChanges.Between(previous, current);
        return changes == GameChanges.None ? "unchanged" : $"{Count(changes.Added)} added, {changes.Changed} changed, {changes.Removed} removed";
    }

    internal static string Count(int count) => count == 1 ? "1 file" : $"{count} files";
}

/// <summary>What a build wants of its games.</summary>
/// <param name="Updates">Whether a new export is requested even if the wanted content is there.</param>
/// <param name="Verifies">Whether the bytes of each file are compared, not only its presence, length and time.</param>
/// <param name="HoldsBack">Whether an export is not requested, for now, when the request would wait for the rate limit.</param>
internal sealed record DownloadOptions(bool Updates, bool Verifies, bool HoldsBack)
{
    /// <summary>The budgets of the game.</summary>
    public IReadOnlyList<Budget> Budgets { get; init; } = [];

    /// <summary>The folder for the size report of a game that a budget refuses; null for none.</summary>
    public string? SizeReportDirectory { get; init; }
}
