using PlayCanvas.Build.Exports.Zip;

namespace PlayCanvas.Build.Tests.Exports;

/// <summary>A byte source that reads from an array.</summary>
internal sealed class MemoryByteSource(byte[] bytes) : IByteSource
{
    public long Length => bytes.Length;

    // As strict as a file: an offset that is invalid for a file must be invalid here.
    public Stream Open(long offset, long length, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var start = (int)Math.Min(offset, bytes.Length);
        return new MemoryStream(bytes, start, (int)Math.Min(length, bytes.Length - start), writable: false);
    }

    public void Dispose()
    {
    }
}
