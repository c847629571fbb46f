using System.Globalization;
using Newtonsoft.Json;
using PlayCanvas.Build.Games.Folder;

namespace PlayCanvas.Build.Games.State;

/// <summary>The record of what is installed in a <see cref="GameFolder"/>, and of its origin.</summary>
[JsonObject(ItemRequired = Required.Always)]
internal sealed record GameManifest
{
    /// <summary>Increased when an older package could misread a newer manifest.</summary>
    public const int CurrentVersion = 1;

    /// <summary>UTC, such as <c>2026-11-30 05:14:38Z</c>.</summary>
    private const string ExportedFormat = "u";

    public int ManifestVersion { get; init; } = CurrentVersion;

    /// <summary>The requested parameters, in a form that does not depend on how the project writes them.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>The requested parameters, as the targets write them to compare them in the next build.</summary>
    public string BuildParameters { get; init; } = "";

    /// <summary>When the export was created (UTC), or the time of the zip file that was installed.</summary>
    public DateTimeOffset ExportedAt { get; init; }

    /// <summary>The server's job that created the export; null for a zip file.</summary>
    [JsonProperty(Required = Required.Default)]
    public string? JobId { get; init; }

    /// <summary>The version of the game's engine, such as <c>2.20.6</c>; null when it cannot be determined from the files.</summary>
    [JsonProperty(Required = Required.AllowNull)]
    public string? EngineVersion { get; init; }

    /// <summary>The number of files that match their hashes in <c>config.json</c>.</summary>
    public int VerifiedFiles { get; init; }

    /// <summary>The inconsistencies of the export, each as a part of a sentence; empty for most games.</summary>
    [JsonProperty(Required = Required.DisallowNull)]
    public IReadOnlyList<string> Problems { get; init; } = [];

    public IReadOnlyList<InstalledFile> Files { get; init; } = [];

    [JsonIgnore]
    public long TotalSize => Files.Sum(file => file.Size);

    /// <summary>Reads the manifest; returns null when it does not exist or cannot be read.</summary>
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

    /// <summary>
    /// Returns the time at which the installed export was created, or null when it cannot be read. Reads a file with one line instead of the whole
    /// manifest.
    /// </summary>
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

    /// <summary>
    /// Writes the manifest, after the small files from it that the targets read: the manifest's time shows that the files before it are complete.
    /// </summary>
    public void Write(GameFolder folder, string json)
    {
        GameFolder.WriteAtomically(folder.FileListPath, MSBuildItemList.Write(Files.Select(file => file.Path)));
        GameFolder.WriteAtomically(folder.ParametersPath, BuildParameters);
        GameFolder.WriteAtomically(folder.ExportedPath, ExportedAt.UtcDateTime.ToString(ExportedFormat, CultureInfo.InvariantCulture));
        if (Problems.Count > 0)
            GameFolder.WriteAtomically(folder.ProblemsPath, string.Join("\n", Problems));
        else
            File.Delete(folder.ProblemsPath);
        GameFolder.WriteAtomically(folder.ManifestPath, json);
    }
}
