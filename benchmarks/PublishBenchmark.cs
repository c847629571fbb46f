namespace Benchmarks;

/// <summary>
/// Measures how much a game adds to <c>dotnet publish</c> of a site: for a clean checkout with an installed game, so that the time does not include a
/// download, and for a publish when nothing changed.
/// </summary>
internal static class PublishBenchmark
{
    private const long GameSize = 50_000_000;

    private const string Ours = "game from the package";
    private const string ByHand = "game as content, SDK defaults";
    private const string Empty = "no game";

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        await MeasureCleanAsync(report, bench, 900);
        await MeasureUnchangedAsync(report, bench, 3_000);
    }

    private static async Task MeasureCleanAsync(Report report, Workbench bench, int gameFiles)
    {
        var sites = await ProjectTrio.WebAsync(bench, await bench.StartSandboxAsync(GameSize, gameFiles));
        var seconds = await AlternateAsync(sites, async site =>
        {
            site.Clean();
            await site.DotnetAsync("restore");
            return await site.SecondsOfAsync("publish", "--no-restore");
        });
        var empty = seconds[Empty].Median();
        var sizes = new Dictionary<string, long> { [Ours] = PublishedBytes(sites.Ours), [ByHand] = PublishedBytes(sites.ByHand), [Empty] = PublishedBytes(sites.Empty) };

        report.Add($"`dotnet publish` of a clean checkout, {GameSize / 1_000_000} MB in {gameFiles} files, medians of {Rounds.Count} alternating rounds:");
        report.AddTable(
            ["site", "time", "the game's share", "output"],
            seconds.Select(site => new[] { site.Key, $"{site.Value.Median():0.00} s", $"{site.Value.Median() - empty:0.00} s", $"{sizes[site.Key] / 1e6:0.0} MB" }));
        report.AddTargets(Target.Ratio("the game's share: ours / SDK defaults", (seconds[Ours].Median() - empty) / (seconds[ByHand].Median() - empty), 0.33));
    }

    private static async Task MeasureUnchangedAsync(Report report, Workbench bench, int gameFiles)
    {
        var sites = await ProjectTrio.WebAsync(bench, await bench.StartSandboxAsync(GameSize, gameFiles));
        foreach (var site in sites.All)
            await site.DotnetAsync("publish");
        var seconds = await AlternateAsync(sites, site => site.SecondsOfAsync("publish"));

        report.Add($"`dotnet publish` when nothing changed, {GameSize / 1_000_000} MB in {gameFiles} files, medians of {Rounds.Count} alternating rounds:");
        report.AddTable(
            ["site", "time", "difference from no game"],
            seconds.Select(site => new[] { site.Key, $"{site.Value.Median():0.00} s", $"{site.Value.Median() - seconds[Empty].Median():0.00} s" }));
        report.AddTargets(Target.Ratio("ours / SDK defaults", seconds[Ours].Median() / seconds[ByHand].Median(), 1.05));
    }

    private static Task<Dictionary<string, List<double>>> AlternateAsync(ProjectTrio sites, Func<Project, Task<double>> measure) => Rounds.AlternateAsync(
        Rounds.Count,
        (Empty, () => measure(sites.Empty)),
        (ByHand, () => measure(sites.ByHand)),
        (Ours, () => measure(sites.Ours)));

    private static long PublishedBytes(Project site) =>
        new DirectoryInfo(site.PathOf("bin/Release/net10.0/publish")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
