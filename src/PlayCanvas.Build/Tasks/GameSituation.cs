using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Download;
using PlayCanvas.Build.Games.Exclude;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Games.Store;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// What a project wants for one game, and what is there already: in the project's folder, in the lock file and in the store. It reads only, so that
/// a dry run decides as a build does.
/// </summary>
internal sealed class GameSituation
{
    /// <summary>How long an export counts as one of the same build. A node may need that long to start on a machine that is busy.</summary>
    private static readonly TimeSpan FreshLife = TimeSpan.FromMinutes(1);

    private readonly PlayCanvasServiceTask task;
    private readonly DownloadOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly DateTimeOffset start;

    /// <param name="task">The task whose game it is.</param>
    /// <param name="game">The game.</param>
    /// <param name="options">What the build wants.</param>
    /// <param name="cancellationToken">Cancels the comparison of files.</param>
    /// <exception cref="OptionException">A setting is invalid.</exception>
    /// <exception cref="LockFileException">The lock file cannot be read.</exception>
    public GameSituation(PlayCanvasServiceTask task, ProjectGame game, DownloadOptions options, CancellationToken cancellationToken)
    {
        (this.task, this.options, this.cancellationToken) = (task, options, cancellationToken);
        Game = game;
        start = game.BuildStart ?? task.Clock.UtcNow;
        JobTimeout = game.Connection.JobTimeout;
        Exclusion = game.Settings.Exclusion;
        Parameters = game.Settings.Parameters + FileVersion;
        ExportKey = "export-" + Sha256.Prefix($"{game.Connection.BaseAddress}\n{Parameters}", 8);
        Lock = new GameLock(task, game, options.Updates);
        Folder = new ProjectFolder(game.FullDirectory);
        Store = task.OpenStore(game, JobTimeout);
    }

    public ProjectGame Game { get; }

    /// <summary>The longest wait for a job of the service.</summary>
    public TimeSpan JobTimeout { get; }

    /// <summary>What a content is made from, as a text.</summary>
    public string Parameters { get; }

    /// <summary>What the project leaves out of the content.</summary>
    public Exclusion Exclusion { get; }

    /// <summary>The name of the export of these parameters in the store.</summary>
    public string ExportKey { get; }

    public GameLock Lock { get; }

    public ProjectFolder Folder { get; }

    public GameStore Store { get; }

    /// <summary>The full path of the zip file to install; null when the project is exported.</summary>
    public string? ExportFile => Game.Settings.ExportFile is { } file ? Game.FullPathOf(file) : null;

    /// <summary>The record of the last export with these parameters; null when there is none.</summary>
    public ExportRecord? ExportRecord => ExportRecord.TryRead(Store.ExportRecordPath(ExportKey));

    /// <summary>What the next build compares. The targets write the same text (<c>_PlayCanvasReadGames</c>).</summary>
    public string UpToDateText => $"{Game.BuildParameters}{FileVersion}\n{Lock.Text}".TrimEnd();

    /// <summary>Whether files of the content in use are missing or have been changed, although its parameters are the wanted ones.</summary>
    public bool IsDamaged => HasWantedParameters && Folder.Current is { } current && !IsIntact(current);

    /// <summary>Whether the content in use has the wanted parameters.</summary>
    public bool HasWantedParameters => Folder.TryReadInUse()?.Parameters == Parameters;

    /// <summary>The id of the content that the lock file or, without one, the parameters want; null when it is not known.</summary>
    public string? WantedContentId
    {
        get
        {
            if (Lock.Decides)
                return Lock.Entry?.Content;
            return HasWantedParameters ? Folder.TryReadInUse()?.ContentId : null;
        }
    }

    /// <summary>Whether a content is the wanted one, without what the project leaves out.</summary>
    public bool IsWanted(GameContent? content) =>
        content is not null && content.Manifest.ContentId == WantedContentId && content.Manifest.AdaptationId == Exclusion.AdaptationId && IsIntact(content);

    /// <summary>Returns a content of the project's folder, without what the project leaves out; null when it is not there, or not intact.</summary>
    public GameContent? FindHere(string contentId) => Folder.Find(contentId, Exclusion.AdaptationId, cancellationToken) is { } here && (!options.Verifies || IsIntact(here)) ? here : null;

    /// <summary>Returns a whole content of the project's folder; null when it is not there, or a file of it is missing.</summary>
    public GameContent? FindWholeHere(string contentId) => Folder.Find(contentId, AdaptationId.Current, cancellationToken);

    /// <summary>Whether no file of a content is missing or damaged, as thoroughly as the build wants.</summary>
    public bool IsIntact(GameContent content) =>
        task.SayWhile($"{Game.Path}: comparing the files of the game", () => content.IsIntact(options.Verifies, cancellationToken));

    /// <summary>
    /// Returns the content that another build has exported for this one too, while this one was waiting or in the same build; null when there is none.
    /// </summary>
    public GameContent? FindSharedExport() =>
        ExportRecord is { ContentId: { } contentId } record && record.Parameters == Parameters && IsShared(record) ? Store.Find(contentId) : null;

    /// <summary>Returns what a result says about a content.</summary>
    /// <param name="manifest">The content.</param>
    /// <param name="request">The request of its export; null when this build did not wait for one.</param>
    public GameResult Describe(GameManifest manifest, AppIntent? request) => new()
    {
        Project = task.ProjectName,
        Path = Game.Path,
        ProjectId = ExportFile is null ? Game.Settings.ProjectId : null,
        Branch = Lock.Entry?.Branch ?? (manifest.Facts.BranchId is { } branch ? new LockedName(branch, null) : null),
        Checkpoint = manifest.Facts.Checkpoints.Count > 0 ? manifest.Facts.Checkpoints[0] : null,
        Scenes = LockEntryMaker.ScenesOf(manifest),
        Engine = manifest.Facts.EngineVersion,
        Build = request?.BuildId ?? Lock.Entry?.Build,
        ContentId = manifest.ContentId,
        Files = manifest.Files.Count,
        Bytes = manifest.TotalSize,
        LeftOut = manifest.LeftOut?.Bytes,
    };

    /// <summary>
    /// Without a token, or without a network, the content in use remains in use, unless an update is requested or the lock file must be met.
    /// </summary>
    /// <param name="error">Why the service cannot be used.</param>
    /// <returns>The warning that the content in use remains in use; null when the error must fail the build.</returns>
    /// <exception cref="DiagnosticException">There is no content that could remain in use.</exception>
    public DiagnosticMessage? WarningInsteadOf(Exception error)
    {
        var diagnostic = DiagnosticTranslator.Translate(error)!;
        if (Folder.Current is not { } current || !current.IsIntact(thorough: false, cancellationToken))
            throw new DiagnosticException(Diagnostic.WithNoGameAdvice(diagnostic));
        return options.Updates || Lock.IsLockedMode ? null : Diagnostic.GameKept(diagnostic.Text);
    }

    private bool IsShared(ExportRecord record) =>
        Folder.Awaits(Parameters) || record.InstalledAt >= start || task.IsExportOfThisBuild(ExportKey) || IsFreshFromAnotherProject(record);

    /// <summary>
    /// Whether another project has just installed the export that this one does not have yet. A node of a parallel build may begin with its first
    /// project only after another node has installed the same export, and no node knows what another one has done.
    /// </summary>
    private bool IsFreshFromAnotherProject(ExportRecord record) =>
        !options.Updates && record.InstalledAt >= start - FreshLife && record.InstalledFor != Folder.FullPath && Folder.TryReadInUse()?.ContentId != record.ContentId;

    /// <summary>
    /// The lines that distinguish versions of a zip file at the same path: any other length or time counts, whether newer or older. The targets write
    /// the same lines (<c>_PlayCanvasReadGames</c>).
    /// </summary>
    private string FileVersion => ExportFile is { } path && new FileInfo(path) is { Exists: true } file
        ? FormattableString.Invariant($"\nLength={file.Length}\nTime={file.LastWriteTimeUtc.Ticks}")
        : "";
}
