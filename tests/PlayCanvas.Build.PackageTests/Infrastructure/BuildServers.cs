using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>
/// The processes that builds of this test run share, so that each build does not have to load and compile MSBuild and the C# compiler again:
/// one compiler server, and as many MSBuild servers as builds run at the same time. A build that must run in a separate process uses none.
/// They are used only on Linux, where they can be found by their environment and ended.
/// </summary>
/// <param name="id">Identifies the test run. Builds outside of it cannot reach its servers.</param>
internal sealed class BuildServers(string id)
{
    /// <summary>MSBuild connects only to servers that were started with the same salt.</summary>
    public const string Salt = "MSBUILDNODEHANDSHAKESALT";

    /// <summary>MSBuild turns this variable into the property that names the compiler server.</summary>
    private const string CompilerName = "SharedCompilationId";

    private readonly ConcurrentStack<int> idle = new();
    private readonly string name = "playcanvas-tests-" + id;
    private int count;

    /// <summary>Takes an MSBuild server for one command: the one that was used last, because it is warm, or a new one if all are busy.</summary>
    public Lease Take() => new(this, idle.TryPop(out var number) ? number : Interlocked.Increment(ref count));

    /// <summary>Ends all servers. No command may be running.</summary>
    public void End()
    {
        if (!OperatingSystem.IsLinux())
            return;

        foreach (var number in Enumerable.Range(1, count))
            LeftProcesses.End($"{Salt}={SaltOf(number)}");
        LeftProcesses.End($"{CompilerName}={name}");
    }

    private string SaltOf(int number) => $"{name}-{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The use of a server by one command.</summary>
    [SuppressMessage("Design", "CA1034", Justification = "A lease belongs to its servers.")]
    public readonly struct Lease(BuildServers servers, int number) : IDisposable
    {
        /// <summary>The environment variables of the command.</summary>
        public IReadOnlyDictionary<string, string?> Variables => !OperatingSystem.IsLinux() ? new Dictionary<string, string?>() : new Dictionary<string, string?>
        {
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1",
            ["MSBUILDDISABLENODEREUSE"] = "0",
            ["UseSharedCompilation"] = "true",
            [CompilerName] = servers.name,
            [Salt] = servers.SaltOf(number),
        };

        public void Dispose() => servers.idle.Push(number);
    }
}
