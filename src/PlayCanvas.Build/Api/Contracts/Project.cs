using Newtonsoft.Json;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>A scene of a project.</summary>
internal sealed record Scene
{
    [JsonProperty("id")]
    public long Id { get; init; }

    [JsonProperty("projectId")]
    public long? ProjectId { get; init; }

    [JsonProperty("name")]
    public string? Name { get; init; }

    [JsonProperty("created")]
    public DateTimeOffset? Created { get; init; }

    [JsonProperty("modified")]
    public DateTimeOffset? Modified { get; init; }
}

/// <summary>A branch of a project.</summary>
internal sealed record Branch
{
    [JsonProperty("id")]
    public string? Id { get; init; }

    [JsonProperty("projectId")]
    public long? ProjectId { get; init; }

    [JsonProperty("name")]
    public string? Name { get; init; }

    [JsonProperty("createdAt")]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The newest checkpoint of the branch; null when it has none.</summary>
    [JsonProperty("latestCheckpointId")]
    public string? LatestCheckpointId { get; init; }

    [JsonProperty("closed")]
    public bool? Closed { get; init; }

    /// <summary>True for the main branch only, which cannot be deleted.</summary>
    [JsonProperty("permanent")]
    public bool? Permanent { get; init; }

    /// <summary>The user who created the branch.</summary>
    [JsonProperty("user")]
    public User? User { get; init; }
}

/// <summary>A checkpoint of a branch.</summary>
internal sealed record Checkpoint
{
    [JsonProperty("id")]
    public string? Id { get; init; }

    [JsonProperty("projectId")]
    public long? ProjectId { get; init; }

    [JsonProperty("branchId")]
    public string? BranchId { get; init; }

    [JsonProperty("createdAt")]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonProperty("description")]
    public string? Description { get; init; }

    /// <summary>The user who made the checkpoint.</summary>
    [JsonProperty("user")]
    public User? User { get; init; }

    /// <summary>The id of the user who made the checkpoint; some records have it instead of the user.</summary>
    [JsonProperty("userId")]
    public long? UserId { get; init; }

    /// <summary>The size in bytes.</summary>
    [JsonProperty("size")]
    public long? Size { get; init; }
}
