using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>Tests builds that are killed while they download a game.</summary>
public abstract class DownloadKillTests : KillTests
{
    private GameReader reader = null!;
    private ExportedGame version = null!;
    private IReadOnlyList<string> state = [];
    private int buildsBefore;
    private int switchedOff;

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
        new("unpacking", () => Directory.Exists(StatePath("staging"))),
        new("committing", () => File.Exists(Journal)),
        new("done", () => !File.Exists(Journal)),
    ];

    private protected override int JobsOfTheRound => Sandbox.World.Builds.Count - buildsBefore;

    private protected override bool IsDone =>
        !File.Exists(Journal) && !Directory.Exists(StatePath("staging")) && Md5Of(ExportedGame.ConfigFile) == version.Md5s[ExportedGame.ConfigFile];

    private protected string GameFolder => Project.PathOf("obj/playcanvas/game");

    private string Journal => StatePath(".journal.json");

    private protected override ConsumerProject MakeProject() => Console().DownloadsOnBuild();

    private protected override async Task PrepareAsync(int round)
    {
        if (round == 1)
            state = [.. EntriesOf(".playcanvas")];
        version = await MakeVersionAsync(round);
        reader ??= new GameReader(GameFolder);
        reader.Expect(version);
        buildsBefore = Sandbox.World.Builds.Count;
    }

    private protected override string FindState()
    {
        if (File.Exists(Journal))
            return "5 journal, files partly moved";
        if (Directory.Exists(StatePath("staging")))
            return "4 files unpacked, not all verified";
        if (!File.Exists(StatePath(".pending.json")))
            return "0 nothing of the new game";
        if (File.ReadAllText(StatePath(".pending.json")).Contains("\"JobId\":null", StringComparison.Ordinal))
            return "1 intent, answer unknown";
        return Sandbox.Requests.Of("GET", "/exports/*").Count == 0 ? "2 job pending" : "3 download begun";
    }

    private protected override async Task<IEnumerable<string>> FindFaultsOfKillAsync()
    {
        // If another build has finished an update, the next update build correctly requests one more export, so only other builds are checked.
        if (File.Exists(Journal) && !Command.Contains("-p:PlayCanvasUpdate=true") && switchedOff++ % 2 == 0)
            return await FinishSwitchedOffAsync();

        return reader.SeesAGame ? Load() : [];
    }

    private protected override IEnumerable<string> FindFaults() =>
        Load().Concat(version.Md5s.Where(file => Md5Of(file.Key) != file.Value).Select(file => $"{file.Key} is not what was exported"));

    private protected override IReadOnlyList<string> FindLeftovers()
    {
        var folders = version.Md5s.Keys.SelectMany(FoldersOf);
        return [.. EntriesOf("").Except([.. version.Md5s.Keys, .. folders, ".gitignore", ".playcanvas", .. state]).Select(path => $"{path} is left")];
    }

    /// <summary>Checks that an interrupted install is finished without network access, even if the package is switched off.</summary>
    private async Task<IEnumerable<string>> FinishSwitchedOffAsync()
    {
        var asked = Sandbox.Requests.Count;
        (await Project.RunAsync("msbuild", "-nologo", "-t:PlayCanvasDownloadApp", "-p:PlayCanvasEnabled=false")).AssertClean();
        return Sandbox.Requests.Count == asked ? FindFaults().Concat(FindLeftovers()) : ["a build with the package switched off has sent a request"];
    }

    private List<string> Load()
    {
        reader.Faults.Clear();
        reader.Load();
        return [.. reader.Faults];
    }

    private string StatePath(string name) => Path.Combine(GameFolder, ".playcanvas", name);

    private string? Md5Of(string path) =>
        File.Exists(Path.Combine(GameFolder, path)) ? PlayCanvas.Sandbox.GameContent.FromBytes(File.ReadAllBytes(Path.Combine(GameFolder, path))).Md5 : null;

    private IEnumerable<string> EntriesOf(string folder) =>
        Directory.EnumerateFileSystemEntries(Path.Combine(GameFolder, folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(GameFolder, path).Replace('\\', '/'));

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
            yield return path[..end];
    }
}

/// <summary>Tests builds that are killed while they download the game for the first time.</summary>
public sealed class InstallKillTests() : DownloadKillTests("install", 0)
{
    private protected override string[] Command => ["msbuild", "-nologo", "-t:PlayCanvasDownloadApp"];

    private protected override async Task PrepareAsync(int round)
    {
        await base.PrepareAsync(round);
        if (Directory.Exists(GameFolder))
            Directory.Delete(GameFolder, recursive: true);
    }
}

/// <summary>Tests builds that are killed while they download a newer version of the game.</summary>
public sealed class UpdateKillTests() : DownloadKillTests("update", 1)
{
    private protected override string[] Command => ["msbuild", "-nologo", "-t:PlayCanvasDownloadApp", "-p:PlayCanvasUpdate=true"];
}
