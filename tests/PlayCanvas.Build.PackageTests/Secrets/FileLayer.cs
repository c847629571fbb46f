using System.IO.Compression;
using System.Text;
using Microsoft.Build.Logging.StructuredLogger;

namespace PlayCanvas.Build.PackageTests.Secrets;

/// <summary>The content of a file, or of a file that is compressed or packed in it.</summary>
internal sealed record FileLayer(string Name, byte[] Content)
{
    /// <summary>Returns all layers of a file: its own bytes and, recursively, everything that can be unpacked from them.</summary>
    public static IReadOnlyList<FileLayer> Of(string path)
    {
        IEnumerable<FileLayer> layers = new FileLayer(path, Read(path)).WithInner();
        return Path.GetExtension(path) == ".binlog" && BinaryLog.ReadBuild(path).SourceFilesArchive is { } imports
            ? [.. layers, .. new FileLayer(path + "/imports", imports).WithInner()]
            : [.. layers];
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return ReadAll(file);
    }

    private IEnumerable<FileLayer> WithInner() => Unpack().SelectMany(inner => inner.WithInner()).Prepend(this);

    private List<FileLayer> Unpack()
    {
        if (StartsWith([0x1f, 0x8b]))
            return [new FileLayer(Name + "/gzip", ReadAll(new GZipStream(new MemoryStream(Content), CompressionMode.Decompress)))];
        if (Path.GetExtension(Name) == ".br")
            return [new FileLayer(Name + "/brotli", ReadAll(new BrotliStream(new MemoryStream(Content), CompressionMode.Decompress)))];
        return StartsWith("PK\x03\x04"u8) ? UnpackZip() : [];
    }

    private List<FileLayer> UnpackZip()
    {
        using var zip = new ZipArchive(new MemoryStream(Content), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
        return [.. zip.Entries.Select(entry => new FileLayer($"{Name}/{entry.FullName}", ReadAll(entry.Open())))];
    }

    private bool StartsWith(ReadOnlySpan<byte> magic) => Content.AsSpan().StartsWith(magic);

    private static byte[] ReadAll(Stream stream)
    {
        using (stream)
        {
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        }
    }
}
