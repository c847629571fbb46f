using Newtonsoft.Json;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>What a build did to bring a game up to date, and the content that the project uses afterwards.</summary>
internal sealed record GameResult : BuildResult
{
    /// <summary>The id of the content; null when the project has none.</summary>
    [JsonProperty("contentId")]
    public string? ContentId { get; init; }

    /// <summary>The number of files.</summary>
    [JsonProperty("files")]
    public int Files { get; init; }

    /// <summary>The length of all files together, in bytes.</summary>
    [JsonProperty("bytes")]
    public long Bytes { get; init; }

    /// <summary>The length of all files of the content that the project used before, in bytes; null when it used none.</summary>
    [JsonProperty("previousBytes")]
    public long? PreviousBytes { get; init; }

    /// <summary>The number of bytes that were downloaded.</summary>
    [JsonProperty("moved")]
    public long Moved { get; init; }

    /// <summary>The number of files that the content before did not have.</summary>
    [JsonProperty("added")]
    public int Added { get; init; }

    /// <summary>The number of files with other bytes than before.</summary>
    [JsonProperty("changed")]
    public int Changed { get; init; }

    /// <summary>The number of files that only the content before had.</summary>
    [JsonProperty("removed")]
    public int Removed { get; init; }
}
