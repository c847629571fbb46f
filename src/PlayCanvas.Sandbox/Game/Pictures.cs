using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PlayCanvas.Sandbox;

/// <summary>Draws the game's images, so that none has to be stored.</summary>
internal static class Pictures
{
    /// <summary>Returns a PNG of a light checkerboard with a frame, which takes on the color of the material that displays it.</summary>
    public static byte[] Checker(int size)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(png, "IHDR", Header(size));
        WriteChunk(png, "IDAT", Compress(Pixels(size)));
        WriteChunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Header(int size)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, size);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), size);
        header[8] = 8; // bits per channel
        header[9] = 2; // red, green, blue
        return header;
    }

    private static byte[] Pixels(int size)
    {
        var frame = Math.Max(1, size / 16);
        using var rows = new MemoryStream();
        for (var y = 0; y < size; y++)
        {
            rows.WriteByte(0); // no filter
            for (var x = 0; x < size; x++)
            {
                var onFrame = x < frame || y < frame || x >= size - frame || y >= size - frame;
                var dark = ((x * 4 / size) + (y * 4 / size)) % 2 == 0;
                var gray = (byte)(onFrame ? 255 : dark ? 205 : 240);
                rows.Write([gray, gray, gray]);
            }
        }

        return rows.ToArray();
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(bytes);
        return compressed.ToArray();
    }

    private static void WriteChunk(Stream png, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
        png.Write(number);
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }
}
