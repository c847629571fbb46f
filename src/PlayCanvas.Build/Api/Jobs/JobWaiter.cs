using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.Jobs;

/// <summary>
/// Polls a job's state until the job ends: often at first, since small games take a second, then less and less often, so that the end of a job is
/// noticed within a tenth of its duration and ten minutes cost about 60 requests. A poll that fails in passing reveals nothing about the job, so
/// polling continues until the job's deadline.
/// </summary>
/// <param name="clock">Measures the time, and waits.</param>
/// <param name="timeout">The job's deadline, from the start of the wait.</param>
/// <param name="onWaiting">Called before each pause, and about once a second during it.</param>
internal sealed class JobWaiter(IClock clock, TimeSpan timeout, Action<JobProgress> onWaiting)
{
    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(0.48);

    /// <summary>Returns the first response whose status is complete or error; every other status counts as running.</summary>
    /// <exception cref="JobTimeoutException">The job is still running after the timeout, or the service still does not respond.</exception>
    /// <exception cref="ApiException">A request failed permanently.</exception>
    public T Wait<T>(string job, Func<T> ask, Func<T, string?> statusOf, CancellationToken cancellationToken)
    {
        ApiException? failure = null;
        foreach (var _ in clock.Attempt(NextPause, Tell, cancellationToken))
        {
            failure = null;
            try
            {
                var answer = ask();
                if (statusOf(answer) is JobStatus.Complete or JobStatus.Error)
                    return answer;
            }
            catch (ApiException error) when (error.IsPassing)
            {
                failure = error;
            }
        }

        throw new JobTimeoutException(job, timeout, failure);

        TimeSpan? NextPause(TimeSpan elapsed)
        {
            if (elapsed >= timeout)
                return null;

            Tell(elapsed);
            return Shorter(PauseAfter(elapsed, failure), timeout - elapsed);
        }

        void Tell(TimeSpan elapsed) => onWaiting(new JobProgress(elapsed, failure));
    }

    private static TimeSpan PauseAfter(TimeSpan elapsed, ApiException? failure)
    {
        var told = (failure as ApiResponseException)?.RetryAfter is { } retryAfter ? Shorter(retryAfter, RetryPolicy.MaxPause) : TimeSpan.Zero;
        return TimeSpan.FromTicks(Math.Max(Math.Max(MinPause.Ticks, elapsed.Ticks / 10), told.Ticks));
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>The progress of the wait for a job.</summary>
/// <param name="Elapsed">The time since the wait began.</param>
/// <param name="LastFailure">Why the last poll failed; null when it returned the job's state.</param>
internal readonly record struct JobProgress(TimeSpan Elapsed, ApiException? LastFailure);
