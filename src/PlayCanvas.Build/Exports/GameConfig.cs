using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Exports;

/// <summary>The game's <c>config.json</c>: the files that the game requests, and their hashes.</summary>
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

    /// <exception cref="ExportIncompleteException">The text is not a JSON object.</exception>
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

    /// <summary>The paths of the scenes, in their order; each consists of the scene's id and <c>.json</c>.</summary>
    public IReadOnlyList<string> ScenePaths => scenePaths;

    /// <summary>The files of the assets, with their hashes.</summary>
    public IEnumerable<AssetFile> AssetFiles => assets.SelectMany(FilesOf);

    /// <summary>
    /// Replaces paths in the URLs of a configuration. Returns the new text, in which everything else is unchanged character by character, or null
    /// when none of the paths occurs.
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

    /// <summary>Returns the path to which a URL refers; null for a URL that leads outside the export.</summary>
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
    /// Reads the configuration token by token: it may be megabytes long, only a few fields of each asset are needed, and deserializing all of it
    /// would take twice as long. Values of an unexpected shape are treated as naming no files.
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

    /// <summary>
    /// Enumerates the members of an object or a list. The reader stands at each member in turn, and what the caller does not read is skipped. An
    /// element of a list has an empty name.
    /// </summary>
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

    /// <summary>Returns a member of the current object if it is a simple value; otherwise null.</summary>
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

    /// <summary>Returns the number of pages of a font, from <c>data.info.maps</c>.</summary>
    private static int CountMaps(JsonReader reader)
    {
        var maps = 0;
        foreach (var _ in Members(reader).Where(name => name == "info").SelectMany(_ => Members(reader)).Where(name => name == "maps"))
            maps = reader.TokenType == JsonToken.StartArray ? Members(reader).Count() : 0;
        return maps;
    }

    private IEnumerable<AssetFile> FilesOf(Asset asset)
    {
        // Scripts at this URL are rewritten when a game is exported: the hash and the size are the source's, and the file may be absent.
        if (asset.Url?.StartsWith("./js/", StringComparison.Ordinal) != true && PathOf(asset.Url) is { } path)
        {
            yield return new AssetFile(path, asset.Hash)
            {
                // If scripts are not concatenated, the loading screen's script has another file name.
                MayBeAbsent = asset.HasBasis || (asset.Id.Length > 0 && asset.Id == loadingScreenScript),
                Pages = asset.IsFont ? Math.Max(1, asset.Maps) : 1,
            };
        }

        foreach (var variant in asset.Variants)
            yield return variant;
    }

    /// <summary>The fields that are read of an asset.</summary>
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
/// <param name="Path">The name of the entry in the export.</param>
/// <param name="Hash">The MD5 in hexadecimal; null when there is none.</param>
internal sealed record AssetFile(string Path, string? Hash)
{
    /// <summary>True for a file that <c>config.json</c> may name although the export legitimately does not contain it.</summary>
    public bool MayBeAbsent { get; init; }

    /// <summary>The number of pages. A font's hash covers all its pages in sequence, although only the first one is named.</summary>
    public int Pages { get; init; } = 1;

    /// <summary>The paths of all pages: <c>name.png</c>, <c>name1.png</c>, ...</summary>
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
