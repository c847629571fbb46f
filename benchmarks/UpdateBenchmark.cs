namespace Benchmarks;

/// <summary>Compares the cost of an update with the first install of the same game: after one file of 3,000 changed, and after no file changed.</summary>
internal static class UpdateBenchmark
{
    private const long GameSize = 200_000_000;
    private const int GameFiles = 3_000;

    private const string First = "first install";
    private const string Changed = "one file changed";
    private const string Unchanged = "nothing changed";

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        var sandbox = await bench.StartSandboxAsync(GameSize, GameFiles);
        var game = await GameProject.CreateAsync(bench, "game", sandbox);

        var costs = await Rounds.AlternateAsync(Rounds.Count, (First, game.InstallAsync), (Changed, game.UpdateOneFileAsync), (Unchanged, game.UpdateAsync));

        report.Add($"{GameSize / 1_000_000} MB in {GameFiles} files, a server that supports ranges, medians of {Rounds.Count} alternating rounds:");
        report.AddTable(
            ["build", "first storage request to on disk", "bytes moved", "whole command"],
            costs.Select(cost => new[]
            {
                cost.Key, $"{SecondsOf(cost.Value):0.000} s", $"{BytesOf(cost.Value):#,0}", $"{cost.Value.Median(one => one.Command.Seconds):0.00} s",
            }));
        report.AddTargets(
            Target.Seconds($"{Changed}: a tenth of the first install, or 300 ms if that is more", SecondsOf(costs[Changed]), Math.Max(0.300, SecondsOf(costs[First]) * 0.10)),
            Target.Ratio($"{Changed}: bytes / first install", BytesOf(costs[Changed]) / BytesOf(costs[First]), 0.010),
            Target.Seconds($"{Unchanged}: a twentieth of the first install, or 200 ms if that is more", SecondsOf(costs[Unchanged]), Math.Max(0.200, SecondsOf(costs[First]) * 0.05)),
            Target.Ratio($"{Unchanged}: bytes / first install", BytesOf(costs[Unchanged]) / BytesOf(costs[First]), 0.005));
    }

    private static double SecondsOf(IEnumerable<InstallCost> costs) => costs.Median(cost => cost.Seconds);

    private static double BytesOf(IEnumerable<InstallCost> costs) => costs.Median(cost => cost.Bytes);
}
