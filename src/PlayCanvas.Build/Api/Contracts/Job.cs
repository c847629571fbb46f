using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>A background job of the server, as <c>GET jobs/:id</c> returns it.</summary>
internal sealed record Job
{
    [JsonProperty("id")]
    public string? Id { get; init; }

    /// <summary>The id of the build record of this job, where a response names it.</summary>
    [JsonProperty("build_job_id")]
    public string? BuildId { get; init; }

    [JsonProperty("status")]
    public string? Status { get; init; }

    [JsonProperty("messages")]
    public IReadOnlyList<string?>? Messages { get; init; }

    [JsonProperty("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonProperty("modified_at")]
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>The result of the job; its fields depend on the kind of job.</summary>
    [JsonProperty("data")]
    public JToken? Data { get; init; }

    /// <summary>The signed URL of the file that a finished job has made: <c>download_url</c> of a download, <c>url</c> of an archive. Null when there is none.</summary>
    [JsonIgnore]
    public string? DownloadUrl => TextOf("download_url") ?? TextOf("url");

    private string? TextOf(string name) => (Data as JObject)?[name] is JValue { Value: string text } ? text : null;
}

/// <summary>The states that jobs, builds and apps have in common. The server may use others.</summary>
internal static class JobStatus
{
    public const string Running = "running";
    public const string Complete = "complete";
    public const string Error = "error";
}
