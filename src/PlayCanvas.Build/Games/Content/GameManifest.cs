using Newtonsoft.Json;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Content;

/// <summary>The record of a game's content: its files, and what they reveal about their origin.</summary>
[JsonObject(ItemRequired = Required.Always)]
internal sealed record GameManifest
{
    /// <summary>Increased when an older package could misread a newer manifest.</summary>
    public const int CurrentVersion = 1;

    [JsonProperty("manifestVersion")]
    public int ManifestVersion { get; init; } = CurrentVersion;

    /// <summary>The id of the content: see <see cref="Content.ContentId"/>.</summary>
    [JsonProperty("contentId")]
    public string ContentId { get; init; } = "";

    /// <summary>The id of what the package changes in a content: see <see cref="Content.AdaptationId"/>.</summary>
    [JsonProperty("adaptationId")]
    public string AdaptationId { get; init; } = Content.AdaptationId.Current;

    /// <summary>When the export was created (UTC), or the time of the zip file that was installed; null in what is published.</summary>
    [JsonProperty("exportedAt", Required = Required.Default, NullValueHandling = NullValueHandling.Ignore)]
    public DateTimeOffset? ExportedAt { get; init; }

    /// <summary>What the files reveal about the game.</summary>
    [JsonProperty("facts")]
    public GameFacts Facts { get; init; } = new();

    /// <summary>
    /// Whether the game shares memory between threads, which browsers allow only on pages with certain headers.
    /// </summary>
    [JsonProperty("sharedMemory")]
    public bool SharedMemory => Facts.SharedMemory;

    /// <summary>The files, in the order of their paths.</summary>
    [JsonProperty("files")]
    public IReadOnlyList<GameFile> Files { get; init; } = [];

    /// <summary>The length of all files together, in bytes.</summary>
    [JsonIgnore]
    public long TotalSize => Files.Sum(file => file.Size);

    /// <summary>Reads a manifest; returns null when it does not exist or cannot be read.</summary>
    public static GameManifest? TryRead(string path) =>
        JsonFile.TryRead<GameManifest>(path) is { ManifestVersion: CurrentVersion } manifest ? manifest : null;

    public string ToJson() => JsonConvert.SerializeObject(this, Formatting.Indented);
}
