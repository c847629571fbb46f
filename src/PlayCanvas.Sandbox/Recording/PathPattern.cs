using System.IO.Enumeration;

namespace PlayCanvas.Sandbox;

/// <summary>A path in which <c>*</c> stands for anything, slashes included.</summary>
internal static class PathPattern
{
    public static bool Matches(string pattern, string path) => FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false);
}
