namespace PlayCanvas.Build.Api.RateLimits;

/// <summary>Stores the rate limit windows of all classes for all processes that share the limits.</summary>
internal interface IRateLimitStore
{
    /// <summary>Applies a change to the windows while no other process or thread can read or change them.</summary>
    T Update<T>(Func<IDictionary<string, RateLimitWindow>, T> change, CancellationToken cancellationToken);
}
