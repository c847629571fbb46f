using System.IO.Compression;
using System.Text;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Exports.Zip;

/// <summary>The content of an entry. Reading it to the end verifies its length and its CRC-32.</summary>
internal sealed class EntryStream : ReadOnlyStream
{
    /// <summary>The length of a local header without its name and extra fields, in bytes.</summary>
    public const int HeaderSize = 30;

    public const uint HeaderSignature = 0x04034b50;

    private readonly ZipEntry entry;
    private readonly Stream content;
    private long left;
    private uint crc;

    /// <param name="segment">A segment whose position is not past the entry; it is left open.</param>
    /// <param name="entry">An entry of the segment.</param>
    public EntryStream(SegmentStream segment, ZipEntry entry)
    {
        this.entry = entry;
        left = entry.Size;
        SkipHeader(segment, entry);
        var stored = new BoundedStream(segment, entry.CompressedSize);
        content = entry.IsDeflated ? new DeflateStream(stored, CompressionMode.Decompress) : stored;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (count == 0)
            return 0;

        var read = ReadContent(buffer, offset, count);
        crc = Crc32.Update(crc, buffer, offset, read);
        left -= read;
        if (left < 0 || (read == 0 && left > 0))
            throw new ExportException(ExportFault.Damaged, $"\"{entry.Name}\" does not have the length that the zip directory gives");
        if (read == 0 && crc != entry.Crc)
            throw new ExportException(ExportFault.Damaged, $"\"{entry.Name}\" does not match its checksum");
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    private int ReadContent(byte[] buffer, int offset, int count)
    {
        try
        {
            return content.Read(buffer, offset, count);
        }
        catch (InvalidDataException error)
        {
            throw new ExportException(ExportFault.Damaged, $"\"{entry.Name}\" cannot be unpacked", error);
        }
    }

    private static void SkipHeader(SegmentStream segment, ZipEntry entry)
    {
        if (!segment.SkipTo(entry.HeaderOffset))
            throw new ExportException(ExportFault.Damaged, $"\"{entry.Name}\" is outside the file");

        var fields = new LittleEndian(ReadHeader(segment, entry, HeaderSize));
        if (fields.UInt32(0) != HeaderSignature)
            throw new ExportException(ExportFault.Damaged, $"\"{entry.Name}\" has an invalid header");

        // No checksum covers the names, but each name occurs twice in the file.
        var nameLength = fields.UInt16(26);
        if (Encoding.UTF8.GetString(ReadHeader(segment, entry, nameLength)) != entry.StoredName)
            throw new ExportException(ExportFault.Damaged, $"\"{entry.Name}\" has a different name in its header");

        var dataOffset = entry.HeaderOffset + HeaderSize + nameLength + fields.UInt16(28);
        if (dataOffset > entry.EndOffset - entry.CompressedSize || !segment.SkipTo(dataOffset))
            throw new ExportException(ExportFault.Damaged, $"\"{entry.Name}\" is outside the file");
    }

    private static byte[] ReadHeader(SegmentStream segment, ZipEntry entry, int length)
    {
        var bytes = new byte[length];
        return segment.Fill(bytes) ? bytes : throw new ExportException(ExportFault.Damaged, $"\"{entry.Name}\" has an invalid header");
    }
}
