namespace PlayCanvas.Build.Files;

/// <summary>Writes and replaces files atomically: a reader sees, and a killed build leaves, either the old or the new content.</summary>
internal static class AtomicFile
{
    /// <summary>The end of the name of a file that is not complete yet. A killed build may leave such a file.</summary>
    public const string TemporaryExtension = ".tmp";

    /// <summary>Writes a small file.</summary>
    public static void Write(string path, string content) => Write(path, file => file.Write(content));

    /// <summary>Writes a file.</summary>
    public static void Write(string path, Action<TextWriter> write)
    {
        var temporary = path + TemporaryExtension;
        using (var file = new StreamWriter(temporary))
            write(file);
        MoveOver(temporary, path);
    }

    /// <summary>Writes a small file unless it already has this content.</summary>
    public static void WriteWhenDifferent(string path, string content)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != content)
            Write(path, content);
    }

    /// <summary>Renames a file over another one, in one step on every system.</summary>
    public static void MoveOver(string from, string to)
    {
        if (File.Exists(to))
            File.Replace(from, to, destinationBackupFileName: null, ignoreMetadataErrors: true);
        else
            File.Move(from, to);
    }
}
