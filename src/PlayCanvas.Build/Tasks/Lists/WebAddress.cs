using System.Text.RegularExpressions;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>Removes from addresses what may be a secret: a signed address gives access to everyone who knows it.</summary>
internal static class WebAddress
{
    /// <summary>Returns an address without its query, or any other text without the queries of the addresses in it.</summary>
    public static string WithoutQueries(string text) =>
        Regex.Replace(text, @"((?:https?://|^/)[^\s""'<>?#\\]*)[?#][^\s""'<>\\]*", "$1", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
