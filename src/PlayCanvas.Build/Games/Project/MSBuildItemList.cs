using System.Globalization;
using System.Text;

namespace PlayCanvas.Build.Games.Project;

/// <summary>Formats paths for MSBuild items.</summary>
internal static class MSBuildItemList
{
    private static readonly char[] SpecialCharacters = [.. "%*?@$();'"];

    /// <summary>
    /// Writes a list with one path on each line. The targets split the text, and MSBuild escapes each part, so the paths are not escaped here.
    /// </summary>
    public static void Write(TextWriter list, IEnumerable<string> paths)
    {
        foreach (var path in paths)
            list.Write(path + "\n");
    }

    /// <summary>Returns the path with MSBuild's special characters written as <c>%XX</c>.</summary>
    public static string Escape(string path)
    {
        if (path.IndexOfAny(SpecialCharacters) < 0)
            return path;

        var escaped = new StringBuilder(path.Length);
        foreach (var character in path)
        {
            if (Array.IndexOf(SpecialCharacters, character) >= 0)
                escaped.Append('%').Append(((int)character).ToString("X2", CultureInfo.InvariantCulture));
            else
                escaped.Append(character);
        }

        return escaped.ToString();
    }
}
