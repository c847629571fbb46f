using Newtonsoft.Json.Linq;
using PlayCanvas.Build.TestSupport.FrameworkHost;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.FrameworkTests;

public sealed class DownloadTests : FrameworkFixture
{
    private const string Exports = "/api/apps/download";

    [Test]
    public async Task AFirstInstallBringsEveryFile([Values] bool byRanges)
    {
        Sandbox.Options.SupportsRanges = byRanges;

        var report = await RunWellAsync(DownloadApp);

        CheckInstalled(report);
        Assert.That(Sandbox.Requests.Of(Origin.Storage).Any(request => request.Status == 206), Is.EqualTo(byRanges));
    }

    [Test]
    public async Task AGameThatIsThereIsNotAskedForAgain()
    {
        await RunWellAsync(DownloadApp);
        Sandbox.Requests.Clear();

        var report = await RunWellAsync(DownloadApp);

        CheckInstalled(report);
        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [Test]
    public async Task AnUpdateBringsWhatChanged([Values] bool byRanges)
    {
        Sandbox.World.ChangeGame(game => game.WithGeneratedFiles(1_000_000, 20));
        await RunWellAsync(DownloadApp);
        Sandbox.World.ChangeGame(game => game.With("level data (1).json", "changed").Without("Wood.jpg").With("new.txt", "new"));
        Sandbox.Options.SupportsRanges = byRanges;
        Sandbox.Requests.Clear();

        var report = await RunWellAsync(DownloadApp, ("Update", "true"));

        CheckInstalled(report);
        var moved = Sandbox.Requests.Of(Origin.Storage).Sum(request => request.BytesSent);
        Assert.That(moved, byRanges ? Is.LessThan(100_000) : Is.GreaterThan(500_000));
        Assert.That(ReadGameFiles().Values, Has.Some.EqualTo("changed"));
        Assert.That(ReadGameFiles().Keys, Has.None.Contains("Wood"));
    }

    [Test]
    public async Task ALostAnswerDoesNotFailTheBuild()
    {
        Sandbox.Faults.On("POST", Exports, Fault.LoseAnswer);

        CheckInstalled(await RunWellAsync(DownloadApp));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task ABrokenConnectionIsTakenUp(bool byRanges)
    {
        Sandbox.Options.SupportsRanges = byRanges;
        Sandbox.World.ChangeGame(game => game.WithGeneratedFiles(1_000_000, 20));
        Sandbox.Faults.On("GET", "/exports/*", Fault.Truncate(50_000), call: 2);
        Sandbox.Faults.On("GET", "/exports/*", Fault.Truncate(50_000));

        CheckInstalled(await RunWellAsync(DownloadApp));
    }

    [Test]
    public async Task AFaultWhileTheJobIsAskedForIsRiddenOut()
    {
        Sandbox.Faults.On("GET", "/api/jobs/*", Fault.Status(503));
        Sandbox.Faults.On("GET", "/api/jobs/*", Fault.ResetBefore, call: 2);

        CheckInstalled(await RunWellAsync(DownloadApp));
    }

    [Test]
    public async Task Names_that_Windows_forbids_are_mapped_and_config_json_asks_for_the_new_ones()
    {
        const string Name = "Armature_Run.glb";

        var report = await RunWellAsync(DownloadApp);

        var file = report.Outputs["Files"].Single(file => file.ItemSpec.EndsWith(Name, StringComparison.Ordinal));
        Assert.That(File.Exists(file.ItemSpec), Is.True);
        Assert.That(report.Outputs["Files"].Select(item => item.ItemSpec), Has.None.Contains("|"));
        var config = JObject.Parse(File.ReadAllText(Path.Combine(ContentFolder, "config.json")));
        Assert.That(config.SelectTokens("assets.*.file.url").Select(url => Uri.UnescapeDataString((string)url!)), Does.Contain(file.Metadata["RelativePath"]));
    }

    /// <summary>The service has been observed to return 500 when a request for a job does not declare JSON.</summary>
    [Test]
    public async Task AJobIsAskedForInJson()
    {
        Sandbox.Options.JobsNeedContentType = true;

        CheckInstalled(await RunWellAsync(DownloadApp, ("MaxRetries", "0")));

        Assert.That(Sandbox.Requests.Of(Origin.Api).Select(request => request.Headers["User-Agent"]).Distinct().Count(), Is.EqualTo(1));
    }

    /// <summary>The store links files by calls of the system, which Mono makes in its own way.</summary>
    [Test]
    public async Task ASecondProjectGetsTheLockedGameFromTheStore()
    {
        await RunWellAsync(DownloadApp);
        var files = ReadGameFiles();
        Directory.Delete(GameFolder, recursive: true);
        Sandbox.Requests.Clear();

        var report = await RunWellAsync(DownloadApp, ("LockedMode", "true"));

        CheckInstalled(report);
        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(ReadGameFiles(), Is.EquivalentTo(files));
    }

    [Test]
    public async Task Without_a_home_that_can_be_written_the_store_is_in_obj()
    {
        EnvironmentVariables["XDG_DATA_HOME"] = Path.Combine(ProjectFile, "not a folder");
        File.WriteAllText(ProjectFile, "<Project />");

        CheckInstalled(await RunWellAsync(DownloadApp, ("StoreDirectory", "")));

        Assert.That(Path.Combine(ProjectFolder, "obj", "playcanvas", ".store", "v1"), Does.Exist);
    }

    /// <summary>.NET Framework does not have Brotli.</summary>
    [Test]
    public async Task APublishHasTheFilesAndTheirGzipForms()
    {
        await RunWellAsync(DownloadApp);

        await RunWellAsync(
            "PlayCanvasPublishGameFiles", ("StoreDirectory", Path.Combine(Folder, "store")), ("PublishDirectory", "publish"), ("WebRoot", "wwwroot/"));

        var published = Path.Combine(ProjectFolder, "publish");
        Assert.That(File.ReadAllText(Path.Combine(published, "playcanvas.json")), Does.Contain("\"path\": \"game\""));
        Assert.That(Path.Combine(published, "wwwroot", "game", "config.json"), Does.Exist);
        Assert.That(Path.Combine(published, "wwwroot", "game", "config.json.gz"), Does.Exist);
    }

    [Test]
    public async Task APackedGameHasTheIdInTheLockFile()
    {
        await RunWellAsync(DownloadApp);

        var report = await RunWellAsync("PlayCanvasPack", ("OutputDirectory", "packed"));

        var contentId = (string?)JObject.Parse(File.ReadAllText(Path.Combine(ProjectFolder, "playcanvas.lock.json"))).SelectToken("games.game.*.content");
        Assert.That(report.Outputs["Packed"].Single().ItemSpec, Is.EqualTo(Path.Combine(ProjectFolder, "packed", contentId + ".zip")));
    }

    private void CheckInstalled(TaskReport report)
    {
        // The export has all scripts in one file.
        var expected = Sandbox.World.GameOf(World.MainBranchId).Assets.Where(asset => asset.Content is not null && asset.Type != "script").Select(asset => asset.Id);
        var files = report.Outputs["Files"];
        Assert.That(files.Select(file => file.ItemSpec), Has.All.Matches<string>(File.Exists).And.All.StartsWith(ContentFolder));
        Assert.That(files.Select(file => file.Metadata["RelativePath"]), Is.SupersetOf(["index.html", "config.json", "styles.css"]));
        foreach (var id in expected)
            Assert.That(files.Select(file => file.Metadata["RelativePath"]), Has.Some.StartsWith($"files/assets/{id}/"));
    }

    private Dictionary<string, string> ReadGameFiles() => Directory.EnumerateFiles(ContentFolder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(ContentFolder, path), File.ReadAllText);
}
