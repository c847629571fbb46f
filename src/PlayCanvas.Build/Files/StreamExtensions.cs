namespace PlayCanvas.Build.Files;

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
