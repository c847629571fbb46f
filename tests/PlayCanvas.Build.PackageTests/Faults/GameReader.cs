using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>
/// Reads a game as a running site does for a browser: it finds the content in use, and reads <c>config.json</c> and every file that it names. All
/// files must belong to one version of the game.
/// </summary>
/// <param name="state">The folder in <c>obj/</c> that names the content in use.</param>
internal sealed class GameReader(string state)
{
    private readonly ConcurrentDictionary<string, ExportedGame> versions = [];

    public int Loads { get; private set; }

    public int FilesRead { get; private set; }

    /// <summary>The number of loads during which two newer versions were installed, so that the folder of the old version was removed.</summary>
    public int Overtaken { get; private set; }

    /// <summary>The versions that were loaded, by the MD5 of their <c>config.json</c>.</summary>
    public HashSet<string> VersionsMet { get; } = [];

    /// <summary>Inconsistencies that the reader found.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    /// <summary>The folder of the content in use; null when there is none.</summary>
    public string? Folder => File.Exists(Path.Combine(state, "game.uptodate.txt"))
        ? Path.Combine(state, File.ReadLines(Path.Combine(state, "game.uptodate.txt")).First())
        : null;

    public bool SeesAGame => Folder is not null;

    /// <summary>Announces a version. Must be called before that version can be installed.</summary>
    public void Expect(ExportedGame version) => versions[version.Md5s[ExportedGame.ConfigFile]] = version;

    public void Load()
    {
        Loads++;
        var folder = Folder!;
        if (Read(folder, ExportedGame.ConfigFile) is not { } config)
        {
            Miss(folder, "there is no config.json");
            return;
        }

        var configMd5 = Md5Of(config);
        if (!versions.TryGetValue(configMd5, out var version))
        {
            Faults.Enqueue("config.json is torn");
            return;
        }

        VersionsMet.Add(configMd5);
        foreach (var (path, md5) in FilesOf(config, version))
        {
            if (Read(folder, path) is not { } content)
            {
                Miss(folder, $"{path} is missing");
                return;
            }

            FilesRead++;
            if (Md5Of(content) != md5)
                Faults.Enqueue($"{path} is torn, or belongs to another version");
        }
    }

    /// <summary>Returns the full path of a file in the folder of a content.</summary>
    public static string PathOf(string folder, string path) => Path.Combine(folder, path.Replace('/', '^'));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Loads} loads, {FilesRead} files read, {VersionsMet.Count} versions met, {Overtaken} loads overtaken by updates, {Faults.Count} torn or missing");

    /// <summary>The files that a browser loads: those of the page, and those that the configuration names, with the MD5 that it contains.</summary>
    private static IEnumerable<(string Path, string Md5)> FilesOf(byte[] config, ExportedGame version)
    {
        var json = JsonNode.Parse(config)!;
        var scenes = json["scenes"]!.AsArray().Select(scene => PathIn(scene!));
        var files = json["assets"]!.AsObject().Select(asset => asset.Value!).Where(asset => asset["file"] is not null);
        return
        [
            .. version.Md5s.Where(file => !file.Key.Contains('/')).Select(file => (file.Key, file.Value)),
            .. scenes.Select(path => (path, version.Md5s[path])),
            .. files.SelectMany(asset => LoadedFiles(asset["file"]!).Select(file => (PathIn(file), Md5In(asset, file, version)))),
        ];
    }

    private static IEnumerable<JsonNode> LoadedFiles(JsonNode file) =>
        file["variants"] is JsonObject variants ? variants.Select(variant => variant.Value!) : [file];

    private static string PathIn(JsonNode holder) => Uri.UnescapeDataString(holder["url"]!.GetValue<string>());

    /// <summary>The hash of a font is the hash of all its pages in sequence.</summary>
    private static string Md5In(JsonNode asset, JsonNode file, ExportedGame version) =>
        asset["type"]!.GetValue<string>() == "font" ? version.Md5s[PathIn(file)] : file["hash"]!.GetValue<string>();

    private static string Md5Of(byte[] content) => GameContent.FromBytes(content).Md5;

    /// <summary>A content that is no longer in use may be removed; the one in use may not.</summary>
    private void Miss(string folder, string fault)
    {
        if (Folder != folder)
            Overtaken++;
        else
            Faults.Enqueue(fault);
    }

    private byte[]? Read(string folder, string path)
    {
        try
        {
            return File.ReadAllBytes(PathOf(folder, path));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException error)
        {
            Faults.Enqueue(error.Message);
            return null;
        }
    }
}
