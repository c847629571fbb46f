using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Games.Store;

/// <summary>
/// The store of whole contents, which all projects of one user on one machine share. It is a cache: any part of it may be deleted at any time.
/// </summary>
/// <param name="directory">The full path of the store.</param>
/// <param name="locks">Waits for other builds.</param>
internal sealed class GameStore(string directory, FileLock locks)
{
    /// <summary>The version of the layout below. Another version uses its own folder.</summary>
    private const string Layout = "v1";

    private const string FilesFolder = "files";
    private const string OriginalsFolder = "originals";
    private const string ManifestName = "manifest.json";
    private const string UsedName = "used";

    /// <summary>The folder of contents that are being prepared or removed. No content id begins with a dot.</summary>
    private const string TemporaryFolder = ".temporary";

    private const string LocksFolder = ".locks";
    private const string ExportsFolder = ".exports";
    private const string CompressedFolder = ".compressed";

    /// <summary>How long something that a killed build has left may still be of use.</summary>
    private static readonly TimeSpan TemporaryLife = TimeSpan.FromDays(1);

    private readonly string root = Path.Combine(directory, Layout);

    /// <summary>The full path of the store.</summary>
    public string Directory => directory;

    /// <summary>
    /// The default: a folder of the user's local application data. Null when the user has none that can be written, as in some containers.
    /// </summary>
    /// <param name="mayCreate">False to look for an existing store only.</param>
    public static string? DefaultDirectory(bool mayCreate)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (home.Length == 0)
            return null;

        var store = Path.Combine(home, "PlayCanvas.Build", "games");
        if (!mayCreate)
            return System.IO.Directory.Exists(store) ? store : null;
        try
        {
            new GameStore(store, null!).CheckIsWritable();
            return store;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Creates the store if it does not exist, and checks that it can be written.</summary>
    /// <exception cref="IOException">The store cannot be created or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The store cannot be created or written.</exception>
    public void CheckIsWritable()
    {
        FileLinks.CreatePrivateFolder(directory);
        var probe = Path.Combine(Folder(LocksFolder), $".probe-{Guid.NewGuid():N}");
        using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
        {
        }
    }

    /// <summary>Waits until no other build works on a content or an export, and excludes other builds until the result is disposed.</summary>
    /// <exception cref="FileHeldException">The wait was too long.</exception>
    public IDisposable Lock(string key, CancellationToken cancellationToken) => locks.Acquire(LockPath(key), cancellationToken);

    /// <summary>Returns a content, adapted by the current rules; null when the store does not have it.</summary>
    public GameContent? Find(string contentId)
    {
        var folder = FolderOf(contentId, AdaptationId.Current);
        var manifestPath = Path.Combine(folder, ManifestName);
        return GameManifest.TryRead(manifestPath) is { } manifest && manifest.ContentId == contentId ? ContentIn(folder, manifest) : null;
    }

    /// <summary>Records that a content is used, which keeps it in the store.</summary>
    public void Touch(string contentId)
    {
        var used = Path.Combine(root, contentId, UsedName);
        if (System.IO.Directory.Exists(Path.GetDirectoryName(used)))
            File.WriteAllText(used, "");
    }

    /// <summary>
    /// Returns the folder in which the content of one export is prepared. It is the same for each attempt, so that an attempt can use the files that
    /// an interrupted one has left. The caller must hold the lock of the same key.
    /// </summary>
    public PreparedContent Prepare(string key)
    {
        var folder = Path.Combine(Folder(TemporaryFolder), key);
        FileLinks.CreatePrivateFolder(folder);
        var prepared = PreparedIn(folder);
        System.IO.Directory.CreateDirectory(prepared.Directory);
        return prepared;
    }

    /// <summary>Deletes what <see cref="Prepare"/> returned.</summary>
    public void Discard(string key)
    {
        var folder = Path.Combine(root, TemporaryFolder, key);
        File.Delete(PreparedIn(folder).Download);
        Delete(folder);
    }

    /// <summary>Returns a prepared content of which all files are there.</summary>
    public GameContent Prepared(string key, GameManifest manifest) => ContentIn(Path.Combine(root, TemporaryFolder, key), manifest);

    /// <summary>Makes a prepared content a part of the store, and returns it. When the store already has the content, that one is returned.</summary>
    /// <param name="key">The key of the prepared content.</param>
    /// <param name="manifest">The manifest of the content.</param>
    public GameContent Add(string key, GameManifest manifest)
    {
        var prepared = Path.Combine(root, TemporaryFolder, key);
        var files = PreparedIn(prepared);
        foreach (var file in manifest.Files)
        {
            FileLinks.MakeReadOnly(files.PathOf(file.Path));
            if (file.IsAdapted)
                FileLinks.MakeReadOnly(files.OriginalPathOf(file.Path));
        }

        manifest.Write(Path.Combine(prepared, ManifestName));
        FileLinks.MakeReadOnly(Path.Combine(prepared, ManifestName));
        var folder = FolderOf(manifest.ContentId, manifest.AdaptationId);
        FileLinks.CreatePrivateFolder(Path.GetDirectoryName(folder)!);
        try
        {
            FileRetry.Run(folder, () => System.IO.Directory.Move(prepared, folder), CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or FileInUseException && Find(manifest.ContentId) is not null)
        {
            // Another build has added the same content, from an export with other parameters.
            Delete(prepared);
        }

        Touch(manifest.ContentId);
        return ContentIn(folder, manifest);
    }

    /// <summary>Removes a content.</summary>
    public void Remove(string contentId) => RemoveFolder(Path.Combine(root, contentId));

    /// <summary>
    /// Removes the contents that no build has used for some time, and what killed builds have left. What another build is using stays.
    /// </summary>
    /// <param name="now">The current time.</param>
    /// <param name="days">How many days unused contents stay.</param>
    /// <returns>The number of contents that were removed.</returns>
    public int Sweep(DateTimeOffset now, int days)
    {
        var oldest = now.UtcDateTime - TimeSpan.FromDays(days);
        var unused = System.IO.Directory.EnumerateDirectories(root)
            .Where(folder => ContentId.IsValid(Path.GetFileName(folder)) && File.GetLastWriteTimeUtc(Path.Combine(folder, UsedName)) < oldest)
            .ToList();
        var removed = unused.Count(folder => WhenFree(Path.GetFileName(folder), () => RemoveFolder(folder)));
        foreach (var left in EntriesIn(TemporaryFolder).Where(left => left.LastWriteTimeUtc < now.UtcDateTime - TemporaryLife))
            WhenFree(Path.GetFileNameWithoutExtension(left.Name), () => Discard(Path.GetFileNameWithoutExtension(left.Name)));
        foreach (var old in EntriesIn(ExportsFolder).Concat(EntriesIn(CompressedFolder)).Where(file => file.LastWriteTimeUtc < oldest))
            old.Delete();
        return removed;
    }

    /// <summary>Returns the path of the record of the last export with some parameters.</summary>
    public string ExportRecordPath(string key) => Path.Combine(root, ExportsFolder, key + ".json");

    /// <summary>Returns the path, without its extension, of the compressed forms of a file.</summary>
    public string CompressedPath(string sha256) => Path.Combine(Folder(CompressedFolder), sha256);

    /// <summary>Returns the names of all compressed forms: the SHA-256 of a file and an extension.</summary>
    public HashSet<string> CompressedNames() => new(EntriesIn(CompressedFolder).Select(file => file.Name), StringComparer.Ordinal);

    private static PreparedContent PreparedIn(string folder) => new(Path.Combine(folder, FilesFolder), Path.Combine(folder, OriginalsFolder), folder + ".zip");

    private string LockPath(string key) => Path.Combine(Folder(LocksFolder), key + ".lock");

    private string FolderOf(string contentId, string adaptationId) => Path.Combine(root, contentId, adaptationId);

    private static GameContent ContentIn(string folder, GameManifest manifest) =>
        new(Path.Combine(folder, FilesFolder), Path.Combine(folder, OriginalsFolder), Path.Combine(folder, ManifestName), manifest);

    private string Folder(string name)
    {
        FileLinks.CreatePrivateFolder(directory);
        var folder = Path.Combine(root, name);
        System.IO.Directory.CreateDirectory(folder);
        return folder;
    }

    private FileSystemInfo[] EntriesIn(string name) => new DirectoryInfo(Path.Combine(root, name)) is { Exists: true } folder
        ? folder.GetFileSystemInfos()
        : [];

    /// <summary>Does something unless another build works on the same content.</summary>
    /// <returns>True when it was done.</returns>
    private bool WhenFree(string key, Action action)
    {
        try
        {
            using (new FileStream(LockPath(key), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
                action();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is in use, and a later build tries again.
            return false;
        }
    }

    /// <summary>Renames a folder before it is deleted, so that nothing finds a half of it.</summary>
    private void RemoveFolder(string folder)
    {
        if (!System.IO.Directory.Exists(folder))
            return;

        var renamed = Path.Combine(Folder(TemporaryFolder), $"removed-{Guid.NewGuid():N}");
        System.IO.Directory.Move(folder, renamed);
        Delete(renamed);
    }

    private static void Delete(string folder)
    {
        if (System.IO.Directory.Exists(folder))
            System.IO.Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The places of a content that is being prepared.</summary>
/// <param name="Directory">The folder for the files as they are served.</param>
/// <param name="Originals">The folder for exported files whose served form differs.</param>
/// <param name="Download">The file for the whole export, if the server does not support ranges.</param>
internal sealed record PreparedContent(string Directory, string Originals, string Download)
{
    /// <summary>Returns the full path of a file as it is served.</summary>
    public string PathOf(string path) => GameContent.Join(Directory, StoredName.Of(path));

    /// <summary>Returns the full path for a new file in its served form, and creates the folder that contains it.</summary>
    public string NewPathOf(string path) => GameContent.NewPathOf(Directory, path);

    /// <summary>Returns the full path of a file as it was exported, if the served form differs.</summary>
    public string OriginalPathOf(string path) => GameContent.Join(Originals, StoredName.Of(path));
}
