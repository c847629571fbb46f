namespace PlayCanvas.Build.Exports.Folder;

/// <summary>Virus scanners and editors hold files for moments; a server may hold them for good.</summary>
internal static class FileRetry
{
    private const int Attempts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="FileInUseException">The file is still held after a second.</exception>
    public static void Run(string path, Action action, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                action();
                return;
            }
            catch (Exception error) when (IsHeld(error))
            {
                if (attempt == Attempts)
                    throw new FileInUseException(path, error);
                cancellationToken.WaitHandle.WaitOne(Pause);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private static bool IsHeld(Exception error) =>
        error is UnauthorizedAccessException
        || (error is IOException and not (PathTooLongException or FileNotFoundException or DirectoryNotFoundException));
}
