namespace PlayCanvas.Build.Files;

/// <summary>Tries something again and again, with pauses between the attempts.</summary>
internal static class Attempts
{
    /// <summary>
    /// Returns a sequence with one element for each attempt: the time since the first one. Getting the next element waits for the pause. A caller
    /// leaves the loop when an attempt succeeds; the loop ends by itself when there is no further pause.
    /// </summary>
    /// <param name="clock">Measures the time, and waits.</param>
    /// <param name="pauseAfter">Returns the pause after a failed attempt, given the time since the first one; null for no further attempt.</param>
    /// <param name="onWaiting">Called about once a second during a pause, with the time since the first attempt.</param>
    /// <param name="cancellationToken">Cancels the waits.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled: after the first attempt, no other is made.</exception>
    public static IEnumerable<TimeSpan> Attempt(
        this IClock clock, Func<TimeSpan, TimeSpan?> pauseAfter, Action<TimeSpan> onWaiting, CancellationToken cancellationToken)
    {
        var start = clock.UtcNow;
        yield return TimeSpan.Zero;
        while (pauseAfter(clock.UtcNow - start) is { } pause)
        {
            clock.Wait(pause, () => onWaiting(clock.UtcNow - start), cancellationToken);
            yield return clock.UtcNow - start;
        }
    }

    /// <summary>Returns a sequence with one element for the first attempt, and one after each of the pauses.</summary>
    /// <param name="clock">Measures the time, and waits.</param>
    /// <param name="pauses">The pauses between the attempts.</param>
    /// <param name="onWaiting">Called about once a second during a pause, with the time since the first attempt.</param>
    /// <param name="cancellationToken">Cancels the waits.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled: after the first attempt, no other is made.</exception>
    public static IEnumerable<TimeSpan> Attempt(
        this IClock clock, IReadOnlyList<TimeSpan> pauses, Action<TimeSpan> onWaiting, CancellationToken cancellationToken)
    {
        var next = 0;
        return clock.Attempt(_ => next < pauses.Count ? pauses[next++] : null, onWaiting, cancellationToken);
    }
}
