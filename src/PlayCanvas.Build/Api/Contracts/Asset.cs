using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>An asset of a branch.</summary>
internal sealed record Asset
{
    [JsonProperty("id")]
    public string? Id { get; init; }

    [JsonProperty("name")]
    public string? Name { get; init; }

    [JsonProperty("type")]
    public string? Type { get; init; }

    /// <summary><c>ready</c>, <c>processing</c> or <c>error</c>.</summary>
    [JsonProperty("state")]
    public string? State { get; init; }

    /// <summary>A list of texts.</summary>
    [JsonProperty("tags")]
    public JToken? Tags { get; init; }

    [JsonProperty("preload")]
    public bool? Preload { get; init; }

    /// <summary>The id of the folder that contains the asset; null when it is at the top.</summary>
    [JsonProperty("parent")]
    public string? Parent { get; init; }

    /// <summary>The file of the asset; null for a folder and for other assets without one.</summary>
    [JsonProperty("file")]
    public AssetFile? File { get; init; }

    [JsonProperty("createdAt")]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonProperty("modifiedAt")]
    public DateTimeOffset? ModifiedAt { get; init; }
}

/// <summary>The file of an asset.</summary>
internal sealed record AssetFile
{
    [JsonProperty("hash")]
    public string? Hash { get; init; }

    [JsonProperty("filename")]
    public string? Filename { get; init; }

    /// <summary>The size in bytes.</summary>
    [JsonProperty("size")]
    public long? Size { get; init; }

    [JsonProperty("url")]
    public string? Url { get; init; }
}
