using System.Collections.Concurrent;
using System.IO.Compression;

namespace Benchmarks;

/// <summary>
/// Visits the game of a published site in chromium: measures what the browser receives in the first visit, the second one and after an update, and the
/// time to the first frame, compared with nginx.
/// </summary>
internal static class PlayBenchmark
{
    private const int BrotliQuality = 11;

    /// <summary>The window of the command <c>brotli</c>.</summary>
    private const int BrotliWindow = 24;

    private const string Ours = "the site, served by the package";
    private const string Tuned = "nginx, brotli_static and the same headers";
    private const string Default = "nginx, Debian's defaults";

    /// <param name="Name">What the table calls it.</param>
    /// <param name="Bytes">The size of its generated files.</param>
    /// <param name="Files">Their number.</param>
    /// <param name="IsSmall">Whether it loads less than 4 MB before the first frame.</param>
    private sealed record Shape(string Name, long Bytes, int Files, bool IsSmall);

    private static readonly Shape[] Shapes = [new("the sandbox's game", 0, 0, true), new("900 files, 12 MB", 12_000_000, 900, false)];

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        foreach (var shape in Shapes)
            await MeasureAsync(report, bench, shape);
    }

    private static async Task MeasureAsync(Report report, Workbench bench, Shape shape)
    {
        var sandbox = await bench.StartSandboxAsync(shape.Bytes, shape.Files);
        var project = bench.AddProject($"played-{shape.Files}", ProjectFiles.Web(ProjectFiles.Package));
        var game = await PlayedGame.DownloadAsync(sandbox, project.PathOf("game.zip"));
        var published = bench.PathOf($"published-{shape.Files}");
        await PublishAsync();
        var site = await ServingSite.StartAsync(published, "/game/");
        try
        {
            await using var nginx = await Nginx.StartAsync(bench.EmptyFolder($"nginx-{shape.Files}"), Path.Combine(published, "wwwroot"));
            var frames = await Rounds.AlternateAsync(
                shape.IsSmall ? Rounds.Count : Rounds.AtMost(5),
                (Ours, () => FirstVisitAsync(site.Url)), (Tuned, () => FirstVisitAsync(nginx.Tuned)), (Default, () => FirstVisitAsync(nginx.Default)));

            await using var browser = await Browser.StartAsync(bench.EmptyFolder("profile-of-visitor"));
            var first = await VisitAsync("first visit");
            var least = LeastBytes(Path.Combine(published, "wwwroot"), first);
            var second = await VisitAsync("second visit");
            var changed = game.ChangeOneAsset();
            await PublishAsync();
            var address = site.Address;
            await site.DisposeAsync();
            site = await ServingSite.StartAsync(published, "/game/", address);
            var third = await VisitAsync("visit after an update");

            AddVisits(report, shape, changed, first, second, third);
            report.AddTargets(
                Target.Ratio($"{shape.Name}: bytes of the first visit / `brotli -q 11`", (double)first.Bytes / least, 1.05),
                Target.Count($"{shape.Name}: requests of the second visit", second.Responses.Count, 12),
                Target.Count($"{shape.Name}: requests of the second visit that are not answered 304", second.Responses.Count(response => response.Status != 304), 0),
                Target.Count($"{shape.Name}: bytes of the second visit", (int)second.Bytes, 4_096),
                Target.Count($"{shape.Name}: responses after an update other than the asset, config.json and 304", third.Responses.Count(response => response.Status != 304 && !IsOf(response, changed) && !IsOf(response, "config.json")), 0));
            AddFrames(report, shape, frames);

            async Task<Visit> VisitAsync(string name)
            {
                var visit = await browser.VisitAsync(new Uri(site.Url, "game/"), isSlow: false);
                Console.Error.WriteLine($"{name}: {visit}");
                return visit;
            }
        }
        finally
        {
            await site.DisposeAsync();
        }

        Task PublishAsync() => project.DotnetAsync("publish", "-o", published, "-p:PlayCanvasExportFile=game.zip");

        async Task<Visit> FirstVisitAsync(Uri url)
        {
            await using var browser = await Browser.StartAsync(bench.EmptyFolder("profile-of-new-visitor"));
            return await browser.VisitAsync(new Uri(url, "game/"), isSlow: true);
        }
    }

    private static void AddVisits(Report report, Shape shape, string changed, Visit first, Visit second, Visit third)
    {
        report.Add($"What the browser receives, {shape.Name}:");
        report.AddTable(
            ["visit", "requests", "of which answered 304", "bytes with heads"],
            new[] { ("the first", first), ("the second", second), ("after an update of one asset", third) }.Select(visit => new[]
            {
                visit.Item1, $"{visit.Item2.Responses.Count}", $"{visit.Item2.Responses.Count(response => response.Status == 304)}", $"{visit.Item2.Bytes:#,0}",
            }));
        var whole = third.Responses.Where(response => response.Status != 304).Select(response => IsOf(response, changed) ? "the asset" : $"`{response.Url.Segments[^1]}`");
        report.Add($"After the update, the site sends whole: {string.Join(", ", whole)}. The second visit requests: {string.Join(", ", second.Responses.Select(response => $"`{response.Url.AbsolutePath}`"))}.");
    }

    private static void AddFrames(Report report, Shape shape, Dictionary<string, List<Visit>> frames)
    {
        var seconds = frames.ToDictionary(server => server.Key, server => server.Value.Median(visit => visit.FirstFrame));
        report.Add($"The time to the first frame of a first visit with 10 megabits per second and 40 ms, {shape.Name}, medians of {frames[Ours].Count} alternating rounds:");
        report.AddTable(
            ["server", "time", "ours / this", "bytes with heads"],
            frames.Select(server => new[] { server.Key, $"{seconds[server.Key]:0.00} s", $"{seconds[Ours] / seconds[server.Key]:0.00}", $"{server.Value.Median(visit => visit.Bytes):#,0}" }));
        report.AddTargets(Target.Ratio($"{shape.Name}: ours / {Tuned}", seconds[Ours] / seconds[Tuned], 1.05));
        if (shape.IsSmall)
            report.AddTargets(Target.Ratio($"{shape.Name}: ours / {Default}", seconds[Ours] / seconds[Default], 0.6));
    }

    private static bool IsOf(VisitResponse response, string file) => Uri.UnescapeDataString(response.Url.AbsolutePath).EndsWith("/" + file, StringComparison.Ordinal);

    /// <summary>The sum of the lengths of the visited files, each compressed by <c>brotli -q 11</c> if that makes it shorter.</summary>
    private static long LeastBytes(string webRoot, Visit visit)
    {
        var lengths = new ConcurrentBag<long>();
        Parallel.ForEach(visit.Responses.Where(response => response.Status == 200), response =>
        {
            var path = Uri.UnescapeDataString(response.Url.AbsolutePath).TrimStart('/');
            var content = File.ReadAllBytes(Path.Combine(webRoot, path.EndsWith('/') ? path + "index.html" : path));
            var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
            if (!BrotliEncoder.TryCompress(content, compressed, out var length, BrotliQuality, BrotliWindow))
                throw new InvalidOperationException($"{path} cannot be compressed.");
            lengths.Add(Math.Min(length, content.Length));
        });
        return lengths.Sum();
    }
}
