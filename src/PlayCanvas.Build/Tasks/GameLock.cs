using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Games.Store;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>What the project's lock file means for one game: the content that is wanted, and whether another one is accepted.</summary>
internal sealed class GameLock
{
    /// <summary>The most checkpoints that a message names.</summary>
    private const int MaxCheckpoints = 10;

    private readonly PlayCanvasTask task;
    private readonly ProjectGame game;
    private readonly LockFile? file;
    private readonly bool isUpdate;

    /// <exception cref="OptionException">A setting is invalid.</exception>
    /// <exception cref="DiagnosticException">Two settings contradict each other.</exception>
    /// <exception cref="LockFileException">The lock file cannot be read.</exception>
    public GameLock(PlayCanvasTask task, ProjectGame game, bool isUpdate)
    {
        (this.task, this.game, this.isUpdate) = (task, game, isUpdate);
        IsLockedMode = game.Values.IsOn(Options.LockedMode);
        var isOn = game.Values.IsOn(Options.LockFile);
        if (IsLockedMode && isUpdate)
            throw new DiagnosticException(Diagnostic.LockedModeContradicted($"{Options.Update.Property}=true"));
        if (IsLockedMode && !isOn)
            throw new DiagnosticException(Diagnostic.LockedModeContradicted($"{Options.LockFile.Property}=false"));

        file = isOn && game.Settings.ExportFile is null && game.FullLockFilePath is { } path ? new LockFile(path) : null;
        Entry = file?.Find(game.Path, game.Settings.Parameters);
    }

    /// <summary>Whether another content than the locked one is an error.</summary>
    public bool IsLockedMode { get; }

    /// <summary>Whether the game has a lock file.</summary>
    public bool IsOn => file is not null;

    /// <summary>
    /// Whether the lock file decides which content is wanted. A CI build writes no entry, so there a game without one keeps the content that the
    /// same parameters have led to.
    /// </summary>
    public bool Decides => file is not null && (Entry is not null || !game.IsContinuousIntegration);

    /// <summary>The entry of the game; null when there is none.</summary>
    public LockEntry? Entry { get; private set; }

    /// <summary>The text of the lock file, which an up-to-date build compares, whether or not it is used.</summary>
    public string Text => game.FullLockFilePath is { } path ? new LockFile(path).Text.Trim() : "";

    /// <summary>The ids of the contents that any configuration of the project has locked for this game.</summary>
    public IReadOnlyList<string> Contents => file?.ContentsOf(game.Path) ?? [];

    /// <summary>Checks that a game without an entry may be exported.</summary>
    /// <exception cref="DiagnosticException">It may not.</exception>
    public void CheckMayExport()
    {
        if (IsLockedMode && Entry is null)
            throw new DiagnosticException(Diagnostic.LockEntryMissing(game.Path, file!.FullPath));
    }

    /// <summary>
    /// Decides about a newly exported content: it is accepted, with a warning where the lock file wanted another one, or it is refused.
    /// </summary>
    /// <param name="made">The entry of the new content.</param>
    /// <param name="reasons">Why the locked content could not be used; empty in an update.</param>
    /// <param name="client">Lists the checkpoints in between.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="DiagnosticException">The content is not the locked one, and only that one is accepted.</exception>
    public void Check(LockEntry made, IReadOnlyList<string> reasons, PlayCanvasClient client, CancellationToken cancellationToken)
    {
        if (Entry is not { } entry || entry.Content == made.Content)
            return;

        var changes = $"{ChangedParts(entry, made)}{Checkpoints(entry, made, client, cancellationToken)}";
        if (isUpdate && !game.IsContinuousIntegration)
            task.Say($"PlayCanvas: {game.Path}: changed: {changes}");
        else if (IsLockedMode)
            throw new DiagnosticException(Diagnostic.LockedContentUnavailable(game.Path, ContentId.Shorten(entry.Content), changes, Reasons(reasons)));
        else
            task.LogWarning(Diagnostic.LockedContentReplaced(game.Path, ContentId.Shorten(entry.Content), changes, Outcome(reasons)));
    }

    /// <summary>Writes the entry of a new content, unless this is a CI build or the project does not have a lock file.</summary>
    public void Write(LockEntry made, GameStore store, CancellationToken cancellationToken)
    {
        if (file is null || game.IsContinuousIntegration)
            return;

        try
        {
            using (store.Lock(file.LockKey, cancellationToken))
                Entry = file.Write(game.Path, game.Settings.Parameters, made);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            task.LogWarning(Diagnostic.LockFileNotWritten(file.FullPath, ApiJson.OneLine(error.Message).TrimEnd('.')));
        }
    }

    private string Outcome(IReadOnlyList<string> reasons) => game.IsContinuousIntegration
        ? $"{Reasons(reasons)}The lock file was not changed, since this is a CI build"
        : $"{Reasons(reasons)}The lock file was updated";

    private static string Reasons(IReadOnlyList<string> reasons) => reasons.Count == 0 ? "" : $"The locked content could not be used: {string.Join("; ", reasons)}. ";

    private static string ChangedParts(LockEntry old, LockEntry made)
    {
        var parts = made.Parts.Keys.Concat(old.Parts.Keys).Distinct().Where(part => IdOf(old, part) != IdOf(made, part)).ToList();
        return parts.Count == 0 ? "files" : string.Join(", ", parts);

        static string? IdOf(LockEntry entry, string part) => entry.Parts.TryGetValue(part, out var id) ? id : null;
    }

    /// <summary>Names the checkpoints between two contents of a branch; empty when the service does not tell.</summary>
    private static string Checkpoints(LockEntry old, LockEntry made, PlayCanvasClient client, CancellationToken cancellationToken)
    {
        if (made.Branch is null || old.Checkpoints.Count == 0 || made.Checkpoints.Count == 0 || old.Checkpoints.SequenceEqual(made.Checkpoints))
            return "";

        var (before, now) = (old.Checkpoints[0], string.Join(", ", made.Checkpoints));
        try
        {
            if (client.ListCheckpointsSince(made.Branch.Id, before, cancellationToken) is { Count: > 0 } newer)
                return $"; checkpoints since then: {string.Join(", ", newer.Take(MaxCheckpoints).Select(Describe))}{(newer.Count > MaxCheckpoints ? ", …" : "")}";
        }
        catch (ApiException)
        {
            // Without the list, the ids say that there is another checkpoint.
        }

        return $"; the checkpoint was {before} and is {now}";
    }

    private static string Describe(Checkpoint checkpoint) => $"\"{ApiJson.OneLine(checkpoint.Description ?? "")}\" ({checkpoint.Id})";
}
