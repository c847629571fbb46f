namespace PlayCanvas.Build.Api.RateLimits;

/// <summary>Stores the windows of one connection, for a server without rate limits.</summary>
internal sealed class RateLimitMemory : IRateLimitStore
{
    private readonly Dictionary<string, RateLimitWindow> windows = [];

    public T Update<T>(Func<IDictionary<string, RateLimitWindow>, T> change, CancellationToken cancellationToken)
    {
        lock (windows)
            return change(windows);
    }
}
