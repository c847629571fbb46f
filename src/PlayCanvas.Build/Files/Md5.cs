using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace PlayCanvas.Build.Files;

/// <summary>The hash with which PlayCanvas identifies the contents of files.</summary>
internal static class Md5
{
    [SuppressMessage("Security", "CA5351", Justification = "It compares contents with the hashes in config.json; it protects nothing.")]
    public static MD5 Create() => MD5.Create();

    /// <summary>Returns the hash of some bytes.</summary>
    public static string Of(byte[] bytes)
    {
        using var md5 = Create();
        return Hex.Of(md5.ComputeHash(bytes));
    }

    /// <summary>Returns the hash of several files, one after the other.</summary>
    public static string OfFiles(IEnumerable<string> paths)
    {
        using var md5 = Create();
        foreach (var bytes in paths.Select(File.ReadAllBytes))
            md5.TransformBlock(bytes, 0, bytes.Length, null, 0);
        md5.TransformFinalBlock([], 0, 0);
        return Hex.Of(md5.Hash);
    }
}
