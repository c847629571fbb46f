namespace PlayCanvas.Build.Exports;

/// <summary>A file that one build holds open at a time. The system lets go of it when the process dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the lock; holds it until disposed.</summary>
    public static FileStream Acquire(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                cancellationToken.WaitHandle.WaitOne(Poll);
            }
        }
    }
}
