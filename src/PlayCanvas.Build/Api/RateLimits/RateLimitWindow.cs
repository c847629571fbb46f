namespace PlayCanvas.Build.Api.RateLimits;

/// <summary>What is known of one class' current window. Times are this machine's.</summary>
internal sealed record RateLimitWindow
{
    /// <summary>A class that nothing is known of: whoever asks first finds out, the others wait for that answer.</summary>
    public static RateLimitWindow Unknown { get; } = new();

    /// <summary>Requests that may still be sent before <see cref="ResetsAt"/>.</summary>
    public int Remaining { get; init; }

    /// <summary>When the window ends; null when it is not known.</summary>
    public DateTimeOffset? ResetsAt { get; init; }

    /// <summary>While this lies ahead, somebody is finding out. In the past, that somebody was killed.</summary>
    public DateTimeOffset? ProbedUntil { get; init; }

    /// <summary>How often in a row the service refused without saying for how long.</summary>
    public int BlindRefusals { get; init; }
}
