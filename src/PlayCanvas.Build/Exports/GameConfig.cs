using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Exports;

/// <summary>The game's <c>config.json</c>: which files it asks for, and their hashes.</summary>
internal sealed class GameConfig
{
    public const string FileName = "config.json";

    private static readonly Regex Address = new("""(?<name>"url"\s*:\s*)(?<url>"([^"\\]|\\.)*")""", RegexOptions.CultureInvariant);

    private readonly List<string> scenePaths = [];
    private readonly List<Asset> assets = [];
    private string? loadingScreenScript;

    private GameConfig()
    {
    }

    /// <exception cref="ExportIncompleteException">It is no JSON object.</exception>
    public static GameConfig Parse(string text)
    {
        try
        {
            var config = new GameConfig();
            config.Read(text);
            return config;
        }
        catch (JsonException error)
        {
            throw new ExportIncompleteException([$"{FileName} cannot be read: {error.Message}"]);
        }
    }

    /// <summary>Paths of the scenes, in their order; each is the scene's id and <c>.json</c>.</summary>
    public IReadOnlyList<string> ScenePaths => scenePaths;

    /// <summary>The files of the assets, with what guards their content.</summary>
    public IEnumerable<AssetFile> AssetFiles => assets.SelectMany(FilesOf);

    /// <summary>
    /// Changes paths in the addresses of a configuration; returns its text as it is then, all else letter for letter as it was, or null when none of
    /// them is named there.
    /// </summary>
    public static string? Rename(string text, IReadOnlyDictionary<string, string> changedPaths)
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

    /// <summary>The path that an address means; null for one that leads elsewhere.</summary>
    public static string? PathOf(string? url)
    {
        if (string.IsNullOrEmpty(url) || url![0] == '/' || url.Contains("://") || url.StartsWith("data:", StringComparison.Ordinal))
            return null;

        var path = url.Split('?', '#')[0];
        if (path.StartsWith("./", StringComparison.Ordinal))
            path = path.Substring(2);
        return Uri.UnescapeDataString(path);
    }

    private static string? Unquote(string json) => json.Contains('\\') ? (string?)JToken.Parse(json) : json.Substring(1, json.Length - 2);

    /// <summary>
    /// Token by token: a configuration may be megabytes, of which a few words of each asset are wanted, and objects of all of it would take twice
    /// the time. What has another shape than expected names no files.
    /// </summary>
    private void Read(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 256 };
        if (!reader.Read() || reader.TokenType != JsonToken.StartObject)
            throw new JsonReaderException("It is not a JSON object.");

        foreach (var name in Members(reader))
        {
            if (name == "scenes")
                scenePaths.AddRange(Members(reader).Select(_ => PathOf(ReadMember(reader, "url"))).OfType<string>());
            else if (name == "assets")
                assets.AddRange(Members(reader).Select(id => ReadAsset(reader, id)));
            else if (name == "application_properties")
                loadingScreenScript = ReadMember(reader, "loadingScreenScript");
        }
    }

    /// <summary>Goes through an object or a list, with the reader at each member in turn, and over what was not read of it. An element of a list has no name.</summary>
    private static IEnumerable<string> Members(JsonReader reader)
    {
        var isObject = reader.TokenType == JsonToken.StartObject;
        if (!isObject && reader.TokenType != JsonToken.StartArray)
            yield break;

        while (Next(reader) is not (JsonToken.EndObject or JsonToken.EndArray))
        {
            var name = isObject ? (string)reader.Value! : "";
            if (isObject)
                Next(reader);
            yield return name;
            if (reader.TokenType is JsonToken.StartObject or JsonToken.StartArray)
                reader.Skip();
        }
    }

    private static JsonToken Next(JsonReader reader) => reader.Read() ? reader.TokenType : throw new JsonReaderException("It ends unexpectedly.");

    /// <summary>A member of the object that the reader is at, if it is a simple value.</summary>
    private static string? ReadMember(JsonReader reader, string wanted)
    {
        string? value = null;
        foreach (var _ in Members(reader).Where(name => name == wanted))
            value = Text(reader);
        return value;
    }

    private static string? Text(JsonReader reader) => Convert.ToString(reader.Value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    private static Asset ReadAsset(JsonReader reader, string id)
    {
        var asset = new Asset(id);
        foreach (var name in Members(reader))
        {
            if (name == "type")
                asset.IsFont = Text(reader) == "font";
            else if (name == "file")
                ReadFile(reader, asset);
            else if (name == "data")
                asset.Maps = CountMaps(reader);
        }

        return asset;
    }

    private static void ReadFile(JsonReader reader, Asset asset)
    {
        foreach (var name in Members(reader))
        {
            if (name == "url")
                asset.Url = Text(reader);
            else if (name == "hash")
                asset.Hash = Text(reader);
            else if (name == "variants")
                ReadVariants(reader, asset);
        }
    }

    private static void ReadVariants(JsonReader reader, Asset asset)
    {
        foreach (var name in Members(reader))
        {
            asset.HasBasis |= name == "basis" && reader.TokenType == JsonToken.StartObject;
            string? url = null, hash = null;
            foreach (var detail in Members(reader))
            {
                if (detail == "url")
                    url = Text(reader);
                else if (detail == "hash")
                    hash = Text(reader);
            }

            if (PathOf(url) is { } path)
                asset.Variants.Add(new AssetFile(path, hash));
        }
    }

    /// <summary>The pages of a font: its <c>data.info.maps</c>.</summary>
    private static int CountMaps(JsonReader reader)
    {
        var maps = 0;
        foreach (var _ in Members(reader).Where(name => name == "info").SelectMany(_ => Members(reader)).Where(name => name == "maps"))
            maps = reader.TokenType == JsonToken.StartArray ? Members(reader).Count() : 0;
        return maps;
    }

    private IEnumerable<AssetFile> FilesOf(Asset asset)
    {
        // Scripts at this address are rewritten when a game is exported.
        if (asset.Url?.StartsWith("./js/", StringComparison.Ordinal) != true && PathOf(asset.Url) is { } path)
        {
            yield return new AssetFile(path, asset.Hash)
            {
                // Where scripts are not concatenated, the loading screen's script lies under a name of its own.
                MayBeAbsent = asset.HasBasis || (asset.Id.Length > 0 && asset.Id == loadingScreenScript),
                Pages = asset.IsFont ? Math.Max(1, asset.Maps) : 1,
            };
        }

        foreach (var variant in asset.Variants)
            yield return variant;
    }

    /// <summary>What is read of an asset.</summary>
    private sealed class Asset(string id)
    {
        public string Id { get; } = id;

        public bool IsFont { get; set; }

        public int Maps { get; set; }

        public string? Url { get; set; }

        public string? Hash { get; set; }

        public bool HasBasis { get; set; }

        public List<AssetFile> Variants { get; } = [];
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
