using System.IO.Compression;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>A version of the game as it was exported. The game folder must contain exactly these files, byte for byte.</summary>
internal sealed class ExportedGame
{
    public const string ConfigFile = "config.json";

    private ExportedGame(IReadOnlyDictionary<string, string> md5s) => Md5s = md5s;

    /// <summary>The MD5 of each file, by its path.</summary>
    public IReadOnlyDictionary<string, string> Md5s { get; }

    public static ExportedGame Read(string zipFile)
    {
        using var zip = ZipFile.OpenRead(zipFile);
        return new ExportedGame(zip.Entries.ToDictionary(entry => entry.FullName, Md5Of));
    }

    private static string Md5Of(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return GameContent.FromBytes(bytes.ToArray()).Md5;
    }
}
