using System.Diagnostics;
using PlayCanvas.Build.Tasks;

namespace PlayCanvas.Build.FrameworkHost;

/// <summary>Cancels a task from a thread of its own, as MSBuild does, and measures how long the task takes to return after that.</summary>
internal sealed class Cancellation(PlayCanvasTask task)
{
    private readonly Stopwatch sinceCancel = new();

    /// <summary>The time since the task was cancelled; null when it was not.</summary>
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
