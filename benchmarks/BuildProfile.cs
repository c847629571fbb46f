using System.Runtime;
using System.Text.Json;
using Microsoft.Build.Framework;

namespace Benchmarks;

/// <summary>
/// A logger that measures the time of each target and task of a build, without the targets and tasks that it called. Its parameter is the path of the
/// file that it writes; <see cref="Read"/> reads that file.
/// </summary>
/// <remarks>
/// A build of one project runs on one node, so the target or task that started last is the one that runs. The logger reads the counters of the process
/// when the event arrives, which is at most a few milliseconds late.
/// </remarks>
public sealed class BuildProfile : ILogger
{
    private readonly Dictionary<string, BuildStep> steps = [];
    private readonly Stack<string> running = new(["MSBuild itself"]);
    private BuildStep read = new("", 0, 0, 0, 0, 0, 0);

    public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Quiet;

    public string? Parameters { get; set; }

    public void Initialize(IEventSource eventSource)
    {
        eventSource.BuildStarted += (_, started) => read = BuildStep.Now(started.Timestamp);
        eventSource.TargetStarted += (_, started) => Begin(started.TargetName, started.Timestamp);
        eventSource.TargetFinished += (_, finished) => End(finished.Timestamp);
        eventSource.TaskStarted += (_, started) => Begin($"{running.Peek()} > {started.TaskName}", started.Timestamp);
        eventSource.TaskFinished += (_, finished) => End(finished.Timestamp);
        eventSource.BuildFinished += (_, finished) => Count(finished.Timestamp);
    }

    public void Shutdown() => File.WriteAllText(Parameters!, JsonSerializer.Serialize(steps.Values));

    internal static IReadOnlyList<BuildStep> Read(string file) => JsonSerializer.Deserialize<List<BuildStep>>(File.ReadAllText(file))!;

    private void Begin(string name, DateTime time)
    {
        Count(time);
        running.Push(name);
    }

    private void End(DateTime time)
    {
        Count(time);
        running.Pop();
    }

    private void Count(DateTime time)
    {
        var now = BuildStep.Now(time);
        var step = now.Since(read) with { Name = running.Peek() };
        steps[step.Name] = steps.TryGetValue(step.Name, out var before) ? step.And(before) : step;
        read = now;
    }
}

/// <summary>The cost of a target or a task; all times are in milliseconds.</summary>
/// <param name="Name">The name of the target, or the names of the target and the task.</param>
/// <param name="Elapsed">The elapsed time.</param>
/// <param name="User">The processor time in the process's own code, on all threads.</param>
/// <param name="Kernel">The processor time that the system spent on behalf of the process.</param>
/// <param name="Compiling">The time in .NET's JIT compiler, on all threads; <paramref name="User"/> includes it.</param>
/// <param name="Methods">The number of methods that were compiled.</param>
/// <param name="Pauses">The time in which garbage collection paused the process.</param>
internal sealed record BuildStep(string Name, double Elapsed, double User, double Kernel, double Compiling, double Methods, double Pauses)
{
    /// <summary>Reads the counters of the process.</summary>
    /// <param name="time">The current time, which becomes <see cref="Elapsed"/>.</param>
    public static BuildStep Now(DateTime time)
    {
        var processors = Environment.CpuUsage;
        return new BuildStep(
            "",
            time.Ticks / (double)TimeSpan.TicksPerMillisecond,
            processors.UserTime.TotalMilliseconds,
            processors.PrivilegedTime.TotalMilliseconds,
            JitInfo.GetCompilationTime().TotalMilliseconds,
            JitInfo.GetCompiledMethodCount(),
            GC.GetTotalPauseDuration().TotalMilliseconds);
    }

    /// <summary>Returns the medians of several measurements of the same step.</summary>
    public static BuildStep MedianOf(IReadOnlyCollection<BuildStep> steps) => new(
        steps.First().Name,
        steps.Median(step => step.Elapsed),
        steps.Median(step => step.User),
        steps.Median(step => step.Kernel),
        steps.Median(step => step.Compiling),
        steps.Median(step => step.Methods),
        steps.Median(step => step.Pauses));

    public BuildStep Since(BuildStep before) => Combine(before, -1);

    public BuildStep And(BuildStep other) => Combine(other, 1);

    private BuildStep Combine(BuildStep other, int sign) => new(
        Name,
        Elapsed + (sign * other.Elapsed),
        User + (sign * other.User),
        Kernel + (sign * other.Kernel),
        Compiling + (sign * other.Compiling),
        Methods + (sign * other.Methods),
        Pauses + (sign * other.Pauses));
}
