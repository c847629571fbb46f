namespace PlayCanvas.Build.Exports.Zip;

/// <summary>Reads little-endian numbers from a zip's structures.</summary>
internal readonly struct LittleEndian(byte[] bytes)
{
    public ushort UInt16(int at) => (ushort)(bytes[at] | bytes[at + 1] << 8);

    public uint UInt32(int at) => UInt16(at) | (uint)UInt16(at + 2) << 16;

    public long Int64(int at) => UInt32(at) | (long)UInt32(at + 4) << 32;
}
