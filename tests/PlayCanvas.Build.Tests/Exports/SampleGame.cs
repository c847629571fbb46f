using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Tests.Exports.Zip;

namespace PlayCanvas.Build.Tests.Exports;

/// <summary>A small exported game. It is complete at first, and tests change it.</summary>
internal sealed class SampleGame
{
    public const long SceneId = 1001;
    public const string BranchId = "branch-main";
    public const string ClassicEngine = "playcanvas-stable.min.js";
    public const string BoxPath = "files/assets/1/1/box.png";

    private readonly JObject assets = [];
    private readonly JArray scenes = [];

    public SampleGame()
    {
        Add("index.html", "<!doctype html>");
        Add(ClassicEngine, "/** PlayCanvas Engine v2.18.1 revision abc */ var a=\"9.9.9\";");
        Add("styles.css", "body { margin: 0 }");
        AddScene(SceneId);
        AddAsset(1, BoxPath, "a box");
    }

    /// <summary>The contents of the files by path, without <c>config.json</c>, which is generated from the other properties.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    public JObject ApplicationProperties { get; } = [];

    /// <summary>Replaces the generated configuration if a test needs another one.</summary>
    public string? Config { get; init; }

    /// <summary>Returns the game after one file was changed, one added and one removed, together with the configuration.</summary>
    public static SampleGame Updated()
    {
        var game = new SampleGame();
        game.Add("index.html", "<!doctype html><title>New</title>");
        game.AddAsset(3, "files/assets/3/1/new.png", "new");
        game.Files.Remove(BoxPath);
        game.Asset(1).Remove("file");
        return game;
    }

    public void Add(string path, string content) => Files[path] = Encoding.UTF8.GetBytes(content);

    public void AddScene(long id, string? content = null)
    {
        scenes.Add(new JObject { ["name"] = $"Scene {id}", ["url"] = $"{id}.json" });
        Add($"{id}.json", content ?? $$$"""{"entities":{"branch_id":"not this"},"id":{{{id}}},"branch_id":"{{{BranchId}}}"}""");
    }

    /// <summary>Adds an asset with a file, and returns the record of the file.</summary>
    public JObject AddAsset(int id, string path, string content, string type = "binary")
    {
        Add(path, content);
        var file = FileRecord(path, content);
        assets[$"{id}"] = new JObject { ["name"] = Path.GetFileName(path), ["type"] = type, ["file"] = file };
        return file;
    }

    public JObject Asset(int id) => (JObject)assets[$"{id}"]!;

    public static JObject FileRecord(string path, string content) => new()
    {
        ["filename"] = Path.GetFileName(path),
        ["size"] = content.Length,
        ["hash"] = Md5Of(content),
        ["url"] = string.Join('/', path.Split('/').Select(Uri.EscapeDataString)),
    };

    [SuppressMessage("Security", "CA5351", Justification = "config.json contains this hash.")]
    public static string Md5Of(string content) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(content)));

    /// <summary>Returns all files, including the configuration.</summary>
    public Dictionary<string, byte[]> AllFiles()
    {
        var config = Config ?? new JObject
        {
            ["application_properties"] = ApplicationProperties,
            ["scenes"] = scenes,
            ["assets"] = assets,
        }.ToString();
        return new Dictionary<string, byte[]>(Files) { [ExportLayout.Config] = Encoding.UTF8.GetBytes(config) };
    }

    public byte[] ToZip() => Zips.Pack(AllFiles());
}
