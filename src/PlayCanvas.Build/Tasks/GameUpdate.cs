using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Games.Download;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Games.State;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Brings one game up to date in three steps: it requests an export, waits for it, and installs it. Each step may run in its own task and can be
/// repeated, since the state is in the game's folder. The folder is locked until this object is disposed.
/// </summary>
internal sealed class GameUpdate : IDisposable
{
    private readonly PlayCanvasServiceTask task;
    private readonly ProjectGame game;
    private readonly DownloadOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly GameFolder folder;
    private readonly string parameters;
    private readonly TimeSpan jobTimeout;
    private IDisposable? held;
    private ApiConnection? connection;

    /// <param name="task">Logs, and connects to the service.</param>
    /// <param name="game">The game.</param>
    /// <param name="options">What the build wants.</param>
    /// <param name="cancellationToken">Cancels all steps.</param>
    /// <exception cref="OptionException">A setting is invalid.</exception>
    public GameUpdate(PlayCanvasServiceTask task, ProjectGame game, DownloadOptions options, CancellationToken cancellationToken)
    {
        (this.task, this.game, this.options, this.cancellationToken) = (task, game, options, cancellationToken);
        jobTimeout = game.Connection.JobTimeout;
        _ = game.Settings.IsSource;
        folder = new GameFolder(game.FullDirectory);
        parameters = game.Settings.Parameters;
    }

    /// <summary>True when the installed game remains in use, so that the remaining steps have nothing to do.</summary>
    public bool IsDone { get; private set; }

    /// <summary>True when an interrupted install was completed.</summary>
    private bool HasFinished { get; set; }

    private bool FromFile => game.Settings.ExportFile is not null;

    /// <summary>
    /// Claims and locks the folder, and completes an interrupted install. When the folder cannot be written, as in a read-only source tree, but
    /// contains the requested game, that game is used.
    /// </summary>
    /// <param name="projectFile">The full path of the project that the folder belongs to.</param>
    public void Begin(string projectFile)
    {
        try
        {
            var locks = task.MakeLock(PlayCanvasTask.OtherBuild(game.Directory), jobTimeout);
            folder.Claim(projectFile, locks, cancellationToken);
            held = folder.Lock(locks, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (options.Updates || FromFile || !new InstalledGame(folder).IsCurrent(parameters, options.Verifies, cancellationToken))
                throw;
            task.Note($"PlayCanvas: the game in \"{game.Directory}\" is up to date, and its folder is not writable");
            IsDone = true;
            return;
        }

        HasFinished = InstallJournal.RollForward(folder, cancellationToken);
        if (HasFinished)
            task.Say($"PlayCanvas: {game.Directory}: finished the interrupted install");
    }

    /// <summary>Requests an export, unless the installed game is the requested one.</summary>
    public void Request()
    {
        if (IsDone || FromFile)
            return;

        var installed = new InstalledGame(folder);

        // An interrupted install that was completed was the requested update: no further export is needed.
        var updates = options.Updates && !HasFinished;
        if (!updates && installed.IsCurrent(parameters, options.Verifies, cancellationToken))
        {
            Keep(installed);
            return;
        }

        // Checked before an export is requested that could not be installed.
        new FolderView(folder).CheckLinks(installed.Paths);
        UnlessOutOfReach(updates, () => Request(updates));
    }

    /// <summary>Waits until the requested export is ready.</summary>
    public void Wait()
    {
        if (IsPending)
            UnlessOutOfReach(options.Updates, () => Download().WaitForExport(cancellationToken));
    }

    /// <summary>Installs the requested export, or the export file.</summary>
    public void Install()
    {
        if (IsDone)
            return;
        if (game.Settings.ExportFile is { } file)
            InstallFile(game.FullPathOf(file));
        else if (IsPending)
            UnlessOutOfReach(options.Updates, InstallExport);
    }

    /// <summary>The files of the installed game; empty when no game is installed.</summary>
    public IReadOnlyList<InstalledFile> Files => GameManifest.TryRead(folder.ManifestPath)?.Files ?? [];

    /// <summary>Returns the full path of a file of the game.</summary>
    public string PathOf(InstalledFile file) => folder.PathOf(file.Path);

    public void Dispose()
    {
        connection?.Dispose();
        held?.Dispose();
    }

    private bool IsPending => !IsDone && !FromFile && PendingExport.TryRead(folder)?.Parameters == parameters;

    private void Request(bool updates)
    {
        var settings = game.Settings;
        var draft = settings.MakeDraft(OptionUse.Download);
        var client = Connect();
        var isNew = Download().Ask(parameters, () => settings.Complete(draft, client, cancellationToken), cancellationToken);
        task.Say(isNew
            ? $"PlayCanvas: requested an export of project {draft.ProjectId}{(updates ? " (PlayCanvasUpdate)" : "")}"
            : $"PlayCanvas: continuing with the export of project {draft.ProjectId} that an earlier build requested");
    }

    private void InstallExport()
    {
        var start = task.Clock.UtcNow;
        if (Download().Install(game.BuildParameters, options.Verifies, cancellationToken) is { } result)
            Report(result, Moved(result.Transfer!, task.Clock.UtcNow - start));
    }

    private void InstallFile(string path)
    {
        if (!File.Exists(path))
            throw new ExportException(ExportFault.FileNotFound, path);

        var installed = new InstalledGame(folder);
        var version = VersionOf(path);
        if (installed.IsCurrent(parameters + version, options.Verifies, cancellationToken))
        {
            Keep(installed, version);
            return;
        }

        using var source = new FileByteSource(path);
        var expectation = new ExportExpectation
        {
            Parameters = parameters + version,
            BuildParameters = game.BuildParameters + version,
            ExportedAt = File.GetLastWriteTimeUtc(path),
            IsSource = game.Settings.IsSource,
        };
        Report(new GameInstaller(folder, options.Verifies, ReportProgress("unpacked"), WarnOf, cancellationToken).Install(source, expectation));
    }

    /// <summary>
    /// Returns the lines that distinguish versions of a zip file at the same path: any other length or time counts, whether newer or older. The
    /// targets write the same lines (<c>_PlayCanvasReadGames</c>).
    /// </summary>
    private static string VersionOf(string path)
    {
        var file = new FileInfo(path);
        return FormattableString.Invariant($"\nLength={file.Length}\nTime={file.LastWriteTimeUtc.Ticks}");
    }

    /// <summary>Without a token, or without a network, an installed game remains in use, unless an update is requested.</summary>
    private void UnlessOutOfReach(bool updates, Action step)
    {
        try
        {
            step();
        }
        catch (Exception error) when (DiagnosticTranslator.IsServiceUnavailable(error))
        {
            var diagnostic = DiagnosticTranslator.Translate(error)!;
            if (!new InstalledGame(folder).IsComplete)
                throw new DiagnosticException(Diagnostic.WithNoGameAdvice(diagnostic));
            if (updates)
                throw;
            task.LogWarning(Diagnostic.GameKept(diagnostic.Text));
            IsDone = true;
        }
    }

    private PlayCanvasClient Connect() => new(connection ??= task.Connect(game));

    private GameDownload Download() =>
        new(Connect(), folder, task.MakeWaiter("waiting for the export", jobTimeout), task.Clock, ReportProgress("downloaded"), WarnOf);

    private void Keep(InstalledGame installed, string version = "")
    {
        folder.ClearLeftovers();
        if (installed.Problems.Count > 0)
            WarnOf(installed.Problems);
        installed.Touch(game.BuildParameters + version);
        task.Note($"PlayCanvas: the game in \"{game.Directory}\" is up to date");
        IsDone = true;
    }

    /// <summary>
    /// Warns of the export's inconsistencies. If the project turns the warning into an error, an exception is thrown and the export is not
    /// installed. A task cannot see MSBuild's switch -warnaserror: in that case the game is installed, and the problems are reported in each build.
    /// </summary>
    private void WarnOf(IReadOnlyList<string> problems)
    {
        var inconsistent = new ExportException(ExportFault.Inconsistent, problems);
        var diagnostic = DiagnosticTranslator.Translate(inconsistent)!;
        if (task.IsErrorHere(diagnostic))
            throw inconsistent;
        task.LogWarning(diagnostic);
    }

    private Action<long, long?> ReportProgress(string what)
    {
        var start = task.Clock.UtcNow;
        return (done, total) => task.SayNowAndThen($"PlayCanvas: {game.Directory}: {what} {Amount(done, total)} at {Sizes.FormatRate(done, task.Clock.UtcNow - start)}");
    }

    private static string Moved(Transfer transfer, TimeSpan elapsed)
    {
        var saved = transfer.Length <= transfer.Moved ? "" : $" ({Sizes.FormatShare(transfer.Length - transfer.Moved, transfer.Length)} saved)";
        return $"; downloaded {Amount(transfer.Moved, transfer.Length)}{saved} at {Sizes.FormatRate(transfer.Moved, elapsed)}";
    }

    private static string Amount(long done, long? total) => Sizes.Format(done) + (total is null ? "" : $" of {Sizes.Format(total.Value)}");

    private void Report(InstallResult result, string moved = "")
    {
        var manifest = result.Manifest;
        var engine = manifest.EngineVersion is { } version ? $", engine {version}" : "";
        task.Say($"PlayCanvas: {game.Directory}: {Changes(result)}{moved}; "
            + $"{Count(manifest.Files.Count)}, {Sizes.Format(manifest.TotalSize)}{engine}; {manifest.VerifiedFiles} {(manifest.VerifiedFiles == 1 ? "matches" : "match")} the hashes in config.json");
        task.Trace($"PlayCanvas: installed into {folder.FullPath}");
    }

    private static string Changes(InstallResult result) => result is { Added: 0, Changed: 0, Removed: 0 }
        ? "unchanged"
        : $"{Count(result.Added)} added, {result.Changed} changed, {result.Removed} removed";

    private static string Count(int count) => count == 1 ? "1 file" : $"{count} files";
}

/// <summary>What a build wants of its games.</summary>
/// <param name="Updates">Whether a new export is requested even if the installed game is the requested one.</param>
/// <param name="Verifies">Whether the content of each installed file is compared, not only its presence, length and time.</param>
internal sealed record DownloadOptions(bool Updates, bool Verifies);
