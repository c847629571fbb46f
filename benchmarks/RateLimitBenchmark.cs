namespace Benchmarks;

/// <summary>
/// How long parallel builds of different projects take that share a token and its limit of a few exports in a window, against the least that
/// the limit allows. Time is that of the server's clock, from the first export that it was asked for to the last.
/// </summary>
internal static class RateLimitBenchmark
{
    private const int Limit = 5;
    private const int Builds = 16;

    /// <summary>Longer than so many builds need to start on two cores, which is not what is measured.</summary>
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
        report.Add($"{Builds} builds at once, each of which asks for an export, with one token; {Limit} exports are allowed in {Window.TotalSeconds} s, so the last ones wait for {waits} resets.");
        report.AddTable(["", "seconds"], [["the least that the limit allows", $"{least:0.0}"], ["took", $"{took:0.0}"]]);
        report.AddTargets(
            Target.Seconds("from the first request to the last (5 % more than the least, and 1 s a window)", took, (least * 1.05) + waits),
            new Target("requests that were refused", $"{refused}", "1", refused <= 1),
            new Target("requests", $"{requests.Count}", $"{Builds + refused}", requests.Count == Builds + refused));
    }
}
