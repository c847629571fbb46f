using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Compares the newest checkpoint of a branch with the lock file and with the checkpoint of a release. The service builds an app from the branch as it is
/// at that moment, whatever the project has locked.
/// </summary>
internal static class PublishedCheckpoint
{
    /// <summary>
    /// Returns the warning about a branch that has a newer checkpoint than the locked one; null when it has none, or when the lock file or the branch
    /// does not name a checkpoint. The checkpoints that releases make do not count, as the changes of a branch without a checkpoint do not.
    /// </summary>
    /// <exception cref="ApiException">The checkpoints could not be listed.</exception>
    /// <exception cref="LockFileException">The lock file cannot be read.</exception>
    public static DiagnosticMessage? Check(ProjectGame game, AppRequest request, PlayCanvasClient client, ProjectLists lists, CancellationToken cancellationToken)
    {
        if (!game.Values.IsOn(Options.LockFile)
            || game.FullLockFilePath is not { } path
            || new LockFile(path).Find(game.Path, game.Settings.Parameters) is not { Checkpoints.Count: > 0 } entry
            || lists.FindBranch(request.BranchId) is not { LatestCheckpointId: { } newest } branch)
            return null;

        return IsLocked(newest) || IsLocked(client.ListCheckpoints(branch.Id!, cancellationToken).FirstOrDefault(NotOfARelease)?.Id)
            ? null
            : Diagnostic.PublishIsNotLocked(branch.Name ?? branch.Id ?? "", newest, entry.Checkpoints[0]);

        bool IsLocked(string? checkpoint) => checkpoint is not null && entry.Checkpoints.Contains(checkpoint);

        bool NotOfARelease(Checkpoint checkpoint) => IsLocked(checkpoint.Id) || !PublishMark.IsInAny(checkpoint.Description);
    }

    /// <summary>Warns when the branch has a newer checkpoint than that of the app that was just built: the branch moved on in the meantime.</summary>
    /// <param name="task">Logs the warning.</param>
    /// <param name="made">The id of the app's checkpoint.</param>
    /// <param name="branch">The branch, as it was before the publish; null when it is not known.</param>
    /// <param name="client">The API.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static void WarnIfOld(PlayCanvasTask task, string made, Branch? branch, PlayCanvasClient client, CancellationToken cancellationToken)
    {
        if (branch?.Id is not { } id)
            return;

        try
        {
            if (client.GetNewestCheckpoint(id, cancellationToken)?.Id is { } newest && newest != made)
                task.LogWarning(Diagnostic.BranchMovedOn(branch.Name ?? id, newest, made));
        }
        catch (ApiException error)
        {
            task.Note($"PlayCanvas: could not find out whether the branch moved on while the app was built: {ApiJson.OneLine(error.Message)}");
        }
    }
}
