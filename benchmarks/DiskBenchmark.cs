using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace Benchmarks;

/// <summary>
/// Measures the space on the disk that the store and the project need after ten updates of one file each, compared with one content. Files that share
/// their blocks by hard links are counted once, and folders are counted.
/// </summary>
internal static class DiskBenchmark
{
    private const long GameSize = 200_000_000;
    private const int GameFiles = 3_000;
    private const int Updates = 10;

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        var sandbox = await bench.StartSandboxAsync(GameSize, GameFiles);
        var game = await GameProject.CreateAsync(bench, "game", sandbox);

        await game.InstallAsync();
        var first = await DiskUse.OfAsync(game.Store, game.GameFolder);
        for (var update = 1; update <= Updates; update++)
            Console.Error.WriteLine($"update {update} of {Updates}: {await game.UpdateOneFileAsync()}");
        var last = await DiskUse.OfAsync(game.Store, game.GameFolder);

        report.Add($"{GameSize / 1_000_000} MB in {GameFiles} files, by `du`, which counts the blocks of linked files once:");
        report.AddTable(
            ["", "store", "of which folders", "store and project"],
            [RowOf("after the first install", first), RowOf($"after {Updates} updates of one file each", last)]);
        report.AddTargets(Target.Ratio($"the store after {Updates} updates / one content", (double)last.Store / first.Store, 1.05));
    }

    private static string[] RowOf(string name, DiskUse use) =>
        [name, $"{use.Store / 1e6:0.0} MB", $"{use.Folders / 1e6:0.0} MB", $"{use.All / 1e6:0.0} MB"];

    /// <summary>The space on the disk, in bytes.</summary>
    private sealed record DiskUse(long Store, long Folders, long All)
    {
        public static async Task<DiskUse> OfAsync(string store, string project) => new(
            await SumAsync("du -s -B1 \"$0\" | cut -f1", store),
            await SumAsync("find \"$0\" -type d -printf '%b\\n' | awk '{ sum += $1 } END { printf \"%d\", sum * 512 }'", store),
            await SumAsync("du -s -c -B1 \"$0\" \"$1\" | tail -n 1 | cut -f1", store, project));

        private static async Task<long> SumAsync(string command, params string[] folders)
        {
            var result = await Cli.Wrap("sh").WithArguments(["-c", command, .. folders]).ExecuteBufferedAsync();
            return long.Parse(result.StandardOutput.Trim(), CultureInfo.InvariantCulture);
        }
    }
}
