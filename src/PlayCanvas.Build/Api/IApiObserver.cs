using System.Net;

namespace PlayCanvas.Build.Api;

/// <summary>Receives the events of a request, so that they can be reported to the user.</summary>
internal interface IApiObserver
{
    /// <summary>An attempt received a response.</summary>
    void Answered(string request, HttpStatusCode status, TimeSpan elapsed);

    /// <summary>Requests are held back until the rate limit's window ends.</summary>
    void WaitingForRateLimit(string rateLimitClass, TimeSpan wait);

    /// <summary>Called about once a second during a wait, whose start another method may have reported.</summary>
    /// <param name="what">What is awaited, such as <c>the response to GET https://…</c>.</param>
    /// <param name="elapsed">The time waited so far.</param>
    void StillWaiting(string what, TimeSpan elapsed);

    /// <summary>An attempt failed and will be repeated.</summary>
    void Retrying(string request, string reason, int retry, int maxRetries, TimeSpan wait);
}
