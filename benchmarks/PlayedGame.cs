using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using PlayCanvas.Build.Files;

namespace Benchmarks;

/// <summary>An export whose assets are all loaded before the first frame, as a zip file on the disk.</summary>
internal sealed class PlayedGame(string path)
{
    private const string Config = "config.json";

    public string Path => path;

    /// <summary>Downloads an export, and makes the game load all of its assets before the first frame.</summary>
    public static async Task<PlayedGame> DownloadAsync(SandboxProcess sandbox, string path)
    {
        using var client = new HttpClient();
        await File.WriteAllBytesAsync(path, await client.GetByteArrayAsync(await sandbox.ExportAsync()));
        var game = new PlayedGame(path);
        game.Edit((_, config) =>
        {
            foreach (var asset in Assets(config).Where(asset => asset["file"] is not null))
                asset["preload"] = true;
        });
        return game;
    }

    /// <summary>Changes the content of the last asset that is a text, and its hash. Returns the path of the file.</summary>
    public string ChangeOneAsset()
    {
        var changed = "";
        Edit((zip, config) =>
        {
            var file = Assets(config).Last(asset => (string?)asset["type"] == "text")["file"]!;
            changed = Uri.UnescapeDataString((string)file["url"]!);
            var content = Encoding.UTF8.GetBytes($"changed {Guid.NewGuid()}");
            file["hash"] = Md5.Of(content);
            file["size"] = content.Length;
            Replace(zip, changed, content);
        });
        return changed;
    }

    private static IEnumerable<JsonObject> Assets(JsonNode config) => config["assets"]!.AsObject().Select(asset => asset.Value!.AsObject());

    private void Edit(Action<ZipArchive, JsonNode> edit)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        JsonNode config;
        using (var content = zip.GetEntry(Config)!.Open())
            config = JsonNode.Parse(content)!;
        edit(zip, config);
        Replace(zip, Config, Encoding.UTF8.GetBytes(config.ToJsonString()));
    }

    private static void Replace(ZipArchive zip, string name, byte[] content)
    {
        zip.GetEntry(name)!.Delete();
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(content);
    }
}
