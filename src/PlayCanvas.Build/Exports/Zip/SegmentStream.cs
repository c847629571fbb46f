using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Exports.Zip;

/// <summary>
/// The bytes of a segment, with their position in the zip. Small reads are served from a buffer that the caller provides and reuses.
/// </summary>
internal sealed class SegmentStream(IByteSource source, ZipSegment segment, byte[] buffer, CancellationToken cancellationToken) : ReadOnlyStream
{
    private readonly Stream bytes = source.Open(segment.Offset, segment.Length, cancellationToken);
    private long position = segment.Offset;
    private int next;
    private int filled;

    public override int Read(byte[] target, int offset, int count)
    {
        if (count == 0 || (next == filled && !FillBuffer()))
            return 0;

        var read = Math.Min(count, filled - next);
        Buffer.BlockCopy(buffer, next, target, offset, read);
        Advance(read);
        return read;
    }

    /// <summary>Skips to a position in the zip; returns false when the bytes end earlier.</summary>
    public bool SkipTo(long place)
    {
        while (position < place && (next < filled || FillBuffer()))
            Advance((int)Math.Min(place - position, filled - next));
        return position == place;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            bytes.Dispose();
        base.Dispose(disposing);
    }

    private void Advance(int count)
    {
        next += count;
        position += count;
    }

    private bool FillBuffer()
    {
        next = 0;
        filled = bytes.Read(buffer, 0, buffer.Length);
        return filled > 0;
    }
}
