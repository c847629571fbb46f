namespace Benchmarks;

/// <summary>
/// Measures the first install of a game of 200 MB in 3,000 files, from the first request to the storage until all files are verified and in place:
/// by the package, by the alternatives that users have, and by the limits of the machine.
/// </summary>
internal static class InstallBenchmark
{
    private const long GameSize = 200_000_000;
    private const int GameFiles = 3_000;

    private const string Ours = "the package, in `dotnet build`";
    private const string Curl = "curl + unzip";
    private const string DownloadFile = "DownloadFile + Unzip, in `dotnet build`";
    private const string Node = "Node: fetch + adm-zip";

    private const string Copy = "copying the zip over the loopback";
    private const string Inflate = "inflating its entries on two threads";
    private const string CreateFiles = "creating files of the same names and sizes on two threads";

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        var sandbox = await bench.StartSandboxAsync(GameSize, GameFiles);
        var ours = await GameProject.CreateAsync(bench, "ours", sandbox);
        var url = await sandbox.ExportAsync();
        var others = await OtherWays.PrepareAsync(bench, sandbox, url);
        var machine = await MachineLimits.ForAsync(url);

        var costs = await Rounds.AlternateAsync(Rounds.Count, (Ours, ours.InstallAsync), (Curl, others.CurlAndUnzipAsync));
        foreach (var (way, cost) in await Rounds.AlternateAsync(Rounds.AtMost(5), (DownloadFile, others.DownloadFileAndUnzipAsync), (Node, others.NodeAsync)))
            costs.Add(way, cost);
        AssertAllFetched(costs, machine.ZipSize);
        var limits = await Rounds.AlternateAsync(
            Rounds.Count,
            (Copy, machine.CopyAsync),
            (Inflate, () => machine.InflateAsync()),
            (CreateFiles, () => machine.CreateFilesAsync(bench.EmptyFolder("created"))));

        var seconds = costs[Ours].Median(cost => cost.Seconds);
        report.Add($"First install of {GameSize / 1_000_000} MB in {GameFiles} files, medians of alternating rounds:");
        report.AddTable(
            ["way", "rounds", "first storage request to on disk", "whole command", "ours / this"],
            costs.Select(cost => new[]
            {
                cost.Key, $"{cost.Value.Count}", $"{cost.Value.Median(one => one.Seconds):0.00} s", $"{cost.Value.Median(one => one.Command.Seconds):0.00} s", $"{seconds / cost.Value.Median(one => one.Seconds):0.00}",
            }));
        report.AddTargets(
            Target.Ratio($"ours / {Curl}", seconds / costs[Curl].Median(cost => cost.Seconds), 0.70),
            Target.Ratio($"ours / {DownloadFile}", seconds / costs[DownloadFile].Median(cost => cost.Seconds), 0.50));
        report.Add("The package compared with the limits of the machine, each measured in the same run:");
        report.AddTable(["limit", "seconds", "ours / this"], limits.Select(limit => new[] { limit.Key, $"{limit.Value.Median():0.00} s", $"{seconds / limit.Value.Median():0.00}" }));
    }

    /// <summary>Verifies that each round downloaded the whole zip. A round that reuses the download of an earlier round is not a first install.</summary>
    private static void AssertAllFetched(Dictionary<string, List<InstallCost>> costs, long zip)
    {
        if (costs.FirstOrDefault(way => way.Value.Any(cost => cost.Bytes < zip * 0.99)).Key is { } way)
            throw new InvalidOperationException($"{way} fetched {string.Join(", ", costs[way].Select(cost => cost.Bytes))} of {zip} bytes.");
    }
}
