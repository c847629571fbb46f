namespace PlayCanvas.Build.Games.Folder;

/// <summary>Symbolic links and junctions: writing or deleting through one affects another place.</summary>
internal static class Links
{
    /// <summary>The attributes that .NET reports for an entry that does not exist.</summary>
    private const FileAttributes None = (FileAttributes)(-1);

    public static bool IsLink(FileSystemInfo entry) => AttributesOf(entry)?.HasFlag(FileAttributes.ReparsePoint) == true;

    /// <summary>Returns the attributes of an entry without following a link; null when the entry does not exist.</summary>
    public static FileAttributes? AttributesOf(FileSystemInfo entry) => entry.Attributes is var attributes and not None ? attributes : null;
}
