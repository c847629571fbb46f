using System.Globalization;
using System.Text;

namespace PlayCanvas.Build.Exports.Folder;

/// <summary>A list of paths in the form in which the targets read it into items.</summary>
internal static class MSBuildItemList
{
    private static readonly char[] SpecialCharacters = [.. "%*?@$();'"];

    public static string Write(IEnumerable<string> paths) => string.Join(";\n", paths.Select(Escape)) + "\n";

    /// <summary>The path with MSBuild's special characters written as <c>%XX</c>.</summary>
    public static string Escape(string path)
    {
        if (path.IndexOfAny(SpecialCharacters) < 0)
            return path;

        var escaped = new StringBuilder(path.Length);
        foreach (var letter in path)
        {
            if (Array.IndexOf(SpecialCharacters, letter) >= 0)
                escaped.Append('%').Append(((int)letter).ToString("X2", CultureInfo.InvariantCulture));
            else
                escaped.Append(letter);
        }

        return escaped.ToString();
    }
}
