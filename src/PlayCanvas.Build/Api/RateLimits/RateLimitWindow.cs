namespace PlayCanvas.Build.Api.RateLimits;

/// <summary>What is known about the current window of one class. Times are by this machine's clock.</summary>
internal sealed record RateLimitWindow
{
    /// <summary>The window of a class about which nothing is known: the first request finds out, and the others wait for its response.</summary>
    public static RateLimitWindow Unknown { get; } = new();

    /// <summary>The number of requests that may still be sent before <see cref="ResetsAt"/>.</summary>
    public int Remaining { get; init; }

    /// <summary>The end of the window; null when it is not known.</summary>
    public DateTimeOffset? ResetsAt { get; init; }

    /// <summary>
    /// While this time is in the future, a request that determines the limit is in flight. Once it has passed, the process that sent that request
    /// is assumed to be dead.
    /// </summary>
    public DateTimeOffset? ProbedUntil { get; init; }

    /// <summary>The number of consecutive refusals without a duration.</summary>
    public int BlindRefusals { get; init; }
}
