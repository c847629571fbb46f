namespace PlayCanvas.Build.Api;

/// <summary>Time, and waiting for it to pass.</summary>
internal interface IClock
{
    DateTimeOffset UtcNow { get; }

    /// <summary>Returns when the time has passed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    void Wait(TimeSpan time, CancellationToken cancellationToken);
}

/// <summary>The machine's own clock.</summary>
internal sealed class SystemClock : IClock
{
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public void Wait(TimeSpan time, CancellationToken cancellationToken)
    {
        cancellationToken.WaitHandle.WaitOne(time < TimeSpan.Zero ? TimeSpan.Zero : time);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
