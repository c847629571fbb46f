namespace PlayCanvas.Sandbox;

/// <summary>The state of an account's window in a class.</summary>
internal readonly record struct RateLimit(int Limit, int Used, DateTimeOffset Reset)
{
    public int Remaining => Math.Max(0, Limit - Used);

    public bool Exceeded => Used > Limit;

    /// <summary>The end of the window in epoch seconds, rounded up, so that a client that waits for it is never too early.</summary>
    public long ResetSeconds => (long)Math.Ceiling(Reset.ToUnixTimeMilliseconds() / 1000.0);
}

/// <summary>Counts requests in fixed windows. A window starts with the first request after the previous one has ended.</summary>
internal sealed class RateLimiter(SandboxOptions options, ServerClock clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(int Account, RateLimitClass Class), RateLimit> windows = [];

    /// <summary>Counts a request and returns the state of its window.</summary>
    public RateLimit Take(Account? account, RateLimitClass rateLimitClass)
    {
        lock (gate)
        {
            var state = Current(account, rateLimitClass);
            return windows[(account?.Id ?? 0, rateLimitClass)] = state with { Used = state.Used + 1 };
        }
    }

    /// <summary>Returns the number of requests of a class that the account may send in one window.</summary>
    public int LimitOf(Account? account, RateLimitClass rateLimitClass)
    {
        var paid = account is { Plan: not AccountPlan.Free };
        return rateLimitClass switch
        {
            RateLimitClass.Strict => options.StrictLimit ?? (paid ? 10 : 5),
            RateLimitClass.Assets => options.AssetsLimit ?? (paid ? 120 : 60),
            _ => options.NormalLimit ?? (paid ? 240 : 120),
        };
    }

    /// <summary>Starts all windows again.</summary>
    public void Reset()
    {
        lock (gate)
            windows.Clear();
    }

    private RateLimit Current(Account? account, RateLimitClass rateLimitClass)
    {
        var limit = LimitOf(account, rateLimitClass);
        return windows.TryGetValue((account?.Id ?? 0, rateLimitClass), out var window) && clock.Now < window.Reset
            ? window with { Limit = limit }
            : new RateLimit(limit, 0, clock.Now + options.RateLimitWindow);
    }
}
