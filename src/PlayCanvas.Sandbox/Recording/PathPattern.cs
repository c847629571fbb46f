using System.IO.Enumeration;

namespace PlayCanvas.Sandbox;

/// <summary>Matches a path with a pattern in which <c>*</c> stands for any characters, including slashes.</summary>
internal static class PathPattern
{
    public static bool Matches(string pattern, string path) => FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false);
}
