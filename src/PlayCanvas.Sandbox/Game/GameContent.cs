using System.Security.Cryptography;
using System.Text;

namespace PlayCanvas.Sandbox;

/// <summary>The content of a file, which is not necessarily in memory.</summary>
public abstract class GameContent
{
    private readonly Lazy<string> md5;

    private protected GameContent() => md5 = new Lazy<string>(ComputeMd5);

    /// <summary>The length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>The MD5 of the bytes in lower-case hexadecimal, as in <c>config.json</c>.</summary>
    public string Md5 => md5.Value;

    /// <summary>Opens the content for reading; the caller disposes of the stream.</summary>
    public abstract Stream Open();

    /// <summary>Creates content from bytes.</summary>
    public static GameContent FromBytes(byte[] bytes) => new BytesContent(bytes);

    /// <summary>Creates content from text, in UTF-8 without a byte order mark.</summary>
    public static GameContent FromText(string text) => new BytesContent(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads the whole content; intended for the small files of the sandbox's own game.</summary>
    public byte[] ReadAllBytes()
    {
        using var stream = Open();
        var bytes = new byte[Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads the whole content as UTF-8 text.</summary>
    public string ReadAllText() => Encoding.UTF8.GetString(ReadAllBytes());

    // The format requires MD5; it does not protect anything here.
#pragma warning disable CA5351
    private string ComputeMd5()
    {
        using var stream = Open();
        return Convert.ToHexStringLower(MD5.HashData(stream));
    }
#pragma warning restore CA5351

    private sealed class BytesContent(byte[] bytes) : GameContent
    {
        public override long Length => bytes.Length;

        public override Stream Open() => new MemoryStream(bytes, writable: false);
    }
}
