using Newtonsoft.Json;

namespace PlayCanvas.Build.Games.Locking;

/// <summary>What a lock file says about one game: where its content came from, and which content it is.</summary>
internal sealed record LockEntry
{
    [JsonProperty("project", DefaultValueHandling = DefaultValueHandling.Ignore)]
    public long Project { get; init; }

    [JsonProperty("branch", NullValueHandling = NullValueHandling.Ignore)]
    public LockedName? Branch { get; init; }

    [JsonProperty("scenes")]
    public IReadOnlyList<LockedName> Scenes { get; init; } = [];

    /// <summary>The other parameters of the export that are set.</summary>
    [JsonProperty("settings")]
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The engine's version; null when it could not be determined.</summary>
    [JsonProperty("engine", NullValueHandling = NullValueHandling.Ignore)]
    public string? Engine { get; init; }

    /// <summary>The service's build record of the export; null when the service does not show it.</summary>
    [JsonProperty("build", NullValueHandling = NullValueHandling.Ignore)]
    public string? Build { get; init; }

    /// <summary>The ids of the checkpoints that the scenes name.</summary>
    [JsonProperty("checkpoints")]
    public IReadOnlyList<string> Checkpoints { get; init; } = [];

    /// <summary>The number of files.</summary>
    [JsonProperty("files")]
    public int Files { get; init; }

    /// <summary>The length of all exported files together, in bytes.</summary>
    [JsonProperty("bytes")]
    public long Bytes { get; init; }

    /// <summary>The id of the content.</summary>
    [JsonProperty("content", Required = Required.Always)]
    public string Content { get; init; } = "";

    /// <summary>One id for each part of the game, by the part's name in lower case.</summary>
    [JsonProperty("parts")]
    public IReadOnlyDictionary<string, string> Parts { get; init; } = new Dictionary<string, string>();
}

/// <summary>An id and the name of what it identifies; null when the name is not known.</summary>
internal sealed record LockedName(
    [property: JsonProperty("id")] string Id, [property: JsonProperty("name", NullValueHandling = NullValueHandling.Ignore)] string? Name);
