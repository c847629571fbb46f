namespace PlayCanvas.Build.Exports.Zip;

/// <summary>The bytes of a segment, which know where in the zip they are. Small reads are served from the buffer, which its owner uses again.</summary>
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

    /// <summary>Goes forward to a place in the zip; false when the bytes end before.</summary>
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
