using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Locking;

namespace PlayCanvas.Build.Games.Status;

/// <summary>What a project has of one game, and what its lock file names; no request is needed for it.</summary>
/// <param name="Path">The game's path.</param>
/// <param name="Branch">The name or id of the branch that the project selects; null for the main branch.</param>
internal sealed record LocalGame(string Path, string? Branch)
{
    /// <summary>The content in use; null when nothing is installed.</summary>
    public GameManifest? Content { get; init; }

    /// <summary>When the content was exported (UTC); null when nothing is installed.</summary>
    public DateTimeOffset? ExportedAt { get; init; }

    /// <summary>The full path of the lock file; null when the game does not use one.</summary>
    public string? LockFile { get; init; }

    /// <summary>Whether the lock file cannot be read.</summary>
    public bool IsLockFileUnreadable { get; init; }

    /// <summary>The entry of the lock file for the game's parameters; null when there is none.</summary>
    public LockEntry? Entry { get; init; }

    /// <summary>Whether the content in use is the one that the lock file names.</summary>
    public bool IsLocked => Content is not null && Content.ContentId == Entry?.Content;

    /// <summary>The checkpoints of the content in use or, while nothing is installed, of the locked content.</summary>
    public IReadOnlyList<string> Checkpoints => Content is null ? Entry?.Checkpoints ?? [] : Content.Facts.Checkpoints;

    /// <summary>The id of the branch of the content in use or, while nothing is installed, of the locked content; null when it is not known.</summary>
    public string? BranchId => Content is null || (IsLocked && Content.Facts.BranchId is null) ? Entry?.Branch?.Id : Content.Facts.BranchId;

    /// <summary>The name that the lock file records for the branch of <see cref="BranchId"/>; null when it is not known.</summary>
    public string? RecordedBranchName => BranchId is { } id && Entry?.Branch is { } branch && branch.Id == id ? branch.Name : null;
}
