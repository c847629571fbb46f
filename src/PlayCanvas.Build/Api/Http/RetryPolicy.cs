using System.Net;

namespace PlayCanvas.Build.Api.Http;

/// <summary>Decides which failures are retried, and after which pause.</summary>
internal sealed class RetryPolicy(int maxRetries, Func<double> random)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause. If the server asks for a longer one, the request is repeated after this time anyway.</summary>
    public static TimeSpan MaxPause { get; } = TimeSpan.FromSeconds(30);

    public int MaxRetries => maxRetries;

    /// <summary>
    /// Whether a failed request may be repeated. A request that is not idempotent is repeated only when the first attempt certainly had no effect:
    /// the rate limit refused it, or no connection could be opened.
    /// </summary>
    public static bool Allows(OutgoingRequest request, ApiException error) =>
        request.IsRetried && error.IsPassing && error is not ApiFormatException && (request.IsIdempotent || !error.OutcomeUnknown);

    /// <summary>
    /// Returns the pause before a retry (0 is the first): doubled each time, with a random part so that many clients do not retry at the same
    /// moment.
    /// </summary>
    public TimeSpan Pause(int retry, TimeSpan? retryAfter)
    {
        if (retryAfter is { } told && told > TimeSpan.Zero)
            return told < MaxPause ? told : MaxPause;

        var ticks = Math.Min(FirstPause.Ticks << Math.Min(retry, 16), MaxPause.Ticks);
        return TimeSpan.FromTicks((long)(ticks * (0.75 + random() / 2)));
    }
}
