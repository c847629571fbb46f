namespace Benchmarks;

/// <summary>
/// Compares the time of parallel builds of different projects, which share a token and its limit of a few exports per window, with the minimum that the
/// limit allows. The time is measured by the server's clock, from the first request for an export to the last.
/// </summary>
internal static class RateLimitBenchmark
{
    private const int Limit = 5;
    private const int Builds = 16;

    /// <summary>Longer than this many builds need to start on two cores, so that the start does not affect the result.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        var sandbox = await bench.StartSandboxAsync(0, 0, "--StandInEngine", "true", "--StrictLimit", $"{Limit}", "--RateLimitWindow", $"{Window}");
        var games = new List<GameProject>();
        for (var number = 1; number <= Builds; number++)
            games.Add(await GameProject.CreateAsync(bench, $"game{number}", sandbox));

        await Task.WhenAll(games.Select(game => game.BuildAsync()));
        AddResult(report, [.. (await sandbox.TakeRequestsAsync()).Where(request => request is { Method: "POST", Path: "/api/apps/download" })]);
    }

    private static void AddResult(Report report, List<LoggedRequest> requests)
    {
        var waits = (Builds - 1) / Limit;
        var least = (Window * waits).TotalSeconds;
        var took = (requests.Max(request => request.Time) - requests.Min(request => request.Time)).TotalSeconds;
        var refused = requests.Count(request => request.Status == 429);
        report.Add($"{Builds} simultaneous builds with one token, each of which requests an export. The limit is {Limit} exports per {Window.TotalSeconds} s, so the last builds wait for {waits} resets.");
        report.AddTable(["", "seconds"], [["minimum that the limit allows", $"{least:0.0}"], ["measured", $"{took:0.0}"]]);
        report.AddTargets(
            Target.Seconds("from the first request to the last (the minimum, plus 5 %, plus 1 s per window)", took, (least * 1.05) + waits),
            new Target("rejected requests", $"{refused}", "1", refused <= 1),
            new Target("requests", $"{requests.Count}", $"{Builds + refused}", requests.Count == Builds + refused));
    }
}
