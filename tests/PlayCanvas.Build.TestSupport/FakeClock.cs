using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.TestSupport;

/// <summary>A clock that advances only while something waits on it.</summary>
internal sealed class FakeClock(DateTimeOffset start) : IClock
{
    private readonly Lock gate = new();
    private readonly List<TimeSpan> waits = [];
    private DateTimeOffset now = start;

    public FakeClock()
        : this(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Called at the start of each wait.</summary>
    public Action<TimeSpan> Waiting { get; set; } = _ => { };

    public DateTimeOffset UtcNow
    {
        get
        {
            lock (gate)
                return now;
        }
    }

    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (gate)
                return [.. waits];
        }
    }

    public void Wait(TimeSpan time, Action onWaiting, CancellationToken cancellationToken)
    {
        lock (gate)
            waits.Add(time);
        Waiting(time);
        cancellationToken.ThrowIfCancellationRequested();
        for (var left = time; left > SystemClock.TellInterval; left -= SystemClock.TellInterval)
        {
            Advance(SystemClock.TellInterval);
            onWaiting();
            time -= SystemClock.TellInterval;
        }

        Advance(time);
    }

    public void Advance(TimeSpan time)
    {
        lock (gate)
            now += time;
    }
}
