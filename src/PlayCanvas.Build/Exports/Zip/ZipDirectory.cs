using System.Text;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Exports.Zip;

/// <summary>
/// Reads a zip's central directory. .NET's own reader does not expose the CRC-32 on netstandard2.0, and checks neither the CRC-32 nor the declared
/// sizes, overlapping entries or encryption.
/// </summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054b50;
    private const uint Zip64LocatorSignature = 0x07064b50;
    private const uint Zip64EndSignature = 0x06064b50;
    private const uint EntrySignature = 0x02014b50;
    private const int EndSize = 22;
    private const int Zip64LocatorSize = 20;
    private const int Zip64EndSize = 56;
    private const int EntrySize = 46;
    private const int MaxCommentLength = 65_535;
    private const int MaxStartLength = 1024;
    private const int MaxDirectoryLength = 512 * 1024 * 1024;

    private const int EncryptedFlag = 1;
    private const int StoredMethod = 0;
    private const int DeflatedMethod = 8;
    private const int UnixSystem = 3;
    private const int UnixTypeMask = 0xF000;
    private const int UnixRegularFile = 0x8000;

    private static readonly string[] PageStarts = ["<!doctype html", "<html"];

    /// <exception cref="ExportException">The file is not a zip file, or is damaged.</exception>
    /// <exception cref="ExportException">The zip contains a link, a device, or an encrypted entry.</exception>
    /// <exception cref="ExportException">The zip exceeds a limit.</exception>
    public static IReadOnlyList<ZipEntry> Read(IByteSource source, ZipLimits limits, CancellationToken cancellationToken)
    {
        var (offset, size, count) = FindDirectory(source, cancellationToken);
        if (count > limits.Entries)
            throw new ExportException(ExportFault.TooLarge, $"it has {count:N0} entries, but at most {limits.Entries:N0} are allowed");
        if (size > MaxDirectoryLength || offset < 0 || size < 0 || count < 0 || offset > source.Length - size)
            throw new ExportException(ExportFault.Damaged, "its directory is outside the file, which may be truncated");

        var entries = ReadEntries(ReadBytes(source, offset, (int)size, cancellationToken), (int)count);
        CheckSizes(entries, limits);
        return WithEnds(entries, offset);
    }

    private static (long Offset, long Size, long Count) FindDirectory(IByteSource source, CancellationToken cancellationToken)
    {
        var tailLength = (int)Math.Min(source.Length, EndSize + MaxCommentLength);
        var tailOffset = source.Length - tailLength;
        var tail = new LittleEndian(ReadBytes(source, tailOffset, tailLength, cancellationToken));
        for (var at = tailLength - EndSize; at >= 0; at--)
        {
            if (tail.UInt32(at) == EndSignature && at + EndSize + tail.UInt16(at + 20) <= tailLength)
                return ReadEnd(source, tail, at, tailOffset, cancellationToken);
        }

        throw new ExportException(ExportFault.Damaged, DescribeOther(source, cancellationToken));
    }

    /// <summary>Describes a file without the end of a zip, as far as its beginning shows what it is.</summary>
    private static string DescribeOther(IByteSource source, CancellationToken cancellationToken)
    {
        if (source.Length == 0)
            return "it is an empty file, not a zip file";

        var start = ReadBytes(source, 0, (int)Math.Min(source.Length, MaxStartLength), cancellationToken);
        if (start.Length >= 4 && new LittleEndian(start).UInt32(0) == EntryStream.HeaderSignature)
            return "it is a truncated zip file: its end is missing";

        var text = Encoding.UTF8.GetString(start).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        var isPage = text.StartsWith("<", StringComparison.Ordinal)
            && PageStarts.Any(tag => text.IndexOf(tag, StringComparison.OrdinalIgnoreCase) >= 0);
        return isPage ? "it is an HTML page, not a zip file" : "it is not a zip file";
    }

    private static (long Offset, long Size, long Count) ReadEnd(IByteSource source, LittleEndian tail, int at, long tailOffset, CancellationToken cancellationToken)
    {
        long count = tail.UInt16(at + 10);
        long size = tail.UInt32(at + 12);
        long offset = tail.UInt32(at + 16);
        var isZip64 = count == ushort.MaxValue || size == uint.MaxValue || offset == uint.MaxValue;
        var locatorOffset = tailOffset + at - Zip64LocatorSize;
        if (!isZip64 || locatorOffset < 0)
            return (offset, size, count);

        var locator = new LittleEndian(ReadBytes(source, locatorOffset, Zip64LocatorSize, cancellationToken));
        if (locator.UInt32(0) != Zip64LocatorSignature)
            return (offset, size, count);

        var endOffset = locator.Int64(8);
        if (endOffset < 0 || endOffset > source.Length - Zip64EndSize)
            throw new ExportException(ExportFault.Damaged, "its zip64 directory is outside the file");
        var end = new LittleEndian(ReadBytes(source, endOffset, Zip64EndSize, cancellationToken));
        if (end.UInt32(0) != Zip64EndSignature)
            throw new ExportException(ExportFault.Damaged, "its zip64 directory is invalid");
        return (end.Int64(48), end.Int64(40), end.Int64(32));
    }

    private static List<ZipEntry> ReadEntries(byte[] directory, int count)
    {
        var bytes = new LittleEndian(directory);
        var entries = new List<ZipEntry>(Math.Min(count, directory.Length / EntrySize));
        var at = 0;
        for (var index = 0; index < count; index++)
        {
            if (at + EntrySize > directory.Length || bytes.UInt32(at) != EntrySignature)
                throw new ExportException(ExportFault.Damaged, index == 0 ? "its directory is not at the recorded offset, so it may be truncated" : $"entry {index + 1} of its directory is invalid");

            var nameLength = bytes.UInt16(at + 28);
            var extraLength = bytes.UInt16(at + 30);
            var next = at + EntrySize + nameLength + extraLength + bytes.UInt16(at + 32);
            if (next > directory.Length)
                throw new ExportException(ExportFault.Damaged, $"entry {index + 1} of its directory is invalid");

            var name = Encoding.UTF8.GetString(directory, at + EntrySize, nameLength);
            if (!name.EndsWith("/", StringComparison.Ordinal))
                entries.Add(ReadEntry(bytes, at, name, at + EntrySize + nameLength, extraLength));
            at = next;
        }

        return at == directory.Length ? entries : throw new ExportException(ExportFault.Damaged, "its directory contains more than the number of entries that it declares");
    }

    private static ZipEntry ReadEntry(LittleEndian bytes, int at, string name, int extraAt, int extraLength)
    {
        if ((bytes.UInt16(at + 8) & EncryptedFlag) != 0)
            throw new ExportException(ExportFault.Unsafe, $"\"{name}\" is encrypted");

        var unixType = (int)(bytes.UInt32(at + 38) >> 16) & UnixTypeMask;
        if (bytes.UInt16(at + 4) >> 8 == UnixSystem && unixType != 0 && unixType != UnixRegularFile)
            throw new ExportException(ExportFault.Unsafe, $"\"{name}\" is a link or another special file");

        var method = bytes.UInt16(at + 10);
        if (method is not (StoredMethod or DeflatedMethod))
            throw new ExportException(ExportFault.Damaged, $"\"{name}\" uses the unknown compression method {method}");

        long compressedSize = bytes.UInt32(at + 20);
        long size = bytes.UInt32(at + 24);
        long offset = bytes.UInt32(at + 42);
        ReadZip64(bytes, extraAt, extraLength, ref size, ref compressedSize, ref offset);
        if (size < 0 || compressedSize < 0 || offset < 0 || (method == StoredMethod && size != compressedSize))
            throw new ExportException(ExportFault.Damaged, $"\"{name}\" has invalid sizes");
        return new ZipEntry(name, bytes.UInt32(at + 16), size, compressedSize, offset, method == DeflatedMethod);
    }

    /// <summary>Sizes that do not fit into 32 bits, and only those, are stored in an extra field, in this order.</summary>
    private static void ReadZip64(LittleEndian bytes, int extraAt, int extraLength, ref long size, ref long compressedSize, ref long offset)
    {
        var end = extraAt + extraLength;
        for (var at = extraAt; at + 4 <= end; at += 4 + bytes.UInt16(at + 2))
        {
            if (bytes.UInt16(at) != 1)
                continue;

            var value = at + 4;
            var valuesEnd = Math.Min(end, value + bytes.UInt16(at + 2));
            Take(ref size);
            Take(ref compressedSize);
            Take(ref offset);
            return;

            void Take(ref long field)
            {
                if (field != uint.MaxValue || value + 8 > valuesEnd)
                    return;
                field = bytes.Int64(value);
                value += 8;
            }
        }
    }

    private static void CheckSizes(List<ZipEntry> entries, ZipLimits limits)
    {
        var size = entries.Sum(entry => (decimal)entry.Size);
        var compressedSize = entries.Sum(entry => (decimal)entry.CompressedSize);
        if (size > limits.TotalSize)
            throw new ExportException(ExportFault.TooLarge, $"it unpacks to {size / 1024 / 1024:N0} MB, but at most {limits.TotalSize / 1024 / 1024:N0} MB are allowed");
        if (size > ZipLimits.RatioFreeSize && size > compressedSize * limits.Ratio)
            throw new ExportException(ExportFault.TooLarge, $"it unpacks to more than {limits.Ratio} times its size");
    }

    /// <summary>
    /// Sorts the entries by position, and sets the end of each to the start of the next one or of the directory. Overlapping entries are rejected,
    /// since they let a small zip unpack to petabytes.
    /// </summary>
    private static List<ZipEntry> WithEnds(List<ZipEntry> entries, long directoryOffset)
    {
        entries.Sort((one, other) => one.HeaderOffset.CompareTo(other.HeaderOffset));
        for (var index = 0; index < entries.Count; index++)
        {
            var entry = entries[index];
            var isLast = index + 1 == entries.Count;
            var end = isLast ? directoryOffset : entries[index + 1].HeaderOffset;
            if (entry.CompressedSize > directoryOffset - EntryStream.HeaderSize - entry.HeaderOffset)
                throw new ExportException(ExportFault.Damaged, $"\"{entry.Name}\" is outside the file");
            if (entry.HeaderOffset + EntryStream.HeaderSize + entry.CompressedSize > end)
                throw new ExportException(ExportFault.Unsafe, $"\"{entries[index + 1].Name}\" overlaps another entry");
            entries[index] = entry with { EndOffset = end };
        }

        return entries;
    }

    private static byte[] ReadBytes(IByteSource source, long offset, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        using var stream = source.Open(offset, length, cancellationToken);
        if (!stream.Fill(bytes))
            throw new ExportException(ExportFault.Damaged, "it ends unexpectedly");
        return bytes;
    }
}
