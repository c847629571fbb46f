using System.Net;
using System.Text.RegularExpressions;

namespace PlayCanvas.Build.Exports;

/// <summary>Reads the game's page, as far as it names files of the export.</summary>
internal static class GamePage
{
    /// <summary>
    /// Comments and the text of scripts are matched as a whole, so that no tag is found inside them. A tag ends at the next <c>&lt;</c> at the
    /// latest, and the expression does not backtrack into a matched tag, which keeps a hostile page from causing long run times.
    /// </summary>
    private static readonly Regex Tag = new(
        """<!--.*?(?:-->|\z)|<script\b(?<script>(?>(?:[^<>"']+|"[^"<]*"|'[^'<]*')*))>.*?(?:</script\b|\z)|<link\b(?<link>(?>(?:[^<>"']+|"[^"<]*"|'[^'<]*')*))>""",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private static readonly Regex Attribute = new(
        """(?<=^|[\s"'/])(?<name>[^\s"'<>/=]+)\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s"'>]+))""",
        RegexOptions.CultureInvariant);

    /// <summary>Returns the paths of the scripts and style sheets that the page's tags name, except those outside the export.</summary>
    public static IEnumerable<string> PathsOfScriptsAndStyles(string html) =>
        Tag.Matches(html).Cast<Match>().Select(AddressIn).Where(IsInside).Select(GameConfig.PathOf).OfType<string>();

    private static string? AddressIn(Match tag)
    {
        if (tag.Groups["script"].Success)
            return ValueOf(tag.Groups["script"].Value, "src");

        var link = tag.Groups["link"].Value;
        var isStyleSheet = ValueOf(link, "rel")?.Split().Contains("stylesheet", StringComparer.OrdinalIgnoreCase) == true;
        return isStyleSheet ? ValueOf(link, "href") : null;
    }

    private static string? ValueOf(string attributes, string name) =>
        Attribute.Matches(attributes).Cast<Match>()
            .Where(attribute => attribute.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(attribute => WebUtility.HtmlDecode(attribute.Groups["value"].Value).Trim())
            .FirstOrDefault();

    /// <summary>False for a URL with a scheme, such as <c>https:</c> or <c>data:</c>, and for one that leads out of the page's folder.</summary>
    private static bool IsInside(string? address) => address is { Length: > 0 } && address.Split('/') is var parts && !parts[0].Contains(':') && !parts.Contains("..");
}
