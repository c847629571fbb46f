using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Exports;

/// <summary>The game's <c>config.json</c>: which files it asks for, and their hashes.</summary>
internal sealed class GameConfig
{
    public const string FileName = "config.json";

    /// <summary>
    /// What is looked at, by depth; null is any name. The rest, which may be megabytes, is read over: that takes half the time of building objects of it.
    /// </summary>
    private static readonly string[]?[] KnownNames =
    [
        ["scenes", "assets", "application_properties"],
        null,
        ["url", "file", "type", "data"],
        ["url", "hash", "variants", "info"],
    ];

    private static readonly Regex Address = new("""(?<name>"url"\s*:\s*)(?<url>"([^"\\]|\\.)*")""", RegexOptions.CultureInvariant);

    private readonly string text;
    private readonly JObject json;

    private GameConfig(string text, JObject json) => (this.text, this.json) = (text, json);

    /// <exception cref="ExportIncompleteException">It is no JSON object.</exception>
    public static GameConfig Parse(string text)
    {
        try
        {
            using var reader = ReaderOf(text);
            reader.Read();
            return LoadKnown(reader, depth: 0) is JObject json
                ? new GameConfig(text, json)
                : throw new ExportIncompleteException([$"{FileName} is no JSON object"]);
        }
        catch (JsonException error)
        {
            throw new ExportIncompleteException([$"{FileName} cannot be read: {error.Message}"]);
        }
    }

    /// <summary>Paths of the scenes, in their order; each is the scene's id and <c>.json</c>.</summary>
    public IReadOnlyList<string> ScenePaths =>
        [.. Objects(json["scenes"]).Select(scene => PathOf(Text(scene["url"]))).OfType<string>()];

    /// <summary>The files of the assets, with what guards their content.</summary>
    public IEnumerable<AssetFile> AssetFiles => Assets.SelectMany(FilesOf);

    private IEnumerable<JObject> Assets => Objects(json["assets"]);

    /// <summary>
    /// Changes paths in the addresses; returns the text of the configuration as it is then, all else letter for letter as it was, or null when
    /// none of them is named here.
    /// </summary>
    public string? Rename(IReadOnlyDictionary<string, string> changedPaths)
    {
        var changes = 0;
        var renamed = Address.Replace(text, match =>
        {
            if (PathOf(Unquote(match.Groups["url"].Value)) is not { } path || !changedPaths.TryGetValue(path, out var changed))
                return match.Value;

            changes++;
            return match.Groups["name"].Value + JsonConvert.ToString(string.Join("/", changed.Split('/').Select(Uri.EscapeDataString)));
        });
        return changes == 0 ? null : renamed;
    }

    private IEnumerable<AssetFile> FilesOf(JObject asset)
    {
        if (asset["file"] is not JObject file)
            yield break;

        var isScript = Text(file["url"])?.StartsWith("./js/", StringComparison.Ordinal) == true;
        if (!isScript && PathOf(Text(file["url"])) is { } path)
        {
            yield return new AssetFile(path, Text(file["hash"]))
            {
                MayBeAbsent = (file["variants"] as JObject)?["basis"] is JObject || IsLoadingScreen(asset),
                Pages = Text(asset["type"]) == "font" ? FontPages(asset) : 1,
            };
        }

        foreach (var variant in Variants(file))
        {
            if (PathOf(Text(variant["url"])) is { } variantPath)
                yield return new AssetFile(variantPath, Text(variant["hash"]));
        }
    }

    /// <summary>Where scripts are not concatenated, the loading screen's script lies under a name of its own.</summary>
    private bool IsLoadingScreen(JObject asset) =>
        asset.Parent is JProperty { Name: var id } && id == Text((json["application_properties"] as JObject)?["loadingScreenScript"]);

    private static int FontPages(JObject asset) =>
        ((asset["data"] as JObject)?["info"] as JObject)?["maps"] is JArray { Count: > 1 } maps ? maps.Count : 1;

    private static string? Unquote(string json) => json.Contains('\\') ? (string?)JToken.Parse(json) : json.Substring(1, json.Length - 2);

    private static JsonTextReader ReaderOf(string text) => new(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 256 };

    private static JToken LoadKnown(JsonReader reader, int depth)
    {
        if (reader.TokenType != JsonToken.StartObject || depth == KnownNames.Length)
            return JToken.Load(reader);

        var known = new JObject();
        while (reader.Read() && reader.TokenType == JsonToken.PropertyName)
        {
            var name = (string)reader.Value!;
            reader.Read();
            if (KnownNames[depth] is not { } names || Array.IndexOf(names, name) >= 0)
                known[name] = LoadKnown(reader, depth + 1);
            else
                reader.Skip();
        }

        return reader.TokenType == JsonToken.EndObject ? known : throw new JsonReaderException("it ends too early");
    }

    private static IEnumerable<JObject> Variants(JObject file) => Objects(file["variants"]);

    private static IEnumerable<JObject> Objects(JToken? container) => container switch
    {
        JObject named => named.PropertyValues().OfType<JObject>(),
        JArray list => list.OfType<JObject>(),
        _ => [],
    };

    private static string? Text(JToken? value) => value is JValue { Value: not null } simple ? simple.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>The path that an address means; null for one that leads elsewhere.</summary>
    private static string? PathOf(string? url)
    {
        if (string.IsNullOrEmpty(url) || url![0] == '/' || url.Contains("://") || url.StartsWith("data:", StringComparison.Ordinal))
            return null;

        var path = url.Split('?', '#')[0];
        if (path.StartsWith("./", StringComparison.Ordinal))
            path = path.Substring(2);
        return Uri.UnescapeDataString(path);
    }
}

/// <summary>A file that <c>config.json</c> names.</summary>
/// <param name="Path">As the entry of the export is called.</param>
/// <param name="Hash">MD5 in hexadecimal; null when there is none.</param>
internal sealed record AssetFile(string Path, string? Hash)
{
    /// <summary>Some files are named and rightly not there.</summary>
    public bool MayBeAbsent { get; init; }

    /// <summary>A font's hash is that of all its pages in a row, of which only the first is named.</summary>
    public int Pages { get; init; } = 1;

    /// <summary>All pages: <c>name.png</c>, <c>name1.png</c>, ...</summary>
    public IEnumerable<string> PagePaths
    {
        get
        {
            var dot = Path.LastIndexOf('.');
            var at = dot > Path.LastIndexOf('/') ? dot : Path.Length;
            return Enumerable.Range(0, Pages).Select(page => page == 0 ? Path : Path.Insert(at, $"{page}"));
        }
    }
}
