using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>
/// Presses Ctrl+C in each phase of a real build: the build ends without logging an error, leaves no temporary file, and the next build continues.
/// Prints the time from the signal to the end of the process. <c>CANCELS</c> sets the number of interruptions over all phases, and
/// <c>SEED</c> their exact times.
/// </summary>
[Platform(Exclude = "Win", Reason = "On Windows a signal reaches all processes of a console.")]
public sealed class InterruptTests : ConsumerFixture
{
    private const string Exports = "/api/apps/download";
    private const string Apps = "/api/apps";

    private static readonly ConcurrentDictionary<string, List<TimeSpan>> Times = new();

    private readonly Random random = new(Effort.Seed);
    private readonly ConcurrentQueue<string> said = new();
    private ConsumerProject project = null!;

    private static string[] Phases =>
        ["downloading", "publishing", "another build", "listing", "asking", "rate limit", "export", "unpacking", "lost answer", "app"];

    private static IEnumerable<TestCaseData> Cases => LongTests.AfterTheFirst(3, Phases);

    private static int Tries => (Effort.Of("CANCELS", 10) + Phases.Length - 1) / Phases.Length;

    [OneTimeSetUp]
    public static void NeedsTheSignal()
    {
        if (Signal.IsCtrlCIgnored)
            Assert.Ignore("The tests run in the background of a shell, which makes them ignore Ctrl+C.");
    }

    [OneTimeTearDown]
    public static void PrintTable()
    {
        TestContext.Progress.WriteLine($"From Ctrl+C to the end of the process, {Tries} tries per phase, seed {Effort.Seed}\n| phase | tries | median ms | worst ms |\n| --- | ---: | ---: | ---: |");
        foreach (var (phase, times) in Times.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            times.Sort();
            TestContext.Progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {phase} | {times.Count} | {times[times.Count / 2].TotalMilliseconds:0} | {times[^1].TotalMilliseconds:0} |"));
        }
    }

    [TestCaseSource(nameof(Cases))]
    public async Task EndsTheBuildAndTheNextGoesOn(string phase)
    {
        project = Console().WithGame();
        (await project.RunAsync("restore")).AssertClean();
        for (var i = 0; i < Tries; i++)
        {
            Forget();
            await (phase switch
            {
                "listing" => InterruptAsync(phase, "PlayCanvasListApps", new Moment("asked", () => Asked("GET", "*/apps")), () => Stall("GET", "*/apps")),
                "asking" => InterruptAsync(phase, "PlayCanvasDownloadApp", new Moment("asked", () => Asked("POST", Exports)), () => Stall("POST", Exports)),
                "rate limit" => InterruptAsync(phase, "PlayCanvasListApps", new Moment("asked", () => Asked("GET", "*/apps")), UseUpTheRateLimit),
                "export" => InterruptAsync(phase, "PlayCanvasDownloadApp", new Moment("asked", () => Asked("GET", "/api/jobs/*")), () => Sandbox.Options.JobDuration = TimeSpan.FromSeconds(2)),
                "another build" => InterruptWaitingBuildAsync(phase),
                "downloading" => InterruptAsync(phase, "PlayCanvasDownloadApp", new Moment("begun", () => Asked("GET", "/exports/*")), Drip),
                "unpacking" => InterruptAsync(phase, "PlayCanvasDownloadApp", new Moment("begun", () => PreparedFiles().Any()), () => { }),
                "publishing" => InterruptAsync(phase, "PlayCanvasPublishApp", new Moment("asked", () => Asked("POST", Apps)), () => Sandbox.Faults.On("POST", Apps, Fault.StallAfter(0))),
                "lost answer" => InterruptAsync(phase, "PlayCanvasPublishApp", new Moment("looking", () => Asked("GET", "*/builds")), LoseTheAnswer),
                _ => InterruptAsync(phase, "PlayCanvasPublishApp", new Moment("asked", () => Asked("GET", "/api/apps/*")), () => Sandbox.Options.JobDuration = TimeSpan.FromSeconds(2)),
            });
        }
    }

    private protected override SandboxOptions MakeOptions() => new()
    {
        StandInEngine = true,
        JobDuration = TimeSpan.Zero,
        GameSize = 40_000_000,
        GameFiles = 1_000,
        NormalLimit = int.MaxValue,
        StrictLimit = int.MaxValue,
    };

    private void Forget()
    {
        foreach (var folder in new[] { project.PathOf("obj/playcanvas"), Store }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        File.Delete(project.PathOf("playcanvas.lock.json"));
        Sandbox.Options.JobDuration = TimeSpan.Zero;
        Sandbox.Requests.Clear();
    }

    /// <summary>Interrupts one build in its phase, and checks it and the next build.</summary>
    private async Task InterruptAsync(string phase, string target, Moment moment, Action prepare)
    {
        prepare();
        await InterruptAsync(phase, target, moment);

        Sandbox.Faults.Clear();
        Sandbox.ResetRateLimits();
        await GoOnAsync(target);
    }

    private async Task InterruptWaitingBuildAsync(string phase)
    {
        var state = Directory.CreateDirectory(project.PathOf("obj/playcanvas/game"));
        using (new FileStream(Path.Combine(state.FullName, "game.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            await InterruptAsync(phase, "PlayCanvasDownloadApp", new Moment("told", () => Said("waiting for another build")));

        await GoOnAsync("PlayCanvasDownloadApp");
    }

    private async Task InterruptAsync(string phase, string target, Moment moment)
    {
        said.Clear();
        var run = (Prepare(project.Folder, Arguments(target)) | said.Enqueue).ExecuteAsync();
        Assert.That(await moment.ComesBeforeAsync(run.Task), Is.True, $"{phase}: {string.Join('\n', said)}");
        await Task.Delay(random.Next(30));
        var watch = Stopwatch.StartNew();
        Signal.CtrlC(run.ProcessId);
        var result = await run;
        Times.GetOrAdd(phase, _ => []).Add(watch.Elapsed);

        var output = string.Join('\n', said);
        Assert.That(result.ExitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Not.Contain("error").And.Not.Contain("warning").And.Not.Contain("Exception"), phase);
        Assert.That(TemporaryFiles(), Is.Empty, phase);
    }

    private async Task GoOnAsync(string target)
    {
        (await project.RunAsync(Arguments(target))).AssertClean();

        Assert.That(TemporaryFiles().Concat(PreparedFiles()), Is.Empty);
        Assert.That(Sandbox.Requests.Of("POST", "*").Count(request => request.Status == 201), Is.LessThanOrEqualTo(1), "A job must not be requested twice.");
    }

    private static string[] Arguments(string target) => ["msbuild", "-nologo", $"-t:{target}"];

    private bool Said(string words) => said.Any(line => line.Contains(words, StringComparison.Ordinal));

    private bool Asked(string method, string path) => Sandbox.Requests.Of(method, path).Count > 0;

    private void Stall(string method, string path) => Sandbox.Faults.On(method, path, Fault.Stall);

    private void Drip() => Sandbox.Faults.On("GET", "/exports/*", Fault.SlowDrip(20_000, TimeSpan.FromMilliseconds(20)), FaultScript.EveryCall);

    private void LoseTheAnswer() => Sandbox.Faults.On("POST", Apps, Fault.ResetBefore);

    private void UseUpTheRateLimit() => Sandbox.Faults.On("GET", "*/apps", Fault.Status(429).WithHeader("Retry-After", "30"), FaultScript.EveryCall);

    private IEnumerable<string> TemporaryFiles()
    {
        var state = project.PathOf("obj/playcanvas");
        return !Directory.Exists(state) ? [] : Directory.EnumerateFiles(state, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".tmp", StringComparison.Ordinal) || file.EndsWith(".zip", StringComparison.Ordinal) || file.Contains(".tmp/", StringComparison.Ordinal));
    }

    /// <summary>What an interrupted build has unpacked stays in the store for the next one.</summary>
    private IEnumerable<string> PreparedFiles()
    {
        var folder = Path.Combine(Store, "v1", ".temporary");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];
    }
}
