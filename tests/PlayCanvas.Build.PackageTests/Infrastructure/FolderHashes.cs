using System.Security.Cryptography;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>Compares folders byte by byte.</summary>
internal static class FolderHashes
{
    private static readonly string[] Compressed = [".br", ".gz"];

    /// <summary>Returns the hash of each file in a folder, by its path; compressed forms beside a file are left out.</summary>
    public static IReadOnlyDictionary<string, string> Of(string folder) => !Directory.Exists(folder) ? new SortedDictionary<string, string>() : new SortedDictionary<string, string>(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !Compressed.Contains(Path.GetExtension(file)) || !File.Exists(file[..^3]))
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);
}
