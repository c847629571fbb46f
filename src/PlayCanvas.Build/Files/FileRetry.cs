namespace PlayCanvas.Build.Files;

/// <summary>
/// Retries for a second while another program has a file open: virus scanners and editors hold files for moments, a server may hold one
/// permanently.
/// </summary>
internal static class FileRetry
{
    private static readonly IReadOnlyList<TimeSpan> Pauses = [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(100), 9)];

    /// <summary>Runs the action until it succeeds. A cancellation only ends a wait: what other programs do not prevent is done.</summary>
    /// <exception cref="FileInUseException">The file is still open in another program after a second.</exception>
    /// <exception cref="IOException">The action failed for another reason; a retry would not help.</exception>
    /// <exception cref="UnauthorizedAccessException">The action failed for another reason; a retry would not help.</exception>
    public static void Run(string path, Action action, CancellationToken cancellationToken)
    {
        Exception? inUse = null;
        foreach (var _ in new SystemClock().Attempt(Pauses, static _ => { }, cancellationToken))
        {
            try
            {
                action();
                return;
            }
            catch (Exception error) when (FileErrors.MayPass(error))
            {
                inUse = error;
            }
        }

        throw new FileInUseException(path, inUse!);
    }
}

/// <summary>A file could not be replaced because another program has it open.</summary>
internal sealed class FileInUseException(string path, Exception inner) : Exception($"{path}: {inner.Message}", inner)
{
    public string Path { get; } = path;
}
