namespace PlayCanvas.Build.Files;

/// <summary>Opens files that one process holds at a time. The system releases such a file when its process ends, in whatever way.</summary>
/// <param name="clock">Measures the time, and waits.</param>
/// <param name="limit">How long to wait at most: longer than any process of ours holds the file.</param>
/// <param name="onWaiting">Called with the time waited so far: after a second, and then as often as the file is tried.</param>
internal sealed class FileLock(IClock clock, TimeSpan limit, Action<TimeSpan> onWaiting)
{
    /// <summary>A shorter wait is not worth a word.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two tries.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>The shortest pause between two tries. In a long wait, a pause takes a hundredth of the time waited so far.</summary>
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the file, which is created where it does not exist; holds it until disposed.</summary>
    /// <exception cref="FileHeldException">Another process held it for the whole limit.</exception>
    /// <exception cref="IOException">It cannot be opened for another reason; waiting would not help.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public FileStream Acquire(string path, CancellationToken cancellationToken)
    {
        var start = clock.UtcNow;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan elapsed;
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (FileErrors.IsHeld(error))
            {
                elapsed = clock.UtcNow - start;
                if (elapsed >= limit)
                    throw new FileHeldException(path, limit, error);
                if (elapsed >= Silence)
                    onWaiting(elapsed);
            }

            clock.Wait(Shorter(PauseAfter(elapsed), limit - elapsed), cancellationToken);
        }
    }

    private TimeSpan PauseAfter(TimeSpan elapsed) =>
        TimeSpan.FromTicks(Math.Max(ShortestPause.Ticks, Math.Min(elapsed.Ticks / 100, LongestPause.Ticks)));

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>Another process holds a file for longer than any build does.</summary>
internal sealed class FileHeldException(string path, TimeSpan limit, Exception inner) : Exception($"{path}: held for {limit}", inner)
{
    public string Path { get; } = path;

    public TimeSpan Limit { get; } = limit;
}
