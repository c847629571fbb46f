using System.Text;
using PlayCanvas.Build.Exports.Install;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Exports.Folder;

/// <summary>
/// The folder of one game: its files, and beside them, in <c>.playcanvas</c>, everything that is known of them, so that copying or
/// caching the folder carries all of it. The state's names begin with a dot, which keeps ASP.NET Core's file providers from serving them.
/// </summary>
internal sealed class GameFolder(string path)
{
    public const string StateFolderName = ".playcanvas";
    public const string IgnoreFileName = ".gitignore";

    private const string TemporaryExtension = ".tmp";

    /// <summary>Absolute, without a separator at its end.</summary>
    public string FullPath { get; } = path;

    public string StatePath => Path.Combine(FullPath, StateFolderName);

    /// <summary>What is installed: <see cref="GameManifest"/>.</summary>
    public string ManifestPath => Path.Combine(StatePath, ".manifest.json");

    /// <summary>An install that has begun to change files: <see cref="InstallJournal"/>.</summary>
    public string JournalPath => Path.Combine(StatePath, ".journal.json");

    /// <summary>An export that was asked for: <see cref="PendingExport"/>.</summary>
    public string PendingPath => Path.Combine(StatePath, ".pending.json");

    /// <summary>The installed files for MSBuild: a relative path in each line.</summary>
    public string FileListPath => Path.Combine(StatePath, ".files.txt");

    /// <summary>What was asked for, for MSBuild to compare.</summary>
    public string ParametersPath => Path.Combine(StatePath, ".parameters.txt");

    /// <summary>When the export was made, for MSBuild to tell its age.</summary>
    public string ExportedPath => Path.Combine(StatePath, ".exported.txt");

    /// <summary>Exists while the installed game has <see cref="GameManifest.Problems"/>, for MSBuild to run the task that warns of them at each build.</summary>
    public string ProblemsPath => Path.Combine(StatePath, ".problems.txt");

    /// <summary>Downloaded and unpacked files that are not in their place yet.</summary>
    public string StagingPath => Path.Combine(StatePath, "staging");

    /// <summary>An export on its way from the server.</summary>
    public string DownloadPath => Path.Combine(StatePath, ".download.zip");

    private string OwnerPath => Path.Combine(StatePath, ".owner.txt");

    private string LockPath => Path.Combine(StatePath, ".lock");

    /// <summary>True when this package has put something here before.</summary>
    public bool HasState => Directory.Exists(StatePath);

    /// <summary>The full path of a file of the game, given its path with <c>/</c>.</summary>
    /// <exception cref="FolderNotOursException">It leads out of the folder: somebody else has written the state that names it.</exception>
    public string PathOf(string relativePath) => PathIn(FullPath, relativePath);

    /// <summary>
    /// Where a file of the game waits until all others are there too: in a tree like the game's, of which whole folders can be moved into their
    /// place at once.
    /// </summary>
    /// <exception cref="FolderNotOursException">It leads out of the folder: somebody else has written the state that names it.</exception>
    public string StagedPathOf(string relativePath) => PathIn(StagingPath, relativePath);

    /// <summary>Where a file of the game that is being installed lies now: in staging, or in its place already.</summary>
    public string LocationOf(string relativePath) => StagedPathOf(relativePath) is var staged && File.Exists(staged) ? staged : PathOf(relativePath);

    /// <summary>What to say of a link that would lead what is written or deleted out of the folder.</summary>
    public FolderNotOursException LeadsElsewhere(string relativePath) => new(FullPath, $"\"{relativePath}\" in it is a link to another place");

    /// <summary>Makes the folder ours: creates it, or makes sure that it was ours, and this project's, before.</summary>
    /// <param name="projectFile">Full path of the project that the game belongs to.</param>
    /// <param name="locks">Waits for another build that claims it too.</param>
    /// <param name="cancellationToken">Ends that wait.</param>
    /// <exception cref="FileHeldException">The wait was too long.</exception>
    /// <exception cref="FolderNotOursException">It holds other files, or the game of another project, or a link in the place of our state.</exception>
    public void Claim(string projectFile, FileLock locks, CancellationToken cancellationToken)
    {
        // In this order: what another build puts here at this moment is its state first.
        if (Directory.Exists(FullPath) && Directory.EnumerateFileSystemEntries(FullPath).FirstOrDefault() is { } first && !HasState)
            throw new FolderNotOursException(FullPath, $"it contains files that this package did not put there, such as \"{Path.GetFileName(first)}\"");

        CheckLinks([new DirectoryInfo(StatePath), new FileInfo(OwnerPath), new FileInfo(LockPath)]);
        Directory.CreateDirectory(StatePath);
        using var ownerFile = locks.Acquire(OwnerPath, cancellationToken);
        using var reader = new StreamReader(ownerFile);
        var recorded = reader.ReadToEnd();
        var owner = RelativePath(FullPath, projectFile);
        if (recorded.Length > 0 && recorded != owner && File.Exists(Path.Combine(FullPath, recorded)))
            throw new FolderNotOursException(FullPath, $"it belongs to the project \"{Path.GetFileName(recorded)}\"");

        WriteWhenDifferent(Path.Combine(FullPath, IgnoreFileName), "*\n");
        if (recorded != owner)
            Replace(ownerFile, owner);
    }

    /// <summary>Waits until no other build works on this folder, and keeps others out until disposed.</summary>
    /// <exception cref="FileHeldException">The wait was too long.</exception>
    /// <exception cref="FolderNotOursException">A link in its state would lead what is written or deleted out of it.</exception>
    public IDisposable Lock(FileLock locks, CancellationToken cancellationToken)
    {
        var held = locks.Acquire(LockPath, cancellationToken);
        try
        {
            // Files of the game are looked at before they are changed; files of the state are written right away.
            CheckLinks(new DirectoryInfo(StatePath).EnumerateFileSystemInfos());
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Removes the game and all that is known of it; what is not ours stays.</summary>
    /// <exception cref="FolderNotOursException">A link in it would lead what is deleted out of it; nothing is removed.</exception>
    public void Remove()
    {
        // What an interrupted install has brought is ours too.
        InstallJournal.RollForward(this);
        var files = GameManifest.TryRead(ManifestPath)?.Files ?? [];
        CheckLinks(files.Select(file => file.Path));
        foreach (var file in files)
            DeleteWithEmptyFolders(file.Path);

        Directory.Delete(StatePath, recursive: true);
        File.Delete(Path.Combine(FullPath, IgnoreFileName));
        if (!Directory.EnumerateFileSystemEntries(FullPath).Any())
            Directory.Delete(FullPath);
    }

    /// <summary>Makes sure that what is written to these paths, or deleted there, is in this folder.</summary>
    /// <exception cref="FolderNotOursException">A link leads one of them elsewhere.</exception>
    public void CheckLinks(IEnumerable<string> relativePaths)
    {
        var view = new FolderView(this);
        foreach (var path in relativePaths)
            view.HasFolderOf(path);
    }

    /// <summary>Deletes a file of the game, and the folders that it leaves empty.</summary>
    public void DeleteWithEmptyFolders(string relativePath)
    {
        var path = PathOf(relativePath);
        if (File.Exists(path))
            File.Delete(path);

        // Where an earlier deletion was interrupted, the file and its inner folders may be gone already.
        for (var folder = Path.GetDirectoryName(path)!; folder.Length > FullPath.Length; folder = Path.GetDirectoryName(folder)!)
        {
            if (!Directory.Exists(folder))
                continue;
            if (Directory.EnumerateFileSystemEntries(folder).Any())
                return;
            Directory.Delete(folder);
        }
    }

    /// <summary>Deletes, of what was unpacked, what is not wanted any more; links, which we never make, too.</summary>
    public void PruneStaging(Func<FileInfo, bool> isWanted) => Prune(new DirectoryInfo(StagingPath), isWanted);

    /// <summary>Deletes what was unpacked and is not wanted any more.</summary>
    public void ClearStaging()
    {
        if (Directory.Exists(StagingPath))
            Directory.Delete(StagingPath, recursive: true);
    }

    /// <summary>Deletes what builds that were killed have left half done.</summary>
    public void ClearLeftovers()
    {
        ClearStaging();
        File.Delete(DownloadPath);
        foreach (var temporary in Directory.EnumerateFiles(StatePath, "*" + TemporaryExtension))
            File.Delete(temporary);
    }

    /// <summary>Writes a small file so that a reader, or a killed build, sees the old or the new content and nothing between.</summary>
    public static void WriteAtomically(string path, string content)
    {
        var temporary = path + TemporaryExtension;
        File.WriteAllText(temporary, content);
        MoveOver(temporary, path);
    }

    /// <summary>Renames a file over another: one step, on every system.</summary>
    public static void MoveOver(string from, string to)
    {
        if (File.Exists(to))
            File.Replace(from, to, destinationBackupFileName: null, ignoreMetadataErrors: true);
        else
            File.Move(from, to);
    }

    private static void Prune(DirectoryInfo folder, Func<FileInfo, bool> isWanted)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (Links.IsLink(entry) || (entry is FileInfo file && !isWanted(file)))
                entry.Delete();
            else if (entry is DirectoryInfo inner)
                Prune(inner, isWanted);
        }

        if (!folder.EnumerateFileSystemInfos().Any())
            folder.Delete();
    }

    private string PathIn(string root, string relativePath)
    {
        var path = Path.GetFullPath(Path.Combine(root, relativePath.Replace('/', Path.DirectorySeparatorChar)));
        return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new FolderNotOursException(FullPath, $"its recorded state names \"{relativePath}\", which is outside the folder");
    }

    private void CheckLinks(IEnumerable<FileSystemInfo> entries)
    {
        if (entries.FirstOrDefault(Links.IsLink) is { } link)
            throw LeadsElsewhere(link.FullName.Substring(FullPath.Length + 1));
    }

    private static void Replace(FileStream file, string content)
    {
        var bytes = new UTF8Encoding(false).GetBytes(content);
        file.SetLength(0);
        file.Write(bytes, 0, bytes.Length);
    }

    private static void WriteWhenDifferent(string path, string content)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != content)
            WriteAtomically(path, content);
    }

    private static string RelativePath(string folder, string file)
    {
        var from = new Uri(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar);
        return Uri.UnescapeDataString(from.MakeRelativeUri(new Uri(file)).ToString());
    }
}
