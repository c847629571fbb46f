using System.Collections.Concurrent;
using System.Globalization;
using NUnit.Framework;

namespace PlayCanvas.Build.Tests.Faults;

/// <summary>Writes the table of actual results in Markdown: to the console, and to a file beside the test results.</summary>
internal sealed class FaultReport
{
    private readonly ConcurrentQueue<(string Build, string Line)> lines = new();

    public void Add(FaultRow row, string outcome, int apiRequests, int storageRequests, TimeSpan waited, TimeSpan took) =>
        lines.Enqueue(($"{row.Build}", string.Create(
            CultureInfo.InvariantCulture,
            $"| {row.Fault} | {row.Build} | {outcome} | {apiRequests} | {storageRequests} | {waited.TotalSeconds:0.0} | {took.TotalMilliseconds:0} |")));

    public void Show()
    {
        var rows = lines.OrderBy(row => row.Build, StringComparer.Ordinal).ThenBy(row => row.Line, StringComparer.Ordinal).Select(row => row.Line).ToList();
        if (rows.Count == 0)
            return;

        string[] table =
        [
            "| fault | build | outcome | to the API | to the storage | waited (s) | took (ms) |",
            "| --- | --- | --- | ---: | ---: | ---: | ---: |",
            .. rows,
            "",
            $"{rows.Count} rows",
        ];
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "fault-table.md");
        File.WriteAllLines(path, table);
        TestContext.AddTestAttachment(path, "The fault table");
        TestContext.Progress.WriteLine(string.Join(Environment.NewLine, table));
    }
}
