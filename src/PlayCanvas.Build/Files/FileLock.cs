namespace PlayCanvas.Build.Files;

/// <summary>Opens files that only one process at a time can hold. The system releases such a file when its process ends for any reason.</summary>
/// <param name="clock">Measures the time, and waits.</param>
/// <param name="limit">The longest wait: longer than any process of this package holds the file.</param>
/// <param name="onWaiting">Called with the time waited so far: after one second, and then at each attempt to open the file.</param>
internal sealed class FileLock(IClock clock, TimeSpan limit, Action<TimeSpan> onWaiting)
{
    /// <summary>Shorter waits are not reported.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two attempts.</summary>
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1);

    /// <summary>The shortest pause between two attempts. In a long wait, a pause takes a hundredth of the time waited so far.</summary>
    public TimeSpan MinPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the file, creates it if it does not exist, and holds it until the stream is disposed.</summary>
    /// <exception cref="FileHeldException">Another process held the file for the whole limit.</exception>
    /// <exception cref="IOException">The file cannot be opened for another reason; waiting would not help.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened for another reason; waiting would not help.</exception>
    public FileStream Acquire(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IOException? held = null;
        foreach (var _ in clock.Attempt(PauseAfter, static _ => { }, cancellationToken))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (FileErrors.IsHeld(error))
            {
                held = error;
            }
        }

        throw new FileHeldException(path, limit, held!);
    }

    private TimeSpan? PauseAfter(TimeSpan elapsed)
    {
        if (elapsed >= limit)
            return null;
        if (elapsed >= Silence)
            onWaiting(elapsed);

        var pause = TimeSpan.FromTicks(Math.Max(MinPause.Ticks, Math.Min(elapsed.Ticks / 100, MaxPause.Ticks)));
        return pause < limit - elapsed ? pause : limit - elapsed;
    }
}

/// <summary>Another process holds a file for longer than any build does.</summary>
internal sealed class FileHeldException(string path, TimeSpan limit, Exception inner) : Exception($"{path}: held for {limit}", inner)
{
    public string Path { get; } = path;

    public TimeSpan Limit { get; } = limit;
}
