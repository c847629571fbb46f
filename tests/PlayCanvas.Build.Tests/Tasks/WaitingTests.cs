using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PlayCanvas.Build.Api.RateLimits;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Store;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests that every wait ends, reports what it waits for, and is never silent for more than ten seconds.</summary>
[TestFixture]
public sealed class WaitingTests : TaskFixture
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    [SetUp]
    public void ShareTheClock()
    {
        var time = new FakeTimeProvider(Clock.UtcNow);
        Clock.Waiting = time.Advance;
        SandboxOptions.TimeProvider = time;
        Engine = new RecordingBuildEngine(Clock);
    }

    [Test]
    public void AJobThatRunsForLong()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);

        RunBadly(DownloadTask(), "PLAYCANVAS3002");

        AssertNeverSilent(atLeast: TimeSpan.FromMinutes(30));
    }

    [Test]
    public void AJobWhosePollsFail()
    {
        Sandbox.Faults.On("GET", "/api/jobs/*", Fault.Status(503, "under maintenance"), FaultScript.EveryCall);

        var message = RunBadly(DownloadTask(), "PLAYCANVAS3002");

        AssertNeverSilent(atLeast: TimeSpan.FromMinutes(30));
        Assert.That(message, Does.Contain("PlayCanvasJobTimeout").And.Contain("503 under maintenance"));
        Assert.That(Engine.HighMessages.Where(line => line.Contains("waiting for the export", StringComparison.Ordinal)), Is.Not.Empty.And.All.Contains("503 under maintenance"));
    }

    [Test]
    public void AJobWhosePollsAreRefusedByTheRateLimit()
    {
        Sandbox.Faults.On("GET", "/api/jobs/*", Fault.Status(429).WithHeader("X-RateLimit-Reset", "soon"), FaultScript.EveryCall);

        RunBadly(DownloadTask(), "PLAYCANVAS3002");

        AssertNeverSilent(atLeast: TimeSpan.FromMinutes(30));
    }

    [Test]
    public void AnAppThatIsBuiltForLong()
    {
        Sandbox.Faults.On("GET", "/api/apps/*", Fault.Status(500), FaultScript.EveryCall);

        RunBadly(PublishTask(), "PLAYCANVAS3002");

        AssertNeverSilent(atLeast: TimeSpan.FromMinutes(30));
    }

    [Test]
    public void ARequestThatIsTriedAgainLater()
    {
        Sandbox.Faults.On("GET", "/api/projects/*/scenes", Fault.Status(503).WithHeader("Retry-After", "30"), 1);

        RunWell(DownloadTask());

        AssertNeverSilent(atLeast: TimeSpan.FromSeconds(30));
    }

    [Test]
    public void AConnectionThatIsRefused()
    {
        var task = DownloadTask();
        task.ApiUrl = "http://127.0.0.1:9/api";
        task.MaxRetries = "10";

        RunBadly(task, "PLAYCANVAS2007");

        AssertNeverSilent(atLeast: TimeSpan.FromMinutes(1));
    }

    [Test]
    public void ARateLimitThatIsUsedUp()
    {
        SandboxOptions.NormalLimit = 2;

        RunWell(DownloadTask());

        AssertNeverSilent(atLeast: TimeSpan.FromSeconds(50));
    }

    [Test]
    public void ARequestThatWouldWaitForTheRateLimitIsHeldBack([Values("normal", "strict")] string usedUp)
    {
        var limits = new MemoryRateLimits { Windows = { [usedUp] = new RateLimitWindow { ResetsAt = Clock.UtcNow.AddSeconds(42) } } };
        var (first, second) = (RequestTask(holdsBack: true), RequestTask(holdsBack: false));

        RunStep(first);

        Assert.That(first.HeldBackGames.Select(game => game.ItemSpec), Is.EqualTo(["game"]));
        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(Clock.Waits, Is.Empty);
        RunStep(second);
        Assert.That(second.HeldBackGames, Is.Empty);
        Assert.That(Sandbox.Requests.Of("POST", "/api/apps/download"), Has.Count.EqualTo(1));
        AssertNeverSilent(atLeast: TimeSpan.FromSeconds(40));

        PlayCanvasRequestExport RequestTask(bool holdsBack) => new() { Game = DownloadTask().Game, HoldBack = holdsBack ? "true" : null, RateLimits = limits };
    }

    [Test]
    public void APublishCanWaitForTheRateLimitInAStepOfItsOwn([Values("normal", "strict")] string usedUp)
    {
        RunStep(AwaitTask(usedUp));

        Assert.That(Sandbox.Requests, Is.Empty);
        AssertNeverSilent(atLeast: TimeSpan.FromSeconds(42));
    }

    [TestCase("SkipPublishedVersion", "true")]
    [TestCase("AcceptApp", "3000001")]
    [TestCase("Publish", "false")]
    [TestCase("DryRun", "true")]
    [TestCase("AccessTokenVariable", "NOT_SET")]
    public void NothingIsAwaitedForAPublishThatMaySendNothing(string metadata, string value)
    {
        var task = AwaitTask("strict");
        task.Game[0].SetMetadata(metadata, value);

        RunStep(task);

        Assert.That(Clock.Waits, Is.Empty);
    }

    private PlayCanvasAwaitRateLimit AwaitTask(string usedUp) => new()
    {
        Game = PublishTask().Game,
        RateLimits = new MemoryRateLimits { Windows = { [usedUp] = new RateLimitWindow { ResetsAt = Clock.UtcNow.AddSeconds(42) } } },
    };

    [Test]
    public void ARequestThatNeedNotWaitIsNotHeldBack()
    {
        var task = new PlayCanvasRequestExport { Game = DownloadTask().Game, HoldBack = "true" };

        RunWell(task);

        Assert.That(task.HeldBackGames, Is.Empty);
        Assert.That(Sandbox.Requests.Of("POST", "/api/apps/download"), Has.Count.EqualTo(1));
    }

    [Test]
    public void AGameThatAnotherBuildHolds()
    {
        RunWell(DownloadTask());
        using var held = new ProjectFolder(GameFolder).Lock(Locks.Patient, CancellationToken.None);
        Engine = new RecordingBuildEngine(Clock);

        var message = RunBadly(DownloadTask(), "PLAYCANVAS4017");

        Assert.That(message, Does.Contain(".lock").And.Contain("PlayCanvasJobTimeout"));
        AssertNeverSilent(atLeast: TimeSpan.FromMinutes(89));
    }

    [Test]
    public void AGameThatIsCleanedWhileAnotherBuildHoldsIt()
    {
        RunWell(DownloadTask());
        using var held = new ProjectFolder(GameFolder).Lock(Locks.Patient, CancellationToken.None);
        Engine = new RecordingBuildEngine(Clock);

        RunBadly(new PlayCanvasClean { GamePath = "game", Clock = Clock }, "PLAYCANVAS4017");

        AssertNeverSilent(atLeast: TimeSpan.FromMinutes(89));
    }

    [Test]
    public void AnExportThatAnotherBuildOfThisMachineRequests()
    {
        RunWell(DownloadTask());
        var key = Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(StoreFolder, "v1", ".locks"), "export-*.lock").Single());
        using var held = new GameStore(StoreFolder, Locks.Patient).Lock(key, CancellationToken.None);
        Engine = new RecordingBuildEngine(Clock);
        var update = DownloadTask();
        update.Update = "true";

        Assert.That(RunBadly(update, "PLAYCANVAS4017"), Does.Contain(key));

        AssertNeverSilent(atLeast: TimeSpan.FromMinutes(89));
    }

    [Test]
    public void APublishThatIsLookedFor()
    {
        Sandbox.Faults.On("POST", "/api/apps", Fault.Status(504));

        RunBadly(PublishTask(), "PLAYCANVAS3004");

        AssertNeverSilent(atLeast: TimeSpan.FromSeconds(30));
    }

    [Test]
    public void APublishThatAnotherBuildMakes()
    {
        RunWell(PublishTask());
        using var held = Locks.Patient.Acquire(Directory.GetFiles(IntentFolder, "*.lock").Single(), CancellationToken.None);
        Engine = new RecordingBuildEngine(Clock);
        var task = PublishTask();
        task.JobTimeout = "60";

        RunBadly(task, "PLAYCANVAS4017");

        AssertNeverSilent(atLeast: TimeSpan.FromMinutes(60));
    }

    [Test]
    public void ATaskThatBeginsInASilence()
    {
        SandboxOptions.JobDuration = TimeSpan.FromSeconds(10.5);
        RunStep(new PlayCanvasRequestExport { Game = DownloadTask().Game });
        Clock.Wait(TimeSpan.FromSeconds(7), static () => { }, CancellationToken.None);

        RunStep(new PlayCanvasWaitForExport { Game = DownloadTask().Game });

        AssertNeverSilent(atLeast: TimeSpan.FromSeconds(10.5));
    }

    [Test]
    public void WorkThatDoesNotReportItsProgress()
    {
        var task = Prepare(DownloadTask());

        var result = task.SayWhile("game: packing", () =>
        {
            for (var line = 1; line <= 2; line++)
            {
                Clock.Advance(TimeSpan.FromSeconds(9));
                SpinWait.SpinUntil(() => Engine.HighMessages.Count == line, Bounded.Limit);
            }

            return "packed";
        });

        Assert.That(result, Is.EqualTo("packed"));
        Assert.That(Engine.HighMessages, Is.EqualTo(["PlayCanvas: game: packing, 9 s", "PlayCanvas: game: packing, 18 s"]));
    }

    [Test]
    public void AFailureOfWorkThatDoesNotReportItsProgress()
    {
        var task = Prepare(DownloadTask());

        Assert.That(() => task.SayWhile<int>("game: packing", () => throw new FileNotFoundException("no game")), Throws.TypeOf<FileNotFoundException>().With.Message.EqualTo("no game"));
    }

    [Test]
    public void A_read_only_game_that_is_the_one_that_is_wanted_is_used()
    {
        RunWell(DownloadTask());
        Sandbox.Requests.Clear();
        using var mount = Mount.ReadOnly(Folder.FullPath);
        var task = DownloadTask();
        task.GamePath = "game";

        RunWell(task);

        Assert.That(task.Files, Is.Not.Empty);
        Assert.That(task.DoneGames.Single().ItemSpec, Is.EqualTo("game"), "The other steps must have nothing left to do.");
        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [Test]
    public void A_read_only_game_that_is_to_change_is_an_error_at_once()
    {
        RunWell(DownloadTask());
        Sandbox.Requests.Clear();
        using var mount = Mount.ReadOnly(Folder.FullPath);
        var task = DownloadTask();
        task.Update = "true";
        var start = Clock.UtcNow;

        var message = RunBadly(task, "PLAYCANVAS4009");

        Assert.That(message, Does.Contain("Read-only file system"));
        Assert.That(Clock.UtcNow, Is.EqualTo(start).Within(TimeSpan.FromMilliseconds(1)));
        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [Test]
    public void AGameThatIsKeptIsNotWaitedFor()
    {
        RunWell(DownloadTask());
        EnvironmentVariables.Clear();
        var task = new PlayCanvasRequestExport { Game = DownloadTask().Game, Scenes = "Level 2" };

        Assert.That(Run(task), Is.True);

        Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS4012"));
        Assert.That(task.DoneGames.Single().ItemSpec, Is.EqualTo("game"));
    }

    /// <summary>Runs a task as one of several of the same build.</summary>
    private void RunStep(PlayCanvasServiceTask task)
    {
        var limits = task.RateLimits;
        Prepare(task).RateLimits = limits ?? task.RateLimits;
        Assert.That(Bounded.Run(task.Execute), Is.True, string.Join(" | ", Engine.AllTexts));
    }

    /// <summary>Checks the silence by the clock of the build: between any two lines that the classic logger shows, and before the end.</summary>
    private void AssertNeverSilent(TimeSpan atLeast)
    {
        List<DateTimeOffset> times = [Engine.StartedAt, .. Engine.ShownAt, Clock.UtcNow];

        Assert.That(times[^1] - times[0], Is.GreaterThanOrEqualTo(atLeast));
        Assert.That(times.Zip(times.Skip(1), (one, next) => next - one).Max(), Is.LessThanOrEqualTo(LongestSilence), string.Join("\n", Engine.HighMessages.Take(60)));
    }
}
