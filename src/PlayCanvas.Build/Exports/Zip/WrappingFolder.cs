namespace PlayCanvas.Build.Exports.Zip;

/// <summary>The single folder that contains all entries of a zip when a person has repacked an unpacked export.</summary>
internal static class WrappingFolder
{
    /// <summary>The folder that macOS adds to a zip; it contains copies of the files' attributes.</summary>
    private const string MacFolder = "__MACOSX/";

    /// <summary>Returns the entries with the wrapping folder removed from their names. If there is none, the names are unchanged.</summary>
    /// <param name="entries">All entries of a zip.</param>
    /// <param name="roots">Files of which an export contains one at its root.</param>
    public static IReadOnlyList<ZipEntry> Remove(IReadOnlyList<ZipEntry> entries, IReadOnlyCollection<string> roots)
    {
        var own = entries.Where(entry => !entry.Name.StartsWith(MacFolder, StringComparison.Ordinal)).ToList();
        var folder = own.Count == 0 ? "" : own[0].Name.Substring(0, own[0].Name.IndexOf('/') + 1);
        var isWrapping = IsName(folder.TrimEnd('/'))
            && own.All(entry => entry.Name.StartsWith(folder, StringComparison.Ordinal))
            && own.Any(entry => roots.Contains(entry.Name.Substring(folder.Length)));
        return isWrapping ? own.ConvertAll(entry => entry with { Name = entry.Name.Substring(folder.Length) }) : own;
    }

    /// <summary>False for a name that does not lead into a folder of the zip; later checks reject such names.</summary>
    private static bool IsName(string folder) => folder is not ("" or "." or "..") && folder.IndexOfAny([':', '\\']) < 0;
}
