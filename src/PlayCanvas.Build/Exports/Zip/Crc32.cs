using System.Runtime.CompilerServices;

namespace PlayCanvas.Build.Exports.Zip;

/// <summary>The checksum of zip files (reflected polynomial 0xEDB88320), eight bytes a step.</summary>
internal static class Crc32
{
    private const int Slices = 8;

    /// <summary>.NET compiles a method well only when it has run for a while, which is longer than a build takes. .NET Standard 2.0 has no name for this.</summary>
    private const MethodImplOptions AggressiveOptimization = (MethodImplOptions)512;

    private static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of some bytes, going on from that of the bytes before them (0 at the start).</summary>
    [MethodImpl(AggressiveOptimization)]
    public static uint Update(uint crc, byte[] bytes, int offset, int count)
    {
        var table = Table;
        crc = ~crc;
        var end = offset + count;
        for (; end - offset >= Slices; offset += Slices)
        {
            crc ^= (uint)(bytes[offset] | bytes[offset + 1] << 8 | bytes[offset + 2] << 16 | bytes[offset + 3] << 24);
            crc = table[0x700 + (crc & 0xFF)] ^ table[0x600 + ((crc >> 8) & 0xFF)]
                ^ table[0x500 + ((crc >> 16) & 0xFF)] ^ table[0x400 + (crc >> 24)]
                ^ table[0x300 + bytes[offset + 4]] ^ table[0x200 + bytes[offset + 5]]
                ^ table[0x100 + bytes[offset + 6]] ^ table[bytes[offset + 7]];
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
