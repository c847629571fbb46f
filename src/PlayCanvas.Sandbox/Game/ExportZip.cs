using System.IO.Compression;

namespace PlayCanvas.Sandbox;

/// <summary>
/// Packs an export as PlayCanvas does: without folder entries, deflated, with data descriptors, and with the same time for every entry.
/// </summary>
internal static class ExportZip
{
    private const int RegularFile0644 = 0x81A4 << 16;
    private const int SmallFile = 8 * 1024 * 1024;

    public static void Write(IEnumerable<ExportFile> files, DateTimeOffset time, Stream destination)
    {
        // A zip that is written to a stream that cannot seek is written front to back, so the sizes follow the data in a descriptor.
        using var zip = new ZipArchive(new ForwardOnlyStream(destination), ZipArchiveMode.Create);
        foreach (var file in files)
        {
            var entry = zip.CreateEntry(file.Path, file.Content.Length > SmallFile ? CompressionLevel.Fastest : CompressionLevel.Optimal);
            entry.LastWriteTime = time;
            entry.ExternalAttributes = RegularFile0644;
            using var from = file.Content.Open();
            using var to = entry.Open();
            from.CopyTo(to);
        }
    }

    private sealed class ForwardOnlyStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);
    }
}
