using Microsoft.Build.Framework;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Build.Tests.Tasks;
using PlayCanvas.Build.TestSupport.Faults;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Faults;

/// <summary>
/// Makes random releases, each with its own sandbox, faults in the publish request and in others, and a colleague who also publishes: no release
/// ever creates two apps, and a successful build has created the app that it reports. <c>PUBLISHES</c> sets the number of releases, and
/// <c>SEED</c> selects them.
/// </summary>
[TestFixture]
public sealed class PublishOnceTests : TaskFixture
{
    private static readonly PublishTable Table = new();

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<(string Body, DateTimeOffset DueAt)> lateRequests = [];
    private readonly List<string> ends = [];
    private PublishScenario scenario = null!;
    private PublishWorld world = null!;

    private static IEnumerable<int> Seeds => Enumerable.Range(Effort.Seed, Effort.Of("PUBLISHES", 20));

    [OneTimeTearDown]
    public static void PrintTable() => TestContext.Progress.WriteLine($"{Seeds.Count()} releases in process, seeds from {Effort.Seed}\n{Table}");

    [TestCaseSource(nameof(Seeds))]
    public void AReleaseMakesOneApp(int seed)
    {
        scenario = PublishScenario.Make(new Random(seed));
        SetUpServer();
        world.Join(ColleagueMoment.BeforeTheBuild);

        for (var build = 0; build < PublishScenario.MostBuilds && !ends.Contains("green"); build++)
            Build(build);
        if (!ends.Contains("green"))
            LookAndDecide();

        LetTimePass(TimeSpan.FromMinutes(1));
        Table.Add(scenario.Name, scenario.BuildsRoute, ends, world.OurApps.Count);
        Assert.That(ends, Does.Contain("green"), "The documented steps must lead to a published app.");
        Assert.That(world.OurApps, Has.Count.LessThanOrEqualTo(1));
    }

    private void SetUpServer()
    {
        (SandboxOptions.TimeProvider, SandboxOptions.JobDuration) = (time, scenario.JobDuration);
        (SandboxOptions.BuildsRoute, SandboxOptions.BuildRecords, SandboxOptions.PublishAnswer) = (scenario.BuildsRoute, scenario.Records, scenario.Answer);
        (SandboxOptions.StrictLimit, SandboxOptions.NormalLimit) = (int.MaxValue, int.MaxValue);
        world = new PublishWorld(Sandbox, scenario);
        Clock.Waiting = PassTime;
    }

    /// <summary>Runs the same command once.</summary>
    private void Build(int number)
    {
        if (number > 0)
        {
            world.Join(ColleagueMoment.BeforeTheNextBuild);
            LetTimePass(TimeSpan.FromSeconds(1));
        }

        world.Script(number);
        var task = Run(scenario.Publishes[number]);
        if (task.Apps.SingleOrDefault() is { } app)
            Assert.That(world.OurApps.Select(ours => $"{ours.Id}"), Is.EqualTo([app.ItemSpec]), Story());
    }

    /// <summary>Acts as a person does who follows the page of the reported code.</summary>
    private void LookAndDecide()
    {
        LetTimePass(TimeSpan.FromMinutes(1));
        Sandbox.Faults.Clear();
        var isThere = world.OurApps.Count > 0;
        Run(PublishFault.None, accepts: isThere ? $"{world.OurApps[0].Id}" : null, again: !isThere);
    }

    private PlayCanvasPublishApp Run(PublishFault fault, string? accepts = null, bool again = false)
    {
        var task = Prepare(PublishTask());
        (task.AppName, task.AppVersion, task.ReleaseNotes) = (PublishScenario.AppName, PublishScenario.Version, scenario.ReleaseNotes);
        (task.RequestTimeout, task.MaxRetries) = ("1", "2");
        (task.AcceptApp, task.PublishAgain) = (accepts, $"{again}");
        task.CreateHandler = () => new Watcher(this, task, fault, HttpTransport.CreateHandler());
        var errorsBefore = Engine.Errors.Count;
        var succeeded = Bounded.Run(task.Execute);
        Check(succeeded, fault.Cancels, [.. Engine.Errors.Skip(errorsBefore)]);
        return task;
    }

    private void Check(bool succeeded, bool mayBeCancelled, IReadOnlyList<BuildErrorEventArgs> errors)
    {
        ends.Add(succeeded ? "green" : errors.Count == 0 ? "cancelled" : errors[0].Code);
        Assert.That(errors, Has.Count.LessThanOrEqualTo(succeeded ? 0 : 1), Story());
        Assert.That(succeeded || mayBeCancelled || errors.Count == 1, Is.True, $"{Story()}: a build that fails must report why");
        Assert.That(world.OurApps, Has.Count.LessThanOrEqualTo(1), Story());
        if (ends[^1] == "PLAYCANVAS3004")
            Assert.That(errors[0].Message, Does.Match(@"((app|build) \d+.* may be its result.*PlayCanvasAcceptApp.*PlayCanvasPublishAgain)|(do not show its result; build again)"), Story());
        if (succeeded)
            Assert.That(Directory.GetFiles(IntentFolder, "*.json"), Is.Empty, Story());
    }

    private string Story() => $"{scenario}; {string.Join(", ", ends)}";

    private void LetTimePass(TimeSpan span)
    {
        PassTime(span);
        Clock.Advance(span);
    }

    /// <summary>Advances the clock of the server, and runs its late actions when they are due.</summary>
    private void PassTime(TimeSpan span)
    {
        time.Advance(span);
        foreach (var request in lateRequests.FindAll(request => request.DueAt <= time.GetUtcNow()))
        {
            lateRequests.Remove(request);
            world.ActOn(request.Body);
        }
    }

    /// <summary>Observes the publish request, and lets the colleague publish before or after it.</summary>
    private sealed class Watcher(PublishOnceTests test, PlayCanvasPublishApp task, PublishFault fault, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private bool isFaultOver;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Post || isFaultOver)
                return await base.SendAsync(request, cancellationToken);

            isFaultOver = true;
            test.world.Join(ColleagueMoment.BeforeTheRequest);
            if (fault.ActsAfter is { } seconds)
                test.lateRequests.Add((await request.Content!.ReadAsStringAsync(cancellationToken), test.time.GetUtcNow().AddSeconds(seconds)));
            var posts = test.Sandbox.Requests.Of("POST", PublishScenario.Path).Count;
            try
            {
                var sending = base.SendAsync(request, cancellationToken);
                if (fault.Cancels)
                    await CancelAfterAsync(posts + 1);
                return await sending;
            }
            finally
            {
                test.world.Join(ColleagueMoment.AfterTheRequest);
            }
        }

        private async Task CancelAfterAsync(int posts)
        {
            while (test.Sandbox.Requests.Of("POST", PublishScenario.Path).Count < posts || (fault.Acts && test.world.OurApps.Count == 0))
                await Task.Delay(1, CancellationToken.None);
            task.Cancel();
        }
    }
}
