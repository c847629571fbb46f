using System.Globalization;
using Newtonsoft.Json;
using PlayCanvas.Build.Exports.Folder;

namespace PlayCanvas.Build.Exports;

/// <summary>What is installed in a <see cref="GameFolder"/>, and where it came from.</summary>
[JsonObject(ItemRequired = Required.Always)]
internal sealed record GameManifest
{
    /// <summary>Raised when an older package could misread a newer manifest.</summary>
    public const int CurrentVersion = 1;

    /// <summary>UTC, as in <c>2026-11-30 05:14:38Z</c>.</summary>
    private const string ExportedFormat = "u";

    public int ManifestVersion { get; init; } = CurrentVersion;

    /// <summary>What was asked for, in the words of the targets.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>When the export was made (UTC), or the time of the zip file that was installed.</summary>
    public DateTimeOffset ExportedAt { get; init; }

    /// <summary>The server's job that made the export; null for a zip file.</summary>
    [JsonProperty(Required = Required.Default)]
    public string? JobId { get; init; }

    /// <summary>Of the game's engine, such as <c>2.20.6</c>; null when the files do not tell.</summary>
    [JsonProperty(Required = Required.AllowNull)]
    public string? EngineVersion { get; init; }

    /// <summary>How many files match their hashes in <c>config.json</c>.</summary>
    public int VerifiedFiles { get; init; }

    /// <summary>What the export says of its files and is not so, a sentence's part each; empty for most games.</summary>
    [JsonProperty(Required = Required.DisallowNull)]
    public IReadOnlyList<string> Problems { get; init; } = [];

    public IReadOnlyList<InstalledFile> Files { get; init; } = [];

    [JsonIgnore]
    public long TotalSize => Files.Sum(file => file.Size);

    /// <summary>The manifest, or null when there is none that can be read.</summary>
    public static GameManifest? TryRead(string path)
    {
        try
        {
            return File.Exists(path)
                && JsonConvert.DeserializeObject<GameManifest>(File.ReadAllText(path)) is { ManifestVersion: CurrentVersion } manifest
                    ? manifest
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>When the installed export was made, or null when that cannot be read. Reads a file of one line instead of the whole manifest.</summary>
    public static DateTimeOffset? TryReadExportedAt(GameFolder folder)
    {
        try
        {
            return DateTimeOffset.TryParseExact(
                File.ReadAllText(folder.ExportedPath).Trim(), ExportedFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exportedAt)
                    ? exportedAt
                    : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public string ToJson() => JsonConvert.SerializeObject(this, Formatting.Indented);

    public void Write(GameFolder folder) => Write(folder, ToJson());

    /// <summary>Writes the manifest, after the few words of it that the targets read: its time says that all before it is there.</summary>
    public void Write(GameFolder folder, string json)
    {
        GameFolder.WriteAtomically(folder.FileListPath, MSBuildItemList.Write(Files.Select(file => file.Path)));
        GameFolder.WriteAtomically(folder.ParametersPath, Parameters);
        GameFolder.WriteAtomically(folder.ExportedPath, ExportedAt.UtcDateTime.ToString(ExportedFormat, CultureInfo.InvariantCulture));
        if (Problems.Count > 0)
            GameFolder.WriteAtomically(folder.ProblemsPath, string.Join("\n", Problems));
        else
            File.Delete(folder.ProblemsPath);
        GameFolder.WriteAtomically(folder.ManifestPath, json);
    }
}
