namespace PlayCanvas.Build.Exports.Zip;

/// <summary>Bytes of which any part can be read.</summary>
internal interface IByteSource : IDisposable
{
    long Length { get; }

    /// <summary>A stream over a part of the bytes.</summary>
    Stream Open(long offset, long length);
}

/// <summary>The bytes of a file.</summary>
internal sealed class FileByteSource(string path) : IByteSource
{
    private const int BufferSize = 64 * 1024;

    private readonly FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize);

    public long Length => file.Length;

    public Stream Open(long offset, long length)
    {
        file.Position = offset;
        return new BoundedStream(file, length);
    }

    public void Dispose() => file.Dispose();

    /// <summary>The next bytes of a stream, up to a length; leaves the stream open.</summary>
    private sealed class BoundedStream(Stream stream, long length) : ReadOnlyStream
    {
        private long left = length;

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = stream.Read(buffer, offset, (int)Math.Min(count, left));
            left -= read;
            return read;
        }
    }
}
