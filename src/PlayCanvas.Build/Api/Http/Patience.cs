namespace PlayCanvas.Build.Api.Http;

/// <summary>The one place where this synchronous core waits for the asynchronous HTTP stack.</summary>
/// <param name="Limit">The longest time without any progress.</param>
/// <param name="OnWaiting">Called again and again during a wait, with what is waited for and for how long so far.</param>
internal sealed record Patience(TimeSpan Limit, Action<string, TimeSpan> OnWaiting)
{
    /// <summary>How often a wait is told of.</summary>
    public TimeSpan TellInterval { get; init; } = SystemClock.TellInterval;

    /// <summary>
    /// Waits for the result. Whatever the task does about its own token (on .NET Framework a read that has begun ignores it),
    /// this returns as soon as the time is over or the token is cancelled; the caller then gives the response up.
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
        // Before anything else: a body whose every read is done at once is cancelled nowhere but here.
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

    /// <summary>An abandoned task ends later: with an error that nobody waits for, or with a response that nobody reads.</summary>
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
