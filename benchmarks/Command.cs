using System.Diagnostics;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace Benchmarks;

/// <summary>The cost of a command: its duration in seconds, and the peak memory of its largest process in bytes.</summary>
internal sealed record CommandCost(double Seconds, long PeakMemory)
{
    public override string ToString() => $"{Seconds:0.000} s, {PeakMemory / 1e6:0} MB";
}

/// <summary>Runs commands, and measures their time and memory.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task<CommandCost> RunAsync(string folder, IReadOnlyDictionary<string, string?> variables, string program, params string[] arguments)
    {
        var peak = Path.GetTempFileName();
        using var patience = new CancellationTokenSource(Patience);
        var watch = Stopwatch.StartNew();
        var result = await Cli.Wrap("/usr/bin/time")
            .WithArguments(["-q", "-f", "%M", "-o", peak, program, .. arguments])
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(patience.Token);
        var seconds = watch.Elapsed.TotalSeconds;
        if (!result.IsSuccess)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{result.StandardOutput}{result.StandardError}");
        var kilobytes = long.Parse(await File.ReadAllTextAsync(peak, patience.Token), CultureInfo.InvariantCulture);
        File.Delete(peak);
        return new CommandCost(seconds, kilobytes * 1024);
    }

    public static Task<CommandCost> RunAsync(string folder, string program, params string[] arguments) =>
        RunAsync(folder, new Dictionary<string, string?>(), program, arguments);
}
