using System.Security.Cryptography;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>The files of a folder at one moment: the hash of the content and the write time of each file.</summary>
internal static class FolderSnapshot
{
    /// <summary>Returns the files of a folder; none when it does not exist.</summary>
    public static IReadOnlyDictionary<string, (string Hash, DateTime WrittenAt)> Take(string folder, params string[] except) =>
        !Directory.Exists(folder)
            ? new Dictionary<string, (string, DateTime)>()
            : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
                .Where(path => !except.Any(part => path.StartsWith(part, StringComparison.Ordinal)))
                .ToDictionary(path => path, path => FactsOf(Path.Combine(folder, path)));

    private static (string Hash, DateTime WrittenAt) FactsOf(string path) =>
        (Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))), File.GetLastWriteTimeUtc(path));
}
