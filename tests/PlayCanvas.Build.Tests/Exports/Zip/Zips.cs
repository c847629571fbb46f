using System.IO.Compression;
using System.Text;
using PlayCanvas.Build.Exports.Zip;

namespace PlayCanvas.Build.Tests.Exports.Zip;

/// <summary>Packs zips as programs do, and reads zips with the reader of the package.</summary>
internal static class Zips
{
    /// <summary>Packs files as exports are packed: front to back, so that sizes and checksums are in descriptors after the data.</summary>
    public static byte[] Pack(IEnumerable<KeyValuePair<string, byte[]>> files, CompressionLevel level = CompressionLevel.Optimal, string comment = "")
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(new ForwardOnlyStream(bytes), ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.Comment = comment;
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads the content of every entry to its end.</summary>
    public static Dictionary<string, byte[]> ReadAll(byte[] zip)
    {
        using var source = new MemoryByteSource(zip);
        return Directory(source).ToDictionary(entry => entry.Name, entry => Read(source, entry));
    }

    public static IReadOnlyList<ZipEntry> Directory(IByteSource source) => ZipDirectory.Read(source, ZipLimits.Game, CancellationToken.None);

    /// <summary>Opens the content of an entry, which is read with a small buffer.</summary>
    public static EntryStream Open(IByteSource source, ZipEntry entry) =>
        new(new SegmentStream(source, new ZipSegment([entry]), new byte[100], CancellationToken.None), entry);

    public static byte[] Read(IByteSource source, ZipEntry entry)
    {
        using var content = Open(source, entry);
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

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
    }
}
