namespace PlayCanvas.Build.Exports;

/// <summary>What stands at the paths of a game in its folder. Each folder is looked at once, and below one that is not there nothing is looked for.</summary>
internal sealed class FolderView(GameFolder folder)
{
    private readonly Dictionary<string, bool> folders = new(StringComparer.Ordinal);

    /// <summary>True when something stands there, of whatever kind.</summary>
    /// <exception cref="FolderNotOursException">A link on the way leads out of the folder.</exception>
    public bool Has(string path) => HasFolderOf(path) && Attributes(path) is not null;

    /// <summary>What makes it impossible that a file stands there: a file in the place of one of its folders, or a folder in its own; null when nothing does.</summary>
    /// <exception cref="FolderNotOursException">A link on the way leads out of the folder.</exception>
    public string? ObstacleTo(string path)
    {
        if (HasFolderOf(path))
            return Attributes(path)?.HasFlag(FileAttributes.Directory) == true ? path : null;

        var innermost = EntryPaths.FoldersOf(path).FirstOrDefault(outer => HasFolderOf(outer));
        return innermost is not null && Attributes(innermost) is not null ? innermost : null;
    }

    /// <summary>Whether the folder that a file is to be in is there.</summary>
    /// <exception cref="FolderNotOursException">A link on the way leads out of the folder.</exception>
    public bool HasFolderOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 || HasFolder(path.Substring(0, slash));
    }

    private bool HasFolder(string path)
    {
        if (!folders.TryGetValue(path, out var isThere))
            folders[path] = isThere = HasFolderOf(path) && IsFolder(path);
        return isThere;
    }

    private bool IsFolder(string path)
    {
        var attributes = Attributes(path) ?? 0;
        return attributes.HasFlag(FileAttributes.ReparsePoint) ? throw folder.LeadsElsewhere(path) : attributes.HasFlag(FileAttributes.Directory);
    }

    private FileAttributes? Attributes(string path) => Links.AttributesOf(new FileInfo(folder.PathOf(path)));
}
