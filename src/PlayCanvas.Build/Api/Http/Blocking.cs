namespace PlayCanvas.Build.Api.Http;

/// <summary>The one place where this synchronous core waits for the asynchronous HTTP stack.</summary>
internal static class Blocking
{
    /// <summary>
    /// Waits for the result. Whatever the task does about its own token (on .NET Framework a read that has begun ignores it),
    /// this returns as soon as the time is over or the token is cancelled; the caller then gives the response up.
    /// </summary>
    /// <exception cref="TimeoutException">The time is over.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static T Wait<T>(Task<T> task, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            if (!WaitForEnd(task, timeout, cancellationToken))
                throw new TimeoutException();
        }
        catch (Exception)
        {
            Observe(task);
            throw;
        }

        return task.GetAwaiter().GetResult();
    }

    private static bool WaitForEnd(Task task, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Before anything else: a body whose every read is done at once is cancelled nowhere but here.
        cancellationToken.ThrowIfCancellationRequested();
        if (task.IsCompleted)
            return true;
        return Task.WaitAny([task], (int)timeout.TotalMilliseconds, cancellationToken) == 0;
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
