using Newtonsoft.Json;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Once;

/// <summary>
/// A request that makes the service build something. It is saved before it is sent: if a build is killed or loses the response, the next build
/// searches for the result before it sends the request again.
/// </summary>
internal sealed record RequestIntent
{
    /// <summary>The service's name for what is built: <see cref="BuildType"/>.</summary>
    public string Type { get; init; } = BuildType.Publish;

    /// <summary>What is requested, without the mark.</summary>
    [JsonProperty(Required = Required.Always)]
    public AppRequest Request { get; init; } = new();

    /// <summary>The line that marks the request's result; null when the request carries no mark.</summary>
    public string? Mark { get; init; }

    /// <summary>The server's time before the request was sent.</summary>
    [JsonProperty(Required = Required.Always)]
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>The highest id among the builds that existed before; null when it is not known.</summary>
    public long? HighestBuildId { get; init; }

    /// <summary>The highest id among the apps that existed before; null when it is not known.</summary>
    public long? HighestAppId { get; init; }

    /// <summary>The newest app that had the same name, version and branch before; null when there was none.</summary>
    public long? EarlierAppId { get; init; }

    /// <summary>The app, once it is known.</summary>
    public long? AppId { get; init; }

    /// <summary>The job that does the work, once it is known.</summary>
    public string? JobId { get; init; }

    /// <summary>The build record of the work, once it is known.</summary>
    public string? BuildId { get; init; }

    /// <summary>Whether the server is known to have accepted the request.</summary>
    [JsonIgnore]
    public bool IsAccepted => AppId is not null || JobId is not null || BuildId is not null;

    /// <summary>The request as it is sent, with the mark as the last line of its release notes.</summary>
    [JsonIgnore]
    public AppRequest Body => Mark is null ? Request : Request with { ReleaseNotes = PublishMark.Append(Request.ReleaseNotes, Mark) };
}
