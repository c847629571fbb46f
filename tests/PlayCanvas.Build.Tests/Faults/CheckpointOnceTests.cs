using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
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
/// Makes random releases with a checkpoint, each with its own sandbox, faults in the request for the checkpoint and in others, and a colleague who also
/// makes a checkpoint: no release ever makes two, and the app of a successful build names the one that exists. <c>CHECKPOINTS</c> sets the number of
/// releases, and <c>SEED</c> selects them.
/// </summary>
[TestFixture]
public sealed class CheckpointOnceTests : TaskFixture
{
    private static readonly PublishTable Table = new("new checkpoints", "descriptions shown");

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<(string Body, DateTimeOffset DueAt)> lateRequests = [];
    private readonly List<string> ends = [];
    private CheckpointScenario scenario = null!;
    private int checkpointsBefore;
    private string? latestBefore;
    private string? colleagues;

    private static IEnumerable<int> Seeds => Enumerable.Range(Effort.Seed, Effort.Of("CHECKPOINTS", 20));

    /// <summary>The checkpoints that the release has made.</summary>
    private IReadOnlyList<Checkpoint> Ours =>
        [.. Sandbox.World.Checkpoints.Skip(checkpointsBefore).Where(checkpoint => checkpoint.BranchId == World.MainBranchId && checkpoint.Id != colleagues)];

    [OneTimeTearDown]
    public static void PrintTable() => TestContext.Progress.WriteLine($"{Seeds.Count()} releases with a checkpoint, seeds from {Effort.Seed}\n{Table}");

    [TestCaseSource(nameof(Seeds))]
    public void AReleaseMakesOneCheckpoint(int seed)
    {
        scenario = CheckpointScenario.Make(new Random(seed));
        SetUpServer();
        Join(ColleagueMoment.BeforeTheBuild);

        for (var build = 0; build < CheckpointScenario.MostBuilds && !ends.Contains("green"); build++)
            Build(build);
        if (!ends.Contains("green"))
            LookAndDecide();

        LetTimePass(TimeSpan.FromMinutes(30));
        Table.Add(scenario.Name, !scenario.HidesDescriptions, ends, Ours.Count);
        Assert.That(ends, Does.Contain("green"), Story());
        Assert.That(Ours, Has.Count.LessThanOrEqualTo(1), Story());
    }

    private void SetUpServer()
    {
        (SandboxOptions.TimeProvider, SandboxOptions.JobDuration) = (time, scenario.JobDuration);
        (SandboxOptions.CheckpointAnswer, SandboxOptions.UnchangedBranch) = (scenario.Answer, scenario.Unchanged);
        (SandboxOptions.StrictLimit, SandboxOptions.NormalLimit) = (int.MaxValue, int.MaxValue);
        if (scenario.HasChanges)
            Sandbox.World.ChangeGame(game => game.With("level data (1).json", "changed"));
        var checkpoints = Sandbox.World.Checkpoints;
        (checkpointsBefore, latestBefore) = (checkpoints.Count, checkpoints.Last(checkpoint => checkpoint.BranchId == World.MainBranchId).Id);
        Clock.Waiting = PassTime;
    }

    /// <summary>Lets the colleague make a checkpoint if the moment is theirs.</summary>
    private void Join(ColleagueMoment moment)
    {
        if (scenario.Colleague is { } colleague && colleague.Moment == moment && colleagues is null)
            colleagues = Sandbox.World.AddCheckpoint(World.MainBranchId, colleague.Description).Id;
    }

    /// <summary>Runs the same command once.</summary>
    private void Build(int number)
    {
        if (number > 0)
        {
            Join(ColleagueMoment.BeforeTheNextBuild);
            LetTimePass(TimeSpan.FromSeconds(1));
        }

        Script(number);
        Run(scenario.Requests[number]);
    }

    private void Script(int build)
    {
        Sandbox.Faults.Clear();
        if (scenario.Requests[build].Fault is { } fault)
            Sandbox.Faults.On("POST", CheckpointScenario.Path, fault);
        foreach (var (method, path, other, call) in scenario.OtherFaults[build])
            Sandbox.Faults.On(method, path, call, other);
        if (scenario.HidesDescriptions)
            Sandbox.Faults.On("GET", "*/checkpoints", Fault.Rewrite(HideDescriptions), FaultScript.EveryCall);
    }

    /// <summary>Acts as a person does who follows the page of the reported code.</summary>
    private void LookAndDecide()
    {
        LetTimePass(TimeSpan.FromMinutes(30));
        Sandbox.Faults.Clear();
        Run(PublishFault.None, accepts: Ours.Count > 0 ? Ours[0].Id : null, again: Ours.Count == 0);
    }

    private void Run(PublishFault fault, string? accepts = null, bool again = false)
    {
        var task = Prepare(PublishTask());
        (task.AppVersion, task.Checkpoint, task.CheckpointDescription) = ("1.0", "true", CheckpointScenario.Description);
        (task.RequestTimeout, task.MaxRetries) = ("1", "2");
        (task.AcceptCheckpoint, task.CheckpointAgain) = (accepts, $"{again}");
        task.CreateHandler = () => new Watcher(this, task, fault, HttpTransport.CreateHandler());
        var errorsBefore = Engine.Errors.Count;
        var succeeded = Bounded.Run(task.Execute);
        Check(task, succeeded, fault.Cancels, [.. Engine.Errors.Skip(errorsBefore)]);
    }

    private void Check(PlayCanvasPublishApp task, bool succeeded, bool mayBeCancelled, IReadOnlyList<BuildErrorEventArgs> errors)
    {
        ends.Add(succeeded ? "green" : errors.Count == 0 ? "cancelled" : errors[0].Code);
        Assert.That(succeeded || mayBeCancelled || errors.Count == 1, Is.True, $"{Story()}: a build that fails must report why");
        Assert.That(Ours, Has.Count.LessThanOrEqualTo(1), Story());
        if (ends[^1] == "PLAYCANVAS3008")
            Assert.That(errors[0].Message, Does.Match("(checkpoint .* may be it.*PlayCanvasAcceptCheckpoint.*PlayCanvasCheckpointAgain)|(do not show it yet; build again.*PlayCanvasCheckpointAgain)"), Story());
        if (succeeded)
            CheckTheApp(task.App);
    }

    /// <summary>The app names the checkpoint of the release; that of a branch without changes was there before, or is a colleague's.</summary>
    private void CheckTheApp(ITaskItem app)
    {
        var named = app.GetMetadata("Checkpoint");
        Assert.That(Sandbox.World.Apps[^1].ReleaseNotes, Does.Contain($"PlayCanvas-Checkpoint: {named}\n"), Story());
        Assert.That(named, Is.AnyOf(Ours.Count > 0 ? [Ours[0].Id] : [latestBefore, colleagues]), Story());
        Assert.That(Directory.GetFiles(IntentFolder, "*.json"), Is.Empty, Story());
    }

    private static void HideDescriptions(JsonObject page)
    {
        foreach (var checkpoint in page["result"]!.AsArray())
            checkpoint!["description"] = null;
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
            ActOn(request.Body);
        }
    }

    /// <summary>Acts on a request whose client no longer waits for the response.</summary>
    private void ActOn(string body)
    {
        // The trailing slash selects the same route, but bypasses the faults.
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Sandbox.ApiUrl}/checkpoints/") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SandboxOptions.DefaultAccessToken);
        using var client = new HttpClient();
        using var answer = client.Send(request);
    }

    /// <summary>Observes the request for a checkpoint, and lets the colleague make one before or after it.</summary>
    private sealed class Watcher(CheckpointOnceTests test, PlayCanvasPublishApp task, PublishFault fault, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private bool isFaultOver;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Post || request.RequestUri!.AbsolutePath != CheckpointScenario.Path || isFaultOver)
                return await base.SendAsync(request, cancellationToken);

            isFaultOver = true;
            test.Join(ColleagueMoment.BeforeTheRequest);
            if (fault.ActsAfter is { } seconds)
                test.lateRequests.Add((await request.Content!.ReadAsStringAsync(cancellationToken), test.time.GetUtcNow().AddSeconds(seconds)));
            var posts = test.Sandbox.Requests.Of("POST", CheckpointScenario.Path).Count;
            try
            {
                var sending = base.SendAsync(request, cancellationToken);
                if (fault.Cancels)
                    await CancelAfterAsync(posts + 1);
                return await sending;
            }
            finally
            {
                test.Join(ColleagueMoment.AfterTheRequest);
            }
        }

        private async Task CancelAfterAsync(int posts)
        {
            while (test.Sandbox.Requests.Of("POST", CheckpointScenario.Path).Count < posts)
                await Task.Delay(1, CancellationToken.None);
            task.Cancel();
        }
    }
}
