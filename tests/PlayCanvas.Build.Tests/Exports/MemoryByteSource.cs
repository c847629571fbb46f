using PlayCanvas.Build.Exports.Zip;

namespace PlayCanvas.Build.Tests.Exports;

/// <summary>The bytes of an array.</summary>
internal sealed class MemoryByteSource(byte[] bytes) : IByteSource
{
    public long Length => bytes.Length;

    // As strict as a file: an offset that makes no sense there must not make sense here.
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
