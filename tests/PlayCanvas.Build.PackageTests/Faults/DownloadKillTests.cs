using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>Tests builds that are killed while they download a game.</summary>
public abstract partial class DownloadKillTests : KillTests
{
    /// <summary>The content in use, the one before it, and the locked one, which is one of the two except after a kill.</summary>
    private const int MostContents = 3;

    private GameReader reader = null!;
    private ExportedGame version = null!;
    private int buildsBefore;

    private protected DownloadKillTests(string phase, int number)
        : base(phase, number)
    {
    }

    private protected override IReadOnlyList<Moment> Moments =>
    [
        new("asking", () => Sandbox.Requests.Count > 0),
        new("asked", () => ExportsAskedFor > 0),
        new("waiting", () => Sandbox.Requests.Of("GET", "/api/jobs/*").Count > 0),
        new("downloading", () => Sandbox.Requests.Of("GET", "/exports/*").Count > 0),
        new("unpacking", () => Prepared.Any()),
        new("stored", () => IsStored),
        new("done", () => IsDone),
    ];

    private protected override int JobsOfTheRound => Sandbox.World.Builds.Count - buildsBefore;

    private protected override bool IsDone => reader.Folder is { } content && Md5Of(content, ExportedGame.ConfigFile) == version.Md5s[ExportedGame.ConfigFile];

    private protected string GameFolder => Project.PathOf("obj/playcanvas/game");

    /// <summary>The files that are being unpacked.</summary>
    private IEnumerable<string> Prepared => FilesOf(Path.Combine(Store, "v1", ".temporary"));

    /// <summary>The manifests of the contents in the store.</summary>
    private IEnumerable<string> Manifests => Directory.Exists(Path.Combine(Store, "v1"))
        ? Directory.EnumerateDirectories(Path.Combine(Store, "v1"))
            .Where(folder => !Path.GetFileName(folder).StartsWith('.'))
            .SelectMany(Directory.EnumerateDirectories)
            .Select(folder => Path.Combine(folder, "manifest.json"))
            .Where(File.Exists)
        : [];

    private bool IsStored => Manifests.Any(manifest => Md5Of(Path.Combine(Path.GetDirectoryName(manifest)!, "files"), ExportedGame.ConfigFile) == version.Md5s[ExportedGame.ConfigFile]);

    private protected override ConsumerProject MakeProject() => Console().DownloadsOnBuild();

    private protected override async Task PrepareAsync(int round)
    {
        version = await MakeVersionAsync(round);
        reader ??= new GameReader(GameFolder);
        reader.Expect(version);
        buildsBefore = Sandbox.World.Builds.Count;
    }

    private protected override string FindState()
    {
        if (IsStored)
            return Directory.Exists(GameFolder) && Directory.EnumerateDirectories(GameFolder, "*.tmp").Any() ? "6 links partly made" : "5 in the store";
        if (Prepared.Any())
            return "4 files unpacked, not all verified";
        if (Directory.Exists(GameFolder) && Directory.EnumerateFiles(GameFolder, "*.requested.txt").Any())
            return Sandbox.Requests.Of("GET", "/exports/*").Count == 0 ? "2 job pending" : "3 download begun";
        return ExportsAskedFor > 0 ? "1 intent, answer unknown" : "0 nothing of the new game";
    }

    private protected override Task<IEnumerable<string>> FindFaultsOfKillAsync() =>
        Task.FromResult<IEnumerable<string>>([.. reader.SeesAGame ? Load() : [], .. FindDamagedContents()]);

    private protected override IEnumerable<string> FindFaults()
    {
        var content = reader.Folder!;
        return [.. Load(), .. version.Md5s.Where(file => Md5Of(content, file.Key) != file.Value).Select(file => $"{file.Key} is not what was exported"), .. FindDamagedContents()];
    }

    private protected override IReadOnlyList<string> FindLeftovers()
    {
        var entries = Directory.EnumerateFileSystemEntries(GameFolder).Select(path => Path.GetFileName(path)!).ToList();
        var contents = entries.Count(entry => ContentName().IsMatch(entry));
        return
        [
            .. entries.Where(entry => !OwnName().IsMatch(entry)).Select(entry => $"{entry} is left"),
            .. contents > MostContents ? [$"{contents} contents are left"] : Array.Empty<string>(),
            .. Prepared.Select(file => $"{file} is left"),
        ];
    }

    /// <summary>A content of the store is complete, or it does not exist.</summary>
    private IEnumerable<string> FindDamagedContents()
    {
        foreach (var path in Manifests)
        {
            var manifest = JsonNode.Parse(File.ReadAllText(path))!;
            var files = Path.Combine(Path.GetDirectoryName(path)!, "files");
            foreach (var file in manifest["files"]!.AsArray().Where(file => Md5Of(files, (string)file![0]!) != (string)file[3]!))
                yield return $"{file![0]} of {manifest["contentId"]} is damaged";
        }
    }

    private List<string> Load()
    {
        reader.Faults.Clear();
        reader.Load();
        return [.. reader.Faults];
    }

    private static string? Md5Of(string folder, string path) =>
        GameReader.PathOf(folder, path) is var file && File.Exists(file) ? PlayCanvas.Sandbox.GameContent.FromBytes(File.ReadAllBytes(file)).Md5 : null;

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true }) : [];

    [GeneratedRegex(@"^[0-9a-f]{8,16}$")]
    private static partial Regex ContentName();

    [GeneratedRegex(@"^[0-9a-f]{8,16}(\.json|\.files\.txt|\.originals)?$|^game\.(json|result\.json|uptodate\.txt|lock)$")]
    private static partial Regex OwnName();
}

/// <summary>Tests builds that are killed while they download the game for the first time.</summary>
public sealed class InstallKillTests() : DownloadKillTests("install", 0)
{
    private protected override string[] Command => ["msbuild", "-nologo", "-t:PlayCanvasDownloadApp"];

    private protected override async Task PrepareAsync(int round)
    {
        await base.PrepareAsync(round);
        File.Delete(Project.PathOf("playcanvas.lock.json"));
        if (Directory.Exists(GameFolder))
            Directory.Delete(GameFolder, recursive: true);
    }
}

/// <summary>Tests builds that are killed while they download a newer version of the game.</summary>
public sealed class UpdateKillTests() : DownloadKillTests("update", 1)
{
    private protected override string[] Command => ["msbuild", "-nologo", "-t:PlayCanvasDownloadApp", "-p:PlayCanvasUpdate=true"];
}
