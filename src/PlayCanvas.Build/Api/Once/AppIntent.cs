using Newtonsoft.Json;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Once;

/// <summary>The request for an app or for an export.</summary>
internal sealed record AppIntent : RequestIntent
{
    /// <summary>The service's name for what is built: <see cref="BuildType"/>.</summary>
    public string Type { get; init; } = BuildType.Publish;

    /// <summary>What is requested, without the lines that <see cref="Body"/> adds.</summary>
    [JsonProperty(Required = Required.Always)]
    public AppRequest Request { get; init; } = new();

    /// <summary>The id of the checkpoint that was made for this publish; null when none was.</summary>
    public string? CheckpointId { get; init; }

    /// <summary>The highest id among the builds that existed before; null when it is not known.</summary>
    public long? HighestBuildId { get; init; }

    /// <summary>The highest id among the apps that existed before; null when it is not known.</summary>
    public long? HighestAppId { get; init; }

    /// <summary>The newest app that had the same name, version and branch before; null when there was none.</summary>
    public long? EarlierAppId { get; init; }

    /// <summary>The app, once it is known.</summary>
    public long? AppId { get; init; }

    /// <summary>The build record of the work, once it is known.</summary>
    public string? BuildId { get; init; }

    [JsonIgnore]
    public override bool IsAccepted => AppId is not null || JobId is not null || BuildId is not null;

    [JsonIgnore]
    public override string What => $"publishing \"{Request.Name}\" {Request.Version}".TrimEnd();

    /// <summary>The body of the request. Its release notes end with the checkpoint and the mark.</summary>
    [JsonIgnore]
    public AppRequest Body => Request with { ReleaseNotes = PublishMark.Append(Request.ReleaseNotes, CheckpointId, Mark) };
}
