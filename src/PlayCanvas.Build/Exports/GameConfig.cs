using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Exports;

/// <summary>The game's <c>config.json</c>: the files that the game requests, and their hashes.</summary>
internal sealed class GameConfig
{
    private static readonly Regex Address = new("""(?<name>"url"\s*:\s*)(?<url>"([^"\\]|\\.)*")""", RegexOptions.CultureInvariant);

    private readonly List<GameScene> scenes = [];
    private readonly List<Asset> assets = [];
    private string? loadingScreenScript;

    private GameConfig()
    {
    }

    /// <exception cref="ExportException">The text is not a JSON object.</exception>
    public static GameConfig Parse(TextReader text)
    {
        try
        {
            var config = new GameConfig();
            config.Read(text);
            return config;
        }
        catch (JsonException error)
        {
            throw new ExportException(ExportFault.Incomplete, [$"{ExportLayout.Config} cannot be read: {error.Message}"]);
        }
    }

    /// <summary>The scenes, in their order.</summary>
    public IReadOnlyList<GameScene> Scenes => scenes;

    /// <summary>The paths of the scenes, in their order; each consists of the scene's id and <c>.json</c>.</summary>
    public IEnumerable<string> ScenePaths => scenes.Select(scene => scene.Path);

    /// <summary>Whether the game shares memory between threads.</summary>
    public bool SharedMemory { get; private set; }

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
    private void Read(TextReader text)
    {
        using var reader = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None, MaxDepth = 256 };
        if (!reader.Read() || reader.TokenType != JsonToken.StartObject)
            throw new JsonReaderException("It is not a JSON object.");

        while (NextMember(reader) is { } name)
        {
            if (name == "scenes")
                ReadScenes(reader);
            else if (name == "assets")
                ReadAssets(reader);
            else if (name == "application_properties")
                ReadProperties(reader);
            else
                reader.Skip();
        }
    }

    private void ReadProperties(JsonTextReader reader)
    {
        var members = ReadMembers(reader, "loadingScreenScript", "enableSharedArrayBuffer");
        loadingScreenScript = members[0];
        SharedMemory = bool.TryParse(members[1], out var isOn) && isOn;
    }

    private void ReadScenes(JsonTextReader reader)
    {
        if (!HasMembers(reader))
            return;

        while (NextMember(reader) is not null)
        {
            var members = ReadMembers(reader, "url", "name");
            if (PathOf(members[0]) is { } path)
                scenes.Add(new GameScene(path, members[1]));
        }
    }

    private void ReadAssets(JsonTextReader reader)
    {
        if (!HasMembers(reader))
            return;

        while (NextMember(reader) is { } id)
            assets.Add(ReadAsset(reader, id));
    }

    private static Asset ReadAsset(JsonTextReader reader, string id)
    {
        var asset = new Asset(id);
        if (!HasMembers(reader))
            return asset;

        while (NextMember(reader) is { } name)
        {
            if (name == "type")
                asset.IsFont = ReadText(reader) == "font";
            else if (name == "file")
                ReadFile(reader, asset);
            else if (name == "data")
                ReadData(reader, asset);
            else
                reader.Skip();
        }

        return asset;
    }

    private static void ReadFile(JsonTextReader reader, Asset asset)
    {
        if (!HasMembers(reader))
            return;

        while (NextMember(reader) is { } name)
        {
            if (name == "url")
                asset.Url = ReadText(reader);
            else if (name == "hash")
                asset.Hash = ReadText(reader);
            else if (name == "variants")
                ReadVariants(reader, asset);
            else
                reader.Skip();
        }
    }

    private static void ReadVariants(JsonTextReader reader, Asset asset)
    {
        if (!HasMembers(reader))
            return;

        while (NextMember(reader) is { } name)
        {
            asset.HasBasis |= name == "basis" && reader.TokenType == JsonToken.StartObject;
            if (ReadVariant(reader) is { } variant)
                asset.Variants.Add(variant);
        }
    }

    private static AssetFile? ReadVariant(JsonTextReader reader)
    {
        if (!HasMembers(reader))
            return null;

        string? url = null, hash = null;
        while (NextMember(reader) is { } name)
        {
            if (name == "url")
                url = ReadText(reader);
            else if (name == "hash")
                hash = ReadText(reader);
            else
                reader.Skip();
        }

        return PathOf(url) is { } path ? new AssetFile(path, hash) : null;
    }

    /// <summary>Reads the number of pages of a font, from <c>data.info.maps</c>.</summary>
    private static void ReadData(JsonTextReader reader, Asset asset)
    {
        if (!HasMembers(reader))
            return;

        while (NextMember(reader) is { } name)
        {
            if (name == "info")
                ReadInfo(reader, asset);
            else
                reader.Skip();
        }
    }

    private static void ReadInfo(JsonTextReader reader, Asset asset)
    {
        if (!HasMembers(reader))
            return;

        while (NextMember(reader) is { } name)
        {
            if (name == "maps" && reader.TokenType == JsonToken.StartArray)
                asset.Maps = CountMembers(reader);
            else
                reader.Skip();
        }
    }

    /// <summary>Whether the reader stands at the beginning of an object or a list.</summary>
    private static bool HasMembers(JsonTextReader reader) => reader.TokenType is JsonToken.StartObject or JsonToken.StartArray;

    /// <summary>
    /// Moves to the value of the next member of an object or a list, and returns the member's name, which is empty in a list; null at the end. The
    /// caller must read or skip the whole value.
    /// </summary>
    private static string? NextMember(JsonTextReader reader)
    {
        switch (Next(reader))
        {
            case JsonToken.EndObject or JsonToken.EndArray:
                return null;
            case JsonToken.PropertyName:
                var name = (string)reader.Value!;
                Next(reader);
                return name;
            default:
                return "";
        }
    }

    private static JsonToken Next(JsonTextReader reader) => reader.Read() ? reader.TokenType : throw new JsonReaderException("It ends unexpectedly.");

    /// <summary>Reads some members of an object; the value of a member that does not exist, or is not simple, is null.</summary>
    private static string?[] ReadMembers(JsonTextReader reader, params string[] wanted)
    {
        var values = new string?[wanted.Length];
        if (!HasMembers(reader))
            return values;

        while (NextMember(reader) is { } name)
        {
            if (Array.IndexOf(wanted, name) is >= 0 and var index)
                values[index] = ReadText(reader);
            else
                reader.Skip();
        }

        return values;
    }

    /// <summary>Reads a value; returns null when it is empty, an object or a list.</summary>
    private static string? ReadText(JsonTextReader reader)
    {
        reader.Skip();
        return Convert.ToString(reader.Value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
    }

    private static int CountMembers(JsonTextReader reader)
    {
        var count = 0;
        for (; NextMember(reader) is not null; count++)
            reader.Skip();
        return count;
    }

    private IEnumerable<AssetFile> FilesOf(Asset asset)
    {
        if (asset.Url?.StartsWith(ExportLayout.RewrittenScripts, StringComparison.Ordinal) != true && PathOf(asset.Url) is { } path)
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

/// <summary>A scene that <c>config.json</c> names.</summary>
/// <param name="Path">The name of its entry in the export, which consists of the scene's id and <c>.json</c>.</param>
/// <param name="Name">Its name; null when there is none.</param>
internal sealed record GameScene(string Path, string? Name);

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
