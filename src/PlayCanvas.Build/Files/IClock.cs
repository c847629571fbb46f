namespace PlayCanvas.Build.Files;

/// <summary>Measures time, and waits.</summary>
internal interface IClock
{
    DateTimeOffset UtcNow { get; }

    /// <summary>Returns when the time has passed.</summary>
    /// <param name="time">How long to wait.</param>
    /// <param name="onWaiting">Called about once a second during the wait, on the waiting thread.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    void Wait(TimeSpan time, Action onWaiting, CancellationToken cancellationToken);
}

/// <summary>The machine's own clock.</summary>
internal sealed class SystemClock : IClock
{
    /// <summary>The interval at which a wait is reported.</summary>
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
