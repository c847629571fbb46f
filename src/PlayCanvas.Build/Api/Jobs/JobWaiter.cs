using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Jobs;

/// <summary>
/// Asks for a job's state until it is over: often at first, since small games take a second, then ever less, so that a job is noticed
/// within a tenth of its own time and ten minutes cost about 60 requests.
/// </summary>
internal sealed class JobWaiter(IClock clock, TimeSpan timeout, Action<TimeSpan> onWaiting)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.48);

    /// <summary>Returns the first answer that says complete or error; every other state counts as running.</summary>
    /// <exception cref="JobTimeoutException">It still runs after the timeout.</exception>
    public T Wait<T>(string job, Func<T> ask, Func<T, string?> statusOf, CancellationToken cancellationToken)
    {
        var start = clock.UtcNow;
        while (true)
        {
            var answer = ask();
            if (statusOf(answer) is JobStatus.Complete or JobStatus.Error)
                return answer;

            var elapsed = clock.UtcNow - start;
            if (elapsed >= timeout)
                throw new JobTimeoutException(job, timeout);

            onWaiting(elapsed);
            var pause = TimeSpan.FromTicks(Math.Max(ShortestPause.Ticks, elapsed.Ticks / 10));
            clock.Wait(pause < timeout - elapsed ? pause : timeout - elapsed, cancellationToken);
        }
    }
}
