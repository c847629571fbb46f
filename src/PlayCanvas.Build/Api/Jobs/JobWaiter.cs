using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Http;

namespace PlayCanvas.Build.Api.Jobs;

/// <summary>
/// Asks for a job's state until it is over: often at first, since small games take a second, then ever less, so that a job is noticed
/// within a tenth of its own time and ten minutes cost about 60 requests. A request that fails in passing says nothing about the job, so the
/// next one follows, until the job's own deadline.
/// </summary>
/// <param name="clock">Measures the time, and waits.</param>
/// <param name="timeout">The job's deadline.</param>
/// <param name="onWaiting">Called before each pause, and about every second during it.</param>
internal sealed class JobWaiter(IClock clock, TimeSpan timeout, Action<JobProgress> onWaiting)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.48);

    /// <summary>Returns the first answer that says complete or error; every other state counts as running.</summary>
    /// <exception cref="JobTimeoutException">It still runs after the timeout, or the service still does not answer.</exception>
    /// <exception cref="ApiException">A request failed in a way that does not pass.</exception>
    public T Wait<T>(string job, Func<T> ask, Func<T, string?> statusOf, CancellationToken cancellationToken)
    {
        var start = clock.UtcNow;
        while (true)
        {
            ApiException? failure = null;
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

            var elapsed = clock.UtcNow - start;
            if (elapsed >= timeout)
                throw new JobTimeoutException(job, timeout, failure);

            Tell();
            clock.Wait(Shorter(PauseAfter(elapsed, failure), timeout - elapsed), Tell, cancellationToken);

            void Tell() => onWaiting(new JobProgress(clock.UtcNow - start, failure));
        }
    }

    private static TimeSpan PauseAfter(TimeSpan elapsed, ApiException? failure)
    {
        var told = (failure as ApiResponseException)?.RetryAfter is { } retryAfter ? Shorter(retryAfter, RetryPolicy.LongestPause) : TimeSpan.Zero;
        return TimeSpan.FromTicks(Math.Max(Math.Max(ShortestPause.Ticks, elapsed.Ticks / 10), told.Ticks));
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>How far the wait for a job is.</summary>
/// <param name="Elapsed">Since it began.</param>
/// <param name="LastFailure">Why the last request did not tell the job's state; null when it did.</param>
internal readonly record struct JobProgress(TimeSpan Elapsed, ApiException? LastFailure);
