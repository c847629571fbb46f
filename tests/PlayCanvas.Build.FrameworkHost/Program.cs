using System.Reflection;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Newtonsoft.Json;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.TestSupport.FrameworkHost;

namespace PlayCanvas.Build.FrameworkHost;

/// <summary>
/// Runs one task as MSBuild does: sets its parameters by their names, executes it, and reads its outputs. The first line of the standard input
/// is the <see cref="TaskCall"/> as JSON, a second line cancels the task, and the standard output is the <see cref="TaskReport"/> as JSON.
/// </summary>
internal static class Program
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static void Main()
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Utf8);
        using var output = new StreamWriter(Console.OpenStandardOutput(), Utf8);
        var call = JsonConvert.DeserializeObject<TaskCall>(input.ReadLine()!)!;
        output.Write(JsonConvert.SerializeObject(Run(call, input)));
    }

    private static TaskReport Run(TaskCall call, TextReader input)
    {
        var report = new TaskReport();
        var task = Create(call, report);
        var cancellation = new Cancellation(task);
        cancellation.RequestAtNextLine(input);
        try
        {
            report.Succeeded = task.Execute();
        }
        catch (Exception error)
        {
            report.Exception = error.ToString();
        }

        report.CancelLatency = cancellation.Elapsed;
        ReadOutputs(task, report);
        return report;
    }

    private static PlayCanvasTask Create(TaskCall call, TaskReport report)
    {
        var type = typeof(PlayCanvasTask).Assembly.GetExportedTypes().Single(exported => exported.Name == call.Task);
        var task = (PlayCanvasTask)Activator.CreateInstance(type);
        task.BuildEngine = new ReportingBuildEngine(report);
        foreach (var parameter in call.Parameters)
            SetParameter(task, parameter.Key, parameter.Value);
        return task;
    }

    /// <summary>A value that is not a parameter of the task is metadata of its game.</summary>
    private static void SetParameter(PlayCanvasTask task, string name, string value)
    {
        if (task.GetType().GetProperty(name) is { PropertyType: { } type } parameter && type == typeof(string))
            parameter.SetValue(task, value);
        else
            GameOf((PlayCanvasGameTask)task).SetMetadata(name, value);
    }

    private static ITaskItem GameOf(PlayCanvasGameTask task)
    {
        if (task.Game.Length == 0)
            task.Game = [new TaskItem("game")];
        return task.Game[0];
    }

    private static void ReadOutputs(PlayCanvasTask task, TaskReport report)
    {
        foreach (var property in task.GetType().GetProperties().Where(property => property.IsDefined(typeof(OutputAttribute))))
        {
            var value = property.GetValue(task);
            var items = value as ITaskItem[] ?? (value is ITaskItem item ? [item] : []);
            report.Outputs[property.Name] = [.. items.Select(Describe)];
        }
    }

    private static ReportedItem Describe(ITaskItem item) =>
        new(item.ItemSpec, item.MetadataNames.Cast<string>().ToDictionary(name => name, item.GetMetadata));
}
