using PlayCanvas.Build.Api.RateLimits;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>Keeps the rate limit windows in memory.</summary>
internal sealed class MemoryRateLimits : IRateLimitStore
{
    private readonly Lock gate = new();

    public Dictionary<string, RateLimitWindow> Windows { get; } = [];

    public T Update<T>(Func<IDictionary<string, RateLimitWindow>, T> change, CancellationToken cancellationToken)
    {
        lock (gate)
            return change(Windows);
    }
}
