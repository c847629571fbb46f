namespace PlayCanvas.Build.Exports.Zip;

/// <summary>Entries that are so close together that they are read in one pass, from front to back.</summary>
internal sealed record ZipSegment(IReadOnlyList<ZipEntry> Entries)
{
    /// <summary>The widest gap that is read and discarded, in bytes; up to about this length, that is faster than another request.</summary>
    private const long MaxGap = 64 * 1024;

    /// <summary>
    /// The usual length of a segment in bytes: long enough that the cost of a request is negligible, short enough to distribute the work evenly.
    /// </summary>
    private const long UsualLength = 4 * 1024 * 1024;

    public long Offset => Entries[0].HeaderOffset;

    public long Length => Entries[Entries.Count - 1].EndOffset - Offset;

    /// <summary>Distributes entries over segments, the longest first, so that no thread works long after the others are done.</summary>
    /// <param name="entries">Some entries of one zip, sorted by position.</param>
    public static IReadOnlyList<ZipSegment> Plan(IEnumerable<ZipEntry> entries)
    {
        var segments = new List<List<ZipEntry>>();
        foreach (var entry in entries)
        {
            var last = segments.Count == 0 ? null : segments[segments.Count - 1];
            if (last is not null && Continues(last, entry))
                last.Add(entry);
            else
                segments.Add([entry]);
        }

        return [.. segments.Select(segment => new ZipSegment(segment)).OrderByDescending(segment => segment.Length)];
    }

    private static bool Continues(List<ZipEntry> segment, ZipEntry entry) =>
        entry.HeaderOffset - segment[segment.Count - 1].EndOffset <= MaxGap
        && entry.EndOffset - segment[0].HeaderOffset <= UsualLength;
}
