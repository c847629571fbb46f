namespace PlayCanvas.Build.Exports.Folder;

/// <summary>What stands at the paths of a game in its folder. Each folder is looked at once, and below one that is not there nothing is looked for.</summary>
internal sealed class FolderView(GameFolder folder)
{
    private readonly Dictionary<string, FileAttributes?> folders = new(StringComparer.Ordinal);

    /// <summary>True when something stands there, of whatever kind.</summary>
    /// <exception cref="FolderNotOursException">A link on the way leads out of the folder.</exception>
    public bool Has(string path) => HasFolderOf(path) && AttributesOf(path) is not null;

    /// <summary>Whether the folder that a file is to be in is there.</summary>
    /// <exception cref="FolderNotOursException">A link on the way leads out of the folder.</exception>
    public bool HasFolderOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 || FolderAt(path.Substring(0, slash))?.HasFlag(FileAttributes.Directory) == true;
    }

    /// <summary>What makes it impossible that a file stands there: a file in the place of one of its folders, or a folder in its own; null when nothing does.</summary>
    /// <exception cref="FolderNotOursException">A link on the way leads out of the folder.</exception>
    public string? ObstacleTo(string path)
    {
        if (HasFolderOf(path))
            return AttributesOf(path)?.HasFlag(FileAttributes.Directory) == true ? path : null;

        return EntryPaths.FoldersOf(path).FirstOrDefault(outer => FolderAt(outer)?.HasFlag(FileAttributes.Directory) == false);
    }

    /// <summary>The outermost of a file's folders that is not there, with a <c>/</c> at its end; null when all are.</summary>
    /// <exception cref="FolderNotOursException">A link on the way leads out of the folder.</exception>
    public string? MissingFolderOf(string path) =>
        EntryPaths.FoldersOf(path).TakeWhile(outer => FolderAt(outer) is null).LastOrDefault() is { } missing ? missing + "/" : null;

    /// <summary>What stands in the place of a folder.</summary>
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
