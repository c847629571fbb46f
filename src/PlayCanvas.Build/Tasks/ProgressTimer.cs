using Microsoft.Build.Framework;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Decides when the next line of progress is due, so that long work shows progress and short work stays quiet. All tasks of a build share one, since
/// a silence may begin in one task and go on in the next.
/// </summary>
internal sealed class ProgressTimer
{
    /// <summary>Waits are reported about once a second, so no silence is longer than ten seconds.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(8);

    /// <summary>The silence at the beginning of the first task. What the build did before may have been silent too.</summary>
    private static readonly TimeSpan FirstSilence = TimeSpan.FromSeconds(4);

    private readonly object gate = new();
    private DateTimeOffset? last;

    /// <summary>Returns the timer of a build, in this process.</summary>
    public static ProgressTimer Of(IBuildEngine4 build)
    {
        if (build.GetRegisteredTaskObject(typeof(ProgressTimer), RegisteredTaskObjectLifetime.Build) is ProgressTimer known)
            return known;

        var timer = new ProgressTimer();
        build.RegisterTaskObject(typeof(ProgressTimer), timer, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return timer;
    }

    /// <summary>Begins a task.</summary>
    public void Begin(DateTimeOffset now)
    {
        lock (gate)
            last ??= now - (MaxSilence - FirstSilence);
    }

    /// <summary>Whether a line of progress is due. If it is, the interval starts again.</summary>
    public bool IsDue(DateTimeOffset now)
    {
        lock (gate)
        {
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
