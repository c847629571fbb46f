using System.Security.Cryptography;
using System.Text;

namespace PlayCanvas.Build.Files;

/// <summary>Short digests, for names that depend on a text and do not reveal it.</summary>
internal static class Sha256
{
    /// <summary>Returns the first bytes of a text's SHA-256, in lower-case hexadecimal.</summary>
    public static string Prefix(string text, int bytes)
    {
        using var hash = SHA256.Create();
        return Hex.Of(hash.ComputeHash(Encoding.UTF8.GetBytes(text)), bytes);
    }
}
