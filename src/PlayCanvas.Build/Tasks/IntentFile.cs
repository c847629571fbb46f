using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Stores the intent of a request in a file of the user, so that deleting a project's intermediate files does not make a build forget what an earlier
/// one has sent.
/// </summary>
internal sealed class IntentFile<TIntent> : IIntentStore<TIntent>, IDisposable
    where TIntent : RequestIntent
{
    private readonly string path;
    private readonly IDisposable? heldLock;

    /// <param name="path">The full path.</param>
    /// <param name="heldLock">Keeps other builds from sending such a request; null for a file that is only read.</param>
    private IntentFile(string path, IDisposable? heldLock)
    {
        this.path = path;
        this.heldLock = heldLock;
    }

    /// <summary>Opens the file when no other build of this user works on what it locks.</summary>
    /// <param name="directories">The possible folders for the file; the first writable one is used.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="locks">Waits for the other build.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static IntentFile<TIntent> Open(IReadOnlyList<string> directories, IntentName name, FileLock locks, CancellationToken cancellationToken)
    {
        var directory = FirstWritable(directories);
        return new IntentFile<TIntent>(name.PathIn(directory), locks.Acquire(name.LockPathIn(directory), cancellationToken));
    }

    /// <summary>Opens the file to read it only, and does not wait for other builds.</summary>
    /// <param name="directories">The possible folders for the file.</param>
    /// <param name="name">The name of the file.</param>
    public static IntentFile<TIntent> OpenToRead(IReadOnlyList<string> directories, IntentName name)
    {
        var paths = directories.Select(name.PathIn).ToList();
        return new IntentFile<TIntent>(paths.FirstOrDefault(File.Exists) ?? paths[0], heldLock: null);
    }

    public TIntent? Read() => JsonFile.TryRead<TIntent>(path);

    public void Write(TIntent intent)
    {
        CheckIsHeld();
        JsonFile.Write(path, intent);
    }

    public void Delete()
    {
        CheckIsHeld();
        File.Delete(path);
    }

    public void Dispose() => heldLock?.Dispose();

    private void CheckIsHeld()
    {
        if (heldLock is null)
            throw new InvalidOperationException($"\"{path}\" is only read.");
    }

    private static string FirstWritable(IReadOnlyList<string> directories)
    {
        foreach (var directory in directories.Take(directories.Count - 1))
        {
            try
            {
                Directory.CreateDirectory(directory);
                var probe = Path.Combine(directory, Path.GetRandomFileName());
                File.WriteAllText(probe, "");
                File.Delete(probe);
                return directory;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The folder is not writable: the next one is tried.
            }
        }

        return Directory.CreateDirectory(directories[directories.Count - 1]).FullName;
    }
}
