using System.Net;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.Publishing;

/// <summary>Requests records that may be so new that the server that receives the request does not know them yet.</summary>
/// <param name="client">Requests them.</param>
/// <param name="waiter">Waits for jobs.</param>
/// <param name="clock">Measures the time, and waits.</param>
/// <param name="onWaiting">Called about once a second during a pause between two requests.</param>
internal sealed class NewRecords(PlayCanvasClient client, JobWaiter waiter, IClock clock, Action onWaiting)
{
    /// <summary>Repeats a request until it yields a result, for half a minute at most; then returns null.</summary>
    public T? Patiently<T>(Func<T?> ask, CancellationToken cancellationToken)
        where T : class
    {
        foreach (var _ in clock.Attempt(LostAnswerRules.Publish.LookPauses, _ => onWaiting(), cancellationToken))
        {
            if (ask() is { } found)
                return found;
        }

        return null;
    }

    /// <summary>Returns null for 404.</summary>
    public static T? OrNull<T>(Func<T> ask)
        where T : class
    {
        try
        {
            return ask();
        }
        catch (ApiResponseException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Waits until a job is complete, and returns it; null when the server does not know it, or no longer.</summary>
    /// <exception cref="JobException">The job failed.</exception>
    /// <exception cref="JobTimeoutException">The job did not end in time.</exception>
    public Job? WaitForJob(string jobId, CancellationToken cancellationToken)
    {
        var job = waiter.Wait(
            $"job {jobId}",
            () => Patiently(() => OrNull(() => client.WithoutRetries.GetJob(jobId, cancellationToken)), cancellationToken),
            job => job is null ? JobStatus.Complete : job.Status,
            cancellationToken);
        return job?.Status == JobStatus.Error
            ? throw new JobException(JobFault.Failed, $"job {jobId}", ApiJson.OneLine(string.Join(" ", job.Messages ?? [])))
            : job;
    }
}
