using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Build.Tests.Tasks;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Faults;

/// <summary>
/// Random releases, each with a sandbox of its own, faults in the request that publishes and in others, and a colleague beside us: no release
/// ever makes two apps, and a green build has made the one that it reports. The environment's <c>PUBLISHES</c> says how many, <c>SEED</c> which.
/// </summary>
[TestFixture]
public sealed class PublishOnceTests : TaskFixture
{
    private const string Path = "/api/apps";
    private const string ColleagueName = "colleague";

    private static readonly PublishTable Table = new();

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<int> colleaguesApps = [];
    private readonly List<string> ends = [];
    private readonly List<(string Body, DateTimeOffset DueAt)> lateRequests = [];
    private PublishScenario scenario = null!;
    private int appsBefore;

    private static int FirstSeed => Number("SEED", 1);

    private static IEnumerable<int> Seeds => Enumerable.Range(FirstSeed, Number("PUBLISHES", 20));

    private IReadOnlyList<App> NewApps => [.. Sandbox.World.Apps.Skip(appsBefore)];

    private IReadOnlyList<App> OurApps => [.. NewApps.Where(app => !colleaguesApps.Contains(app.Id))];

    private bool ShowsBuilds => scenario.BuildsRoute && scenario.OtherFaults.All(faults => faults.All(fault => fault.Path != "*/builds"));

    private string IntentFolder => Folder.File("obj", "playcanvas");

    [OneTimeTearDown]
    public static void PrintTable() => TestContext.Progress.WriteLine($"{Seeds.Count()} releases in process, seeds from {FirstSeed}\n{Table}");

    [TestCaseSource(nameof(Seeds))]
    public void AReleaseMakesOneApp(int seed)
    {
        scenario = PublishScenario.Make(new Random(seed));
        SetUpServer();
        Join(ColleagueMoment.BeforeTheBuild);

        for (var build = 0; build < PublishScenario.MostBuilds && !ends.Contains("green"); build++)
            Build(scenario.Publishes[build], scenario.OtherFaults[build]);
        if (!ends.Contains("green"))
            LookAndDecide();

        LetTimePass(TimeSpan.FromMinutes(1));
        Table.Add(scenario.Publishes[0].Name, scenario.BuildsRoute, ends, OurApps.Count, OurApps.Count == 0);
        Assert.That(ends, Does.Contain("green"), "the documented ways lead to a published app");
        Assert.That(OurApps, Has.Count.LessThanOrEqualTo(1));
    }

    private static int Number(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : usual;

    private void SetUpServer()
    {
        (SandboxOptions.TimeProvider, SandboxOptions.JobDuration) = (time, scenario.JobDuration);
        (SandboxOptions.BuildsRoute, SandboxOptions.PublishAnswer) = (scenario.BuildsRoute, scenario.Answer);
        (SandboxOptions.StrictLimit, SandboxOptions.NormalLimit) = (int.MaxValue, int.MaxValue);
        Sandbox.World.AddAccount(ColleagueName);
        appsBefore = Sandbox.World.Apps.Count;
        Clock.Waiting = PassTime;
    }

    /// <summary>One run of the same command, and what must hold after it.</summary>
    private void Build(PublishFault fault, IEnumerable<(string Method, string Path, Fault Fault, int Call)> others)
    {
        if (ends.Count > 0)
        {
            Join(ColleagueMoment.BeforeTheNextBuild);
            LetTimePass(TimeSpan.FromSeconds(1));
        }

        Sandbox.Faults.Clear();
        if (fault.Fault is not null)
            Sandbox.Faults.On("POST", Path, fault.Fault);
        foreach (var other in others)
            Sandbox.Faults.On(other.Method, other.Path, other.Call, other.Fault);
        Check(Start(fault, skipsPublished: false));
    }

    /// <summary>What a person does whom the code has told where to look, by what stands on its page.</summary>
    private void LookAndDecide()
    {
        LetTimePass(TimeSpan.FromMinutes(1));
        Sandbox.Faults.Clear();
        if (OurApps.Count > 0)
        {
            Check(Start(PublishFault.None, skipsPublished: true));
            return;
        }

        foreach (var intent in Directory.GetFiles(IntentFolder, "publish-*.json"))
            File.Delete(intent);
        Check(Start(PublishFault.None, skipsPublished: false));
    }

    private (PlayCanvasPublishApp Task, bool Succeeded, string? Code, string Message, bool TookWhatIsThere) Start(PublishFault fault, bool skipsPublished)
    {
        var task = Prepare(PublishTask());
        (task.AppName, task.AppVersion, task.ReleaseNotes) = (PublishScenario.AppName, PublishScenario.Version, scenario.ReleaseNotes);
        (task.RequestTimeout, task.MaxRetries) = ("1", "2");
        task.SkipPublishedVersion = skipsPublished ? "true" : "false";
        task.CreateHandler = () => new Watcher(this, task, fault, HttpTransport.CreateHandler());
        var errorsBefore = Engine.Errors.Count;
        var succeeded = Bounded.Run(task.Execute);
        var errors = Engine.Errors.Skip(errorsBefore).ToList();
        Assert.That(errors, Has.Count.LessThanOrEqualTo(1));
        Assert.That(succeeded ? errors : [], Is.Empty);
        Assert.That(succeeded || errors.Count == 1 || fault.Cancels, Is.True, "who fails says why");
        return (task, succeeded, errors.FirstOrDefault()?.Code, errors.FirstOrDefault()?.Message ?? "", skipsPublished);
    }

    private void Check((PlayCanvasPublishApp Task, bool Succeeded, string? Code, string Message, bool TookWhatIsThere) build)
    {
        ends.Add(build.Succeeded ? "green" : build.Code ?? "cancelled");
        var story = $"{scenario.Publishes[0].Name}; {scenario.Colleague}; {string.Join(", ", ends)}: {build.Message}";
        Assert.That(OurApps, Has.Count.LessThanOrEqualTo(1), story);
        if (build.Code == "PLAYCANVAS3004")
            Assert.That(build.Message, Does.Match(@"look at (app \d+|build \d+|the project's builds and apps)"), story);
        if (!build.Succeeded)
            return;

        if (!build.TookWhatIsThere && !IsTwin(build.Task.App!.ItemSpec))
            Assert.That(OurApps.Select(app => $"{app.Id}"), Is.EqualTo([build.Task.App!.ItemSpec]), story);
        Assert.That(Directory.GetFiles(IntentFolder, "*.json"), Is.Empty, story);
    }

    /// <summary>
    /// Whether an app is a colleague's that is like ours in all that an app tells. Where the server does not show builds nobody can tell them apart;
    /// and then there is one new app of the name, the version and the details that were asked for.
    /// </summary>
    private bool IsTwin(string id) => !ShowsBuilds
        && OurApps.Count == 0
        && NewApps.Any(app => $"{app.Id}" == id && app.Version == PublishScenario.Version && app.ReleaseNotes == scenario.ReleaseNotes);

    private void Join(ColleagueMoment moment)
    {
        if (scenario.Colleague is not { } colleague || colleague.Moment != moment || colleaguesApps.Count > 0)
            return;

        var world = Sandbox.World;
        var app = world.AddApp(PublishScenario.AppName, colleague.Version, branchId: colleague.BranchId);
        world.ChangeApp(app.Id, added => added with { ReleaseNotes = colleague.ReleaseNotes });
        world.AddBuild(app, ColleagueName, colleague.Source, new JsonObject
        {
            ["name"] = PublishScenario.AppName,
            ["version"] = colleague.Version,
            ["scenes"] = new JsonArray(World.MainSceneId),
            ["release_notes"] = colleague.ReleaseNotes,
        });
        colleaguesApps.Add(app.Id);
    }

    private void LetTimePass(TimeSpan span)
    {
        PassTime(span);
        Clock.Advance(span);
    }

    /// <summary>The server's time is ours, and what it does late it does when its time has come.</summary>
    private void PassTime(TimeSpan span)
    {
        time.Advance(span);
        var due = lateRequests.Where(request => request.DueAt <= time.GetUtcNow()).ToList();
        foreach (var request in due)
        {
            lateRequests.Remove(request);
            ActOn(request.Body);
        }
    }

    private void ActOn(string body)
    {
        // The slash leads to the same route, and past the faults.
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Sandbox.ApiUrl}/apps/") { Content = new StringContent(body, null, "application/json") };
        request.Headers.Authorization = new("Bearer", Token);
        using var client = new HttpClient();
        using var answer = client.Send(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Sees the request that publishes go out, and the colleague come in before it or after it.</summary>
    private sealed class Watcher(PublishOnceTests test, PlayCanvasPublishApp task, PublishFault fault, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private bool isFaultOver;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Post || isFaultOver)
                return await base.SendAsync(request, cancellationToken);

            isFaultOver = true;
            test.Join(ColleagueMoment.BeforeTheRequest);
            if (fault.ActsAfter is { } seconds)
                test.lateRequests.Add((await request.Content!.ReadAsStringAsync(cancellationToken), test.time.GetUtcNow().AddSeconds(seconds)));
            var posts = test.Sandbox.Requests.Of("POST", Path).Count;
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
            var acts = fault.Fault == Fault.StallAfter(0);
            while (test.Sandbox.Requests.Of("POST", Path).Count < posts || (acts && test.OurApps.Count == 0))
                await Task.Delay(1, CancellationToken.None);
            task.Cancel();
        }
    }
}
