using System.Globalization;
using PlayCanvas.Build.Api.Http;

namespace PlayCanvas.Build.Api.RateLimits;

/// <summary>The rate limit information of one response.</summary>
internal sealed record RateLimitHeaders
{
    /// <summary>The longest plausible window. Windows last a minute; a reset that is much further away indicates a wrong clock.</summary>
    public static TimeSpan MaxWindow { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The number of requests left in the window; null when the header is missing or not a number.</summary>
    public int? Remaining { get; init; }

    /// <summary>
    /// The time until the window ends, by the server's own clock; null when the header is missing, in the past, malformed or implausible.
    /// </summary>
    public TimeSpan? UntilReset { get; init; }

    /// <summary><c>Retry-After</c> as a duration; null when it is missing, in the past or implausible.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsRefusal { get; init; }

    public static RateLimitHeaders Read(HttpResponse response, DateTimeOffset now) => new()
    {
        Remaining = ReadNumber(response, "X-RateLimit-Remaining") is { } remaining and >= 0 and <= int.MaxValue ? (int)remaining : null,
        UntilReset = ReadReset(response, response.Date ?? now),
        RetryAfter = Sane(response.RetryAfter(now)),
        IsRefusal = (int)response.Status == 429,
    };

    private static TimeSpan? ReadReset(HttpResponse response, DateTimeOffset serverTime)
    {
        var latest = serverTime.ToUnixTimeSeconds() + (long)MaxWindow.TotalSeconds;
        return ReadNumber(response, "X-RateLimit-Reset") is { } reset && reset > 0 && reset <= latest
            ? Sane(DateTimeOffset.FromUnixTimeSeconds(reset) - serverTime)
            : null;
    }

    private static TimeSpan? Sane(TimeSpan? time) => time > TimeSpan.Zero && time <= MaxWindow ? time : null;

    private static long? ReadNumber(HttpResponse response, string header) =>
        long.TryParse(response.Header(header), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
