using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.Http;

/// <summary>Waits for the asynchronous HTTP stack. This is the only place where the otherwise synchronous code does.</summary>
/// <param name="Limit">The longest time without any progress.</param>
/// <param name="OnWaiting">Called repeatedly during a wait, with a description of what is awaited and the time waited so far.</param>
internal sealed record Patience(TimeSpan Limit, Action<string, TimeSpan> OnWaiting)
{
    /// <summary>The interval at which a wait is reported.</summary>
    public TimeSpan TellInterval { get; init; } = SystemClock.TellInterval;

    /// <summary>
    /// Waits for the result. Returns as soon as the time is over or the token is cancelled, whether or not the task observes its own token (on .NET
    /// Framework, a read that has begun ignores it). The caller then disposes of the response.
    /// </summary>
    /// <exception cref="TimeoutException">The time is over.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public T Wait<T>(Task<T> task, string request, CancellationToken cancellationToken)
    {
        try
        {
            if (!WaitForEnd(task, request, cancellationToken))
                throw new TimeoutException();
        }
        catch (Exception)
        {
            Observe(task);
            throw;
        }

        return task.GetAwaiter().GetResult();
    }

    private bool WaitForEnd(Task task, string request, CancellationToken cancellationToken)
    {
        // This check comes first: when every read of a body completes at once, no other code observes the cancellation.
        cancellationToken.ThrowIfCancellationRequested();
        var elapsed = TimeSpan.Zero;
        while (!task.IsCompleted && elapsed < Limit)
        {
            var pause = TellInterval < Limit - elapsed ? TellInterval : Limit - elapsed;
            Task.WaitAny([task], (int)Math.Ceiling(pause.TotalMilliseconds), cancellationToken);
            elapsed += pause;
            if (!task.IsCompleted && elapsed < Limit)
                OnWaiting($"the response to {request}", elapsed);
        }

        return task.IsCompleted;
    }

    /// <summary>An abandoned task ends later, with an error that must be observed or with a response that must be disposed of.</summary>
    private static void Observe<T>(Task<T> task) =>
        task.ContinueWith(
            static ended =>
            {
                if (ended.Exception is null && !ended.IsCanceled)
                    (ended.Result as IDisposable)?.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
