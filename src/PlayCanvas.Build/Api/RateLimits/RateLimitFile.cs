using System.Text;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.RateLimits;

/// <summary>
/// Stores the windows in a small file that all builds of one user on this machine share for one server and token. The open file handle is the lock,
/// so a process that dies releases it. Unreadable content counts as unknown and is overwritten. If the file cannot be used, each build counts on
/// its own.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="clock">Measures the time, and waits.</param>
/// <param name="onWaiting">Called repeatedly with the time waited so far while another process holds the file for more than a moment.</param>
internal sealed class RateLimitFile(string path, IClock clock, Action<TimeSpan> onWaiting) : IRateLimitStore
{
    /// <summary>
    /// The longest wait for the file: longer than two dozen builds on a busy machine need one after the other. A file that stays locked longer is
    /// not held by this package.
    /// </summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(60);

    private readonly FileLock locks = new(clock, LockTimeout, onWaiting) { MinPause = TimeSpan.FromMilliseconds(5) };
    private readonly Dictionary<string, RateLimitWindow> ownWindows = [];
    private bool isCompiled;
    private bool isGivenUp;

    /// <summary>
    /// Returns the path of the file for a server and a token, under the user's local application data. The file name reveals neither.
    /// </summary>
    public static string PathFor(Uri server, string accessToken)
    {
        var name = Sha256.Prefix($"{server.GetLeftPart(UriPartial.Authority)}\n{accessToken}", 12);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (home.Length == 0)
            home = Path.GetTempPath();
        return Path.Combine(home, "PlayCanvas.Build", "rate-limits", name + ".json");
    }

    public T Update<T>(Func<IDictionary<string, RateLimitWindow>, T> change, CancellationToken cancellationToken)
    {
        Compile();
        try
        {
            if (!isGivenUp)
                return UpdateFile(change, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FileHeldException)
        {
            isGivenUp = true;
        }

        lock (ownWindows)
            return change(ownWindows);
    }

    private T UpdateFile<T>(Func<IDictionary<string, RateLimitWindow>, T> change, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = locks.Acquire(path, cancellationToken);
        var windows = Read(file);
        var result = change(windows);
        Write(file, windows);
        return result;
    }

    /// <summary>
    /// Runs the serialization code once, so that it is compiled before the lock is taken: .NET compiles code when it first runs, which takes longer
    /// than all other work here and would keep other builds waiting for the lock.
    /// </summary>
    private void Compile()
    {
        if (isCompiled)
            return;

        using var nowhere = new MemoryStream();
        Write(nowhere, new Dictionary<string, RateLimitWindow> { [RateLimitClass.Normal] = RateLimitWindow.Unknown });
        nowhere.Position = 0;
        Read(nowhere);
        isCompiled = true;
    }

    private static Dictionary<string, RateLimitWindow> Read(Stream file)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, false, 1024, leaveOpen: true);
        return JsonFile.TryParse<Dictionary<string, RateLimitWindow>>(reader.ReadToEnd()) is { } windows && windows.Values.All(window => window is not null)
            ? windows
            : [];
    }

    private static void Write(Stream file, Dictionary<string, RateLimitWindow> windows)
    {
        var json = Encoding.UTF8.GetBytes(JsonFile.Format(windows));
        file.Position = 0;
        file.Write(json, 0, json.Length);
        file.SetLength(json.Length);
    }
}
