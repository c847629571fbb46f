using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Exports.Folder;

/// <summary>Tries again for a second where another program has a file open: virus scanners and editors do for moments, a server may for good.</summary>
internal static class FileRetry
{
    private const int Attempts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="FileInUseException">The file is still held after a second.</exception>
    /// <exception cref="IOException">It failed for another reason; trying again would not help.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
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
