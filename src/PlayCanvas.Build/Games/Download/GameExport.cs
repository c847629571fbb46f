using System.Net;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Install;

namespace PlayCanvas.Build.Games.Download;

/// <summary>Requests an export of a branch and adds its content to the store, in three steps, each of which can be interrupted and repeated.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="recordPath">The full path of the record of the export. The caller must hold the lock of the export.</param>
/// <param name="waiter">Waits for the export.</param>
/// <param name="clock">Measures the time, and waits.</param>
internal sealed class GameExport(PlayCanvasClient client, string recordPath, JobWaiter waiter, IClock clock)
{
    /// <summary>How long a request is continued that a killed build has left. Later, the branch has probably changed.</summary>
    private static readonly TimeSpan PendingLife = TimeSpan.FromHours(1);

    private readonly AppTraces traces = new(client);

    /// <summary>Step 1: requests an export, unless one with the same parameters is already pending.</summary>
    /// <returns>True when a request was sent.</returns>
    /// <exception cref="ApiException">The server refused the request, or could not be reached.</exception>
    public bool Ask(string parameters, Func<AppRequest> makeRequest, CancellationToken cancellationToken)
    {
        if (FindPending(parameters, cancellationToken) is { } pending)
        {
            if (pending.Intent.JobId != Pending?.Intent.JobId)
                pending.Write(recordPath);
            return false;
        }

        var record = new ExportRecord
        {
            Parameters = parameters,
            Intent = traces.Begin(BuildType.Download, makeRequest(), mark: null, cancellationToken),
        };
        record.Write(recordPath);
        try
        {
            (record with { Intent = Sender.Send(record.Intent, Send, isFirst: true, cancellationToken) }).Write(recordPath);
        }
        catch (ApiException error) when (!error.OutcomeUnknown)
        {
            File.Delete(recordPath);
            throw;
        }

        return true;

        AppIntent Send(AppIntent intent)
        {
            var job = client.RequestDownload(intent.Body, cancellationToken);
            return intent with { JobId = job.Id, BuildId = job.BuildId };
        }
    }

    /// <summary>Step 2: waits until the pending export is ready. Returns at once when none is pending.</summary>
    /// <exception cref="JobException">The job failed, or did not end in time.</exception>
    public void WaitForExport(CancellationToken cancellationToken)
    {
        if (Pending?.Intent.JobId is { } jobId)
            WaitForAddress(jobId, cancellationToken);
    }

    /// <summary>Step 3: downloads and verifies the pending export, and adds its content to the store. Returns null when none is pending.</summary>
    /// <param name="download">Downloads it.</param>
    /// <param name="key">The name of the export in the store.</param>
    /// <param name="project">The folder of the game in the project that installs it. It is recorded.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="ExportException">The export is invalid.</exception>
    /// <exception cref="ExportDownloadException">The export could not be downloaded.</exception>
    public InstallResult? Install(ContentDownload download, string key, string project, CancellationToken cancellationToken)
    {
        if (Pending is not { Intent.JobId: { } jobId } pending)
            return null;

        try
        {
            var result = download.Download(client.Connection, key, () => WaitForAddress(jobId, cancellationToken), ExpectationOf(pending), cancellationToken);
            (pending with { ContentId = result.Content.Manifest.ContentId, InstalledAt = clock.UtcNow, InstalledFor = project }).Write(recordPath);
            return result;
        }
        catch (Exception error) when (error is ExportException or ExportDownloadException { IsFinal: true })
        {
            // The same export would fail again, so the next build requests another one.
            Forget(jobId);
            throw;
        }
    }

    private OnceSender<AppIntent> Sender => new(traces, clock, LostAnswerRules.Download, static _ => { }, static () => { });

    private ExportRecord? Pending => ExportRecord.TryRead(recordPath) is { ContentId: null } pending ? pending : null;

    private static ExportExpectation ExpectationOf(ExportRecord pending) => new()
    {
        ExportedAt = pending.Intent.AskedAt,
        Scenes = pending.Intent.Request.Scenes,
        BranchId = pending.Intent.Request.BranchId,
        IsSource = pending.Intent.Request.Format == ExportFormat.Npm,
    };

    /// <summary>
    /// Returns the export that an earlier build has requested with the same parameters and whose job is known, or was found; null when an export must
    /// be requested. Nothing is written.
    /// </summary>
    public ExportRecord? FindPending(string parameters, CancellationToken cancellationToken)
    {
        if (Pending is not { } left || left.Parameters != parameters || left.Intent.AskedAt <= client.Connection.ServerTime - PendingLife)
            return null;
        if (left.Intent.JobId is { } jobId)
            return Exists(jobId, cancellationToken) ? left : null;
        return Sender.Find(left.Intent, cancellationToken) is { } found ? left with { Intent = found } : null;
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

    /// <summary>Waits for the end of a job and returns the URL of its result. If the job fails, the pending export is discarded.</summary>
    private Uri WaitForAddress(string jobId, CancellationToken cancellationToken)
    {
        try
        {
            return new FileJob(client, waiter, jobId).WaitForAddress(cancellationToken);
        }
        catch (JobException)
        {
            Forget(jobId);
            throw;
        }
    }

    /// <summary>Discards the record of a job, unless another build has requested another export in the meantime.</summary>
    private void Forget(string jobId)
    {
        if (ExportRecord.TryRead(recordPath)?.Intent.JobId == jobId)
            File.Delete(recordPath);
    }
}
