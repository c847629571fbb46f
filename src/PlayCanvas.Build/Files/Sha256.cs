using System.Security.Cryptography;
using System.Text;

namespace PlayCanvas.Build.Files;

/// <summary>The digests that identify contents, and short ones for names that depend on a text and do not reveal it.</summary>
internal static class Sha256
{
    /// <summary>Returns the SHA-256 of some bytes, in lower-case hexadecimal.</summary>
    public static string Of(byte[] bytes)
    {
        using var hash = SHA256.Create();
        return Hex.Of(hash.ComputeHash(bytes));
    }

    /// <summary>Returns the first bytes of a text's SHA-256, in lower-case hexadecimal.</summary>
    public static string Prefix(string text, int bytes)
    {
        using var hash = SHA256.Create();
        return Hex.Of(hash.ComputeHash(Encoding.UTF8.GetBytes(text)), bytes);
    }
}
