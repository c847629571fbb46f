using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api.RateLimits;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Store;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tasks.Lists;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Build.Tests.Tasks;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Faults;

/// <summary>
/// Tests that a task that is cancelled in any phase returns, logs nothing and leaves no temporary file, and that the next one continues.
/// Prints the time from <c>Cancel</c> to the return. <c>CANCELS</c> sets the number of tries per phase.
/// </summary>
/// <param name="usualTries">The number of tries per phase, unless <c>CANCELS</c> sets another.</param>
[TestFixture(2)]
[TestFixture(10, Category = "Long")]
public sealed class CancelLatencyTests(int usualTries) : TaskFixture
{
    private const string Exports = "/api/apps/download";
    private const string Apps = "/api/apps";

    private static readonly ConcurrentDictionary<string, List<TimeSpan>> Times = new();

    private static readonly Lazy<byte[]> BigExport = new(MakeBigExport);

    private readonly Random random = new(Effort.Seed);
    private readonly MemoryRateLimits rateLimits = new();

    private int Tries => Effort.Of("CANCELS", usualTries);

    [OneTimeTearDown]
    public static void PrintTable()
    {
        TestContext.Progress.WriteLine($"From Cancel to the task's return, seed {Effort.Seed}\n| phase | tries | median ms | worst ms |\n| --- | ---: | ---: | ---: |");
        foreach (var (phase, times) in Times.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            times.Sort();
            TestContext.Progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {phase} | {times.Count} | {times[times.Count / 2].TotalMilliseconds:0.0} | {times[^1].TotalMilliseconds:0.0} |"));
        }
    }

    [Test]
    public void Listing()
    {
        Sandbox.Faults.On("GET", "*/apps", Fault.Stall, FaultScript.EveryCall);

        Measure("listing", () => new PlayCanvasListApps(), () => Asked("GET", "*/apps"));

        CheckThatTheNextGoesOn(new PlayCanvasListApps());
    }

    [Test]
    public void WaitingBeforeARetry()
    {
        Sandbox.Faults.On("GET", "*/apps", Fault.Status(503).WithHeader("Retry-After", "20"), FaultScript.EveryCall);

        Measure("waiting before a retry", () => new PlayCanvasListApps(), () => Asked("GET", "*/apps"));

        CheckThatTheNextGoesOn(new PlayCanvasListApps());
    }

    [Test]
    public void Asking()
    {
        Sandbox.Faults.On("POST", Exports, Fault.Stall, FaultScript.EveryCall);

        Measure("asking for an export", DownloadTask, () => Asked("POST", Exports));

        CheckThatTheNextGoesOn(DownloadTask());
    }

    [Test]
    public void WaitingForTheRateLimit()
    {
        Measure("waiting for the rate limit", MakeTask, () => Engine.HighMessages.Any(line => line.Contains("rate limit", StringComparison.Ordinal)));

        rateLimits.Windows.Clear();
        CheckThatTheNextGoesOn(DownloadTask());

        PlayCanvasDownloadApp MakeTask()
        {
            rateLimits.Windows["strict"] = new RateLimitWindow { Remaining = 0, ResetsAt = DateTimeOffset.UtcNow.AddSeconds(50) };
            return DownloadTask();
        }
    }

    [Test]
    public void WaitingForTheExport()
    {
        var serverTime = new FakeTimeProvider(DateTimeOffset.UtcNow);
        (SandboxOptions.TimeProvider, SandboxOptions.JobDuration) = (serverTime, TimeSpan.FromMinutes(1));

        Measure("waiting for the export", DownloadTask, () => Asked("GET", "/api/jobs/*"));

        serverTime.Advance(TimeSpan.FromMinutes(2));
        CheckThatTheNextGoesOn(DownloadTask());
        Assert.That(Sandbox.World.Jobs, Has.Count.EqualTo(1), "the same job is taken up");
    }

    [Test]
    public void WaitingForAnotherBuild()
    {
        using (new ProjectFolder(GameFolder).Lock(Locks.Patient, CancellationToken.None))
            Measure("waiting for another build", DownloadTask, () => true);

        CheckThatTheNextGoesOn(DownloadTask());
    }

    [Test]
    public void Waiting_for_an_export_that_another_build_requests()
    {
        RunWell(DownloadTask());
        var key = Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(StoreFolder, "v1", ".locks"), "export-*.lock").Single());
        using (new GameStore(StoreFolder, Locks.Patient).Lock(key, CancellationToken.None))
            Measure("waiting for the export of another build", UpdateTask, () => true);

        CheckThatTheNextGoesOn(UpdateTask());

        static PlayCanvasDownloadApp UpdateTask()
        {
            var task = DownloadTask();
            task.Update = "true";
            return task;
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Downloading(bool byParts)
    {
        (SandboxOptions.GameSize, SandboxOptions.SupportsRanges) = (4_000_000, byParts);
        Sandbox.Faults.On("GET", "/exports/*", Fault.SlowDrip(10_000, TimeSpan.FromMilliseconds(20)), FaultScript.EveryCall);

        Measure(byParts ? "downloading by parts" : "downloading the whole", DownloadTask, () => Sandbox.Requests.Of(Origin.Storage).Count > 0);

        CheckThatTheNextGoesOn(DownloadTask());
        Assert.That(Sandbox.World.Jobs, Has.Count.EqualTo(1), "the same job is taken up");
    }

    [Test]
    public void Unpacking()
    {
        SaveBigExport();
        Measure("unpacking", FromFile, () => HasEntries(TemporaryFolder), Forget);

        CheckThatTheNextGoesOn(FromFile());
    }

    [Test]
    public void Verifying()
    {
        SaveBigExport();
        RunWell(FromFile());

        Measure("verifying", FromFile, () => true);

        CheckThatTheNextGoesOn(FromFile());
    }

    /// <summary>The files of a content are linked within milliseconds, so the task may also end well.</summary>
    [Test]
    public void Linking()
    {
        SaveBigExport();
        Measure("linking files into the project", FromFile, () => Directory.Exists(GameFolder) && Directory.EnumerateDirectories(GameFolder).Any(), Forget, mayEndWell: true);

        CheckThatTheNextGoesOn(FromFile());
    }

    [Test]
    public void Mirroring()
    {
        SaveBigExport();
        Measure("mirroring", MirrorTask, () => HasEntries(Folder.File("public", "game")), () => Directory.Delete(Folder.File("public"), recursive: true), mayEndWell: true);

        CheckThatTheNextGoesOn(MirrorTask());

        PlayCanvasDownloadApp MirrorTask()
        {
            var task = FromFile();
            (task.Verify, task.DownloadDirectory) = (null, "public");
            return task;
        }
    }

    [Test]
    public void Publishing()
    {
        Sandbox.Faults.On("POST", Apps, Fault.Stall, FaultScript.EveryCall);

        Measure("publishing", PublishTask, () => Asked("POST", Apps), ForgetIntents);

        CheckThatTheNextGoesOn(PublishTask());
    }

    [Test]
    public void LookingForALostAnswer()
    {
        Sandbox.Faults.On("POST", Apps, Fault.ResetBefore, FaultScript.EveryCall);

        Measure("looking for a lost answer", PublishTask, () => Asked("GET", "*/builds"), ForgetIntents);

        CheckThatTheNextGoesOn(PublishTask());
    }

    [Test]
    public void WaitingForTheApp()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);

        Measure("waiting for the app", PublishTask, () => Asked("GET", "/api/apps/*"));

        Sandbox.World.ChangeApp(Sandbox.World.Apps[^1].Id, app => app with { Task = new AppTask(WorkStatus.Complete, null) });
        CheckThatTheNextGoesOn(PublishTask());
        Assert.That(Sandbox.World.Apps, Has.Count.EqualTo(3), "The same app must be continued.");
    }

    /// <summary>Repeatedly starts a task, cancels it a moment after it has entered its phase, and checks how it ends.</summary>
    private void Measure(string phase, Func<PlayCanvasTask> make, Func<bool> hasCome, Action? reset = null, bool mayEndWell = false)
    {
        var times = Times.GetOrAdd(phase, []);
        for (int tries = 0, cancelled = 0; cancelled < Tries; tries++)
        {
            Assert.That(tries, Is.LessThan(10 * Tries), "Tasks that had finished before they could be cancelled");
            if (tries > 0)
                reset?.Invoke();
            Sandbox.Requests.Clear();
            if (Cancel(make(), hasCome, mayEndWell) is not { } time)
                continue;

            cancelled++;
            lock (times)
                times.Add(time);
        }

        Sandbox.Faults.Clear();
    }

    /// <summary>Returns the time that the task took to return; null if it finished before the cancellation, unless it may end in success.</summary>
    private TimeSpan? Cancel(PlayCanvasTask task, Func<bool> hasCome, bool mayEndWell)
    {
        var succeeded = false;
        Prepare(task);
        if (task is PlayCanvasServiceTask api)
            (api.Clock, api.RateLimits) = (new SystemClock(), rateLimits);
        var thread = new Thread(() => succeeded = task.Execute()) { IsBackground = true };
        thread.Start();
        while (thread.IsAlive && !hasCome())
            Thread.Yield();
        Thread.Sleep(random.Next(30));
        var watch = Stopwatch.StartNew();
        task.Cancel();
        Assert.That(thread.Join(Bounded.Limit), Is.True);
        watch.Stop();

        Assert.That(Engine.Errors.Select(error => error.Message), Is.Empty);
        Assert.That(Engine.Warnings.Select(warning => warning.Message), Is.Empty);
        Assert.That(TemporaryFiles(), Is.Empty);
        return succeeded && !mayEndWell ? null : watch.Elapsed;
    }

    private void CheckThatTheNextGoesOn(PlayCanvasTask task)
    {
        RunWell(task);
        Assert.That(TemporaryFiles(), Is.Empty);
        if (Directory.Exists(TemporaryFolder))
            Assert.That(Directory.EnumerateFileSystemEntries(TemporaryFolder), Is.Empty);
    }

    private string TemporaryFolder => Path.Combine(StoreFolder, "v1", ".temporary");

    private static bool HasEntries(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();

    private void Forget()
    {
        Directory.Delete(StoreFolder, recursive: true);
        Directory.Delete(GameFolder, recursive: true);
    }

    /// <summary>What an interrupted build has unpacked may stay in the store, since the next one uses it.</summary>
    private IEnumerable<string> TemporaryFiles() => Directory.EnumerateFiles(Folder.FullPath, "*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".tmp", StringComparison.Ordinal)
            || (file.EndsWith(".zip", StringComparison.Ordinal) && file.StartsWith(StoreFolder, StringComparison.Ordinal)));

    private bool Asked(string method, string path) => Sandbox.Requests.Of(method, path).Count > 0;

    private void ForgetIntents()
    {
        foreach (var file in Directory.GetFiles(IntentFolder, "*.json"))
            File.Delete(file);
    }

    private PlayCanvasDownloadApp FromFile()
    {
        var task = DownloadTask();
        (task.ExportFile, task.Verify) = ("export.zip", "true");
        return task;
    }

    private void SaveBigExport() => File.WriteAllBytes(Folder.File("export.zip"), BigExport.Value);

    private static byte[] MakeBigExport()
    {
        var options = new SandboxOptions { JobDuration = TimeSpan.Zero, StandInEngine = true, GameSize = 60_000_000, GameFiles = 2_000 };
        var sandbox = SandboxServer.StartAsync(options).GetAwaiter().GetResult();
        try
        {
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
            var body = new StringContent($$"""{"project_id":{{World.ProjectId}},"name":"Big","scenes":[{{World.MainSceneId}}]}""", null, "application/json");
            client.PostAsync($"{sandbox.ApiUrl}/apps/download", body).GetAwaiter().GetResult().EnsureSuccessStatusCode();
            string? url;
            do
            {
                var job = client.GetStringAsync($"{sandbox.ApiUrl}/jobs/{sandbox.World.Jobs[^1].Id}").GetAwaiter().GetResult();
                url = (string?)JObject.Parse(job)["data"]?["download_url"];
            }
            while (url is null);
            using var storage = new HttpClient();
            return storage.GetByteArrayAsync(url).GetAwaiter().GetResult();
        }
        finally
        {
            sandbox.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
