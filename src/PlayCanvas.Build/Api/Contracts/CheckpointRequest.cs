using Newtonsoft.Json;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>The body of <c>POST checkpoints</c>.</summary>
internal sealed record CheckpointRequest
{
    [JsonProperty("projectId")]
    public long ProjectId { get; init; }

    [JsonProperty("branchId")]
    public string BranchId { get; init; } = "";

    /// <summary>1 to 10,000 characters.</summary>
    [JsonProperty("description")]
    public string Description { get; init; } = "";
}
