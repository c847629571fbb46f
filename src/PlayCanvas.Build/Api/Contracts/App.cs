using Newtonsoft.Json;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>A published app, as <c>GET apps/:id</c> returns it.</summary>
internal sealed record App
{
    [JsonProperty("id")]
    public long Id { get; init; }

    [JsonProperty("project_id")]
    public long? ProjectId { get; init; }

    [JsonProperty("owner_id")]
    public long? OwnerId { get; init; }

    [JsonProperty("name")]
    public string? Name { get; init; }

    [JsonProperty("description")]
    public string? Description { get; init; }

    [JsonProperty("version")]
    public string? Version { get; init; }

    [JsonProperty("release_notes")]
    public string? ReleaseNotes { get; init; }

    [JsonProperty("thumbnails")]
    public Thumbnails? Thumbnails { get; init; }

    /// <summary>The size in bytes.</summary>
    [JsonProperty("size")]
    public long? Size { get; init; }

    [JsonProperty("views")]
    public long? Views { get; init; }

    [JsonProperty("completed_at")]
    public DateTimeOffset? CompletedAt { get; init; }

    [JsonProperty("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonProperty("modified_at")]
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>The address at which the app can be played.</summary>
    [JsonProperty("url")]
    public string? Url { get; init; }

    /// <summary>The progress of the app's build. The server may omit it once the build is done, or always.</summary>
    [JsonProperty("task")]
    public AppTask? Task { get; init; }

    /// <summary>The id of the <see cref="BuildRecord"/> that creates this app; present in the response to <c>POST apps</c>.</summary>
    [JsonProperty("build_job_id")]
    public string? BuildJobId { get; init; }

    /// <summary>The app's status. A record without a task is complete when <c>completed_at</c> is set.</summary>
    [JsonIgnore]
    public string Status => Task?.Status ?? (CompletedAt is null ? JobStatus.Running : JobStatus.Complete);
}

/// <summary>The URLs of an app's thumbnails.</summary>
internal sealed record Thumbnails
{
    [JsonProperty("s")]
    public string? Small { get; init; }

    [JsonProperty("m")]
    public string? Medium { get; init; }

    [JsonProperty("l")]
    public string? Large { get; init; }

    [JsonProperty("xl")]
    public string? ExtraLarge { get; init; }
}

/// <summary>The state of an app that is being built.</summary>
internal sealed record AppTask
{
    [JsonProperty("status")]
    public string? Status { get; init; }

    [JsonProperty("message")]
    public string? Message { get; init; }
}
