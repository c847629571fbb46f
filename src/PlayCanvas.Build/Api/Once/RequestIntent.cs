using Newtonsoft.Json;

namespace PlayCanvas.Build.Api.Once;

/// <summary>
/// A request that makes the service create something. It is saved before it is sent: if a build is killed or loses the response, the next build
/// searches for the result before it sends the request again.
/// </summary>
internal abstract record RequestIntent
{
    /// <summary>The server's records use the server's own clock, and its <c>Date</c> header has a resolution of one second.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    /// <summary>The line that marks the request's result; null when the request carries no mark.</summary>
    public string? Mark { get; init; }

    /// <summary>The server's time before the request was sent.</summary>
    [JsonProperty(Required = Required.Always)]
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>The job that does the work, once it is known.</summary>
    public string? JobId { get; init; }

    /// <summary>Whether the server is known to have accepted the request.</summary>
    [JsonIgnore]
    public abstract bool IsAccepted { get; }

    /// <summary>What is requested, in a few words, such as <c>publishing "Game" 1.0</c>.</summary>
    [JsonIgnore]
    public abstract string What { get; }

    /// <summary>Whether the request may have created a record, by the record's time. A time that is not known proves nothing.</summary>
    public bool MayHaveMade(DateTimeOffset? createdAt) => !(createdAt + ClockTolerance < AskedAt);
}
