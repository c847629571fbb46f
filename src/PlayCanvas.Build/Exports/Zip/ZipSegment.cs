namespace PlayCanvas.Build.Exports.Zip;

/// <summary>Entries that lie so close together that they are read in one go, from front to back.</summary>
internal sealed record ZipSegment(IReadOnlyList<ZipEntry> Entries)
{
    /// <summary>Reading over what nobody wants is quicker than another request, up to about this many bytes.</summary>
    private const long WidestGap = 64 * 1024;

    /// <summary>Long enough that a request is nothing against it, short enough to share the work out evenly.</summary>
    private const long UsualLength = 4 * 1024 * 1024;

    public long Offset => Entries[0].HeaderOffset;

    public long Length => Entries[Entries.Count - 1].EndOffset - Offset;

    /// <summary>Shares entries out among segments, the longest first, so that none is still at work long after the others.</summary>
    /// <param name="entries">Some entries of one zip, in the order of their bytes.</param>
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
        entry.HeaderOffset - segment[segment.Count - 1].EndOffset <= WidestGap
        && entry.EndOffset - segment[0].HeaderOffset <= UsualLength;
}
