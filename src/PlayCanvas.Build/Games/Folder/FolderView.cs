namespace PlayCanvas.Build.Games.Folder;

/// <summary>
/// Caches what exists at the paths of a game in its folder. Each folder is examined once, and nothing is looked up below a missing folder.
/// </summary>
internal sealed class FolderView(GameFolder folder)
{
    private readonly Dictionary<string, FileAttributes?> folders = new(StringComparer.Ordinal);

    /// <summary>Verifies that writing to or deleting these paths stays inside the folder.</summary>
    /// <exception cref="FolderNotOursException">A link leads one of them elsewhere.</exception>
    public void CheckLinks(IEnumerable<string> relativePaths)
    {
        foreach (var path in relativePaths)
            HasFolderOf(path);
    }

    /// <summary>True when a file system entry of any kind exists at the path.</summary>
    /// <exception cref="FolderNotOursException">A link on the way leads out of the folder.</exception>
    public bool Has(string path) => HasFolderOf(path) && AttributesOf(path) is not null;

    /// <summary>Whether the folder that contains the path exists.</summary>
    /// <exception cref="FolderNotOursException">A link on the way leads out of the folder.</exception>
    public bool HasFolderOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 || FolderAt(path.Substring(0, slash))?.HasFlag(FileAttributes.Directory) == true;
    }

    /// <summary>
    /// Returns what prevents a file from being created at the path: a file in the place of one of its folders, or a folder in the place of the
    /// file; null when nothing does.
    /// </summary>
    /// <exception cref="FolderNotOursException">A link on the way leads out of the folder.</exception>
    public string? ObstacleTo(string path)
    {
        if (HasFolderOf(path))
            return AttributesOf(path)?.HasFlag(FileAttributes.Directory) == true ? path : null;

        return EntryPaths.FoldersOf(path).FirstOrDefault(outer => FolderAt(outer)?.HasFlag(FileAttributes.Directory) == false);
    }

    /// <summary>Returns the outermost missing folder of a file, with a <c>/</c> at its end; null when all folders exist.</summary>
    /// <exception cref="FolderNotOursException">A link on the way leads out of the folder.</exception>
    public string? MissingFolderOf(string path) =>
        EntryPaths.FoldersOf(path).TakeWhile(outer => FolderAt(outer) is null).LastOrDefault() is { } missing ? missing + "/" : null;

    /// <summary>Returns the attributes of the entry in the place of a folder; null when there is none.</summary>
    private FileAttributes? FolderAt(string path)
    {
        if (folders.TryGetValue(path, out var known))
            return known;

        var attributes = HasFolderOf(path) ? AttributesOf(path) : null;
        if (attributes?.HasFlag(FileAttributes.ReparsePoint) == true)
            throw folder.LeadsElsewhere(path);
        return folders[path] = attributes;
    }

    private FileAttributes? AttributesOf(string path) => Links.AttributesOf(new FileInfo(folder.PathOf(path)));
}
