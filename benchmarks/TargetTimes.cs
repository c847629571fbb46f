using Microsoft.Build.Framework;

namespace Benchmarks;

/// <summary>
/// A logger that writes how long each target and task of a build ran itself, without those that it called: a line each of milliseconds and
/// name. Its parameter is the file.
/// </summary>
/// <remarks>A build of one project runs on one node, so whatever began last is what runs.</remarks>
public sealed class TargetTimes : ILogger
{
    private readonly Dictionary<string, double> milliseconds = [];
    private readonly Stack<string> running = new(["MSBuild itself"]);
    private DateTime since;

    public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Quiet;

    public string? Parameters { get; set; }

    public void Initialize(IEventSource eventSource)
    {
        eventSource.BuildStarted += (_, started) => since = started.Timestamp;
        eventSource.TargetStarted += (_, started) => Begin(started.TargetName, started.Timestamp);
        eventSource.TargetFinished += (_, finished) => End(finished.Timestamp);
        eventSource.TaskStarted += (_, started) => Begin($"{running.Peek()} > {started.TaskName}", started.Timestamp);
        eventSource.TaskFinished += (_, finished) => End(finished.Timestamp);
        eventSource.BuildFinished += (_, finished) => Count(finished.Timestamp);
    }

    public void Shutdown() => File.WriteAllLines(Parameters!, milliseconds.OrderByDescending(time => time.Value).Select(time => $"{time.Value:0.0} {time.Key}"));

    /// <summary>Reads what was written.</summary>
    internal static IReadOnlyList<(double Milliseconds, string Name)> Read(string file) =>
        [.. File.ReadLines(file).Select(line => line.Split(' ', 2)).Select(parts => (double.Parse(parts[0]), parts[1]))];

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
        milliseconds[running.Peek()] = milliseconds.GetValueOrDefault(running.Peek()) + (time - since).TotalMilliseconds;
        since = time;
    }
}
