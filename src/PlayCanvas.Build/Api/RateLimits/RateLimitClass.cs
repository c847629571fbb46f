namespace PlayCanvas.Build.Api.RateLimits;

/// <summary>The names of the rate limit classes. The service may have others.</summary>
internal static class RateLimitClass
{
    public const string Normal = "normal";

    /// <summary>Export requests and publishes: a handful a minute.</summary>
    public const string Strict = "strict";
}
