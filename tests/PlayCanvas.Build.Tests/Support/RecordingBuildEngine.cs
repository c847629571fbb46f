using System.Collections;
using System.Collections.Concurrent;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>A build engine that records the events that a task logs.</summary>
internal sealed class RecordingBuildEngine(IClock clock) : IBuildEngine4
{
    private readonly ConcurrentQueue<DateTimeOffset> shownAt = new();
    private readonly ConcurrentQueue<BuildErrorEventArgs> errors = new();
    private readonly ConcurrentQueue<BuildWarningEventArgs> warnings = new();
    private readonly ConcurrentQueue<BuildMessageEventArgs> messages = new();
    private readonly ConcurrentDictionary<object, object> registered = new();

    public RecordingBuildEngine()
        : this(new SystemClock())
    {
    }

    public DateTimeOffset StartedAt { get; } = clock.UtcNow;

    /// <summary>The times of the lines that the classic logger shows.</summary>
    public IReadOnlyList<DateTimeOffset> ShownAt => [.. shownAt];

    public IReadOnlyList<BuildErrorEventArgs> Errors => [.. errors];

    public IReadOnlyList<BuildWarningEventArgs> Warnings => [.. warnings];

    public IReadOnlyList<BuildMessageEventArgs> Messages => [.. messages];

    /// <summary>The messages that a log of continuous integration shows.</summary>
    public IReadOnlyList<string> HighMessages => [.. messages.Where(message => message.Importance == MessageImportance.High).Select(message => message.Message!)];

    /// <summary>Every logged text of any kind.</summary>
    public IReadOnlyList<string> AllTexts => [.. errors.Select(error => error.Message!), .. warnings.Select(warning => warning.Message!), .. messages.Select(message => message.Message!)];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "";

    public bool IsRunningMultipleNodes => false;

    public void LogErrorEvent(BuildErrorEventArgs e) => errors.Enqueue(e);

    public void LogWarningEvent(BuildWarningEventArgs e) => warnings.Enqueue(e);

    public void LogMessageEvent(BuildMessageEventArgs e)
    {
        messages.Enqueue(e);
        if (e.Importance == MessageImportance.High)
            shownAt.Enqueue(clock.UtcNow);
    }

    public void LogCustomEvent(CustomBuildEventArgs e) => throw new NotSupportedException();

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        throw new NotSupportedException();

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs, string toolsVersion) =>
        throw new NotSupportedException();

    public bool BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IDictionary[] targetOutputsPerProject, string[] toolsVersion, bool useResultsCache, bool unloadProjectsOnCompletion) =>
        throw new NotSupportedException();

    public BuildEngineResult BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IList<string>[] removeGlobalProperties, string[] toolsVersion, bool returnTargetOutputs) =>
        throw new NotSupportedException();

    public void Yield()
    {
    }

    public void Reacquire()
    {
    }

    public void RegisterTaskObject(object key, object obj, RegisteredTaskObjectLifetime lifetime, bool allowEarlyCollection) => registered[key] = obj;

    public object? GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => registered.GetValueOrDefault(key);

    public object? UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => registered.TryRemove(key, out var value) ? value : null;

    /// <summary>Forgets what the tasks of the build have registered, as MSBuild does at the end of a build.</summary>
    public void EndBuild() => registered.Clear();
}
