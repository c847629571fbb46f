using System.Text.RegularExpressions;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>Removes from addresses what may be a secret: a signed address gives access to everyone who knows it.</summary>
internal static class WebAddress
{
    /// <summary>Returns a text, such as an address, without the query of each absolute address in it, and without the query of a relative one that it is.</summary>
    public static string? WithoutQueries(string? text) =>
        text is null ? null : Regex.Replace(text, @"((?:https?://|^/)[^\s""'<>?#\\]*)[?#][^\s""'<>\\]*", "$1", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
