using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Exports;

/// <summary>The game's <c>config.json</c>: the files that the game requests, and their hashes.</summary>
internal sealed class GameConfig
{
    private static readonly Regex Address = new("""(?<name>"url"\s*:\s*)(?<url>"([^"\\]|\\.)*")""", RegexOptions.CultureInvariant);

    /// <summary>The member that lists the assets.</summary>
    public const string AssetsMember = "assets";

    /// <summary>The member of an asset that describes its file.</summary>
    public const string FileMember = "file";

    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 256;

    private readonly List<GameScene> scenes = [];
    private readonly List<AssetDraft> drafts = [];
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

    /// <summary>The assets, in their order.</summary>
    public IReadOnlyList<GameAsset> Assets { get; private set; } = [];

    /// <summary>The files of the assets whose hashes are known, with these. They do not include scripts that are rewritten when a game is exported.</summary>
    public IEnumerable<AssetFile> AssetFiles => Assets.SelectMany(asset => asset.Files).Where(file => !file.IsRewritten);

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
        using var reader = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None, MaxDepth = MaxDepth };
        if (!reader.Read() || reader.TokenType != JsonToken.StartObject)
            throw new JsonReaderException("It is not a JSON object.");

        while (NextMember(reader) is { } name)
        {
            if (name == "scenes")
                ReadScenes(reader);
            else if (name == AssetsMember)
                ReadAssets(reader);
            else if (name == "application_properties")
                ReadProperties(reader);
            else
                reader.Skip();
        }

        // What the properties say about assets may follow the assets.
        Assets = drafts.ConvertAll(Complete);
    }

    private void ReadProperties(JsonTextReader reader)
    {
        var members = ReadMembers(reader, "loadingScreenScript", "enableSharedArrayBuffer");
        loadingScreenScript = members[0];
        SharedMemory = IsTrue(members[1]);
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
            drafts.Add(ReadAsset(reader, id));
    }

    private static AssetDraft ReadAsset(JsonTextReader reader, string id)
    {
        var asset = new AssetDraft(id);
        if (!HasMembers(reader))
            return asset;

        while (NextMember(reader) is { } name)
        {
            if (name == "name")
                asset.Name = ReadText(reader);
            else if (name == "type")
                asset.Type = ReadText(reader);
            else if (name == "tags")
                asset.Tags = ReadTexts(reader);
            else if (name == "preload")
                asset.Preload = ReadFlag(reader);
            else if (name == FileMember)
                ReadFile(reader, asset);
            else if (name == "data")
                ReadData(reader, asset);
            else
                reader.Skip();
        }

        return asset;
    }

    private static void ReadFile(JsonTextReader reader, AssetDraft asset)
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

    private static void ReadVariants(JsonTextReader reader, AssetDraft asset)
    {
        if (!HasMembers(reader))
            return;

        while (NextMember(reader) is { } name)
        {
            asset.HasBasis |= name == "basis" && reader.TokenType == JsonToken.StartObject;
            if (ReadVariant(reader) is { } variant)
                asset.Variants.Add(variant with { Variant = name });
        }
    }

    private static AssetFile? ReadVariant(JsonTextReader reader)
    {
        var members = ReadMembers(reader, "url", "hash");
        return PathOf(members[0]) is { } path ? new AssetFile(path, members[1]) : null;
    }

    /// <summary>Reads the number of pages of a font, from <c>data.info.maps</c>, and the ids of a bundle's assets, from <c>data.assets</c>.</summary>
    private static void ReadData(JsonTextReader reader, AssetDraft asset)
    {
        if (!HasMembers(reader))
            return;

        while (NextMember(reader) is { } name)
        {
            if (name == "info")
                ReadInfo(reader, asset);
            else if (name == "assets")
                asset.Bundled = ReadTexts(reader);
            else
                reader.Skip();
        }
    }

    private static void ReadInfo(JsonTextReader reader, AssetDraft asset)
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

    private static bool ReadFlag(JsonTextReader reader) => IsTrue(ReadText(reader));

    private static bool IsTrue(string? text) => bool.TryParse(text, out var isTrue) && isTrue;

    /// <summary>Reads the values of a list or of an object that are simple.</summary>
    private static List<string> ReadTexts(JsonTextReader reader)
    {
        if (!HasMembers(reader))
            return [];

        var texts = new List<string>();
        while (NextMember(reader) is not null)
        {
            if (ReadText(reader) is { } text)
                texts.Add(text);
        }

        return texts;
    }

    private static int CountMembers(JsonTextReader reader)
    {
        var count = 0;
        for (; NextMember(reader) is not null; count++)
            reader.Skip();
        return count;
    }

    private GameAsset Complete(AssetDraft draft) => new(draft.Id)
    {
        Name = draft.Name,
        Type = draft.Type,
        Tags = draft.Tags,
        Preload = draft.Preload,
        Files = [.. PathOf(draft.Url) is { } path ? [OriginalOf(draft, path)] : Array.Empty<AssetFile>(), .. draft.Variants],
        Bundled = draft.Type == "bundle" ? draft.Bundled : [],
    };

    private AssetFile OriginalOf(AssetDraft draft, string path) => new(path, draft.Hash)
    {
        IsRewritten = draft.Url!.StartsWith(ExportLayout.RewrittenScripts, StringComparison.Ordinal),
        // If scripts are not concatenated, the loading screen's script has another file name.
        MayBeAbsent = draft.HasBasis || (draft.Id.Length > 0 && draft.Id == loadingScreenScript),
        Pages = draft.Type == "font" ? Math.Max(1, draft.Maps) : 1,
    };

    /// <summary>The fields that are read of an asset.</summary>
    private sealed class AssetDraft(string id)
    {
        public string Id { get; } = id;

        public string? Name { get; set; }

        public string? Type { get; set; }

        public IReadOnlyList<string> Tags { get; set; } = [];

        public bool Preload { get; set; }

        public int Maps { get; set; }

        public string? Url { get; set; }

        public string? Hash { get; set; }

        public bool HasBasis { get; set; }

        public List<AssetFile> Variants { get; } = [];

        public IReadOnlyList<string> Bundled { get; set; } = [];
    }
}

/// <summary>A scene that <c>config.json</c> names.</summary>
/// <param name="Path">The name of its entry in the export, which consists of the scene's id and <c>.json</c>.</param>
/// <param name="Name">Its name; null when there is none.</param>
internal sealed record GameScene(string Path, string? Name);
