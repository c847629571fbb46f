using System.Collections;
using Microsoft.Build.Framework;
using PlayCanvas.Build.TestSupport.FrameworkHost;

namespace PlayCanvas.Build.FrameworkHost;

/// <summary>A build engine that writes the events of a task into a report. A task may log from several threads.</summary>
internal sealed class ReportingBuildEngine(TaskReport report) : IBuildEngine4
{
    private readonly Dictionary<object, object> registered = [];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "";

    public bool IsRunningMultipleNodes => false;

    public void LogErrorEvent(BuildErrorEventArgs e) => Add(report.Errors, new ReportedEvent(e.Code, e.Message!, e.HelpLink, e.File));

    public void LogWarningEvent(BuildWarningEventArgs e) => Add(report.Warnings, new ReportedEvent(e.Code, e.Message!, e.HelpLink, e.File));

    public void LogMessageEvent(BuildMessageEventArgs e) => Add(report.Messages, e.Message!);

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

    public object? GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => registered.TryGetValue(key, out var value) ? value : null;

    public object? UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime)
    {
        var value = GetRegisteredTaskObject(key, lifetime);
        registered.Remove(key);
        return value;
    }

    private static void Add<T>(List<T> list, T entry)
    {
        lock (list)
            list.Add(entry);
    }
}
