namespace Benchmarks;

/// <summary>What the size report costs, compared with the install of the same game, in the same build.</summary>
internal static class SizeBenchmark
{
    private const long GameSize = 200_000_000;
    private const int GameFiles = 3_000;

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        var sandbox = await bench.StartSandboxAsync(GameSize, GameFiles);
        var game = await GameProject.CreateAsync(bench, "game", sandbox);
        var costs = await Rounds.AlternateAsync(Rounds.Count, ("install with a report", game.ProfileReportedInstallAsync));
        var rounds = costs.Values.Single();

        report.Add($"{GameSize / 1_000_000} MB in {GameFiles} files, medians of {rounds.Count} first installs with `PlayCanvasSizeReport=true`:");
        report.AddTable(
            ["what", "time", "the report / this"],
            [
                ["the report", Milliseconds(cost => cost.Report), "1.000"],
                ["the package's other tasks, without waiting for the job", Milliseconds(cost => cost.Install), $"{Ratio(cost => cost.Install):0.000}"],
                ["the whole build", Milliseconds(cost => cost.Build), $"{Ratio(cost => cost.Build):0.000}"],
            ]);
        report.AddTargets(Target.Ratio("the report / the whole build", Ratio(cost => cost.Build), 0.050));

        string Milliseconds(Func<ReportCost, double> time) => $"{rounds.Median(time):0} ms";
        double Ratio(Func<ReportCost, double> time) => rounds.Median(cost => cost.Report / time(cost));
    }
}
