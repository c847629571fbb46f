using System.Collections.Concurrent;
using System.Net;
using PlayCanvas.Build.Api;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>Records the events that it receives.</summary>
internal sealed class RecordingObserver : IApiObserver
{
    private readonly ConcurrentQueue<(string Request, HttpStatusCode Status)> answers = new();
    private readonly ConcurrentQueue<(string Class, TimeSpan Wait)> rateLimitWaits = new();
    private readonly ConcurrentQueue<(string Request, string Reason, int Retry, int MaxRetries, TimeSpan Wait)> retries = new();

    private readonly ConcurrentQueue<(string What, TimeSpan Elapsed)> waits = new();

    public IReadOnlyList<(string Request, HttpStatusCode Status)> Answers => [.. answers];

    public IReadOnlyList<(string Class, TimeSpan Wait)> RateLimitWaits => [.. rateLimitWaits];

    public IReadOnlyList<(string Request, string Reason, int Retry, int MaxRetries, TimeSpan Wait)> Retries => [.. retries];

    public IReadOnlyList<(string What, TimeSpan Elapsed)> Waits => [.. waits];

    public void Answered(string request, HttpStatusCode status, TimeSpan elapsed) => answers.Enqueue((request, status));

    public void WaitingForRateLimit(string rateLimitClass, TimeSpan wait) => rateLimitWaits.Enqueue((rateLimitClass, wait));

    public void StillWaiting(string what, TimeSpan elapsed) => waits.Enqueue((what, elapsed));

    public void Retrying(string request, string reason, int retry, int maxRetries, TimeSpan wait) =>
        retries.Enqueue((request, reason, retry, maxRetries, wait));
}
