namespace PlayCanvas.Build.Exports.Zip;

/// <summary>The one folder that all entries of a zip lie in when a person has packed an unpacked export again.</summary>
internal static class WrappingFolder
{
    /// <summary>What macOS packs beside the files: a copy of their attributes.</summary>
    private const string MacFolder = "__MACOSX/";

    /// <summary>The entries as they would be called without the wrapping folder. Nothing is changed where there is none.</summary>
    /// <param name="entries">All entries of a zip.</param>
    /// <param name="roots">Files of which an export has one at its root.</param>
    public static IReadOnlyList<ZipEntry> Remove(IReadOnlyList<ZipEntry> entries, params string[] roots)
    {
        var own = entries.Where(entry => !entry.Name.StartsWith(MacFolder, StringComparison.Ordinal)).ToList();
        var folder = own.Count == 0 ? "" : own[0].Name.Substring(0, own[0].Name.IndexOf('/') + 1);
        var isWrapping = IsName(folder.TrimEnd('/'))
            && own.All(entry => entry.Name.StartsWith(folder, StringComparison.Ordinal))
            && own.Any(entry => roots.Contains(entry.Name.Substring(folder.Length)));
        return isWrapping ? own.ConvertAll(entry => entry with { Name = entry.Name.Substring(folder.Length) }) : own;
    }

    /// <summary>False for what does not lead into a folder of the zip, which is left to those that refuse such names.</summary>
    private static bool IsName(string folder) => folder is not ("" or "." or "..") && folder.IndexOfAny([':', '\\']) < 0;
}
