using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>The body of <c>POST apps</c> and <c>POST apps/download</c>. Null values are not sent.</summary>
internal sealed record AppRequest
{
    public const int MaxName = 1_000;
    public const int MaxVersion = 20;
    public const int MaxText = 10_000;

    [JsonProperty("project_id")]
    public long ProjectId { get; init; }

    [JsonProperty("name")]
    public string Name { get; init; } = "";

    /// <summary>The ids of the scenes; the first one is the start scene.</summary>
    [JsonProperty("scenes")]
    public IReadOnlyList<long> Scenes { get; init; } = [];

    [JsonProperty("branch_id")]
    public string? BranchId { get; init; }

    [JsonProperty("description")]
    public string? Description { get; init; }

    [JsonProperty("version")]
    public string? Version { get; init; }

    [JsonProperty("release_notes")]
    public string? ReleaseNotes { get; init; }

    /// <summary>One of <see cref="ExportFormat"/>; for downloads only.</summary>
    [JsonProperty("format")]
    public string? Format { get; init; }

    /// <summary>The other fields of the request, which only the service interprets, such as <c>engine_version</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JToken> Others { get; init; } = new Dictionary<string, JToken>();
}

/// <summary>The formats of a download, and of builds in general.</summary>
internal static class ExportFormat
{
    /// <summary>An app; not a format of a download.</summary>
    public const string App = "playcanvas";

    /// <summary>A game that can be served. This is the service's default.</summary>
    public const string Static = "static";

    /// <summary>A Vite project that must be built before it can be served.</summary>
    public const string Npm = "npm";

    /// <summary>A format that only the Editor requests.</summary>
    public const string WebLens = "web_lens";
}
