using Newtonsoft.Json;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Locking;

namespace PlayCanvas.Build.Games.Archive;

/// <summary>Describes the archive of a branch, in a JSON file beside it. <c>docs/archives.md</c> describes its members.</summary>
[JsonObject(ItemNullValueHandling = NullValueHandling.Ignore)]
internal sealed record ArchiveRecord
{
    /// <summary>Increased when a program that reads the file could misread a newer one.</summary>
    public const int CurrentVersion = 1;

    [JsonProperty("version")]
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The name of the zip file, which is in the same folder.</summary>
    [JsonProperty("file")]
    public string File { get; init; } = "";

    [JsonProperty("projectId")]
    public long ProjectId { get; init; }

    [JsonProperty("branch")]
    public LockedName Branch { get; init; } = new("", null);

    /// <summary>The newest checkpoint of the branch before the archive was requested; null when it had none. The archive may contain later changes.</summary>
    [JsonProperty("checkpoint")]
    public string? Checkpoint { get; init; }

    /// <summary>The id of the service's job.</summary>
    [JsonProperty("job")]
    public string? Job { get; init; }

    /// <summary>When the archive was requested, by the service's clock.</summary>
    [JsonProperty("requestedAt")]
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>The length of the zip file in bytes.</summary>
    [JsonProperty("bytes")]
    public long Bytes { get; init; }

    /// <summary>The number of files in the archive.</summary>
    [JsonProperty("entries")]
    public int Entries { get; init; }

    /// <summary>The SHA-256 of the zip file, in lower-case hexadecimal.</summary>
    [JsonProperty("sha256")]
    public string Sha256 { get; init; } = "";

    /// <summary>Reads a description; returns null when there is none, or when another version of this package wrote it.</summary>
    /// <exception cref="IOException">The file exists and cannot be opened.</exception>
    public static ArchiveRecord? TryRead(string path) => JsonFile.TryRead<ArchiveRecord>(path) is { Version: CurrentVersion } record ? record : null;
}
