using System.Net;

namespace PlayCanvas.Build.Api.Http;

/// <summary>Which failures are tried again, and after how long.</summary>
internal sealed class RetryPolicy(int maxRetries, Func<double> random)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);

    /// <summary>A server that wants to be left alone for longer is asked again after this time all the same.</summary>
    public static TimeSpan LongestPause { get; } = TimeSpan.FromSeconds(30);

    public int MaxRetries => maxRetries;

    /// <summary>
    /// A request that changes something twice when it is sent twice is only sent again when it is certain that the first did
    /// nothing: it was refused by the rate limit, or no connection could be opened.
    /// </summary>
    public static bool Allows(OutgoingRequest request, ApiException error) => error switch
    {
        _ when !request.IsRetried => false,
        ApiResponseException { Status: (HttpStatusCode)429 } => true,
        ApiUnreachableException or ProxyException => true,
        _ when !request.IsIdempotent => false,
        ApiFormatException => false,
        _ => error.IsPassing,
    };

    /// <summary>The pause before a retry (0 is the first): doubled each time, with a random part so that many do not come at once.</summary>
    public TimeSpan Pause(int retry, TimeSpan? retryAfter)
    {
        if (retryAfter is { } told && told > TimeSpan.Zero)
            return told < LongestPause ? told : LongestPause;

        var ticks = Math.Min(FirstPause.Ticks << Math.Min(retry, 16), LongestPause.Ticks);
        return TimeSpan.FromTicks((long)(ticks * (0.75 + random() / 2)));
    }
}
