using System.Globalization;
using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>Tests builds in parallel processes that share a token, and therefore a limit of a few exports in a short time.</summary>
public sealed class ManyBuildsTests : ConsumerFixture
{
    private const int Limit = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SteppedTime time = new();

    private static readonly string[] Download = ["msbuild", "-nologo", "-t:PlayCanvasDownloadApp"];

    private string StateFolder => Path.Combine(UserData, "PlayCanvas.Build", "rate-limits");

    private string StateFile => Directory.EnumerateFiles(StateFolder).Single();

    /// <summary>The number of exports that are left in this window, as the builds have stored it.</summary>
    private int Remaining => JsonNode.Parse(File.ReadAllText(StateFile))!["strict"]![nameof(Remaining)]!.GetValue<int>();

    private int Refusals => Sandbox.Requests.Count(request => request.Status == 429);

    [TestCase(6, 2)]
    [TestCase(17, 7, Category = LongTests.Category)]
    public async Task OfManyProjectsAndOfOneAllSucceed(int projectCount, int furtherBuildsOfOne)
    {
        // Longer than a build ever waits for a processor between taking its turn and sending its request, on a machine as busy as this test makes it.
        Sandbox.Options.RateLimitWindow = TimeSpan.FromSeconds(15);
        var projects = await MakeProjectsAsync(projectCount);
        var builds = projects.Concat(Enumerable.Repeat(projects[0], furtherBuildsOfOne));

        var results = await Task.WhenAll(builds.Select(project => project.RunAsync(Download)));

        Assert.That(results, Has.Length.EqualTo(projectCount + furtherBuildsOfOne));
        foreach (var result in results)
            result.AssertClean();
        Assert.That(projects.Select(project => project.GameFiles().Count), Is.All.GreaterThan(15).And.All.EqualTo(projects[0].GameFiles().Count));
        Assert.That(Sandbox.World.Builds, Has.Count.EqualTo(projectCount), "There must be one export for each project.");
        Assert.That(Refusals, Is.AtMost(1));
    }

    /// <summary>All builds run before the export is ready, and wait for the one that has requested it.</summary>
    [TestCase(4)]
    [TestCase(24, Category = LongTests.Category)]
    public async Task Of_different_projects_that_want_the_same_game_one_downloads_it(int projectCount)
    {
        Sandbox.Options.JobDuration = TimeSpan.FromHours(1);
        var projects = await MakeProjectsAsync(projectCount, "Shared");

        var building = Task.WhenAll(projects.Select(project => project.RunAsync(Download)));
        // The job must exist before its time has come.
        await new Moment("all started", () => Sandbox.World.Jobs.Count > 0 && projects.All(project => project.Has("obj/playcanvas/game/game.lock"))).ComesBeforeAsync(building);
        time.Advance(TimeSpan.FromHours(2));

        foreach (var result in await building)
            result.AssertClean();
        Assert.That(ExportsAskedFor, Is.EqualTo(1));
        Assert.That(Sandbox.Requests.Of("GET", "/exports/*").Select(request => request.Headers.GetValueOrDefault("Range")).ToList(), Is.Unique.And.Not.Empty, "There must be one download.");
        Assert.That(projects.Select(project => project.GameHashes()), Has.All.EqualTo(projects[0].GameHashes()).And.All.Not.Empty);
        Assert.That(Directory.GetDirectories(Path.Combine(Store, "v1"), new string('?', 64)), Has.Length.EqualTo(1));
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(Store, "v1", ".temporary")), Is.Empty);
    }

    [Test]
    [Platform("Linux", Reason = "The process that holds a file is found in /proc/locks.")]
    public async Task One_that_is_killed_while_it_holds_the_shared_state_holds_up_nobody()
    {
        var projects = await MakeProjectsAsync(4);
        (await projects[0].RunAsync(Download)).AssertClean();
        var holder = await FileHolder.OfAsync(StateFile);
        using var patience = new CancellationTokenSource(Patience);
        using var found = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);

        var others = LetOthersLookAgainAndAgainAsync(found.Token);
        var builds = projects.Skip(1).ToDictionary(project => project, project => Prepare(project.Folder, Download).ExecuteAsync(patience.Token));
        var killed = await holder.KillAsync([.. builds.Values.Select(build => build.ProcessId)], patience.Token);
        await found.CancelAsync();
        await others;
        await Task.WhenAll(builds.Values.Select(build => build.Task));

        foreach (var (project, build) in builds)
        {
            if (build.ProcessId == killed)
                (await project.RunAsync(Download)).AssertClean();
            else
                Assert.That((await build).ExitCode, Is.Zero, project.Name);
        }

        Assert.That(Remaining, Is.EqualTo(Limit - 4), "All builds must continue to share one count.");
        Assert.That(Refusals, Is.Zero);
    }

    [Test]
    public async Task ACorruptStateHeals()
    {
        var projects = await MakeProjectsAsync(3);
        (await projects[0].RunAsync(Download)).AssertClean();
        await WriteStateAsync("""{"strict":{"Remaining":4,""");

        var results = await Task.WhenAll(projects.Skip(1).Select(project => project.RunAsync(Download)));

        foreach (var result in results)
            result.AssertClean();
        Assert.That(Remaining, Is.EqualTo(Limit - 3));
        Assert.That(Refusals, Is.Zero);
    }

    private protected override bool BuildsInServers => false;

    private protected override SandboxOptions MakeOptions()
    {
        var options = base.MakeOptions();
        options.TimeProvider = time;
        options.StrictLimit = Limit;
        options.NormalLimit = int.MaxValue;
        // Longer than any of these tests, unless they set another value.
        options.RateLimitWindow = TimeSpan.FromMinutes(4);
        return options;
    }

    /// <summary>
    /// Makes the builds believe that another process is finding out how many exports are left. Until that is known they read the state every
    /// few milliseconds, and so one of them holds it almost all the time.
    /// </summary>
    private async Task LetOthersLookAgainAndAgainAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var until = DateTimeOffset.UtcNow.AddSeconds(9).ToString("O", CultureInfo.InvariantCulture);
            await WriteStateAsync(new JsonObject { ["strict"] = new JsonObject { ["ProbedUntil"] = until } }.ToJsonString());
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), cancellationToken));
        }

        await WriteStateAsync("{}");
    }

    private async Task WriteStateAsync(string state)
    {
        while (true)
        {
            try
            {
                await File.WriteAllTextAsync(StateFile, state);
                return;
            }
            catch (IOException error) when (error is not DirectoryNotFoundException)
            {
                // A build holds the file at this moment.
                await Task.Delay(1);
            }
        }
    }

    /// <summary>Creates projects that are restored, and can therefore be built in parallel.</summary>
    /// <param name="count">The number of projects.</param>
    /// <param name="name">The name of the app, which makes their games the same; null for different ones.</param>
    private async Task<IReadOnlyList<ConsumerProject>> MakeProjectsAsync(int count, string? name = null)
    {
        var projects = Enumerable.Range(1, count).Select(number => Console($"Desk{number}").DownloadsOnBuild().Set("PlayCanvasAppName", name ?? $"Desk{number}").Save()).ToList();
        await File.WriteAllTextAsync(Path.Combine(Folder, "All.slnx"), $"""
            <Solution>
            {string.Join('\n', projects.Select(project => $"  <Project Path=\"{project.Name}/{project.Name}.csproj\" />"))}
            </Solution>
            """);
        (await RunAsync(Folder, "restore", "All.slnx")).AssertClean();
        return projects;
    }

    /// <summary>The system's time, which can be advanced.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private TimeSpan ahead;

        public void Advance(TimeSpan step) => ahead += step;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
