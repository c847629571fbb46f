using System.Text.RegularExpressions;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Build.TestSupport.Faults;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>
/// Makes random releases with the packed package in processes that are killed between the publish request and its response, or lose the
/// response: no release ever creates two apps, and a successful build has created the app that it reports. <c>PUBLISHES</c> sets the number
/// of releases, and <c>SEED</c> selects them.
/// </summary>
public sealed partial class PublishOnceInProcessesTests : ConsumerFixture
{
    private static readonly PublishTable Table = new();

    private readonly List<string> ends = [];
    private readonly List<Task> lateRequests = [];
    private PublishScenario scenario = null!;
    private PublishWorld world = null!;
    private ConsumerProject project = null!;

    private protected override bool BuildsInServers => false;

    private static IEnumerable<TestCaseData> Seeds => LongTests.AfterTheFirst(2, Enumerable.Range(Effort.Seed, Effort.Of("PUBLISHES", 5)));

    [OneTimeTearDown]
    public static void PrintTable() => TestContext.Progress.WriteLine($"{Seeds.Count()} releases in processes, seeds from {Effort.Seed}\n{Table}");

    [TestCaseSource(nameof(Seeds))]
    public async Task AReleaseMakesOneApp(int seed)
    {
        var random = new Random(seed);
        scenario = PublishScenario.Make(random, [.. PublishFault.All(random).Where(fault => fault.Cancels || random.Next(3) == 0)]);
        await SetUpAsync();
        world.Join(ColleagueMoment.BeforeTheBuild);

        for (var build = 0; build < PublishScenario.MostBuilds && !ends.Contains("green"); build++)
            await BuildAsync(build);
        await Task.WhenAll(lateRequests);
        if (!ends.Contains("green"))
            await LookAndDecideAsync();

        Table.Add(scenario.Name, scenario.BuildsRoute, ends, world.OurApps.Count);
        Assert.That(ends, Does.Contain("green"), "The documented steps must lead to a published app.");
        Assert.That(world.OurApps, Has.Count.LessThanOrEqualTo(1));
    }

    private async Task SetUpAsync()
    {
        (Sandbox.Options.JobDuration, Sandbox.Options.BuildsRoute, Sandbox.Options.PublishAnswer) = (scenario.JobDuration, scenario.BuildsRoute, scenario.Answer);
        Sandbox.Options.BuildRecords = scenario.Records;
        world = new PublishWorld(Sandbox, scenario);
        project = Console().WithGame()
            .Set("PlayCanvasScenes", "Main")
            .Set("PlayCanvasAppName", PublishScenario.AppName)
            .Set("PlayCanvasAppVersion", PublishScenario.Version)
            .Set("PlayCanvasReleaseNotes", scenario.ReleaseNotes ?? "")
            .Set("PlayCanvasRequestTimeout", "2")
            .Set("PlayCanvasMaxRetries", "2");
        (await project.RunAsync("restore")).AssertClean();
    }

    /// <summary>Runs the same command once.</summary>
    private async Task BuildAsync(int number)
    {
        if (number > 0)
            world.Join(ColleagueMoment.BeforeTheNextBuild);
        world.Script(number);
        var fault = scenario.Publishes[number];
        var asked = Sandbox.Requests.Of("POST", PublishScenario.Path).Count;
        var run = fault.Cancels ? KillAsync(fault, asked) : RunAsync();
        await FollowTheRequestAsync(fault, asked, run);
        Check(await run);
    }

    private async Task<CommandResult?> RunAsync(params string[] more) => await project.RunAsync(["msbuild", "-nologo", "-t:PlayCanvasPublishApp", .. more]);

    /// <summary>Kills the build while the server holds back its response, before or after the server has acted on the request.</summary>
    private async Task<CommandResult?> KillAsync(PublishFault fault, int asked)
    {
        using var kill = new CancellationTokenSource();
        var run = Prepare(project.Folder, "msbuild", "-nologo", "-t:PlayCanvasPublishApp").ExecuteAsync(kill.Token).Task;
        var held = new Moment("held", () => Sandbox.Requests.Of("POST", PublishScenario.Path).Count > asked && (!fault.Acts || world.OurApps.Count > 0));
        await held.ComesBeforeAsync(run);
        await kill.CancelAsync();
        try
        {
            await run;
        }
        catch (OperationCanceledException)
        {
            // The build and all processes that it had started were killed.
        }

        return null;
    }

    /// <summary>Runs the late actions of the server and the publish of the colleague as soon as the request has arrived.</summary>
    private async Task FollowTheRequestAsync(PublishFault fault, int asked, Task run)
    {
        var posts = () => Sandbox.Requests.Of("POST", PublishScenario.Path);
        if (!await new Moment("asked", () => posts().Count > asked && posts()[asked].Body.Length > 0).ComesBeforeAsync(run) && posts().Count == asked)
            return;

        world.Join(ColleagueMoment.BeforeTheRequest);
        if (fault.ActsAfter is { } seconds)
            lateRequests.Add(ActLateAsync(posts()[asked].Body, TimeSpan.FromSeconds(seconds)));
        world.Join(ColleagueMoment.AfterTheRequest);
    }

    private async Task ActLateAsync(string body, TimeSpan after)
    {
        await Task.Delay(after);
        world.ActOn(body);
    }

    /// <summary>Acts as a person does who follows the page of the reported code.</summary>
    private async Task LookAndDecideAsync()
    {
        Sandbox.Faults.Clear();
        var isThere = world.OurApps.Count > 0;
        Check(await RunAsync(isThere ? $"-p:PlayCanvasAcceptApp={world.OurApps[0].Id}" : "-p:PlayCanvasPublishAgain=true"), isThere);
    }

    /// <param name="result">The result of a build; null if it was killed.</param>
    /// <param name="tookWhatIsThere">Whether the build was run with a property that accepts an existing app of the same version.</param>
    private void Check(CommandResult? result, bool tookWhatIsThere = false)
    {
        ends.Add(result is null ? "killed" : result.ExitCode == 0 ? "green" : string.Join('+', result.Errors.Select(error => error.Code)));
        var story = $"{scenario}; {string.Join(", ", ends)}\n{result?.Output}";
        Assert.That(world.OurApps, Has.Count.LessThanOrEqualTo(1), story);
        if (result is null)
            return;

        Assert.That(result.Errors, Has.Count.EqualTo(result.ExitCode == 0 ? 0 : 1), story);
        if (ends[^1] == "PLAYCANVAS3004")
            Assert.That(result.Errors[0].Text, Does.Match(@"((app|build) \d+.* may be its result.*PlayCanvasAcceptApp.*PlayCanvasPublishAgain)|(do not show its result; build again)"), story);
        if (ends[^1] == "green" && !tookWhatIsThere && ReportedApp().Match(result.Output).Groups[1].Value is var app)
            Assert.That(world.OurApps.Select(ours => $"{ours.Id}"), Is.EqualTo([app]), story);
    }

    [GeneratedRegex(@"published ""My game"" 1\.0 as app (\d+)")]
    private static partial Regex ReportedApp();
}
