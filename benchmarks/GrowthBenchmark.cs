using PlayCanvas.Build.TestSupport;
namespace Benchmarks;

/// <summary>Measures how time and memory grow: from 5 to 1,000 MB in 3,000 files, and from 10 to 30,000 files in 50 MB.</summary>
internal static class GrowthBenchmark
{
    private static readonly long[] Megabytes = [5, 50, 200, 1_000];
    private static readonly int[] Files = [10, 100, 1_000, 10_000, 30_000];

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        await MeasureAsync(report, bench, "size", "MB in 3,000 files", [.. Megabytes.Select(megabytes => new GameShape(megabytes, megabytes * 1_000_000, 3_000))]);
        await MeasureAsync(report, bench, "files", "files in 50 MB", [.. Files.Select(files => new GameShape(files, 50_000_000, files))]);
    }

    private static async Task MeasureAsync(Report report, Workbench bench, string name, string axis, IReadOnlyList<GameShape> shapes)
    {
        var costs = new List<GrowthCost>();
        foreach (var shape in shapes)
            costs.Add(await MeasureAsync(bench, shape));

        report.AddTable(
            [axis, "rounds", "first install", "one file changed", "up-to-date build", "peak memory"],
            costs.Select(cost => new[]
            {
                $"{cost.Shape.X:#,0}", $"{cost.Shape.Rounds}", $"{cost.Install:0.00} s", $"{cost.Update:0.00} s", $"{cost.UpToDate:0.00} s", $"{cost.PeakMemory / 1e6:0} MB",
            }));
        await AddPlotAsync(report, $"growth-{name}-time.svg", new Plot(
            "Time", axis, "s",
            SeriesOf("first install", costs, cost => cost.Install),
            SeriesOf("one file changed", costs, cost => cost.Update),
            SeriesOf("up-to-date build", costs, cost => cost.UpToDate)));
        await AddPlotAsync(report, $"growth-{name}-memory.svg", new Plot("Peak memory of the first build", axis, "MB", SeriesOf("dotnet build", costs, cost => cost.PeakMemory / 1e6)));
    }

    private static async Task<GrowthCost> MeasureAsync(Workbench bench, GameShape shape)
    {
        await using var sandbox = await SandboxProcess.StartAsync(shape.Bytes, shape.Files);
        var game = await GameProject.CreateAsync(bench, "game", sandbox);
        const string Install = "first install", Update = "one file changed", UpToDate = "nothing to do";
        var installs = await Rounds.AlternateAsync(shape.Rounds, (Install, game.InstallAsync), (Update, game.UpdateOneFileAsync));
        var builds = await Rounds.AlternateAsync(Rounds.AtMost(3), (UpToDate, game.BuildAsync));
        return new GrowthCost(
            shape,
            installs[Install].Median(cost => cost.Seconds),
            installs[Update].Median(cost => cost.Seconds),
            builds[UpToDate].Median(cost => cost.Seconds),
            installs[Install].Median(cost => cost.Command.PeakMemory));
    }

    private static Series SeriesOf(string name, IEnumerable<GrowthCost> costs, Func<GrowthCost, double> value) =>
        new(name, [.. costs.Select(cost => (cost.Shape.X, value(cost)))]);

    private static async Task AddPlotAsync(Report report, string file, Plot plot)
    {
        await File.WriteAllTextAsync(Path.Combine(Repository.PathOf("benchmarks"), file), plot.Draw());
        report.Add($"![]({file})");
    }

    private sealed record GameShape(double X, long Bytes, int Files)
    {
        /// <summary>One round for large games, because the sandbox needs most of a minute to pack a large export; otherwise, up to three.</summary>
        public int Rounds => Benchmarks.Rounds.AtMost(Bytes > 200_000_000 || Files > 3_000 ? 1 : 3);
    }

    private sealed record GrowthCost(GameShape Shape, double Install, double Update, double UpToDate, double PeakMemory);
}
