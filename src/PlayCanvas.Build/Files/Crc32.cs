using System.Runtime.CompilerServices;

namespace PlayCanvas.Build.Files;

/// <summary>The checksum of zip files (reflected polynomial 0xEDB88320), computed sixteen bytes at a time.</summary>
internal static class Crc32
{
    private const int Slices = 16;

    /// <summary>
    /// .NET fully optimizes a method only after it has run for a while, which is longer than a build takes. .NET Standard 2.0 does not define this
    /// value.
    /// </summary>
    private const MethodImplOptions AggressiveOptimization = (MethodImplOptions)512;

    private static readonly uint[] Table = MakeTable();

    /// <summary>Returns the checksum of some bytes, continuing that of the preceding bytes (0 at the start).</summary>
    [MethodImpl(AggressiveOptimization)]
    public static uint Update(uint crc, byte[] bytes, int offset, int count)
    {
        var table = Table;
        crc = ~crc;
        var end = offset + count;
        for (; BitConverter.IsLittleEndian && end - offset >= Slices; offset += Slices)
        {
            var first = BitConverter.ToUInt64(bytes, offset) ^ crc;
            var second = BitConverter.ToUInt64(bytes, offset + 8);
            crc = table[0xF00 + (int)(first & 0xFF)] ^ table[0xE00 + (int)(first >> 8 & 0xFF)]
                ^ table[0xD00 + (int)(first >> 16 & 0xFF)] ^ table[0xC00 + (int)(first >> 24 & 0xFF)]
                ^ table[0xB00 + (int)(first >> 32 & 0xFF)] ^ table[0xA00 + (int)(first >> 40 & 0xFF)]
                ^ table[0x900 + (int)(first >> 48 & 0xFF)] ^ table[0x800 + (int)(first >> 56)]
                ^ table[0x700 + (int)(second & 0xFF)] ^ table[0x600 + (int)(second >> 8 & 0xFF)]
                ^ table[0x500 + (int)(second >> 16 & 0xFF)] ^ table[0x400 + (int)(second >> 24 & 0xFF)]
                ^ table[0x300 + (int)(second >> 32 & 0xFF)] ^ table[0x200 + (int)(second >> 40 & 0xFF)]
                ^ table[0x100 + (int)(second >> 48 & 0xFF)] ^ table[(int)(second >> 56)];
        }

        for (; offset < end; offset++)
            crc = table[(crc ^ bytes[offset]) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[Slices * 256];
        for (uint value = 0; value < 256; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            table[value] = crc;
        }

        for (var index = 256; index < table.Length; index++)
            table[index] = (table[index - 256] >> 8) ^ table[table[index - 256] & 0xFF];
        return table;
    }
}
