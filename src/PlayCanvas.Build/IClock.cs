namespace PlayCanvas.Build;

/// <summary>Time, and waiting for it to pass.</summary>
internal interface IClock
{
    DateTimeOffset UtcNow { get; }

    /// <summary>Returns when the time has passed.</summary>
    /// <param name="time">How long to wait.</param>
    /// <param name="onWaiting">Called about every second until then, by the thread that waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    void Wait(TimeSpan time, Action onWaiting, CancellationToken cancellationToken);
}

/// <summary>The machine's own clock.</summary>
internal sealed class SystemClock : IClock
{
    /// <summary>How often a wait is told of.</summary>
    public static TimeSpan TellInterval { get; } = TimeSpan.FromSeconds(1);

    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public void Wait(TimeSpan time, Action onWaiting, CancellationToken cancellationToken)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TellInterval)
        {
            cancellationToken.WaitHandle.WaitOne(left < TellInterval ? left : TellInterval);
            cancellationToken.ThrowIfCancellationRequested();
            if (left > TellInterval)
                onWaiting();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}

internal static class ClockExtensions
{
    /// <summary>Returns when the time has passed: for a time that is too short to tell of.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static void Wait(this IClock clock, TimeSpan time, CancellationToken cancellationToken) => clock.Wait(time, static () => { }, cancellationToken);
}
