using System.Text;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Folder;

/// <summary>
/// The folder of one game: its files and, in <see cref="GameStateFiles.Folder"/>, the package's complete state for them, so that copying or caching
/// the folder includes the state.
/// </summary>
internal sealed class GameFolder(string path)
{
    /// <summary>The absolute path, without a trailing separator.</summary>
    public string FullPath { get; } = path;

    public string StatePath => Path.Combine(FullPath, GameStateFiles.Folder);

    public string ManifestPath => Path.Combine(StatePath, GameStateFiles.Manifest);

    public string JournalPath => Path.Combine(StatePath, GameStateFiles.Journal);

    public string PendingPath => Path.Combine(StatePath, GameStateFiles.Pending);

    public string FileListPath => Path.Combine(StatePath, GameStateFiles.FileList);

    public string ParametersPath => Path.Combine(StatePath, GameStateFiles.Parameters);

    public string ExportedPath => Path.Combine(StatePath, GameStateFiles.Exported);

    public string ProblemsPath => Path.Combine(StatePath, GameStateFiles.Problems);

    public string StagingPath => Path.Combine(StatePath, GameStateFiles.Staging);

    public string DownloadPath => Path.Combine(StatePath, GameStateFiles.Download);

    private string OwnerPath => Path.Combine(StatePath, GameStateFiles.Owner);

    private string LockPath => Path.Combine(StatePath, GameStateFiles.Lock);

    /// <summary>True when this package has installed something in the folder before.</summary>
    public bool HasState => Directory.Exists(StatePath);

    /// <summary>Returns the full path of a file of the game, given its path with <c>/</c>.</summary>
    /// <exception cref="FolderNotOursException">The path leads out of the folder: the state that names it was not written by this package.</exception>
    public string PathOf(string relativePath) => PathIn(FullPath, relativePath);

    /// <summary>
    /// Returns the full path at which a file of the game is staged until all others are staged too. The staging folder mirrors the game's folder,
    /// so that whole folders can be moved at once.
    /// </summary>
    /// <exception cref="FolderNotOursException">The path leads out of the folder: the state that names it was not written by this package.</exception>
    public string StagedPathOf(string relativePath) => PathIn(StagingPath, relativePath);

    /// <summary>
    /// Returns the current full path of a file of the game that is being installed: in the staging folder, or in its place already.
    /// </summary>
    public string LocationOf(string relativePath) => StagedPathOf(relativePath) is var staged && File.Exists(staged) ? staged : PathOf(relativePath);

    /// <summary>Creates the exception for a link that would make the package write or delete outside the folder.</summary>
    public FolderNotOursException LeadsElsewhere(string relativePath) => new(FullPath, $"\"{relativePath}\" in it is a link to another place");

    /// <summary>Claims the folder for this package and project: creates it, or verifies that it was claimed by the same project before.</summary>
    /// <param name="projectFile">The full path of the project that owns the game.</param>
    /// <param name="locks">Waits for another build that claims the folder at the same time.</param>
    /// <param name="cancellationToken">Cancels that wait.</param>
    /// <exception cref="FileHeldException">The wait was too long.</exception>
    /// <exception cref="FolderNotOursException">
    /// The folder contains other files, the game of another project, or a link in the place of the state.
    /// </exception>
    public void Claim(string projectFile, FileLock locks, CancellationToken cancellationToken)
    {
        // The state is checked last: another build that installs here at the same time writes its state first.
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

        AtomicFile.WriteWhenDifferent(Path.Combine(FullPath, GameStateFiles.Ignore), "*\n");
        if (recorded != owner)
            Replace(ownerFile, owner);
    }

    /// <summary>Waits until no other build works on this folder, and excludes other builds until the result is disposed.</summary>
    /// <exception cref="FileHeldException">The wait was too long.</exception>
    /// <exception cref="FolderNotOursException">A link in the state would make the package write or delete outside the folder.</exception>
    public IDisposable Lock(FileLock locks, CancellationToken cancellationToken)
    {
        var held = locks.Acquire(LockPath, cancellationToken);
        try
        {
            // The game's files are checked before they are changed; the state files are written right away.
            CheckLinks(new DirectoryInfo(StatePath).EnumerateFileSystemInfos());
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the state, and the folder unless other files remain in it.</summary>
    public void RemoveState()
    {
        Directory.Delete(StatePath, recursive: true);
        File.Delete(Path.Combine(FullPath, GameStateFiles.Ignore));
        if (!Directory.EnumerateFileSystemEntries(FullPath).Any())
            Directory.Delete(FullPath);
    }

    /// <summary>Deletes a file of the game, and the folders that become empty.</summary>
    public void DeleteWithEmptyFolders(string relativePath)
    {
        var path = PathOf(relativePath);
        if (File.Exists(path))
            File.Delete(path);

        // After an interrupted deletion, the file and its inner folders may already be gone.
        for (var folder = Path.GetDirectoryName(path)!; folder.Length > FullPath.Length; folder = Path.GetDirectoryName(folder)!)
        {
            if (!Directory.Exists(folder))
                continue;
            if (Directory.EnumerateFileSystemEntries(folder).Any())
                return;
            Directory.Delete(folder);
        }
    }

    /// <summary>Deletes staged files that are no longer needed, and all links, which this package never creates.</summary>
    public void PruneStaging(Func<FileInfo, bool> isWanted) => Prune(new DirectoryInfo(StagingPath), isWanted);

    /// <summary>Deletes all staged files.</summary>
    public void ClearStaging()
    {
        if (Directory.Exists(StagingPath))
            Directory.Delete(StagingPath, recursive: true);
    }

    /// <summary>Deletes the temporary files of builds that were killed.</summary>
    public void ClearLeftovers()
    {
        ClearStaging();
        File.Delete(DownloadPath);
        foreach (var temporary in Directory.EnumerateFiles(StatePath, "*" + AtomicFile.TemporaryExtension))
            File.Delete(temporary);
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

    private static string RelativePath(string folder, string file)
    {
        var from = new Uri(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar);
        return Uri.UnescapeDataString(from.MakeRelativeUri(new Uri(file)).ToString());
    }
}
