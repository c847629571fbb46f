using Newtonsoft.Json;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>What a build did to save the archive of a branch.</summary>
internal sealed record ArchiveResult : BuildResult
{
    /// <summary>The branch.</summary>
    [JsonIgnore]
    public override string Subject => $"{ProjectId}/{Branch?.Id}/{Branch?.Name}";

    /// <summary>The full path of the zip file; null when this build has neither saved nor kept one.</summary>
    [JsonProperty("file")]
    public string? File { get; init; }

    /// <summary>The length of the zip file in bytes; null without a file.</summary>
    [JsonProperty("bytes")]
    public long? Bytes { get; init; }

    /// <summary>The number of files in the archive; null without a file.</summary>
    [JsonProperty("entries")]
    public int? Entries { get; init; }

    /// <summary>The SHA-256 of the zip file, in lower-case hexadecimal; null without a file.</summary>
    [JsonProperty("sha256")]
    public string? Sha256 { get; init; }
}
