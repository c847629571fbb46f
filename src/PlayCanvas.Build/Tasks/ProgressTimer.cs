namespace PlayCanvas.Build.Tasks;

/// <summary>Says when the next line of progress is due, so that long work shows that it lives and short work stays quiet.</summary>
internal sealed class ProgressTimer(TimeSpan interval)
{
    private DateTimeOffset? next;

    public bool IsDue(DateTimeOffset now)
    {
        next ??= now + interval;
        if (now < next)
            return false;

        next = now + interval;
        return true;
    }
}
