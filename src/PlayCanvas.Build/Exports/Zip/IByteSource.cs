using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Exports.Zip;

/// <summary>Bytes of which any part can be read, also several at once.</summary>
internal interface IByteSource : IDisposable
{
    long Length { get; }

    /// <summary>Opens a stream over a part of the bytes. It ends early if the source does.</summary>
    /// <param name="offset">The start of the part.</param>
    /// <param name="length">The length of the part in bytes.</param>
    /// <param name="cancellationToken">Cancels pending reads.</param>
    Stream Open(long offset, long length, CancellationToken cancellationToken);
}

/// <summary>The bytes of a file, which stays open as long as this object is in use.</summary>
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

    // Unbuffered: the callers have their own buffers.
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
