using System.Collections.Concurrent;
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

    /// <summary>The manifests that the tasks have read and still use: one build needs the same one several times.</summary>
    private static readonly ConcurrentDictionary<(string Path, long Length, DateTime WrittenAt), WeakReference<GameManifest>> InMemory = new();

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

    /// <summary>What the project leaves out; null when it leaves out nothing.</summary>
    [JsonProperty("leftOut", Required = Required.Default, NullValueHandling = NullValueHandling.Ignore)]
    public LeftOut? LeftOut { get; init; }

    /// <summary>What the parts of a whole content weigh, so that its configuration does not have to be read again; null where a project leaves something out, and in what is published.</summary>
    [JsonProperty("sizes", Required = Required.Default, NullValueHandling = NullValueHandling.Ignore)]
    public ContentSizes? Sizes { get; init; }

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
    public static GameManifest? TryRead(string path)
    {
        var file = new FileInfo(path);
        var key = (path, file.Exists ? file.Length : 0, file.Exists ? file.LastWriteTimeUtc : default);
        if (InMemory.TryGetValue(key, out var known) && known.TryGetTarget(out var same))
            return same;
        if (JsonFile.TryRead<GameManifest>(path) is not { ManifestVersion: CurrentVersion } manifest)
            return null;

        InMemory[key] = new WeakReference<GameManifest>(manifest);
        return manifest;
    }

    public void Write(string path) => JsonFile.Write(path, this, isIndented: true);

    public string ToJson() => JsonFile.Format(this, isIndented: true);
}
