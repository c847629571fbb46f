namespace PlayCanvas.Build.Tasks;

/// <summary>Says when the next line of progress is due, so that long work shows that it lives and short work stays quiet.</summary>
internal sealed class ProgressTimer
{
    /// <summary>A wait is told of about every second, so no silence is longer than ten seconds.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(9);

    private readonly object gate = new();
    private DateTimeOffset? last;

    /// <summary>Whether the last line was shown long ago. The first call begins the time.</summary>
    public bool IsDue(DateTimeOffset now)
    {
        lock (gate)
        {
            last ??= now;
            if (now - last < LongestSilence)
                return false;

            last = now;
            return true;
        }
    }

    /// <summary>A line was shown.</summary>
    public void Restart(DateTimeOffset now)
    {
        lock (gate)
            last = now;
    }
}
