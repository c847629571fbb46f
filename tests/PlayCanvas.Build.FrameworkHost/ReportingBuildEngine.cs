using System.Collections;
using Microsoft.Build.Framework;
using PlayCanvas.Build.TestSupport.FrameworkHost;

namespace PlayCanvas.Build.FrameworkHost;

/// <summary>A build engine that writes the events of a task into a report. A task may log from several threads.</summary>
internal sealed class ReportingBuildEngine(TaskReport report) : IBuildEngine
{
    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "";

    public void LogErrorEvent(BuildErrorEventArgs e) => Add(report.Errors, new ReportedEvent(e.Code, e.Message!, e.HelpLink, e.File));

    public void LogWarningEvent(BuildWarningEventArgs e) => Add(report.Warnings, new ReportedEvent(e.Code, e.Message!, e.HelpLink, e.File));

    public void LogMessageEvent(BuildMessageEventArgs e) => Add(report.Messages, e.Message!);

    public void LogCustomEvent(CustomBuildEventArgs e) => throw new NotSupportedException();

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        throw new NotSupportedException();

    private static void Add<T>(List<T> list, T entry)
    {
        lock (list)
            list.Add(entry);
    }
}
