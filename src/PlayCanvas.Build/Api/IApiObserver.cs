using System.Net;

namespace PlayCanvas.Build.Api;

/// <summary>Told what goes on between a call and its answer, so that a person can be told.</summary>
internal interface IApiObserver
{
    /// <summary>One attempt was answered.</summary>
    void Answered(string request, HttpStatusCode status, TimeSpan elapsed);

    /// <summary>Nothing is sent until the rate limit's window ends.</summary>
    void WaitingForRateLimit(string rateLimitClass, TimeSpan wait);

    /// <summary>Called about every second of a wait, whose beginning may have been told by another method.</summary>
    /// <param name="what">What is waited for, such as <c>the answer to GET https://…</c>.</param>
    /// <param name="elapsed">How long it has been waited for.</param>
    void StillWaiting(string what, TimeSpan elapsed);

    /// <summary>An attempt failed and will be made again.</summary>
    void Retrying(string request, string reason, int retry, int maxRetries, TimeSpan wait);
}
