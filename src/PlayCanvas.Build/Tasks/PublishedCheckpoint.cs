using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Compares what a publish would build with the lock file. The service builds an app from the branch as it is now, whatever the project has locked.
/// </summary>
internal static class PublishedCheckpoint
{
    /// <summary>
    /// Returns the warning about a branch whose newest checkpoint is not the locked one; null when it is, or when the lock file or the branch does not
    /// name a checkpoint.
    /// </summary>
    /// <exception cref="LockFileException">The lock file cannot be read.</exception>
    public static DiagnosticMessage? Check(ProjectGame game, AppRequest request, ProjectLists lists)
    {
        if (!game.Values.IsOn(Options.LockFile)
            || game.FullLockFilePath is not { } path
            || new LockFile(path).Find(game.Path, game.Settings.Parameters) is not { Checkpoints.Count: > 0 } entry)
            return null;

        var branch = lists.FindBranch(request.BranchId);
        return branch?.LatestCheckpointId is { } newest && !entry.Checkpoints.Contains(newest)
            ? Diagnostic.PublishIsNotLocked(branch.Name ?? branch.Id ?? "", newest, entry.Checkpoints[0])
            : null;
    }
}
