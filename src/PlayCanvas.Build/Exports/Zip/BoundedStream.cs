using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Exports.Zip;

/// <summary>Reads the next bytes of a stream, up to a length, and leaves the stream open.</summary>
internal sealed class BoundedStream(Stream stream, long length) : ReadOnlyStream
{
    private long left = length;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = stream.Read(buffer, offset, (int)Math.Min(count, left));
        left -= read;
        return read;
    }
}
