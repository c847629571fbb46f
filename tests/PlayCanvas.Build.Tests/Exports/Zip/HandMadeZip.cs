using System.IO.Compression;
using System.Text;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tests.Exports.Zip;

/// <summary>A zip in which every field can be made wrong. Fields that are not set are correct.</summary>
internal sealed class HandMadeZip(params HandMadeEntry[] entries)
{
    public long? EntryCount { get; init; }

    public long? DirectorySize { get; init; }

    public long? DirectoryOffset { get; init; }

    /// <summary>Writes the count, size and offset of the directory into a zip64 record.</summary>
    public bool IsZip64 { get; init; }

    public long? Zip64EndOffset { get; init; }

    public uint Zip64EndSignature { get; init; } = 0x06064b50;

    /// <summary>Bytes at the end of the directory that do not belong to an entry.</summary>
    public byte[] AfterEntries { get; init; } = [];

    public string Comment { get; init; } = "";

    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        var offsets = entries.Select(entry => entry.WriteLocal(writer)).ToList();
        var start = bytes.Position;
        for (var index = 0; index < entries.Length; index++)
            entries[index].WriteCentral(writer, offsets[index]);

        writer.Write(AfterEntries);
        WriteEnd(writer, start, bytes.Position - start);
        return bytes.ToArray();
    }

    private void WriteEnd(BinaryWriter writer, long start, long length)
    {
        var count = EntryCount ?? entries.Length;
        var size = DirectorySize ?? length;
        var offset = DirectoryOffset ?? start;
        if (IsZip64)
            WriteZip64End(writer, count, size, offset);

        writer.Write(0x06054b50);
        writer.Write(0);
        writer.Write(IsZip64 ? ushort.MaxValue : (ushort)count);
        writer.Write(IsZip64 ? ushort.MaxValue : (ushort)count);
        writer.Write(IsZip64 ? uint.MaxValue : (uint)size);
        writer.Write(IsZip64 ? uint.MaxValue : (uint)offset);
        writer.Write((ushort)Comment.Length);
        writer.Write(Encoding.ASCII.GetBytes(Comment));
    }

    private void WriteZip64End(BinaryWriter writer, long count, long size, long offset)
    {
        var at = writer.BaseStream.Position;
        writer.Write(Zip64EndSignature);
        writer.Write(44L);
        writer.Write((ushort)45);
        writer.Write((ushort)45);
        writer.Write(0);
        writer.Write(0);
        writer.Write(count);
        writer.Write(count);
        writer.Write(size);
        writer.Write(offset);

        writer.Write(0x07064b50);
        writer.Write(0);
        writer.Write(Zip64EndOffset ?? at);
        writer.Write(1);
    }
}

/// <summary>An entry in which every field can be made wrong.</summary>
internal sealed record HandMadeEntry(string Name, string Content = "content of a file, a file, a file")
{
    private const ushort DescriptorFlag = 8;
    private const ushort Utf8Flag = 0x800;

    public ushort Method { get; init; } = 8;

    public ushort Flags { get; init; } = DescriptorFlag | Utf8Flag;

    public uint? Crc { get; init; }

    public long? Size { get; init; }

    public long? CompressedSize { get; init; }

    public long? Offset { get; init; }

    /// <summary>The system in the high byte: 3 is Unix, 0 is MS-DOS.</summary>
    public ushort MadeBy { get; init; } = 0x0314;

    public uint UnixMode { get; init; } = 0x81A4;

    /// <summary>The name in the local header.</summary>
    public string? LocalName { get; init; }

    /// <summary>Writes the sizes and the offset into a zip64 extra field.</summary>
    public bool IsZip64 { get; init; }

    private byte[] Plain => Encoding.UTF8.GetBytes(Content);

    private byte[] Packed => Method == 0 ? Plain : Deflate(Plain);

    public long WriteLocal(BinaryWriter writer)
    {
        var offset = writer.BaseStream.Position;
        var name = Encoding.UTF8.GetBytes(LocalName ?? Name);
        writer.Write(0x04034b50);
        writer.Write((ushort)20);
        writer.Write(Flags);
        writer.Write(Method);
        writer.Write(0);
        writer.Write(0);
        writer.Write(0);
        writer.Write(0);
        writer.Write((ushort)name.Length);
        writer.Write((ushort)0);
        writer.Write(name);
        writer.Write(Packed);

        writer.Write(0x08074b50);
        writer.Write(CrcOf(Plain));
        writer.Write(Packed.Length);
        writer.Write(Plain.Length);
        return offset;
    }

    public void WriteCentral(BinaryWriter writer, long localOffset)
    {
        var name = Encoding.UTF8.GetBytes(Name);
        var size = Size ?? Plain.Length;
        var compressedSize = CompressedSize ?? Packed.Length;
        var offset = Offset ?? localOffset;
        writer.Write(0x02014b50);
        writer.Write(MadeBy);
        writer.Write((ushort)20);
        writer.Write(Flags);
        writer.Write(Method);
        writer.Write(0);
        writer.Write(Crc ?? CrcOf(Plain));
        writer.Write(IsZip64 ? uint.MaxValue : (uint)compressedSize);
        writer.Write(IsZip64 ? uint.MaxValue : (uint)size);
        writer.Write((ushort)name.Length);
        writer.Write((ushort)(IsZip64 ? 8 + 28 : 0));
        writer.Write((ushort)0);
        writer.Write(0);
        writer.Write(UnixMode << 16);
        writer.Write(IsZip64 ? uint.MaxValue : (uint)offset);
        writer.Write(name);
        if (!IsZip64)
            return;

        // Another extra field comes first: only the field with the id 1 counts.
        writer.Write((ushort)0x5455);
        writer.Write((ushort)4);
        writer.Write(0x12345678);
        writer.Write((ushort)1);
        writer.Write((ushort)24);
        writer.Write(size);
        writer.Write(compressedSize);
        writer.Write(offset);
    }

    private static uint CrcOf(byte[] bytes) => Crc32.Update(0, bytes, 0, bytes.Length);

    private static byte[] Deflate(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal))
            deflate.Write(bytes);
        return packed.ToArray();
    }
}
