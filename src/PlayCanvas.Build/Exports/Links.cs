namespace PlayCanvas.Build.Exports;

/// <summary>Symbolic links and junctions: what is written or deleted behind one is somewhere else.</summary>
internal static class Links
{
    /// <summary>The attributes of what is not there.</summary>
    private const FileAttributes None = (FileAttributes)(-1);

    public static bool IsLink(FileSystemInfo entry) => entry.Attributes is var attributes and not None && attributes.HasFlag(FileAttributes.ReparsePoint);

    /// <summary>The folders below this one that are links. They are not followed.</summary>
    public static IEnumerable<FileSystemInfo> FoldersBelow(DirectoryInfo folder) =>
        folder.EnumerateDirectories().SelectMany(inner => IsLink(inner) ? [inner] : FoldersBelow(inner));
}
