namespace PlayCanvas.Build.Exports.Zip;

/// <summary>Bytes of which any part can be read, several at once.</summary>
internal interface IByteSource : IDisposable
{
    long Length { get; }

    /// <summary>A stream over a part of the bytes; it ends early where they do.</summary>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="cancellationToken">Ends a read that waits.</param>
    Stream Open(long offset, long length, CancellationToken cancellationToken);
}

/// <summary>The bytes of a file, which is held from its first to its last use.</summary>
internal sealed class FileByteSource(string path) : IByteSource
{
    private readonly FileStream file = OpenFile(path);

    public long Length => file.Length;

    public Stream Open(long offset, long length, CancellationToken cancellationToken)
    {
        var part = OpenFile(path);
        part.Position = offset;
        return new FilePart(part, length);
    }

    public void Dispose() => file.Dispose();

    // Unbuffered: who reads has a buffer.
    private static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);

    private sealed class FilePart(FileStream file, long length) : ReadOnlyStream
    {
        private readonly BoundedStream part = new(file, length);

        public override int Read(byte[] buffer, int offset, int count) => part.Read(buffer, offset, count);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                file.Dispose();
            base.Dispose(disposing);
        }
    }
}
