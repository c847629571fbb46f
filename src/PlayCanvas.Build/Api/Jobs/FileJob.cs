using System.Net;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Http;

namespace PlayCanvas.Build.Api.Jobs;

/// <summary>A job that makes a file, which is then downloaded from a signed URL.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="waiter">Waits for the job.</param>
/// <param name="id">The id of the job.</param>
internal sealed class FileJob(PlayCanvasClient client, JobWaiter waiter, string id)
{
    private string Name => $"job {id}";

    /// <summary>Waits for the end of the job and returns the URL of the file. Each call returns a fresh URL, since signed URLs expire.</summary>
    /// <exception cref="JobException">The job failed, or has no result.</exception>
    /// <exception cref="JobTimeoutException">The job did not end in time.</exception>
    /// <exception cref="ApiException">A request failed permanently.</exception>
    public Uri WaitForAddress(CancellationToken cancellationToken)
    {
        try
        {
            var job = waiter.Wait(Name, () => client.WithoutRetries.GetJob(id, cancellationToken), job => job.Status, cancellationToken);
            return job.Status == JobStatus.Complete
                ? AddressOf(job)
                : throw new JobException(JobFault.Failed, Name, ApiJson.OneLine(string.Join(" ", job.Messages ?? [])));
        }
        catch (ApiResponseException error) when (error.Status == HttpStatusCode.NotFound)
        {
            throw new JobException(JobFault.WithoutResult, Name, "the server no longer has a record of it");
        }
    }

    private Uri AddressOf(Job job)
    {
        if (string.IsNullOrEmpty(job.DownloadUrl))
            throw new JobException(JobFault.WithoutResult, Name, "it is complete but does not have a download address");
        return Uri.TryCreate(job.DownloadUrl, UriKind.Absolute, out var uri) && HttpTransport.IsSecure(uri)
            ? uri
            : throw new JobException(JobFault.WithoutResult, Name, "its download address is not an https address");
    }
}
