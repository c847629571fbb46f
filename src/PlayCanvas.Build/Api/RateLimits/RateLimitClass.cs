namespace PlayCanvas.Build.Api.RateLimits;

/// <summary>The names under which the service counts requests. It may have more of them than these.</summary>
internal static class RateLimitClass
{
    public const string Normal = "normal";

    /// <summary>Asking for exports and publishing: a handful a minute.</summary>
    public const string Strict = "strict";
}
