namespace PlayCanvas.Hosting.Content;

/// <summary>The time and the length of a file, by which a change is noticed.</summary>
internal readonly record struct FileStamp(long Ticks, long Length)
{
    /// <summary>Returns the stamp of a file; the default value if the file does not exist.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.LastWriteTimeUtc.Ticks, file.Length) : default;
    }
}
