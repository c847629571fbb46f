using System.Diagnostics;
using PlayCanvas.Build.Tasks;

namespace PlayCanvas.Build.FrameworkHost;

/// <summary>Cancels a task from a separate thread, as MSBuild does, and measures how long the task then takes to return.</summary>
internal sealed class Cancellation(PlayCanvasTask task)
{
    private readonly Stopwatch sinceCancel = new();

    /// <summary>The time since the task was cancelled; null if it was not cancelled.</summary>
    public TimeSpan? Elapsed => sinceCancel.IsRunning ? sinceCancel.Elapsed : null;

    public void RequestAtNextLine(TextReader input)
    {
        var thread = new Thread(() =>
        {
            if (input.ReadLine() is null)
                return;
            sinceCancel.Start();
            task.Cancel();
        })
        { IsBackground = true };
        thread.Start();
    }
}
