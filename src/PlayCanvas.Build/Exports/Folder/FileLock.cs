using System.Diagnostics;

namespace PlayCanvas.Build.Exports.Folder;

/// <summary>A file that one build holds open at a time. The system lets go of it when the process dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>After which a wait is worth a word.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Waits for the lock; holds it until disposed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="onWaiting">Called once when somebody else holds it for more than a moment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static FileStream Acquire(string path, Action onWaiting, CancellationToken cancellationToken)
    {
        var elapsed = Stopwatch.StartNew();
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

            if (elapsed.IsRunning && elapsed.Elapsed > Patience)
            {
                elapsed.Stop();
                onWaiting();
            }
        }
    }
}
