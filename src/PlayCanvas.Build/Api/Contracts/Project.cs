using Newtonsoft.Json;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>A scene of a project.</summary>
internal sealed record Scene
{
    [JsonProperty("id")]
    public long Id { get; init; }

    [JsonProperty("name")]
    public string? Name { get; init; }
}

/// <summary>A branch of a project.</summary>
internal sealed record Branch
{
    [JsonProperty("id")]
    public string? Id { get; init; }

    [JsonProperty("name")]
    public string? Name { get; init; }

    /// <summary>The newest checkpoint of the branch; null when it has none.</summary>
    [JsonProperty("latestCheckpointId")]
    public string? LatestCheckpointId { get; init; }

    [JsonProperty("closed")]
    public bool? Closed { get; init; }

    /// <summary>True for the main branch only, which cannot be deleted.</summary>
    [JsonProperty("permanent")]
    public bool? Permanent { get; init; }
}

/// <summary>A checkpoint of a branch.</summary>
internal sealed record Checkpoint
{
    [JsonProperty("id")]
    public string? Id { get; init; }

    [JsonProperty("createdAt")]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonProperty("description")]
    public string? Description { get; init; }
}
