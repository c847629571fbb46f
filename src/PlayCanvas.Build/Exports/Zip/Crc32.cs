namespace PlayCanvas.Build.Exports.Zip;

/// <summary>The checksum of zip files (reflected polynomial 0xEDB88320), eight bytes a step.</summary>
internal static class Crc32
{
    private const int Slices = 8;

    private static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of some bytes, going on from that of the bytes before them (0 at the start).</summary>
    public static uint Update(uint crc, byte[] bytes, int offset, int count)
    {
        crc = ~crc;
        var end = offset + count;
        for (; end - offset >= Slices; offset += Slices)
        {
            crc ^= (uint)(bytes[offset] | bytes[offset + 1] << 8 | bytes[offset + 2] << 16 | bytes[offset + 3] << 24);
            crc = Table[0x700 + (crc & 0xFF)] ^ Table[0x600 + ((crc >> 8) & 0xFF)]
                ^ Table[0x500 + ((crc >> 16) & 0xFF)] ^ Table[0x400 + (crc >> 24)]
                ^ Table[0x300 + bytes[offset + 4]] ^ Table[0x200 + bytes[offset + 5]]
                ^ Table[0x100 + bytes[offset + 6]] ^ Table[bytes[offset + 7]];
        }

        for (; offset < end; offset++)
            crc = Table[(crc ^ bytes[offset]) & 0xFF] ^ (crc >> 8);
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
