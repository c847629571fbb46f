using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks.Archive;

/// <summary>The archives of a project in one line, which is the only one that the terminal logger shows.</summary>
internal static class ArchiveSummary
{
    private const int MaxNames = 3;

    public static string Format(IReadOnlyList<ArchiveResult> results, string directory)
    {
        var archived = Of(Outcome.Archived);
        var failed = Of(Outcome.Failed);
        var planned = Of(Outcome.Planned).Count;
        var kept = Of(Outcome.UpToDate).Count;
        string?[] parts =
        [
            planned > 0 ? $"would archive {Branches(planned)} to {directory}" : null,
            archived.Count > 0 ? $"{Branches(archived.Count)} archived ({Sizes.Format(archived.Sum(result => result.Bytes ?? 0))}) in {directory}" : null,
            kept > 0 ? $"{kept} unchanged" : null,
            failed.Count > 0 ? $"{failed.Count} failed ({NameList.Format([.. failed.Select(result => result.Branch?.Name)], MaxNames)})" : null,
        ];
        return string.Join(", ", parts.Where(part => part is not null));

        List<ArchiveResult> Of(string outcome) => [.. results.Where(result => result.Outcome == outcome)];
    }

    private static string Branches(int count) => $"{count:N0} {(count == 1 ? "branch" : "branches")}";
}
