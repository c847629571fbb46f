using Newtonsoft.Json;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>The checkpoint that a build made, without publishing anything.</summary>
internal sealed record CheckpointResult : BuildResult
{
    /// <summary>The description of the checkpoint; null when it is not known.</summary>
    [JsonProperty("description")]
    public string? Description { get; init; }
}
