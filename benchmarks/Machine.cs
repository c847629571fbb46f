using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;

namespace Benchmarks;

/// <summary>Describes the machine on which a result was measured.</summary>
internal static class Machine
{
    public static async Task<string> DescribeAsync()
    {
        var sdk = await Cli.Wrap("dotnet").WithArguments("--version").ExecuteBufferedAsync();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30);
        return $"{Environment.ProcessorCount} cores of {Processor()}, {memory} GB, {RuntimeInformation.OSDescription}, SDK {sdk.StandardOutput.Trim()}, {DateTime.UtcNow:yyyy-MM-dd}";
    }

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line.Split(':', 2)[1].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
}
