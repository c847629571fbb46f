namespace PlayCanvas.Build.Api.RateLimits;

/// <summary>Keeps the windows of all classes for everybody who shares the limits.</summary>
internal interface IRateLimitStore
{
    /// <summary>Runs a change on the windows while nobody else can read or change them.</summary>
    T Update<T>(Func<IDictionary<string, RateLimitWindow>, T> change, CancellationToken cancellationToken);
}
