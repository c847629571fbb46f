namespace Benchmarks;

/// <summary>
/// Compares what the package's tasks cost with the first install of the same game: after one file of 3,000 changed, after no file changed, and in a
/// second checkout on the same machine.
/// </summary>
internal static class UpdateBenchmark
{
    private const long GameSize = 200_000_000;
    private const int GameFiles = 3_000;

    private const string First = "first install";
    private const string Changed = "one file changed";
    private const string Unchanged = "nothing changed";
    private const string Checkout = "second checkout with the lock file";

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        var sandbox = await bench.StartSandboxAsync(GameSize, GameFiles);
        var game = await GameProject.CreateAsync(bench, "game", sandbox);
        var checkout = await GameProject.CreateAsync(bench, "checkout", sandbox, neighbor: game);

        var costs = await Rounds.AlternateAsync(
            Rounds.Count,
            (First, game.ProfileInstallAsync),
            (Changed, game.ProfileUpdateOfOneFileAsync),
            (Checkout, () => checkout.ProfileCheckoutAsync(game)));
        // Each update needs a new export, which the sandbox packs for several seconds.
        var unchanged = await Rounds.AlternateAsync(Rounds.AtMost(5), (Unchanged, game.ProfileUpdateAsync));
        costs.Add(Unchanged, unchanged[Unchanged]);

        var first = MillisecondsOf(costs[First]);
        report.Add($"{GameSize / 1_000_000} MB in {GameFiles} files, a server that supports ranges, medians of alternating rounds:");
        report.AddTable(
            ["build", "rounds", "the package's tasks, without waiting for the job", "/ first install", "bytes from the storage", "requests"],
            costs.Select(cost => new[]
            {
                cost.Key, $"{cost.Value.Count}", $"{MillisecondsOf(cost.Value):0} ms", $"{MillisecondsOf(cost.Value) / first:0.000}", $"{BytesOf(cost.Value):#,0}", $"{cost.Value.Median(one => one.Count):0}",
            }));
        report.AddTargets(
            Target.Ratio($"{Changed} / {First}", MillisecondsOf(costs[Changed]) / first, 0.100),
            Target.Ratio($"{Changed}: bytes / {First}", BytesOf(costs[Changed]) / BytesOf(costs[First]), 0.010),
            Target.Ratio($"{Checkout} / {First}", MillisecondsOf(costs[Checkout]) / first, 0.100),
            Target.Count($"{Checkout}: requests", costs[Checkout].Max(cost => cost.Count), 0));
    }

    private static double MillisecondsOf(IEnumerable<TaskCost> costs) => costs.Median(cost => cost.Step.Elapsed);

    private static double BytesOf(IEnumerable<TaskCost> costs) => costs.Median(cost => cost.Bytes);
}
