using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>
/// Reads a game as a running site does for a browser: <c>config.json</c>, and then every file that it names. All files must belong to one
/// version of the game. Files at the root have the same path in every version and are installed just before their <c>config.json</c>,
/// so only those may be one version ahead.
/// </summary>
internal sealed class GameReader(string folder)
{
    private readonly ConcurrentDictionary<string, ExportedGame> versions = [];
    private readonly ConcurrentDictionary<(string Path, string Md5), bool> contents = [];

    public int Loads { get; private set; }

    public int FilesRead { get; private set; }

    /// <summary>The number of loads during which the next version was installed, so that files of the old version were missing.</summary>
    public int Overtaken { get; private set; }

    /// <summary>The number of files at the root that were one version ahead of the <c>config.json</c> that was read before them.</summary>
    public int Ahead { get; private set; }

    /// <summary>The versions that were loaded, by the MD5 of their <c>config.json</c>.</summary>
    public HashSet<string> VersionsMet { get; } = [];

    /// <summary>Inconsistencies that the reader found.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    public bool SeesAGame => File.Exists(PathOf(ExportedGame.ConfigFile));

    /// <summary>Announces a version. Must be called before that version can be installed.</summary>
    public void Expect(ExportedGame version)
    {
        versions[version.Md5s[ExportedGame.ConfigFile]] = version;
        foreach (var (path, md5) in version.Md5s)
            contents[(path, md5)] = true;
    }

    public void Load()
    {
        Loads++;
        if (Read(ExportedGame.ConfigFile) is not { } config)
        {
            Faults.Enqueue("there is no config.json");
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
            if (Check(path, md5) is not { } fault)
                continue;
            if (Md5Of(Read(ExportedGame.ConfigFile) ?? []) != configMd5)
                Overtaken++;
            else
                Faults.Enqueue(fault);
            return;
        }
    }

    /// <summary>Reads only the files at the root, as for many visitors of the page: each must exist and be complete, of any version.</summary>
    public void LoadPage()
    {
        Loads++;
        foreach (var path in contents.Keys.Select(content => content.Path).Where(path => !path.Contains('/')).Distinct())
        {
            FilesRead++;
            if (Read(path) is not { } content)
                Faults.Enqueue($"{path} is missing");
            else if (!contents.ContainsKey((path, Md5Of(content))))
                Faults.Enqueue($"{path} is torn");
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Loads} loads, {FilesRead} files read, {VersionsMet.Count} versions met, {Overtaken} loads overtaken by an update, {Ahead} root files ahead of their config.json, {Faults.Count} torn or missing");

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

    private string? Check(string path, string md5)
    {
        if (Read(path) is not { } content)
            return $"{path} is missing";

        FilesRead++;
        var found = Md5Of(content);
        if (found == md5)
            return null;
        if (!contents.ContainsKey((path, found)))
            return $"{path} is torn";
        if (path.Contains('/'))
            return $"{path} belongs to another version";

        Ahead++;
        return null;
    }

    private byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(PathOf(path));
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

    private string PathOf(string path) => Path.Combine(folder, path);
}
