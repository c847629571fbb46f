using System.Text;
using System.Text.RegularExpressions;

namespace PlayCanvas.Build.Exports;

/// <summary>
/// Selects assets: by a name or a path, in which <c>*</c> and <c>?</c> stand for characters except <c>/</c> and <c>**</c> for all characters, or by
/// <c>tag:</c> or <c>type:</c> and such a text. Upper case and lower case differ, as they do in the game.
/// </summary>
internal sealed class AssetPattern
{
    private const string Tag = "tag:";
    private const string Type = "type:";

    private readonly Func<GameAsset, IEnumerable<string?>> getTexts;
    private readonly Regex glob;

    private AssetPattern(string text, Func<GameAsset, IEnumerable<string?>> getTexts, string glob)
    {
        Text = text;
        this.getTexts = getTexts;
        this.glob = new Regex(ToRegex(glob), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>The text of the pattern in the project file.</summary>
    public string Text { get; }

    /// <summary>Returns a pattern; null when nothing follows <c>tag:</c> or <c>type:</c>.</summary>
    public static AssetPattern? TryParse(string text)
    {
        if (text.StartsWith(Tag, StringComparison.Ordinal))
            return Create(asset => asset.Tags, Tag);
        if (text.StartsWith(Type, StringComparison.Ordinal))
            return Create(asset => [asset.Type], Type);
        return Create(asset => asset.Files.Select(file => (string?)file.Path).Prepend(asset.Name), "");

        AssetPattern? Create(Func<GameAsset, IEnumerable<string?>> texts, string prefix) =>
            text.Substring(prefix.Length).Trim() is { Length: > 0 } glob ? new AssetPattern(text, texts, glob) : null;
    }

    /// <summary>Returns whether an asset is selected.</summary>
    public bool Matches(GameAsset asset) => getTexts(asset).Any(text => text is not null && glob.IsMatch(text));

    private static string ToRegex(string glob)
    {
        var regex = new StringBuilder("^");
        for (var at = 0; at < glob.Length; at++)
        {
            if (IsAt(at, "**/"))
                (regex, at) = (regex.Append("(?:.*/)?"), at + 2);
            else if (IsAt(at, "**"))
                (regex, at) = (regex.Append(".*"), at + 1);
            else
                regex.Append(glob[at] switch { '*' => "[^/]*", '?' => "[^/]", var character => Regex.Escape(character.ToString()) });
        }

        return regex.Append(@"\z").ToString();

        bool IsAt(int position, string sign) => string.CompareOrdinal(glob, position, sign, 0, sign.Length) == 0;
    }
}
