using System.Globalization;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Stores the intent of a publish in a file of the user, so that deleting a project's intermediate files does not make a build forget what an
/// earlier one has sent. Only one build at a time publishes an app.
/// </summary>
internal sealed class PublishIntentFile : IPublishIntentStore, IDisposable
{
    private readonly string path;
    private readonly IDisposable? heldLock;

    /// <param name="path">The full path.</param>
    /// <param name="heldLock">Keeps other builds from publishing the app; null for a file that is only read.</param>
    private PublishIntentFile(string path, IDisposable? heldLock)
    {
        this.path = path;
        this.heldLock = heldLock;
    }

    /// <summary>The folder below the user's local application data; null when the user has no home.</summary>
    public static string? UserDirectory =>
        OptionValues.Trimmed(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)) is { } home
            ? Path.Combine(home, "PlayCanvas.Build", "publishes")
            : null;

    /// <summary>Waits until no other build of this user publishes the app.</summary>
    /// <param name="directories">The possible folders for the file; the first writable one is used.</param>
    /// <param name="server">The API's address.</param>
    /// <param name="request">What is published.</param>
    /// <param name="locks">Waits for the other build.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static PublishIntentFile Open(
        IReadOnlyList<string> directories, Uri server, AppRequest request, FileLock locks, CancellationToken cancellationToken)
    {
        var directory = FirstWritable(directories);
        return new PublishIntentFile(PathIn(directory, server, request), locks.Acquire(Path.Combine(directory, AppOf(server, request) + ".lock"), cancellationToken));
    }

    /// <summary>Opens the file to read it only, and does not wait for other builds.</summary>
    /// <param name="directories">The possible folders for the file.</param>
    /// <param name="server">The API's address.</param>
    /// <param name="request">What is published.</param>
    public static PublishIntentFile OpenToRead(IReadOnlyList<string> directories, Uri server, AppRequest request)
    {
        var paths = directories.Select(directory => PathIn(directory, server, request)).ToList();
        return new PublishIntentFile(paths.FirstOrDefault(File.Exists) ?? paths[0], heldLock: null);
    }

    public RequestIntent? Read() => JsonFile.TryRead<RequestIntent>(path);

    public void Write(RequestIntent intent)
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

    private static string PathIn(string directory, Uri server, AppRequest request) =>
        Path.Combine(directory, $"{AppOf(server, request)}-{Digest($"{request.BranchId}\n{request.Version}")}.json");

    private static string AppOf(Uri server, AppRequest request) =>
        $"publish-{Digest($"{server}\n{request.ProjectId.ToString(CultureInfo.InvariantCulture)}\n{request.Name}")}";

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

    private static string Digest(string text) => Sha256.Prefix(text, 6);
}
