namespace PlayCanvas.Build.Tasks;

/// <summary>Decides when the next line of progress is due, so that long work shows progress and short work stays quiet.</summary>
internal sealed class ProgressTimer
{
    /// <summary>Waits are reported about once a second, so no silence is longer than ten seconds.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(9);

    private readonly object gate = new();
    private DateTimeOffset? last;

    /// <summary>Whether a line of progress is due. The first call starts the interval.</summary>
    public bool IsDue(DateTimeOffset now)
    {
        lock (gate)
        {
            last ??= now;
            if (now - last < MaxSilence)
                return false;

            last = now;
            return true;
        }
    }

    /// <summary>Restarts the interval, because a line was logged.</summary>
    public void Restart(DateTimeOffset now)
    {
        lock (gate)
            last = now;
    }
}
