using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>One publish or download of a project, as <c>GET projects/:id/builds</c> lists it.</summary>
internal sealed record BuildRecord
{
    [JsonProperty("id")]
    public string? Id { get; init; }

    [JsonProperty("project_id")]
    public long? ProjectId { get; init; }

    [JsonProperty("app_id")]
    public long? AppId { get; init; }

    [JsonProperty("job_id")]
    public string? JobId { get; init; }

    /// <summary>One of <see cref="BuildType"/>.</summary>
    [JsonProperty("type")]
    public string? Type { get; init; }

    [JsonProperty("status")]
    public string? Status { get; init; }

    /// <summary>The number of the attempt, starting at 1.</summary>
    [JsonProperty("attempt")]
    public long? Attempt { get; init; }

    [JsonProperty("branch")]
    public BuildBranch? Branch { get; init; }

    /// <summary>The user who requested the build.</summary>
    [JsonProperty("actor")]
    public User? Actor { get; init; }

    [JsonProperty("source")]
    public BuildSource? Source { get; init; }

    /// <summary>
    /// The requested settings as the service records them: <c>scenes</c> are objects with an id and a name, and switches that were not sent are
    /// false. Older records may have other shapes, or no settings.
    /// </summary>
    [JsonProperty("settings")]
    public JToken? Settings { get; init; }

    [JsonProperty("artifacts")]
    public IReadOnlyList<BuildArtifact>? Artifacts { get; init; }

    [JsonProperty("message")]
    public string? Message { get; init; }

    [JsonProperty("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonProperty("modified_at")]
    public DateTimeOffset? ModifiedAt { get; init; }

    [JsonProperty("completed_at")]
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The duration in milliseconds.</summary>
    [JsonProperty("duration_ms")]
    public long? DurationMs { get; init; }

    /// <summary>The id as a number, which increases from build to build; null when the id is not a number.</summary>
    [JsonIgnore]
    public long? NumericId => long.TryParse(Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>The types of builds.</summary>
internal static class BuildType
{
    public const string Publish = "publish";
    public const string Download = "download";
}

/// <summary>The branch that was built.</summary>
internal sealed record BuildBranch
{
    [JsonProperty("id")]
    public string? Id { get; init; }

    [JsonProperty("name")]
    public string? Name { get; init; }
}

/// <summary>The origin of the build request: <c>editor</c> or <c>api</c>.</summary>
internal sealed record BuildSource
{
    [JsonProperty("type")]
    public string? Type { get; init; }
}

/// <summary>A result of a build.</summary>
internal sealed record BuildArtifact
{
    /// <summary>One of <c>app</c> and <c>download</c>.</summary>
    [JsonProperty("type")]
    public string? Type { get; init; }

    /// <summary>The address of the result; it may have expired.</summary>
    [JsonProperty("url")]
    public string? Url { get; init; }

    /// <summary>The size in bytes.</summary>
    [JsonProperty("bytes")]
    public long? Bytes { get; init; }
}
