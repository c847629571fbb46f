using System.Security.Cryptography;
using System.Text;

namespace PlayCanvas.Sandbox;

/// <summary>The bytes of a file, which are not necessarily in memory.</summary>
public abstract class GameContent
{
    private readonly Lazy<string> md5;

    private protected GameContent() => md5 = new Lazy<string>(ComputeMd5);

    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>The MD5 of the bytes in lower-case hexadecimal, as <c>config.json</c> has it.</summary>
    public string Md5 => md5.Value;

    /// <summary>Opens the bytes for reading; the caller disposes of the stream.</summary>
    public abstract Stream Open();

    /// <summary>Content from bytes.</summary>
    public static GameContent FromBytes(byte[] bytes) => new BytesContent(bytes);

    /// <summary>Content from text, in UTF-8 without a byte order mark.</summary>
    public static GameContent FromText(string text) => new BytesContent(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads everything; meant for the small files of the sandbox's own game.</summary>
    public byte[] ReadAllBytes()
    {
        using var stream = Open();
        var bytes = new byte[Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads everything as UTF-8 text.</summary>
    public string ReadAllText() => Encoding.UTF8.GetString(ReadAllBytes());

    // MD5 is what the format asks for; nothing here is protected by it.
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
