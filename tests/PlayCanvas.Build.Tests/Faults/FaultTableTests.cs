using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tasks.Lists;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Build.Tests.Tasks;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Faults;

/// <summary>
/// Tests the real tasks against everything that a server, a network or an export can do wrong, one fault per row: an installed game is
/// complete, an old game is unchanged, nothing is done twice, no secret leaks, no file is left over, and the next build succeeds.
/// </summary>
[TestFixture]
public sealed class FaultTableTests : TaskFixture
{
    private const int SeededApps = 2;

    /// <summary>The request for the name of the branch, which the lock file holds.</summary>
    private const int Locking = 1;

    private const string LockFileName = "playcanvas.lock.json";

    private const string Advice = @"\bPlayCanvas[A-Z][a-z]\w+|\b(?i:build|try) again\b|\bCheck\b|\bhttps_proxy\b";

    private static readonly FaultReport Report = new();

    private byte[] packedExport = [];

    [OneTimeTearDown]
    public static void ShowTable() => Report.Show();

    [TestCaseSource(typeof(FaultTable), nameof(FaultTable.Cases))]
    public void ABuildEndsAsItsRowSays(FaultRow row)
    {
        StartServer(row);
        var worksBefore = Works(row.Build);
        var gameBefore = Game();
        var othersBefore = Others();
        row.Script(Sandbox);
        WatchPacking();

        var task = MakeTask(row);
        RunAndReport(row, task);

        AssertOutcome(row, task, gameBefore);
        AssertNothingLeaked();
        Assert.That(Others(), Is.EquivalentTo(othersBefore), "A file was written outside obj/, the store and the lock file.");
        AssertTidy(afterFailure: !row.Outcome.IsDone);

        Sandbox.Faults.Clear();
        WatchPacking();
        AssertTheNextBuildGoesWell(row);
        Assert.That(Works(row.Build) - worksBefore, Is.EqualTo(row.Outcome.Works), "Exports or apps in the end");
        AssertTidy();
    }

    /// <summary>The server uses the clock of the build, so its windows, jobs and addresses expire while the build waits.</summary>
    private void StartServer(FaultRow row)
    {
        var time = new FakeTimeProvider(Clock.UtcNow);
        Clock.Waiting = time.Advance;
        SandboxOptions.TimeProvider = time;
        row.Server(SandboxOptions);
        Folder.Write("wwwroot/index.html", "the site's own page");
        if (row.Build is not (BuildKind.Update or BuildKind.Rebuild))
            return;

        RunWell(MakeTask(BuildKind.FirstDownload));
        Sandbox.World.ChangeGame(game => game
            .With("late.txt", "late").Without("Wood.jpg").WithGeneratedFiles(SandboxOptions.GameSize, SandboxOptions.GameFiles, seed: 2));
        Clock.Wait(TimeSpan.FromDays(1), static () => { }, CancellationToken.None);
        Sandbox.Requests.Clear();
    }

    private void WatchPacking()
    {
        var mutation = Sandbox.Faults.MutateZip;
        Sandbox.Faults.MutateZip = zip => packedExport = mutation?.Invoke(zip) ?? zip;
    }

    private static PlayCanvasServiceTask MakeTask(FaultRow row)
    {
        var task = MakeTask(row.Build);
        row.Task(task);
        return task;
    }

    private static PlayCanvasServiceTask MakeTask(BuildKind build)
    {
        switch (build)
        {
            case BuildKind.List:
                return new PlayCanvasListApps();
            case BuildKind.Publish:
                var publish = PublishTask();
                publish.AppVersion = "7.0";
                return publish;
            default:
                var download = DownloadTask();
                download.DefaultLockFilePath = LockFileName;
                download.AppName = build == BuildKind.Rebuild ? "My other game" : download.AppName;
                download.Update = build == BuildKind.Update ? "true" : null;
                return download;
        }
    }

    private void RunAndReport(FaultRow row, PlayCanvasServiceTask task)
    {
        Engine = new RecordingBuildEngine();
        var start = Clock.UtcNow;
        var watch = Stopwatch.StartNew();
        Run(task);
        var waited = Clock.UtcNow - start;
        Report.Add(row, OutcomeOf(row.Build), ApiRequests, StorageRequests, waited, watch.Elapsed);
        Assert.That(Math.Round(waited.TotalSeconds, 3), Is.LessThanOrEqualTo(row.Outcome.MostWaited), "Seconds waited");
    }

    private int ApiRequests => Sandbox.Requests.Of(Origin.Api).Count;

    private int StorageRequests => Sandbox.Requests.Of(Origin.Storage).Count;

    private string OutcomeOf(BuildKind build) => (Engine.Errors, Engine.Warnings, build) switch
    {
        ([var error, ..], _, _) => error.Code!,
        (_, [{ Code: Outcome.InconsistentCode }, ..], _) => $"installed, {Outcome.InconsistentCode}",
        (_, [var warning, ..], _) => $"old game, {warning.Code}",
        (_, _, BuildKind.Publish) => "published",
        (_, _, BuildKind.List) => "listed",
        _ => "installed",
    };

    private void AssertOutcome(FaultRow row, PlayCanvasServiceTask task, IReadOnlyDictionary<string, (string, DateTime)> gameBefore)
    {
        var texts = string.Join(" | ", Engine.AllTexts);
        Assert.That(Engine.Errors.Select(error => error.Code), Is.EqualTo(Codes(row.Outcome.Error)), texts);
        Assert.That(Engine.Warnings.Select(warning => warning.Code), Is.EqualTo(Codes(row.Outcome.Warning)), texts);
        Assert.That(Engine.Errors.Select(error => error.Message).Concat(Engine.Warnings.Select(warning => warning.Message)), Has.All.Match(Advice));
        var locking = row.Outcome.IsDone && task is PlayCanvasDownloadApp ? Locking : 0;
        Assert.That(ApiRequests, Is.EqualTo(row.Outcome.ApiRequests + locking), $"Requests to the API: {string.Join(", ", Sandbox.Requests)} | {texts}");
        Assert.That(StorageRequests, Is.InRange(row.Outcome.StorageRequests.Least, row.Outcome.StorageRequests.Most), $"Requests to the storage: {string.Join(", ", Sandbox.Requests)} | {texts}");
        if (row.Outcome.IsDone)
            AssertWellDone(task);
        else
            Assert.That(Game(), Is.EquivalentTo(gameBefore), "The old game has changed.");
    }

    private static string[] Codes(string? code) => code is null ? [] : [code];

    private void AssertWellDone(PlayCanvasServiceTask task)
    {
        switch (task)
        {
            case PlayCanvasPublishApp publish:
                Assert.That(publish.App.GetMetadata("Status"), Is.EqualTo("complete"));
                Assert.That(publish.App.GetMetadata("Version"), Is.EqualTo("7.0"));
                break;
            case PlayCanvasDownloadApp download:
                var folder = new ProjectFolder(GameFolder);
                Assert.That(folder.TryReadInUse()?.Parameters, Is.EqualTo(download.Parameters));
                Assert.That(new LockFile(Folder.File(LockFileName)).Find("game", download.Parameters)?.Content, Is.EqualTo(folder.Current!.Manifest.ContentId));
                Assert.That(folder.Current!.IsIntact(thorough: true, CancellationToken.None), Is.True);
                Assert.That(Game().Where(file => file.Key != ExportLayout.Config).Select(file => file.Value.Hash), Is.EquivalentTo(HashesOf(packedExport)));
                break;
        }
    }

    /// <summary>Returns the hashes of the contents of a zip as .NET reads them, without the configuration, which the install may adapt.</summary>
    private static IEnumerable<string> HashesOf(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        foreach (var entry in archive.Entries.Where(entry => entry.Name != ExportLayout.Config && !entry.FullName.EndsWith('/')))
        {
            using var content = entry.Open();
            yield return Convert.ToHexString(SHA256.HashData(content));
        }
    }

    private void AssertNothingLeaked()
    {
        Assert.That(Sandbox.LeakedAuthorization, Is.False);
        Assert.That(Sandbox.Requests.Of(Origin.Storage).Where(request => request.Headers.ContainsKey("Authorization")), Is.Empty);
        Assert.That(Engine.AllTexts, Has.None.Contains(Token).And.None.Contains("signature="));
    }

    /// <summary>A build may leave only files that the next build must read or need not download again.</summary>
    private void AssertTidy(bool afterFailure = false)
    {
        if (Directory.Exists(GameFolder))
        {
            Assert.That(
                Directory.EnumerateFileSystemEntries(GameFolder).Select(Path.GetFileName),
                Has.All.Match(@"^(game\.(json|result\.json|uptodate\.txt|[0-9a-f]{8}\.requested\.txt|lock)|[0-9a-f]{8}(|\.json|\.files\.txt|\.originals))$"));
        }

        if (Directory.Exists(Path.Combine(StoreFolder, "v1", ".temporary")))
            Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(StoreFolder, "v1", ".temporary")), Has.Exactly(0).Items.Or.Exactly(afterFailure ? 1 : 0).Items);
        if (Directory.Exists(IntentFolder))
            Assert.That(Directory.EnumerateFileSystemEntries(IntentFolder).Select(Path.GetFileName), Has.All.Match(@"^publish-[0-9a-f]+(-[0-9a-f]+\.json|\.lock)$"));
    }

    /// <summary>Repeats the build after an error, and also after a success, except for a publish, which would correctly publish again.</summary>
    private void AssertTheNextBuildGoesWell(FaultRow row)
    {
        var wasWell = row.Outcome.IsDone;
        if (wasWell && row.Build == BuildKind.Publish)
            return;

        Sandbox.ResetRateLimits();
        Sandbox.Requests.Clear();
        Engine = new RecordingBuildEngine();
        var task = MakeTask(row.Build);
        if (wasWell && task is PlayCanvasDownloadApp { Update: not null } update)
            update.Update = null;
        RunWell(task);
        if (wasWell && row.Build != BuildKind.List)
            Assert.That(Sandbox.Requests, Is.Empty, "An installed game was requested again.");
        else if (!wasWell && row.Build != BuildKind.List)
            AssertWellDone(task);
    }

    private int Works(BuildKind build) => build switch
    {
        BuildKind.List => 1,
        BuildKind.Publish => Sandbox.World.Apps.Count - SeededApps,
        _ => Sandbox.World.Builds.Count(record => record.Type == "download"),
    };

    private IReadOnlyDictionary<string, (string Hash, DateTime WrittenAt)> Game() => FolderSnapshot.Take(ContentFolder);

    private IReadOnlyDictionary<string, (string Hash, DateTime WrittenAt)> Others() =>
        FolderSnapshot.Take(Folder.FullPath, except: ["obj/", "home/", "store/", LockFileName]);
}
