using PlayCanvas.Build.Files;

namespace Benchmarks;

/// <summary>Measures where the time of an install goes: the processor time of the install task, and the time of each part of its work.</summary>
internal static class ProfileBenchmark
{
    private const long GameSize = 200_000_000;
    private const int GameFiles = 3_000;

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        var sandbox = await bench.StartSandboxAsync(GameSize, GameFiles);
        var game = await GameProject.CreateAsync(bench, "game", sandbox);
        var checkout = await GameProject.CreateAsync(bench, "checkout", sandbox, game);
        var machine = await MachineLimits.ForAsync(await sandbox.ExportAsync());

        var steps = await Rounds.AlternateAsync(
            Rounds.Count,
            ("first install", game.ProfileInstallAsync),
            ("one file changed", game.ProfileUpdateOfOneFileAsync),
            ("nothing changed", game.ProfileUpdateAsync),
            ("a second checkout", () => checkout.ProfileCheckoutAsync(game)));
        var parts = await Rounds.AlternateAsync(
            Rounds.Count,
            ("creating its folders", () => machine.CreateFoldersAsync(bench.EmptyFolder("folders"))),
            ("creating its folders and files, filled with zeros", () => machine.CreateFilesAsync(bench.EmptyFolder("files"), threads: 1)),
            ("linking its files into new folders", () => machine.LinkFilesAsync(bench.PathOf("files"), bench.EmptyFolder("linked"))),
            ("SHA-256 of the contents", () => machine.HashAsync(content => Sha256.Of(content))),
            ("MD5 of the contents", () => machine.HashAsync(content => Md5.Of(content))),
            ("CRC-32 of the contents", () => machine.HashAsync(content => Crc32.Update(0, content, 0, content.Length))),
            ("inflating the zip", () => machine.InflateAsync(threads: 1)),
            ("reading the zip over the loopback", machine.CopyAsync));

        report.Add($"The package's tasks in `dotnet build`, without the time that they wait for the service's job, {GameSize / 1_000_000} MB in {GameFiles} files, medians of {Rounds.Count} alternating rounds, in milliseconds:");
        report.AddTable(
            ["build", "elapsed", "processors: user", "processors: kernel", "of user: .NET's JIT compiler", "methods compiled", "garbage collection pauses"],
            steps.Select(step => (step.Key, Median: BuildStep.MedianOf([.. step.Value.Select(cost => cost.Step)]))).Select(step => new[]
            {
                step.Key, $"{step.Median.Elapsed:0}", $"{step.Median.User:0}", $"{step.Median.Kernel:0}", $"{step.Median.Compiling:0}", $"{step.Median.Methods:0}", $"{step.Median.Pauses:0}",
            }));
        report.Add("The parts of a first install, each measured separately on one thread, in the same run:");
        report.AddTable(["part", "milliseconds"], parts.Select(part => new[] { part.Key, $"{part.Value.Median() * 1000:0}" }));
    }
}
