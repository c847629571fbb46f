using Newtonsoft.Json;
using PlayCanvas.Build.Games.Locking;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>What a build did with one game: the members that downloads and publishes share. The items, the result file and the outputs of a CI step have these values.</summary>
[JsonObject(ItemNullValueHandling = NullValueHandling.Ignore)]
internal abstract record BuildResult
{
    /// <summary>The name of the project file without its extension.</summary>
    [JsonProperty("project", Order = -10)]
    public string Project { get; init; } = "";

    /// <summary>The path of the game.</summary>
    [JsonProperty("path", Order = -9)]
    public string Path { get; init; } = "";

    /// <summary>One of <see cref="Results.Outcome"/>.</summary>
    [JsonProperty("outcome", Order = -8)]
    public string Outcome { get; init; } = "";

    /// <summary>The id of the PlayCanvas project; null when the game comes from a zip file.</summary>
    [JsonProperty("projectId", Order = -7)]
    public long? ProjectId { get; init; }

    /// <summary>The branch; null when it is not known.</summary>
    [JsonProperty("branch", Order = -6)]
    public LockedName? Branch { get; init; }

    /// <summary>The id of the branch's checkpoint from which the game was made; null when it is not known.</summary>
    [JsonProperty("checkpoint", Order = -5)]
    public string? Checkpoint { get; init; }

    /// <summary>The scenes, with the start scene first.</summary>
    [JsonProperty("scenes", Order = -4)]
    public IReadOnlyList<LockedName>? Scenes { get; init; }

    /// <summary>The version of the engine; null when it is not known.</summary>
    [JsonProperty("engine", Order = -3)]
    public string? Engine { get; init; }

    /// <summary>The id of the service's job; null when this build did not wait for one.</summary>
    [JsonProperty("job", Order = -2)]
    public string? Job { get; init; }

    /// <summary>The id of the service's build record; null when it is not known.</summary>
    [JsonProperty("build", Order = -1)]
    public string? Build { get; init; }

    /// <summary>How long the step took that ended the work, in seconds.</summary>
    [JsonProperty("seconds", Order = 10)]
    public double Seconds { get; init; }

    /// <summary>The codes of the warnings.</summary>
    [JsonProperty("warnings", Order = 11)]
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The codes of the errors.</summary>
    [JsonProperty("errors", Order = 12)]
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>What the result is about: a build has one result of each kind for it.</summary>
    [JsonIgnore]
    public virtual string Subject => Path;

    /// <summary>What a build would do first, in words, for the line that ends a dry run; null when this is not a dry run.</summary>
    [JsonIgnore]
    public string? Plan { get; init; }
}
