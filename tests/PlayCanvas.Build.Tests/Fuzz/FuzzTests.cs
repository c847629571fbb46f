using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tasks.Lists;
using PlayCanvas.Build.Tasks.Status;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Build.Tests.Tasks;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Fuzz;

/// <summary>
/// Tests the real tasks against randomly changed responses and exports. Whatever arrives, a task ends, either in success with a valid game
/// or in one error with an intact old game. It does not write to other folders, send its token elsewhere, or use excessive memory.
/// Each iteration has its own seed, so that it can be repeated alone.
/// </summary>
/// <param name="usualSeconds">The number of seconds for all tests together, unless <c>FUZZ_SECONDS</c> sets another.</param>
[TestFixture(6)]
[TestFixture(30, Category = "Long")]
public sealed class FuzzTests(int usualSeconds) : TaskFixture
{
    /// <summary>The number of tests among which the time is divided.</summary>
    private const int Tests = 2;

    private const int MostFindings = 10;

    private const long MostMemory = 256 * 1024 * 1024;

    /// <summary>Longer than the total wait for a job and for rate limits can be.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(3);

    /// <summary>The tasks that only read.</summary>
    private static readonly Func<PlayCanvasServiceTask>[] Readers =
    [
        () => new PlayCanvasStatus(),
        () => new PlayCanvasListApps(), () => new PlayCanvasListScenes(), () => new PlayCanvasListBranches(),
        () => new PlayCanvasListCheckpoints(), () => new PlayCanvasListBuilds(), () => new PlayCanvasListAssets(),
    ];

    private readonly Recording recording = new();
    private readonly List<string> findings = [];
    private byte[] wholeExport = [];

    protected override string ProjectFile => Folder.File("site", "Web Game.csproj");

    private string PristinePath => Folder.File("pristine");

    [Test]
    public void AMutatedExportIsInstalledWholeOrRefused()
    {
        PrepareSite();
        Fuzz(random =>
        {
            recording.Export = ZipMutation.Mutate(wholeExport, random);
            Check(random.OneIn(3) ? UpdateTask() : FromFile(), answer => answer);
        });
    }

    [Test]
    public void AMutatedAnswerIsUnderstoodOrRefused()
    {
        PrepareSite();
        Fuzz(random =>
        {
            var rate = random.Next(1, 6);
            Check(AnyTask(random), Change);

            RecordedAnswer Change(RecordedAnswer answer)
            {
                lock (random)
                    return random.OneIn(rate) ? AnswerMutation.Mutate(answer, random) : answer;
            }
        });
    }

    /// <summary>Runs each task once against a sandbox to record its responses, and keeps a copy of the installed game.</summary>
    private void PrepareSite()
    {
        SandboxOptions.TimeProvider = new FakeTimeProvider(Clock.UtcNow);
        (SandboxOptions.GameSize, SandboxOptions.GameFiles) = (120_000, 4);
        Folder.Write("site/canary.txt", "a canary");
        Folder.Write("canary.txt", "a canary");
        Sandbox.Faults.MutateZip = zip => recording.Export = zip;
        Record(UpdateTask());
        Record(FuzzPublishTask());
        foreach (var makeReader in Readers)
            Record(makeReader());
        Copy(GameFolder, PristinePath);
        Sandbox.World.ChangeGame(game => game.With("late.txt", "late").Without("Wood.jpg"));
        Record(UpdateTask());
        wholeExport = recording.Export;
    }

    private void Record(PlayCanvasServiceTask task)
    {
        task.CreateHandler = () => recording.Record(HttpTransport.CreateHandler());
        RunWell(task);
    }

    private static PlayCanvasServiceTask AnyTask(Random random) => random.Next(4) switch
    {
        0 => Readers[random.Next(Readers.Length)](),
        1 => FuzzPublishTask(),
        _ => UpdateTask(),
    };

    private static PlayCanvasDownloadApp UpdateTask() => new()
    {
        Scenes = "Main",
        Branch = "main",
        AppName = "My game",
        Update = "true",
    };

    private PlayCanvasDownloadApp FromFile()
    {
        File.WriteAllBytes(Folder.File("site", "export.zip"), recording.Export);
        return new PlayCanvasDownloadApp { ExportFile = "export.zip" };
    }

    private static PlayCanvasPublishApp FuzzPublishTask() => new()
    {
        Scenes = "Main",
        Branch = "main",
        AppName = "My game",
        AppVersion = "7.0",
        StateDirectory = "obj/playcanvas",
    };

    /// <summary>Iterates until the time is over, and reports the findings.</summary>
    private void Fuzz(Action<Random> iterate)
    {
        var name = TestContext.CurrentContext.Test.MethodName;
        var watch = Stopwatch.StartNew();
        var iteration = FuzzOptions.Iteration ?? 0;
        var first = iteration;
        do
        {
            try
            {
                iterate(new Random(unchecked((FuzzOptions.Seed * 1_000_003) + iteration)));
            }
            catch (Exception error)
            {
                findings.Add($"FUZZ_SEED={FuzzOptions.Seed} FUZZ_ITERATION={iteration}: {error}");
            }

            iteration++;
        }
        while (FuzzOptions.Iteration is null && findings.Count < MostFindings && watch.Elapsed.TotalSeconds < (double)(FuzzOptions.Seconds ?? usualSeconds) / Tests);

        var count = iteration - first;
        TestContext.Progress.WriteLine(
            $"{name}: seed {FuzzOptions.Seed}, {count} iterations, {count / watch.Elapsed.TotalSeconds:0} per second, {findings.Count} findings");
        Assert.That(findings, Is.Empty);
    }

    private void Check(PlayCanvasServiceTask task, Func<RecordedAnswer, RecordedAnswer> change)
    {
        Restore();
        var before = Game();
        var others = Others();
        var requests = new ConcurrentQueue<SentRequest>();
        task.CreateHandler = () => recording.Replay(change, requests);

        var (succeeded, allocated) = RunMeasured(task);

        Assert.That(Engine.Errors, Has.Count.EqualTo(succeeded ? 0 : 1), string.Join(" | ", Engine.AllTexts));
        Assert.That(Engine.Errors.Select(error => error.Code).Concat(Engine.Warnings.Select(warning => warning.Code)), Has.All.Match(@"^PLAYCANVAS\d{4}$"));
        Assert.That(Others(), Is.EquivalentTo(others), "A file was written outside obj/ and the store.");
        Assert.That(requests.Where(request => request.Authorization is not null && !IsApi(request.Uri)), Is.Empty, "The token was sent to another server.");
        Assert.That(Engine.AllTexts, Has.None.Contains(Token));
        Assert.That(allocated, Is.LessThan(MostMemory), "Bytes allocated");
        Assert.That(Clock.UtcNow - new FakeClock().UtcNow, Is.LessThan(LongestWait), "Time waited");
        // With that warning the new game is installed. With every other warning the old game stays.
        AssertGame(task, succeeded && Engine.Warnings.All(warning => warning.Code == "PLAYCANVAS4014"), before);
        // A recording does not store published apps, so it cannot return the records that the next publish needs.
        if (!succeeded && task is not PlayCanvasPublishApp)
            AssertABuildGoesWellAgain(task);
    }

    private (bool Succeeded, long Allocated) RunMeasured(PlayCanvasServiceTask task)
    {
        Engine = new RecordingBuildEngine();
        Clock = new FakeClock();
        Prepare(task);
        return Bounded.Run(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var succeeded = task.Execute();
            return (succeeded, GC.GetAllocatedBytesForCurrentThread() - before);
        });
    }

    private void AssertGame(PlayCanvasServiceTask task, bool isInstalled, IReadOnlyDictionary<string, (string, DateTime)> before)
    {
        if (isInstalled && task is PlayCanvasDownloadApp download)
            AssertInstalled(download);
        else
            Assert.That(Game(), Is.EquivalentTo(before), "The old game has changed.");
    }

    /// <summary>The parameters of a game from a file end with the length and the time of the file, so only their start is compared.</summary>
    private void AssertInstalled(PlayCanvasDownloadApp download)
    {
        var folder = new ProjectFolder(GameFolder);
        Assert.That(folder.TryReadInUse()!.Parameters, Does.StartWith(download.Parameters));
        Assert.That(folder.Current!.IsIntact(thorough: true, CancellationToken.None), Is.True);
    }

    /// <summary>A fault must not affect builds permanently: the next build may still encounter an export that was requested by mistake, but not the one after it.</summary>
    private void AssertABuildGoesWellAgain(PlayCanvasServiceTask failed)
    {
        recording.Export = wholeExport;
        var texts = new List<string>(Engine.AllTexts);
        for (var build = 0; build < 2; build++)
        {
            var next = Again(failed);
            next.CreateHandler = () => recording.Replay(answer => answer, []);
            if (RunMeasured(next).Succeeded)
                return;
            texts.AddRange(["then", .. Engine.AllTexts]);
        }

        Assert.Fail(string.Join(" | ", texts));
    }

    private PlayCanvasServiceTask Again(PlayCanvasServiceTask failed) => failed switch
    {
        PlayCanvasListTask or PlayCanvasStatus => (PlayCanvasServiceTask)Activator.CreateInstance(failed.GetType())!,
        PlayCanvasDownloadApp { ExportFile: not null } => FromFile(),
        _ => UpdateTask(),
    };

    private bool IsApi(Uri uri) => uri.Authority == Sandbox.ApiUrl.Authority;

    private void Restore()
    {
        foreach (var folder in new[] { Folder.File("site", "obj"), StoreFolder, IntentFolder }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        Copy(PristinePath, GameFolder);
    }

    private static void Copy(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }

    private IReadOnlyDictionary<string, (string Hash, DateTime WrittenAt)> Game() => FolderSnapshot.Take(ContentFolder);

    private IReadOnlyDictionary<string, (string Hash, DateTime WrittenAt)> Others() =>
        FolderSnapshot.Take(Folder.FullPath, except: ["site/obj/", "home/", "pristine/", "store/"]);
}
