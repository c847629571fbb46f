namespace PlayCanvas.Build.Exports.Zip;

/// <summary>Reads little-endian numbers from a zip's structures.</summary>
internal readonly struct LittleEndian(byte[] bytes)
{
    public ushort UInt16(int at) => (ushort)(bytes[at] | bytes[at + 1] << 8);

    public uint UInt32(int at) => UInt16(at) | (uint)UInt16(at + 2) << 16;

    public long Int64(int at) => UInt32(at) | (long)UInt32(at + 4) << 32;
}

internal static class StreamExtensions
{
    /// <summary>Reads until the array is full; returns false when the stream ends earlier.</summary>
    public static bool Fill(this Stream stream, byte[] bytes) => stream.ReadFull(bytes) == bytes.Length;

    /// <summary>Reads until the array is full or the stream ends; returns the number of bytes.</summary>
    public static int ReadFull(this Stream stream, byte[] bytes)
    {
        var filled = 0;
        while (filled < bytes.Length && stream.Read(bytes, filled, bytes.Length - filled) is > 0 and var read)
            filled += read;
        return filled;
    }
}
