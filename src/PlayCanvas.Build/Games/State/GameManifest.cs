using System.Globalization;
using Newtonsoft.Json;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Folder;

namespace PlayCanvas.Build.Games.State;

/// <summary>The record of what is installed in a <see cref="GameFolder"/>, and of its origin.</summary>
[JsonObject(ItemRequired = Required.Always)]
internal sealed record GameManifest
{
    /// <summary>Increased when an older package could misread a newer manifest.</summary>
    public const int CurrentVersion = 1;

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

    /// <summary>Reads a manifest; returns null when it does not exist or cannot be read.</summary>
    public static GameManifest? TryRead(string path) =>
        JsonFile.TryRead<GameManifest>(path) is { ManifestVersion: CurrentVersion } manifest ? manifest : null;

    public string ToJson() => JsonConvert.SerializeObject(this, Formatting.Indented);
}
