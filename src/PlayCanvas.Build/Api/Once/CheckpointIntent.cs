using Newtonsoft.Json;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Once;

/// <summary>The request for a checkpoint.</summary>
internal sealed record CheckpointIntent : RequestIntent
{
    /// <summary>What is requested, without the mark.</summary>
    [JsonProperty(Required = Required.Always)]
    public CheckpointRequest Request { get; init; } = new();

    /// <summary>The newest checkpoint that the branch had before; null when it had none.</summary>
    public string? NewestBefore { get; init; }

    /// <summary>The checkpoint, once it is known.</summary>
    public string? CheckpointId { get; init; }

    [JsonIgnore]
    public override bool IsAccepted => JobId is not null || CheckpointId is not null;

    [JsonIgnore]
    public override string What => "making the checkpoint";

    /// <summary>The body of the request. The mark is the last line of its description.</summary>
    [JsonIgnore]
    public CheckpointRequest Body => Request with { Description = PublishMark.Append(Request.Description, checkpointId: null, Mark)! };
}
