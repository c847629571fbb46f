using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Exports;

/// <summary>The game's <c>config.json</c>: which files it asks for, and their hashes.</summary>
internal sealed class GameConfig
{
    public const string FileName = "config.json";

    private readonly JObject json;

    private GameConfig(JObject json) => this.json = json;

    /// <exception cref="ExportIncompleteException">It is no JSON object.</exception>
    public static GameConfig Parse(string text)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 256 };
            return new GameConfig(JObject.Load(reader));
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

    /// <summary>Changes paths in the addresses; returns the text of the configuration as it is then, or null when none of them is named here.</summary>
    public string? Rename(IReadOnlyDictionary<string, string> changedPaths)
    {
        var changes = 0;
        foreach (var holder in UrlHolders)
        {
            if (PathOf(Text(holder["url"])) is { } path && changedPaths.TryGetValue(path, out var changed))
            {
                holder["url"] = string.Join("/", changed.Split('/').Select(Uri.EscapeDataString));
                changes++;
            }
        }

        return changes == 0 ? null : json.ToString(Formatting.None);
    }

    private IEnumerable<JObject> UrlHolders =>
        Objects(json["scenes"]).Concat(Assets.SelectMany(asset => asset["file"] is JObject file ? Variants(file).Prepend(file) : []));

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
