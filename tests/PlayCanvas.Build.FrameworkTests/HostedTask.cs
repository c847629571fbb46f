using System.Diagnostics;
using System.Reflection;
using Newtonsoft.Json;
using PlayCanvas.Build.TestSupport.FrameworkHost;

namespace PlayCanvas.Build.FrameworkTests;

/// <summary>A task that runs in a mono process.</summary>
internal sealed class HostedTask : IDisposable
{
    /// <summary>The time after which a process that has not ended is considered hung.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private static readonly string Host = typeof(HostedTask).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "FrameworkHost").Value!;

    private readonly Process process;

    private HostedTask(Process process) => this.process = process;

    /// <param name="call">The task and its parameters.</param>
    /// <param name="environment">Changes to the environment that the process inherits. A null value removes the variable.</param>
    public static HostedTask Start(TaskCall call, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(MonoRuntime.Program!, [Host])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var task = new HostedTask(Process.Start(start)!);
        task.process.StandardInput.WriteLine(JsonConvert.SerializeObject(call));
        task.process.StandardInput.Flush();
        return task;
    }

    public bool HasEnded => process.HasExited;

    public void Cancel()
    {
        process.StandardInput.WriteLine("cancel");
        process.StandardInput.Flush();
    }

    /// <summary>Waits until the process has ended, and returns the report that it wrote.</summary>
    public async Task<TaskReport> ReportAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);

        Assert.That(process.ExitCode, Is.Zero, await errors);
        return JsonConvert.DeserializeObject<TaskReport>(await output)!;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
