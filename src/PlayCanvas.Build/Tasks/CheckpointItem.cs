using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Tasks;

/// <summary>A checkpoint as an MSBuild item.</summary>
internal static class CheckpointItem
{
    /// <summary>Returns the metadata of a checkpoint.</summary>
    public static IReadOnlyList<(string Name, string? Value)> Fields(Checkpoint checkpoint) =>
    [
        ("ProjectId", RecordItem.Text(checkpoint.ProjectId)),
        ("BranchId", checkpoint.BranchId),
        ("Description", checkpoint.Description),
        ("Size", RecordItem.Text(checkpoint.Size)),
        ("CreatedAt", RecordItem.Text(checkpoint.CreatedAt)),
        ("UserId", UserIdOf(checkpoint)),
        ("Username", checkpoint.User?.Username),
        ("UserFullName", checkpoint.User?.Name),
    ];

    /// <summary>Returns the id of the user who made a checkpoint; null when it is not known.</summary>
    public static string? UserIdOf(Checkpoint checkpoint) => checkpoint.User?.Id ?? RecordItem.Text(checkpoint.UserId);
}
