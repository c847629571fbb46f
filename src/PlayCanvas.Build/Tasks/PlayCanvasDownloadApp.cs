using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Games.Download;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Games.State;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Installs a game from its PlayCanvas project, or from a zip file, into a folder. When the folder already contains the requested game, no export
/// is requested. When the task fails, the old game stays intact.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasDownloadApp : PlayCanvasAppTask
{
    private const string StaticFormat = "static";
    private const string SourceFormat = "npm";

    private GameFolder? installedFolder;

    /// <summary>The game's folder, relative to the project's folder or absolute.</summary>
    [Required]
    public string GameDirectory { get; set; } = "";

    /// <summary>
    /// The game's path as the project names it. When it is set, it is validated, and an invalid path is the error PLAYCANVAS1025. Default: none.
    /// </summary>
    public string? GamePath { get; set; }

    /// <summary>
    /// The zip file to install from instead of the project, relative to the project's folder or absolute. A missing file is the error
    /// PLAYCANVAS4010. Default: none.
    /// </summary>
    public string? ExportFile { get; set; }

    /// <summary>
    /// The format of the export: <c>static</c> (a game that can be served) or <c>npm</c> (a Vite project that must be built); any other value is
    /// the error PLAYCANVAS1021. Default: <c>static</c>.
    /// </summary>
    public string? Format { get; set; }

    /// <summary><c>true</c> or <c>false</c>: whether the export contains bundles for preloading. If it is not set, the service decides.</summary>
    public string? PreloadBundle { get; set; }

    /// <summary><c>true</c> requests a new export even if the installed game is the requested one. Default: <c>false</c>.</summary>
    public string? Update { get; set; }

    /// <summary><c>true</c> compares the content of each installed file, not only its presence, length and time. Default: <c>false</c>.</summary>
    public string? Verify { get; set; }

    /// <summary>
    /// A text that identifies what the game is made from, and that changes when it does. Default: derived from the other parameters.
    /// </summary>
    public string? Parameters { get; set; }

    /// <summary>
    /// The step to perform: <c>Ask</c> requests an export, <c>Wait</c> waits until it is ready, <c>Install</c> installs it, and <c>Finish</c> only
    /// completes an interrupted install, which each of the other steps does first. Default: all of them. The targets run the steps separately
    /// because the terminal logger shows the name of the running target.
    /// </summary>
    public string? Step { get; set; }

    /// <summary>
    /// The installed files: full paths, with the path relative to the game's folder as the metadata <c>RelativePath</c>. Empty when no game is
    /// installed.
    /// </summary>
    [Output]
    public ITaskItem[] Files => installedFolder is not { } folder || GameManifest.TryRead(folder.ManifestPath) is not { } manifest
        ? []
        : [.. manifest.Files.Select(file => FileItem(folder, file))];

    /// <summary>
    /// The value of <see cref="GamePath"/> when the installed game is used as it is, so that the remaining steps have nothing to do; otherwise
    /// null.
    /// </summary>
    [Output]
    public string? KeptGame { get; private set; }

    private string WantedParameters => Settings.Text(Parameters)?.Replace("\r", "").Trim() ?? OwnParameters;

    private string OwnParameters => string.Join("\n", Settings.Text(ExportFile) is { } file
        ? [$"ExportFile={file}"]
        : new[]
        {
            $"ApiUrl={ApiUrl}", $"ProjectId={ProjectId}", $"Branch={Branch}", $"Scenes={Scenes}", $"AppName={AppName}",
            $"ScriptsConcatenate={ScriptsConcatenate}", $"ScriptsMinify={ScriptsMinify}", $"ScriptsSourcemaps={ScriptsSourcemaps}",
            $"OptimizeSceneFormat={OptimizeSceneFormat}", $"EngineVersion={EngineVersion}", $"Format={Format}", $"PreloadBundle={PreloadBundle}",
        });

    private string? FormatChoice => Settings.Choice(Format, text => Diagnostic.FormatInvalid(text), StaticFormat, SourceFormat);

    private bool IsStep(string step) => string.IsNullOrEmpty(Step) || string.Equals(Step, step, StringComparison.OrdinalIgnoreCase);

    private protected override void RunChecked(CancellationToken cancellationToken)
    {
        if (Settings.Text(GamePath) is { } gamePath && !EntryPaths.IsPortable(EntryPaths.WithoutDots(gamePath)))
            throw new DiagnosticException(Diagnostic.GamePathInvalid(gamePath));

        _ = FormatChoice;
        var updates = Settings.Switch("PlayCanvasUpdate", Update) == true;
        var verifies = Settings.Switch("PlayCanvasVerify", Verify) == true;
        var folder = new GameFolder(FullPathOf(GameDirectory).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar));
        using var held = TryHold(folder, updates, verifies, cancellationToken);
        if (held is null)
            return;

        var isFinished = InstallJournal.RollForward(folder, cancellationToken);
        if (isFinished)
            Say($"PlayCanvas: {GameDirectory}: finished the interrupted install");

        if (Settings.Text(ExportFile) is { } exportFile)
            InstallFromFile(folder, FullPathOf(exportFile), verifies, cancellationToken);
        else if (IsStep("Ask") || IsStep("Wait") || IsStep("Install"))
            // The completed install was the requested update: no further export is needed.
            InstallFromProject(folder, updates && !isFinished, verifies, cancellationToken);

        installedFolder = folder;
    }

    /// <summary>
    /// Claims and locks the folder. Returns null when the folder cannot be written, as in a read-only source tree, but contains the requested game.
    /// </summary>
    private IDisposable? TryHold(GameFolder folder, bool updates, bool verifies, CancellationToken cancellationToken)
    {
        try
        {
            var locks = MakeLock(OtherBuild(GameDirectory));
            folder.Claim(ProjectFile, locks, cancellationToken);
            return folder.Lock(locks, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException
            && !updates && Settings.Text(ExportFile) is null && new InstalledGame(folder).IsCurrent(WantedParameters, verifies, cancellationToken))
        {
            Note($"PlayCanvas: the game in \"{GameDirectory}\" is up to date, and its folder is not writable");
            (installedFolder, KeptGame) = (folder, GamePath);
            return null;
        }
    }

    private protected override AppRequest MakeDraft() => base.MakeDraft() with
    {
        Format = FormatChoice,
        PreloadBundle = Settings.Switch("PlayCanvasPreloadBundle", PreloadBundle),
    };

    private static ITaskItem FileItem(GameFolder folder, InstalledFile file)
    {
        ITaskItem2 item = new TaskItem(MSBuildItemList.Escape(folder.PathOf(file.Path)));
        item.SetMetadataValueLiteral("RelativePath", file.Path);
        return item;
    }

    /// <summary>
    /// Returns the lines that distinguish versions of a zip file at the same path: any other length or time counts, whether newer or older. The
    /// targets write the same lines (<c>_PlayCanvasReadGames</c>).
    /// </summary>
    private static string ExportFileParameters(string path)
    {
        var file = new FileInfo(path);
        return FormattableString.Invariant($"Length={file.Length}\nTime={file.LastWriteTimeUtc.Ticks}");
    }

    private void InstallFromFile(GameFolder folder, string path, bool verifies, CancellationToken cancellationToken)
    {
        if (!IsStep("Install"))
            return;
        if (!File.Exists(path))
            throw new ExportException(ExportFault.FileNotFound, path);

        var installed = new InstalledGame(folder);
        var parameters = $"{WantedParameters}\n{ExportFileParameters(path)}";
        if (installed.IsCurrent(parameters, verifies, cancellationToken))
        {
            KeepInstalled(folder, installed);
            return;
        }

        using var source = new FileByteSource(path);
        var expectation = new ExportExpectation
        {
            Parameters = parameters,
            ExportedAt = File.GetLastWriteTimeUtc(path),
            IsSource = FormatChoice == SourceFormat,
        };
        Report(folder, new GameInstaller(folder, verifies, ReportProgress("unpacked"), WarnOf, cancellationToken).Install(source, expectation));
    }

    private void InstallFromProject(GameFolder folder, bool updates, bool verifies, CancellationToken cancellationToken)
    {
        var installed = new InstalledGame(folder);
        if (IsStep("Ask") && !updates && installed.IsCurrent(WantedParameters, verifies, cancellationToken))
        {
            KeepInstalled(folder, installed);
            return;
        }

        if (!IsStep("Ask") && PendingExport.TryRead(folder)?.Parameters != WantedParameters)
            return;

        // Checked before an export is requested that could not be installed.
        if (IsStep("Ask"))
            new FolderView(folder).CheckLinks(installed.Paths);

        try
        {
            Download(folder, updates, verifies, cancellationToken);
        }
        catch (Exception error) when (IsOutOfReach(error) && DiagnosticTranslator.Translate(error) is { } diagnostic)
        {
            if (!installed.IsComplete)
                throw new DiagnosticException(Diagnostic.WithNoGameAdvice(diagnostic));
            if (updates)
                throw;
            LogWarning(Diagnostic.GameKept(diagnostic.Text));
            KeptGame = GamePath;
        }
    }

    /// <summary>Without a token, or without a network, an installed game remains in use.</summary>
    private static bool IsOutOfReach(Exception error) =>
        DiagnosticTranslator.IsOutOfReach(error) || error is DiagnosticException { Diagnostic.Code: Diagnostic.AccessTokenMissingCode };

    private void Download(GameFolder folder, bool updates, bool verifies, CancellationToken cancellationToken)
    {
        var draft = IsStep("Ask") ? MakeDraft() : null;
        using var connection = Connect();
        var client = new PlayCanvasClient(connection);
        var download = new GameDownload(client, folder, MakeWaiter("waiting for the export"), Clock, ReportProgress("downloaded"), WarnOf);
        if (draft is not null)
            Ask(download, draft, client, updates, cancellationToken);
        if (IsStep("Wait"))
            download.WaitForExport(cancellationToken);
        if (IsStep("Install"))
            Install(download, folder, verifies, cancellationToken);
    }

    private void Ask(GameDownload download, AppRequest draft, PlayCanvasClient client, bool updates, CancellationToken cancellationToken)
    {
        var asked = download.Ask(WantedParameters, () => Complete(draft, client, cancellationToken), cancellationToken);
        Say(asked
            ? $"PlayCanvas: requested an export of project {draft.ProjectId}{(updates ? " (PlayCanvasUpdate)" : "")}"
            : $"PlayCanvas: continuing with the export of project {draft.ProjectId} that an earlier build requested");
    }

    private void Install(GameDownload download, GameFolder folder, bool verifies, CancellationToken cancellationToken)
    {
        var start = Clock.UtcNow;
        if (download.Install(verifies, cancellationToken) is { } result)
            Report(folder, result, Moved(result.Transfer!, Clock.UtcNow - start));
    }

    private void KeepInstalled(GameFolder folder, InstalledGame installed)
    {
        folder.ClearLeftovers();
        if (installed.Problems.Count > 0)
            WarnOf(installed.Problems);
        installed.Touch();
        Note($"PlayCanvas: the game in \"{GameDirectory}\" is up to date");
    }

    /// <summary>
    /// Warns of the export's inconsistencies. If the project turns the warning into an error, an exception is thrown and the export is not
    /// installed. A task cannot see MSBuild's switch -warnaserror: in that case the game is installed, and the problems are reported in each build.
    /// </summary>
    private void WarnOf(IReadOnlyList<string> problems)
    {
        var inconsistent = new ExportException(ExportFault.Inconsistent, problems);
        var diagnostic = DiagnosticTranslator.Translate(inconsistent)!;
        if (IsErrorHere(diagnostic))
            throw inconsistent;
        LogWarning(diagnostic);
    }

    private Action<long, long?> ReportProgress(string what)
    {
        var start = Clock.UtcNow;
        return (done, total) => SayNowAndThen($"PlayCanvas: {GameDirectory}: {what} {Amount(done, total)} at {Sizes.FormatRate(done, Clock.UtcNow - start)}");
    }

    private static string Moved(Transfer transfer, TimeSpan elapsed)
    {
        var saved = transfer.Length <= transfer.Moved ? "" : $" ({Sizes.FormatShare(transfer.Length - transfer.Moved, transfer.Length)} saved)";
        return $"; downloaded {Amount(transfer.Moved, transfer.Length)}{saved} at {Sizes.FormatRate(transfer.Moved, elapsed)}";
    }

    private static string Amount(long done, long? total) => Sizes.Format(done) + (total is null ? "" : $" of {Sizes.Format(total.Value)}");

    private void Report(GameFolder folder, InstallResult result, string moved = "")
    {
        var manifest = result.Manifest;
        var engine = manifest.EngineVersion is { } version ? $", engine {version}" : "";
        Say($"PlayCanvas: {GameDirectory}: {Changes(result)}{moved}; "
            + $"{Count(manifest.Files.Count)}, {Sizes.Format(manifest.TotalSize)}{engine}; {manifest.VerifiedFiles} {(manifest.VerifiedFiles == 1 ? "matches" : "match")} the hashes in config.json");
        Trace($"PlayCanvas: installed into {folder.FullPath}");
    }

    private static string Changes(InstallResult result) => result is { Added: 0, Changed: 0, Removed: 0 }
        ? "unchanged"
        : $"{Count(result.Added)} added, {result.Changed} changed, {result.Removed} removed";

    private static string Count(int count) => count == 1 ? "1 file" : $"{count} files";
}
