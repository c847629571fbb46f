using System.Net;
using Newtonsoft.Json;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Exports.Zip;

namespace PlayCanvas.Build.Exports;

/// <summary>Brings a game from the project to its folder in three steps, each of which can be interrupted and done again.</summary>
internal sealed class GameDownload(PlayCanvasClient client, GameFolder folder, JobWaiter waiter, Action<long, long?> onProgress)
{
    /// <summary>How often a fresh address is asked for when the old one has expired.</summary>
    private const int MaxFreshAddresses = 3;

    /// <summary>Step 1: asks for an export, unless the one that is pending is of the same parameters.</summary>
    /// <returns>True when a request was sent.</returns>
    /// <exception cref="ApiException">The server refused, or could not be reached.</exception>
    /// <exception cref="OutcomeUnknownException">An export may have been started, and nobody can tell.</exception>
    public bool Ask(string parameters, Func<AppRequest> makeRequest, CancellationToken cancellationToken)
    {
        if (PendingExport.TryRead(folder) is { } pending && pending.Parameters == parameters && TakeUp(pending, cancellationToken))
            return false;

        var request = makeRequest();
        var intent = new PendingExport
        {
            Parameters = parameters,
            Request = ApiJson.Write(request),
            AskedAt = client.Connection.ServerTime,
        };
        intent.Write(folder);
        try
        {
            var job = client.RequestDownload(request, cancellationToken);
            var jobId = job.Id ?? throw new JobWithoutResultException("export", "the answer names no job");
            (intent with { JobId = jobId }).Write(folder);
        }
        catch (ApiException error) when (error.OutcomeUnknown)
        {
            if (!TakeUp(intent, cancellationToken))
                throw new OutcomeUnknownException("asking for an export", "the project's builds", error);
        }
        catch (ApiException)
        {
            File.Delete(folder.PendingPath);
            throw;
        }

        return true;
    }

    /// <summary>Step 2: waits until the pending export is made. Returns at once when none is pending.</summary>
    /// <exception cref="JobException">It failed, or did not end in time.</exception>
    public void WaitForExport(CancellationToken cancellationToken)
    {
        if (PendingExport.TryRead(folder)?.JobId is not { } jobId)
            return;

        Finish(jobId, () => waiter.Wait(NameOf(jobId), () => client.GetJob(jobId, cancellationToken), job => job.Status, cancellationToken));
    }

    /// <summary>Step 3: fetches, verifies and installs the pending export. Returns null when none is pending.</summary>
    /// <exception cref="ExportException">The export, or the folder, is not as it must be; the old game is whole.</exception>
    public InstallResult? Install(CancellationToken cancellationToken)
    {
        if (PendingExport.TryRead(folder) is not { JobId: { } jobId } pending)
            return null;

        try
        {
            Fetch(jobId, cancellationToken);
            using var source = new FileByteSource(folder.DownloadPath);
            return new GameInstaller(folder, cancellationToken).Install(source, ExpectationOf(pending));
        }
        catch (ExportException error) when (error is not (FileInUseException or ExportDownloadException))
        {
            // The same export would fail again: the next build asks for another.
            File.Delete(folder.PendingPath);
            throw;
        }
        finally
        {
            File.Delete(folder.DownloadPath);
        }
    }

    private static string NameOf(string jobId) => $"job {jobId}";

    private static ExportExpectation ExpectationOf(PendingExport pending)
    {
        var request = JsonConvert.DeserializeObject<AppRequest>(pending.Request)!;
        return new ExportExpectation
        {
            Parameters = pending.Parameters,
            ExportedAt = pending.AskedAt,
            Scenes = request.Scenes,
            BranchId = request.BranchId,
            IsSource = request.Format == "npm",
        };
    }

    /// <summary>True when the pending job is known, or was found, and so need not be asked for again.</summary>
    private bool TakeUp(PendingExport pending, CancellationToken cancellationToken)
    {
        if (pending.JobId is not null)
            return Exists(pending.JobId, cancellationToken);

        var settings = Newtonsoft.Json.Linq.JObject.Parse(pending.Request);
        var jobs = ListBuilds(pending, cancellationToken)
            .Where(build => build.JobId is not null
                && build.CreatedAt >= pending.AskedAt - TimeSpan.FromSeconds(2)
                && build.Source?.Type is null or "api"
                && build.Settings is not null && Newtonsoft.Json.Linq.JToken.DeepEquals(build.Settings["scenes"], settings["scenes"])
                && Newtonsoft.Json.Linq.JToken.DeepEquals(build.Settings["name"], settings["name"]))
            .ToList();
        if (jobs.Count == 0)
            return false;

        // Several of the same settings give the same game; the oldest is done first.
        (pending with { JobId = jobs[jobs.Count - 1].JobId }).Write(folder);
        return true;
    }

    private bool Exists(string jobId, CancellationToken cancellationToken)
    {
        try
        {
            return client.GetJob(jobId, cancellationToken).Status != JobStatus.Error;
        }
        catch (ApiResponseException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private IReadOnlyList<BuildRecord> ListBuilds(PendingExport pending, CancellationToken cancellationToken)
    {
        try
        {
            var projectId = JsonConvert.DeserializeObject<AppRequest>(pending.Request)!.ProjectId;
            return client.ListBuilds(projectId, "download", cancellationToken);
        }
        catch (ApiResponseException error) when (error.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized)
        {
            return [];
        }
    }

    /// <summary>The finished job, whose failure ends the pending export.</summary>
    private Job Finish(string jobId, Func<Job> ask)
    {
        try
        {
            var job = ask();
            if (job.Status == JobStatus.Error)
                throw new JobFailedException(NameOf(jobId), ApiJson.OneLine(string.Join(" ", job.Messages ?? [])));
            if (job.Status == JobStatus.Complete && string.IsNullOrEmpty(job.DownloadUrl))
                throw new JobWithoutResultException(NameOf(jobId), "it is complete and names no address to download from");
            return job;
        }
        catch (ApiResponseException error) when (error.Status == HttpStatusCode.NotFound)
        {
            File.Delete(folder.PendingPath);
            throw new JobWithoutResultException(NameOf(jobId), "the server does not know it any more");
        }
        catch (JobException error) when (error is not JobTimeoutException)
        {
            File.Delete(folder.PendingPath);
            throw;
        }
    }

    /// <summary>Addresses expire, so each try asks the job for a fresh one.</summary>
    private void Fetch(string jobId, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var job = Finish(jobId, () => waiter.Wait(NameOf(jobId), () => client.GetJob(jobId, cancellationToken), job => job.Status, cancellationToken));
            try
            {
                new ExportDownload(client.Connection, onProgress).ToFile(AddressOf(job, jobId), folder.DownloadPath, cancellationToken);
                return;
            }
            catch (ApiResponseException error) when (error.Status == HttpStatusCode.Forbidden && attempt < MaxFreshAddresses)
            {
                // Expired between two requests.
            }
            catch (ApiException error)
            {
                throw new ExportDownloadException(error);
            }
        }
    }

    private static Uri AddressOf(Job job, string jobId) =>
        Uri.TryCreate(job.DownloadUrl, UriKind.Absolute, out var uri) && Api.Http.HttpTransport.IsSecure(uri)
            ? uri
            : throw new JobWithoutResultException(NameOf(jobId), "its download address is not an https address");
}
