using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Archive;
using PlayCanvas.Build.Tasks.Results;
using static PlayCanvas.Build.Tasks.RecordItem;

namespace PlayCanvas.Build.Tasks.Archive;

/// <summary>The archive of a branch as an MSBuild item: the identity is the full path of the zip file.</summary>
internal static class ArchiveItem
{
    /// <param name="result">What the build did. It has a file.</param>
    /// <param name="redact">Masks secrets in the server's texts: MSBuild logs items.</param>
    public static ITaskItem Create(ArchiveResult result, Func<string, string> redact) => RecordItem.Create(
        result.File,
        [
            ("Outcome", result.Outcome),
            ("ProjectId", Text(result.ProjectId)),
            ("Branch", result.Branch?.Name),
            ("BranchId", result.Branch?.Id),
            ("Checkpoint", result.Checkpoint),
            ("JobId", result.Job),
            ("Bytes", Text(result.Bytes)),
            ("Entries", Text(result.Entries)),
            ("Sha256", result.Sha256),
            ("DescriptionFile", ArchiveFolder.DescriptionOf(result.File!)),
        ],
        redact);
}
