using System.Text;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Folder;

/// <summary>
/// The folder of one game: its files and, in <c>.playcanvas</c>, the package's complete state for them, so that copying or caching the folder
/// includes the state. The names of the state files begin with a dot, which keeps ASP.NET Core's file providers from serving them.
/// </summary>
internal sealed class GameFolder(string path)
{
    public const string StateFolderName = ".playcanvas";
    public const string IgnoreFileName = ".gitignore";

    private const string TemporaryExtension = ".tmp";

    /// <summary>The absolute path, without a trailing separator.</summary>
    public string FullPath { get; } = path;

    public string StatePath => Path.Combine(FullPath, StateFolderName);

    /// <summary>The record of what is installed, <c>GameManifest</c>.</summary>
    public string ManifestPath => Path.Combine(StatePath, ".manifest.json");

    /// <summary>The record of an install that has begun to change files, <c>InstallJournal</c>.</summary>
    public string JournalPath => Path.Combine(StatePath, ".journal.json");

    /// <summary>The record of a requested export, <c>PendingExport</c>.</summary>
    public string PendingPath => Path.Combine(StatePath, ".pending.json");

    /// <summary>The list of installed files for MSBuild, with one relative path on each line.</summary>
    public string FileListPath => Path.Combine(StatePath, ".files.txt");

    /// <summary>The requested parameters, which MSBuild compares.</summary>
    public string ParametersPath => Path.Combine(StatePath, ".parameters.txt");

    /// <summary>The time at which the export was created, from which its age is computed.</summary>
    public string ExportedPath => Path.Combine(StatePath, ".exported.txt");

    /// <summary>
    /// Exists while the installed game has problems, so that MSBuild runs the task that reports them in each build.
    /// </summary>
    public string ProblemsPath => Path.Combine(StatePath, ".problems.txt");

    /// <summary>The folder of downloaded and unpacked files that are not in their place yet.</summary>
    public string StagingPath => Path.Combine(StatePath, "staging");

    /// <summary>The file of a whole export while it is downloaded.</summary>
    public string DownloadPath => Path.Combine(StatePath, ".download.zip");

    private string OwnerPath => Path.Combine(StatePath, ".owner.txt");

    private string LockPath => Path.Combine(StatePath, ".lock");

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

        WriteWhenDifferent(Path.Combine(FullPath, IgnoreFileName), "*\n");
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
        File.Delete(Path.Combine(FullPath, IgnoreFileName));
        if (!Directory.EnumerateFileSystemEntries(FullPath).Any())
            Directory.Delete(FullPath);
    }

    /// <summary>Verifies that writing to or deleting these paths stays inside this folder.</summary>
    /// <exception cref="FolderNotOursException">A link leads one of them elsewhere.</exception>
    public void CheckLinks(IEnumerable<string> relativePaths)
    {
        var view = new FolderView(this);
        foreach (var path in relativePaths)
            view.HasFolderOf(path);
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
        foreach (var temporary in Directory.EnumerateFiles(StatePath, "*" + TemporaryExtension))
            File.Delete(temporary);
    }

    /// <summary>Writes a small file atomically: a reader sees, and a killed build leaves, either the old or the new content.</summary>
    public static void WriteAtomically(string path, string content)
    {
        var temporary = path + TemporaryExtension;
        File.WriteAllText(temporary, content);
        MoveOver(temporary, path);
    }

    /// <summary>Renames a file over another one, in one step on every system.</summary>
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
