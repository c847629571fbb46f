namespace Benchmarks;

/// <summary>Compares the peak memory of a build that installs 1,000 MB with the peak for the same number of files in 50 MB.</summary>
internal static class MemoryBenchmark
{
    private const int GameFiles = 3_000;

    private static readonly int[] Megabytes = [50, 1_000];

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        // More rounds would fill the disk: each round leaves games and exports of some four gigabytes. The memory varies little between rounds.
        var rounds = Rounds.AtMost(3);
        var games = new List<(string Name, Func<Task<InstallCost>> Measure)>();
        foreach (var ranges in (bool[])[true, false])
        {
            foreach (var megabytes in Megabytes)
            {
                var sandbox = await bench.StartSandboxAsync(megabytes * 1_000_000L, GameFiles, "--SupportsRanges", $"{ranges}");
                var game = await GameProject.CreateAsync(bench, $"game{games.Count}", sandbox);
                games.Add((NameOf(ranges, megabytes), game.InstallAsync));
            }
        }

        var costs = await Rounds.AlternateAsync(rounds, [.. games]);

        report.Add($"First `dotnet build`, {GameFiles} files, medians of {rounds} alternating rounds:");
        report.AddTable(
            ["game", "peak memory", "first storage request to on disk"],
            costs.Select(cost => new[] { cost.Key, $"{PeakOf(cost.Value) / 1e6:0} MB", $"{cost.Value.Median(one => one.Seconds):0.00} s" }));
        report.AddTargets(
            Target.Ratio("1,000 MB / 50 MB, ranges", PeakOf(costs[NameOf(true, 1_000)]) / PeakOf(costs[NameOf(true, 50)]), 1.10),
            Target.Ratio("1,000 MB / 50 MB, no ranges", PeakOf(costs[NameOf(false, 1_000)]) / PeakOf(costs[NameOf(false, 50)]), 1.10));
    }

    private static string NameOf(bool ranges, int megabytes) => $"{megabytes:#,0} MB, {(ranges ? "ranges" : "no ranges")}";

    private static double PeakOf(IEnumerable<InstallCost> costs) => costs.Median(cost => cost.Command.PeakMemory);
}
