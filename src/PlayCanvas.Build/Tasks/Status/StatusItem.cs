using Microsoft.Build.Framework;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Status;

namespace PlayCanvas.Build.Tasks.Status;

/// <summary>
/// The status of a game as an MSBuild item: the item's identity is the game's path, and each fact is metadata, which is empty when it is not known.
/// </summary>
internal static class StatusItem
{
    /// <param name="status">The status.</param>
    /// <param name="problem">Why the service did not say everything; null when it did.</param>
    /// <param name="redact">Masks secrets in the server's texts: MSBuild logs items.</param>
    public static ITaskItem Create(GameStatus status, string? problem, Func<string, string> redact) => RecordItem.Create(
        status.Game.Path,
        [
            ("ProjectId", RecordItem.Text(status.Project?.ProjectId)),
            .. Here(status),
            .. AppFacts("PrimaryApp", status.Primary),
            .. AppFacts("NewestApp", status.Newest),
            .. Newer(status),
            ("Problem", problem),
        ],
        redact);

    private static IEnumerable<(string Name, string? Value)> Here(GameStatus status)
    {
        var (game, checkpoint) = (status.Game, status.Checkpoint);
        return
        [
            ("ContentId", game.Content?.ContentId),
            ("ExportedAt", RecordItem.Text(game.ExportedAt)),
            ("Engine", game.Content?.Facts.EngineVersion),
            ("Files", RecordItem.Text(game.Content?.Files.Count)),
            ("Bytes", RecordItem.Text(game.Content?.TotalSize)),
            ("Branch", status.BranchName),
            ("BranchId", game.BranchId),
            ("Checkpoint", status.CheckpointId),
            ("CheckpointDescription", checkpoint?.Description),
            ("CheckpointCreatedAt", RecordItem.Text(checkpoint?.CreatedAt)),
            ("CheckpointUser", checkpoint?.User?.ToString()),
            ("Locked", RecordItem.Text(game.IsLocked)),
            ("LockedContentId", game.Entry?.Content),
        ];
    }

    private static IEnumerable<(string Name, string? Value)> AppFacts(string prefix, AppOrigin? origin) =>
    [
        (prefix + "Id", RecordItem.Text(origin?.App.Id)),
        (prefix + "Name", origin?.App.Name),
        (prefix + "Version", origin?.App.Version),
        (prefix + "Status", origin?.App.Status),
        (prefix + "Url", origin?.App.Url),
        (prefix + "CreatedAt", RecordItem.Text(origin?.CreatedAt)),
        (prefix + "User", origin?.User),
        (prefix + "Branch", origin?.Build?.Branch?.Name),
        (prefix + "BranchId", origin?.Build?.Branch?.Id),
        (prefix + "Checkpoint", origin?.CheckpointId),
    ];

    private static IEnumerable<(string Name, string? Value)> Newer(GameStatus status)
    {
        var (branch, newer) = (status.Branch?.Branch, status.Newer);
        return
        [
            ("SelectedBranch", branch?.Name),
            ("SelectedBranchId", branch?.Id),
            ("LatestCheckpoint", branch?.LatestCheckpointId),
            ("Freshness", newer.Freshness.ToString().ToLowerInvariant()),
            ("NewerCheckpointCount", newer.Freshness is Freshness.Newest or Freshness.Older ? RecordItem.Text(newer.Checkpoints.Count) : null),
            ("HasMoreNewerCheckpoints", RecordItem.Text(newer.HasMore)),
            ("NewerCheckpoints", JsonFile.Format(new JArray(newer.Checkpoints.Select(Describe)))),
        ];
    }

    private static JObject Describe(Checkpoint checkpoint) => new()
    {
        ["id"] = checkpoint.Id,
        ["createdAt"] = RecordItem.Text(checkpoint.CreatedAt),
        ["user"] = checkpoint.User?.ToString(),
        ["description"] = checkpoint.Description,
    };
}
