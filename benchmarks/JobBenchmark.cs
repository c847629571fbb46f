using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.TestSupport;

namespace Benchmarks;

/// <summary>Measures how soon a completed job is noticed, and the number of polls: for short jobs in real builds, for long jobs with a fake clock.</summary>
internal static class JobBenchmark
{
    private const int PollsInTenMinutes = 62;

    private static readonly double[] ShortJobs = [0.2, 1, 3, 10];
    private static readonly double[] LongJobs = [0.2, 1, 3, 10, 30, 120, 600, 1_799];

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        var built = new List<JobCost>();
        foreach (var length in ShortJobs)
            built.Add(await BuildAsync(bench, length));
        var waited = LongJobs.Select(Wait).ToList();

        report.Add($"In builds against the sandbox, medians of {Rounds.Count} rounds, from the request for an export to the poll that returns the completed job:");
        AddTable(report, built);
        report.Add("With a fake clock:");
        AddTable(report, waited);
        report.AddTargets(
            Target.Seconds("longest delay beyond the limit, in builds", built.Max(job => job.Late), 0),
            Target.Seconds("longest delay beyond the limit, with the fake clock", waited.Max(job => job.Late), 0),
            new Target("polls in ten minutes", $"{waited.Single(job => job.Length == 600).Polls}", $"{PollsInTenMinutes}", waited.Single(job => job.Length == 600).Polls <= PollsInTenMinutes));
    }

    private static void AddTable(Report report, IEnumerable<JobCost> jobs) => report.AddTable(
        ["length of the job", "noticed after", "at most", "polls"],
        jobs.Select(job => new[] { $"{job.Length} s", $"{job.Noticed:0.00} s", $"{job.Latest:0.00} s", $"{job.Polls}" }));

    private static async Task<JobCost> BuildAsync(Workbench bench, double length)
    {
        var sandbox = await bench.StartSandboxAsync(0, 0, "--JobDuration", $"{TimeSpan.FromSeconds(length)}", "--StandInEngine", "true");
        var game = await GameProject.CreateAsync(bench, "job", sandbox);
        var name = $"a job of {length} s";
        var jobs = (await Rounds.AlternateAsync(Rounds.Count, (name, () => InstallAsync(game, length))))[name];
        return new JobCost(length, jobs.Median(job => job.Noticed), (int)jobs.Median(job => job.Polls));
    }

    private static async Task<JobCost> InstallAsync(GameProject game, double length)
    {
        var requests = (await game.InstallAsync()).Requests;
        var asked = requests.Single(request => request is { Method: "POST", Path: "/api/apps/download" });
        var polls = requests.Where(request => request.Path.StartsWith("/api/jobs/", StringComparison.Ordinal)).ToList();
        return new JobCost(length, (polls[^1].Time - asked.Time).TotalSeconds, polls.Count);
    }

    private static JobCost Wait(double length)
    {
        var clock = new FakeClock();
        var start = clock.UtcNow;
        var polls = 0;
        new JobWaiter(clock, TimeSpan.FromHours(1), _ => { }).Wait("job", Ask, status => status, CancellationToken.None);
        return new JobCost(length, (clock.UtcNow - start).TotalSeconds, polls);

        string Ask()
        {
            polls++;
            return (clock.UtcNow - start).TotalSeconds >= length ? JobStatus.Complete : "running";
        }
    }

    private sealed record JobCost(double Length, double Noticed, int Polls)
    {
        public double Latest => Length + Math.Max(0.5, Length / 10);

        public double Late => Math.Max(0, Noticed - Latest);
    }
}
