using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.RateLimits;

/// <summary>
/// Delays each request until its class has room. A slot is taken before sending, under the store's lock, so that parallel builds do not exceed the
/// limit together. The first request of a window is sent alone, since its response shows how many may follow.
/// </summary>
internal sealed class RateLimiter(IRateLimitStore store, IClock clock, IApiObserver observer)
{
    /// <summary>The assumed length of a window whose end the service does not report.</summary>
    private static readonly TimeSpan UsualWindow = TimeSpan.FromMinutes(1);

    /// <summary>The pause after a refusal without a duration, doubled each time.</summary>
    private static readonly TimeSpan BlindPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MaxBlindPause = TimeSpan.FromSeconds(60);

    /// <summary>How long other requests wait for a response before one of them tries.</summary>
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ProbePoll = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait in total: longer than all builds of a busy machine need to send one request each, one after the other.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

    /// <summary>Returns when a request of this class may be sent, but after an hour in any case; then the server decides.</summary>
    public void Acquire(string rateLimitClass, CancellationToken cancellationToken) =>
        WaitUntilNull(() => Reserve(rateLimitClass, cancellationToken), rateLimitClass, cancellationToken);

    /// <summary>Returns when the window of a class is not known to be used up. No slot is taken.</summary>
    public void AwaitReset(string rateLimitClass, CancellationToken cancellationToken) =>
        WaitUntilNull(() => UntilReset(rateLimitClass, cancellationToken), rateLimitClass, cancellationToken);

    /// <summary>Whether the window of a class is known to be used up, so that a request would wait until it ends.</summary>
    public bool IsUsedUp(string rateLimitClass, CancellationToken cancellationToken) => UntilReset(rateLimitClass, cancellationToken) is not null;

    /// <summary>Waits as long as the function says, again and again, until it returns null.</summary>
    private void WaitUntilNull(Func<TimeSpan?> next, string rateLimitClass, CancellationToken cancellationToken)
    {
        TimeSpan? wait = null;
        foreach (var _ in clock.Attempt(NextPause, Tell, cancellationToken))
        {
            wait = next();
            if (wait is null)
                return;
        }

        TimeSpan? NextPause(TimeSpan elapsed)
        {
            if (elapsed >= MaxWait)
                return null;

            // The response to another build's request is awaited in short pauses, during which nothing is reported.
            if (wait > ProbePoll)
                observer.WaitingForRateLimit(rateLimitClass, wait.Value);
            else if (elapsed > TimeSpan.Zero)
                Tell(elapsed);
            return wait;
        }

        void Tell(TimeSpan elapsed) => observer.StillWaiting(
            wait > ProbePoll ? $"the rate limit ({rateLimitClass}) to reset" : "the response to another build's request, which reports the rate limit",
            elapsed);
    }

    /// <summary>Records the limit that a response reported.</summary>
    public void Record(string rateLimitClass, RateLimitHeaders headers) =>
        store.Update(
            windows => windows[rateLimitClass] = Next(Current(windows, rateLimitClass), headers),
            CancellationToken.None);

    /// <summary>Reports that a request ended without a response, so that one of the requests that wait for it may be sent.</summary>
    public void Release(string rateLimitClass) =>
        store.Update(
            windows => windows[rateLimitClass] = Current(windows, rateLimitClass) with { ProbedUntil = null },
            CancellationToken.None);

    private static RateLimitWindow Current(IDictionary<string, RateLimitWindow> windows, string rateLimitClass) =>
        windows.TryGetValue(rateLimitClass, out var window) ? window : RateLimitWindow.Unknown;

    /// <summary>Takes a slot and returns null, or returns how long to wait before the next attempt.</summary>
    private TimeSpan? Reserve(string rateLimitClass, CancellationToken cancellationToken) =>
        store.Update<TimeSpan?>(
            windows =>
            {
                var now = clock.UtcNow;
                var window = Current(windows, rateLimitClass);
                if (IsOpen(window, now))
                {
                    if (UntilReset(window, now) is { } wait)
                        return wait;
                    windows[rateLimitClass] = window with { Remaining = window.Remaining - 1 };
                    return null;
                }

                if (now < window.ProbedUntil && window.ProbedUntil <= now + ProbeTime)
                    return ProbePoll;
                windows[rateLimitClass] = window with { ResetsAt = null, ProbedUntil = now + ProbeTime };
                return null;
            },
            cancellationToken);

    private TimeSpan? UntilReset(string rateLimitClass, CancellationToken cancellationToken) =>
        store.Update(windows => UntilReset(Current(windows, rateLimitClass), clock.UtcNow), cancellationToken);

    private static bool IsOpen(RateLimitWindow window, DateTimeOffset now) =>
        now < window.ResetsAt && window.ResetsAt <= now + RateLimitHeaders.MaxWindow;

    /// <summary>Returns how long a window that is used up lasts; null when it has room, or when it is not known.</summary>
    private static TimeSpan? UntilReset(RateLimitWindow window, DateTimeOffset now) => IsOpen(window, now) && window.Remaining == 0 ? window.ResetsAt - now : null;

    private RateLimitWindow Next(RateLimitWindow window, RateLimitHeaders headers)
    {
        var now = clock.UtcNow;
        if (headers.IsRefusal || headers.Remaining == 0)
            return Closed(window, headers, now);

        // A response without rate limit headers, such as a proxy's, does not override the values from earlier responses.
        if (headers.Remaining is null && now < window.ResetsAt)
            return window with { ProbedUntil = null };

        var told = new RateLimitWindow { Remaining = headers.Remaining ?? int.MaxValue, ResetsAt = now + (headers.UntilReset ?? UsualWindow) };

        // Responses may arrive in another order than they were sent: within one window, only the smaller count is right.
        return IsSameWindow(window, told, now)
            ? told with { Remaining = Math.Min(window.Remaining, told.Remaining), ResetsAt = EarlierEnd(window, told) }
            : told;
    }

    private static RateLimitWindow Closed(RateLimitWindow window, RateLimitHeaders headers, DateTimeOffset now)
    {
        if ((headers.UntilReset ?? headers.RetryAfter) is { } wait)
        {
            var told = new RateLimitWindow { ResetsAt = now + wait };
            return IsSameWindow(window, told, now) ? told with { ResetsAt = EarlierEnd(window, told) } : told;
        }

        var pause = TimeSpan.FromTicks(Math.Min(BlindPause.Ticks << Math.Min(window.BlindRefusals, 16), MaxBlindPause.Ticks));
        return new RateLimitWindow { ResetsAt = now + pause, BlindRefusals = window.BlindRefusals + 1 };
    }

    /// <summary>
    /// Headers and <c>Date</c> have a resolution of one second, so ends that differ by less than two seconds belong to the same window.
    /// </summary>
    private static bool IsSameWindow(RateLimitWindow window, RateLimitWindow told, DateTimeOffset now) =>
        now < window.ResetsAt && (told.ResetsAt!.Value - window.ResetsAt.Value).Duration() < TimeSpan.FromSeconds(2);

    /// <summary>
    /// The server's clock is ahead of its <c>Date</c> by up to a second, so both ends are too late; the earlier one is closer to the true end.
    /// </summary>
    private static DateTimeOffset? EarlierEnd(RateLimitWindow window, RateLimitWindow told) =>
        window.ResetsAt < told.ResetsAt ? window.ResetsAt : told.ResetsAt;
}
