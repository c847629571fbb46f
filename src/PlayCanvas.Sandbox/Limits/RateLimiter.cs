namespace PlayCanvas.Sandbox;

/// <summary>How an account stands in a class.</summary>
internal readonly record struct RateLimit(int Limit, int Used, DateTimeOffset Reset)
{
    public int Remaining => Math.Max(0, Limit - Used);

    public bool Exceeded => Used > Limit;

    /// <summary>The end of the window in epoch seconds, rounded up: who waits for it never comes too early.</summary>
    public long ResetSeconds => (long)Math.Ceiling(Reset.ToUnixTimeMilliseconds() / 1000.0);
}

/// <summary>Counts requests in fixed windows, each of which starts with the first request after the one before has ended.</summary>
internal sealed class RateLimiter(SandboxOptions options, ServerClock clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(int Account, RateLimitClass Class), RateLimit> windows = [];

    /// <summary>Counts a request.</summary>
    public RateLimit Take(Account? account, RateLimitClass rateLimitClass)
    {
        lock (gate)
        {
            var state = Current(account, rateLimitClass);
            return windows[(account?.Id ?? 0, rateLimitClass)] = state with { Used = state.Used + 1 };
        }
    }

    /// <summary>How many requests of a class the account may send in a window.</summary>
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

    /// <summary>Starts all windows anew.</summary>
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
