using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>One publish or download of a project, as <c>GET projects/:id/builds</c> lists it.</summary>
internal sealed record BuildRecord
{
    [JsonProperty("id")]
    public string? Id { get; init; }

    [JsonProperty("app_id")]
    public long? AppId { get; init; }

    [JsonProperty("job_id")]
    public string? JobId { get; init; }

    /// <summary><c>publish</c> or <c>download</c>.</summary>
    [JsonProperty("type")]
    public string? Type { get; init; }

    [JsonProperty("status")]
    public string? Status { get; init; }

    [JsonProperty("branch")]
    public BuildBranch? Branch { get; init; }

    [JsonProperty("actor")]
    public BuildActor? Actor { get; init; }

    [JsonProperty("source")]
    public BuildSource? Source { get; init; }

    /// <summary>What was asked for: the body of the request that began the build.</summary>
    [JsonProperty("settings")]
    public JObject? Settings { get; init; }

    [JsonProperty("message")]
    public string? Message { get; init; }

    [JsonProperty("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonProperty("completed_at")]
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>The branch that was built.</summary>
internal sealed record BuildBranch
{
    [JsonProperty("id")]
    public string? Id { get; init; }

    [JsonProperty("name")]
    public string? Name { get; init; }
}

/// <summary>The account that asked for a build.</summary>
internal sealed record BuildActor
{
    [JsonProperty("id")]
    public string? Id { get; init; }
}

/// <summary>Where a build was asked for: <c>editor</c> or <c>api</c>.</summary>
internal sealed record BuildSource
{
    [JsonProperty("type")]
    public string? Type { get; init; }
}
