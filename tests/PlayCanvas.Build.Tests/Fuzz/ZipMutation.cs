using System.Buffers.Binary;
using System.IO.Compression;
using PlayCanvas.Build.Tests.Exports.Zip;

namespace PlayCanvas.Build.Tests.Fuzz;

/// <summary>Changes an export: its files and their names, or the fields and bytes of the zip.</summary>
internal static class ZipMutation
{
    private const uint EntrySignature = 0x02014b50;
    private const uint LocalSignature = 0x04034b50;
    private const uint EndSignature = 0x06054b50;

    private static readonly (int At, int Size)[] EntryFields = [(4, 2), (6, 2), (8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (34, 2), (38, 4), (42, 4), (46, 1)];

    private static readonly (int At, int Size)[] LocalFields = [(0, 4), (6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2), (30, 1)];

    private static readonly (int At, int Size)[] EndFields = [(0, 4), (4, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)];

    public static byte[] Mutate(byte[] zip, Random random)
    {
        if (random.OneIn(2))
            zip = Pack(ChangeFiles(Unpack(zip), random), random);
        if (random.OneIn(4))
            zip = Mutation.Bytes(zip, random);
        for (var changes = random.Next(3); changes > 0; changes--)
            zip = ChangeField(zip, random);
        return zip;
    }

    private static List<KeyValuePair<string, byte[]>> Unpack(byte[] zip) => [.. Zips.ReadAll(zip)];

    private static byte[] Pack(List<KeyValuePair<string, byte[]>> files, Random random) =>
        Zips.Pack(files, random.Pick([CompressionLevel.Optimal, CompressionLevel.Fastest, CompressionLevel.NoCompression]), random.OneIn(8) ? "a comment" : "");

    private static List<KeyValuePair<string, byte[]>> ChangeFiles(List<KeyValuePair<string, byte[]>> files, Random random)
    {
        for (var changes = random.Next(1, 4); changes > 0 && files.Count > 0; changes--)
        {
            var at = random.Next(files.Count);
            var (name, content) = files[at];
            switch (random.Next(6))
            {
                case 0:
                    files.RemoveAt(at);
                    break;
                case 1:
                    files.Insert(random.Next(files.Count + 1), new(name, content));
                    break;
                case 2:
                    files[at] = new(OddName(name, random), content);
                    break;
                case 3:
                    files.Add(new(OddName(name, random), content));
                    break;
                default:
                    files[at] = new(name, name.EndsWith(".json", StringComparison.Ordinal) ? JsonMutation.Mutate(content, random) : Mutation.Bytes(content, random));
                    break;
            }
        }

        return files;
    }

    private static string OddName(string name, Random random)
    {
        var odd = random.Next(5) switch
        {
            0 => name.ToUpperInvariant(),
            1 => name + random.Pick([".", " ", "/", "/x", "\\x", ":x"]),
            2 => name.Replace("/", random.Pick(["\\", "//", "/./", "/../"])),
            3 => name + random.OddText(),
            _ => random.OddText(),
        };
        // .NET refuses to write names that a zip cannot contain.
        return odd.Length == 0 ? name : odd.Replace('\uD800', '?');
    }

    private static byte[] ChangeField(byte[] zip, Random random)
    {
        var (signature, fields) = random.Next(6) switch
        {
            0 => (EndSignature, EndFields),
            < 3 => (LocalSignature, LocalFields),
            _ => (EntrySignature, EntryFields),
        };
        var records = Find(zip, signature);
        if (records.Count == 0)
            return zip;

        var (at, size) = random.Pick(fields);
        var changed = (byte[])zip.Clone();
        var place = random.Pick(records) + at;
        if (place + size > changed.Length)
            return zip;

        Span<byte> value = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(value, NewValue(changed.AsSpan(place, size), random));
        value[..size].CopyTo(changed.AsSpan(place));
        return changed;
    }

    private static long NewValue(ReadOnlySpan<byte> old, Random random)
    {
        long number = 0;
        for (var index = old.Length - 1; index >= 0; index--)
            number = (number << 8) | old[index];
        return random.Next(4) switch
        {
            0 => number + 1,
            1 => number - 1,
            2 => number ^ (1L << random.Next(8 * old.Length)),
            _ => random.OddNumber(),
        };
    }

    private static List<int> Find(byte[] zip, uint signature)
    {
        var places = new List<int>();
        for (var at = 0; at + 4 <= zip.Length; at++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(at)) == signature)
                places.Add(at);
        }

        return places;
    }
}
