using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Folder;

/// <summary>
/// Retries for a second while another program has a file open: virus scanners and editors hold files for moments, a server may hold one
/// permanently.
/// </summary>
internal static class FileRetry
{
    private const int Attempts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="FileInUseException">The file is still open in another program after a second.</exception>
    /// <exception cref="IOException">The action failed for another reason; a retry would not help.</exception>
    /// <exception cref="UnauthorizedAccessException">The action failed for another reason; a retry would not help.</exception>
    public static void Run(string path, Action action, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                action();
                return;
            }
            catch (Exception error) when (FileErrors.MayPass(error))
            {
                if (attempt == Attempts)
                    throw new FileInUseException(path, error);
                cancellationToken.WaitHandle.WaitOne(Pause);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
