using System.Globalization;
using System.Text;
using PlayCanvas.Build.Exports;

namespace PlayCanvas.Build.Games.Content;

/// <summary>
/// Maps each entry of an export to the same path on every system, so that a game that was built on one system runs on another: a character that
/// Windows forbids, or that .NET's own tools cannot carry through a build, becomes <c>_</c>, and of names that differ only in case, all but one get
/// a number.
/// </summary>
internal static class EntryPaths
{
    /// <summary>The name of the list of the files that this package has written into a folder of the project.</summary>
    public const string MirrorList = ".playcanvas";

    /// <summary>The name of the file that keeps such a folder out of the repository.</summary>
    public const string MirrorIgnore = ".gitignore";

    private static readonly HashSet<string> ReservedNames = new([MirrorList, MirrorIgnore], StringComparer.OrdinalIgnoreCase);

    /// <summary>In bytes of UTF-8, as Linux counts; no other system has a lower limit.</summary>
    private const int MaxSegmentBytes = 255;

    /// <summary>The most bytes that UTF-8 uses for one <c>char</c>.</summary>
    private const int MaxBytesPerCharacter = 3;

    /// <summary>
    /// The characters that Windows forbids, its separator, the two that .NET cannot normalize, the two that the static web assets of the .NET SDK
    /// unescape once too often when a site is published, and the separator of stored names.
    /// </summary>
    private static readonly char[] ForbiddenCharacters = [.. Enumerable.Range(0, ' ').Select(code => (char)code), .. "<>:\"|?*\\\uFFFE\uFFFF", .. "%;", StoredName.Separator];

    private static readonly HashSet<string> DeviceNames = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. "0123456789¹²³".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the name without empty and <c>.</c> segments: <c>./a.txt</c> becomes <c>a.txt</c>.</summary>
    public static string WithoutDots(string name) => name.Contains("./") || name.Contains("//")
        ? string.Join("/", name.Split('/').Where((part, index) => part is not ("" or ".") || (part.Length == 0 && index == 0)))
        : name;

    /// <summary>Whether a path is relative, stays in its starting folder, and can be used on every system and by every kind of build.</summary>
    public static bool IsPortable(string path)
    {
        try
        {
            return Portable(path) == path;
        }
        catch (ExportException)
        {
            return false;
        }
    }

    /// <summary>Returns the path for each name, with <c>/</c> as the separator.</summary>
    /// <exception cref="ExportException">A name leads out of the folder or into the package's own state, or occurs twice.</exception>
    public static IReadOnlyDictionary<string, string> Map(IEnumerable<string> names)
    {
        // In this order, valid names keep their path, lower case first, regardless of the order in the export.
        var sorted = names.ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
        Array.Reverse(sorted);
        var paths = new Dictionary<string, string>(sorted.Length, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var mapped = new List<string>();
        foreach (var name in sorted)
        {
            if (paths.ContainsKey(name))
                throw new ExportException(ExportFault.Unsafe, $"\"{name}\" occurs twice");

            paths[name] = Portable(name);
            if (paths[name] == name)
                paths[name] = TakeFree(name, taken);
            else
                mapped.Add(name);
        }

        foreach (var name in mapped)
            paths[name] = TakeFree(paths[name], taken);

        CheckFolders(paths.Values, taken);
        CheckLengths(paths.Values);
        return paths;
    }

    /// <summary>Returns the folders that contain a path, the innermost first.</summary>
    public static IEnumerable<string> FoldersOf(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            yield return path.Substring(0, slash);
    }

    private static void CheckFolders(IEnumerable<string> paths, HashSet<string> files)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in paths.SelectMany(path => FoldersOf(path).TakeWhile(folders.Add)))
        {
            if (files.Contains(Key(folder)))
                throw new ExportException(ExportFault.Unsafe, $"\"{folder}\" is both a file and a folder");
        }
    }

    private static void CheckLengths(IEnumerable<string> paths)
    {
        if (paths.FirstOrDefault(path => path.Length > MaxSegmentBytes / MaxBytesPerCharacter && path.Split('/').Any(segment => Encoding.UTF8.GetByteCount(segment) > MaxSegmentBytes)) is { } longest)
            throw new ExportException(ExportFault.Unsafe, $"\"{longest.Substring(0, 60)}…\" has a name of more than {MaxSegmentBytes} bytes in its path");
    }

    private static string Portable(string name)
    {
        if (name.Length == 0 || name[0] is '/' or '\\' || (name.Length > 1 && name[1] == ':' && char.IsLetter(name[0])))
            throw new ExportException(ExportFault.Unsafe, $"\"{name}\" is not a relative path");

        var segments = name.Split('/', '\\');
        if (segments.Any(segment => segment is "" or "." or ".."))
            throw new ExportException(ExportFault.Unsafe, $"\"{name}\" leads outside the folder");
        if (ReservedNames.Contains(segments[0]))
            throw new ExportException(ExportFault.Unsafe, $"\"{name}\" would overwrite this package's own state");

        // A backslash is an ordinary character on Linux and a separator on Windows; real exports contain none.
        return string.Join("/", name.Split('/').Select(PortableSegment));
    }

    private static string PortableSegment(string segment)
    {
        var portable = segment.IndexOfAny(ForbiddenCharacters) < 0 ? segment : string.Join("_", segment.Split(ForbiddenCharacters));
        // The SDK treats "#[" as the start of an expression in the path of a static web asset.
        portable = portable.Replace("#[", "_[");

        // Windows drops a dot or a space at the end; MSBuild trims white space around an item.
        if (portable[portable.Length - 1] is '.' || char.IsWhiteSpace(portable[portable.Length - 1]))
            portable = portable.Substring(0, portable.Length - 1) + "_";
        if (char.IsWhiteSpace(portable[0]))
            portable = "_" + portable.Substring(1);

        var dot = portable.IndexOf('.');
        var stem = dot < 0 ? portable : portable.Substring(0, dot);
        return DeviceNames.Contains(stem.TrimEnd()) ? "_" + portable : portable;
    }

    private static string TakeFree(string path, HashSet<string> taken)
    {
        for (var number = 1; ; number++)
        {
            var candidate = number == 1 ? path : Numbered(path, number);
            if (taken.Add(Key(candidate)))
                return candidate;
        }
    }

    /// <summary>The key by which paths are compared: macOS treats decomposed and composed characters as the same name.</summary>
    private static string Key(string path) => path.Normalize(NormalizationForm.FormC);

    private static string Numbered(string path, int number)
    {
        var dot = path.LastIndexOf('.');
        var at = dot > path.LastIndexOf('/') + 1 ? dot : path.Length;
        return path.Insert(at, "~" + number.ToString(CultureInfo.InvariantCulture));
    }
}
