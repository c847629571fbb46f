namespace PlayCanvas.Build.Exports.Folder;

/// <summary>Symbolic links and junctions: what is written or deleted behind one is somewhere else.</summary>
internal static class Links
{
    /// <summary>The attributes of what is not there.</summary>
    private const FileAttributes None = (FileAttributes)(-1);

    public static bool IsLink(FileSystemInfo entry) => AttributesOf(entry)?.HasFlag(FileAttributes.ReparsePoint) == true;

    /// <summary>Null when nothing is there. A link is not followed.</summary>
    public static FileAttributes? AttributesOf(FileSystemInfo entry) => entry.Attributes is var attributes and not None ? attributes : null;
}
