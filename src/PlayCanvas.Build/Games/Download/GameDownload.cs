using System.Net;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Download;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.Install;

namespace PlayCanvas.Build.Games.Download;

/// <summary>Downloads and installs a game in three steps, each of which can be interrupted and repeated.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="folder">The game's folder.</param>
/// <param name="waiter">Waits for the export.</param>
/// <param name="clock">Measures the time, and waits.</param>
/// <param name="onProgress">Called occasionally with the number of bytes transferred and the length of the export.</param>
/// <param name="onProblems">See <see cref="GameInstaller"/>.</param>
internal sealed class GameDownload(
    PlayCanvasClient client, GameFolder folder, JobWaiter waiter, IClock clock, Action<long, long?> onProgress, Action<IReadOnlyList<string>> onProblems)
{
    private readonly OnceSender sender = new(client, clock, LostAnswerRules.Download, static _ => { }, static () => { });

    /// <summary>Step 1: requests an export, unless one with the same parameters is already pending.</summary>
    /// <returns>True when a request was sent.</returns>
    /// <exception cref="ApiException">The server refused the request, or could not be reached.</exception>
    public bool Ask(string parameters, Func<AppRequest> makeRequest, CancellationToken cancellationToken)
    {
        if (PendingExport.TryRead(folder) is { } left && left.Parameters == parameters && TakeUp(left, cancellationToken))
            return false;

        var pending = new PendingExport
        {
            Parameters = parameters,
            Intent = sender.Begin(BuildType.Download, makeRequest(), mark: null, cancellationToken),
        };
        pending.Write(folder);
        try
        {
            (pending with { Intent = sender.Send(pending.Intent, Send, isFirst: true, cancellationToken) }).Write(folder);
        }
        catch (ApiException error) when (!error.OutcomeUnknown)
        {
            File.Delete(folder.PendingPath);
            throw;
        }

        return true;

        RequestIntent Send(RequestIntent intent) => intent with { JobId = client.RequestDownload(intent.Body, cancellationToken) };
    }

    /// <summary>Step 2: waits until the pending export is ready. Returns at once when none is pending.</summary>
    /// <exception cref="JobException">The job failed, or did not end in time.</exception>
    public void WaitForExport(CancellationToken cancellationToken)
    {
        if (PendingExport.TryRead(folder)?.Intent.JobId is { } jobId)
            WaitForAddress(jobId, cancellationToken);
    }

    /// <summary>Step 3: downloads, verifies and installs the pending export. Returns null when none is pending.</summary>
    /// <exception cref="ExportException">The export or the folder is invalid; the old game is intact.</exception>
    /// <param name="buildParameters">The requested parameters, as the targets write them.</param>
    /// <param name="thorough">True to compare the content of installed files that are kept, even if their length and time indicate no change.</param>
    /// <param name="cancellationToken">Cancels the install and leaves the old game intact.</param>
    public InstallResult? Install(string buildParameters, bool thorough, CancellationToken cancellationToken)
    {
        if (PendingExport.TryRead(folder) is not { Intent.JobId: { } jobId } pending)
            return null;

        try
        {
            return Install(jobId, ExpectationOf(pending) with { BuildParameters = buildParameters }, thorough, cancellationToken);
        }
        catch (Exception error) when (error is ExportException or ExportDownloadException { IsFinal: true })
        {
            // The same export would fail again, so the next build requests another one.
            File.Delete(folder.PendingPath);
            throw;
        }
        finally
        {
            File.Delete(folder.DownloadPath);
        }
    }

    private static string NameOf(string jobId) => $"job {jobId}";

    private static ExportExpectation ExpectationOf(PendingExport pending) => new()
    {
        Parameters = pending.Parameters,
        ExportedAt = pending.Intent.AskedAt,
        JobId = pending.Intent.JobId,
        Scenes = pending.Intent.Request.Scenes,
        BranchId = pending.Intent.Request.BranchId,
        IsSource = pending.Intent.Request.Format == ExportFormat.Npm,
    };

    /// <summary>Returns true when the job of the pending export is known, or was found, so that the export need not be requested again.</summary>
    private bool TakeUp(PendingExport pending, CancellationToken cancellationToken)
    {
        if (pending.Intent.JobId is { } jobId)
            return Exists(jobId, cancellationToken);
        if (sender.Find(pending.Intent, cancellationToken) is not { } found)
            return false;

        (pending with { Intent = found }).Write(folder);
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

    /// <summary>Waits for the end of a job and returns the URL of its result. If the job fails, the pending export is discarded.</summary>
    private Uri WaitForAddress(string jobId, CancellationToken cancellationToken)
    {
        try
        {
            var job = waiter.Wait(NameOf(jobId), () => client.Polling.GetJob(jobId, cancellationToken), job => job.Status, cancellationToken);
            return job.Status == JobStatus.Complete
                ? AddressOf(job, jobId)
                : throw new JobException(JobFault.Failed, NameOf(jobId), ApiJson.OneLine(string.Join(" ", job.Messages ?? [])));
        }
        catch (ApiResponseException error) when (error.Status == HttpStatusCode.NotFound)
        {
            File.Delete(folder.PendingPath);
            throw new JobException(JobFault.WithoutResult, NameOf(jobId), "the server no longer has a record of it");
        }
        catch (JobException)
        {
            File.Delete(folder.PendingPath);
            throw;
        }
    }

    private InstallResult Install(string jobId, ExportExpectation expected, bool thorough, CancellationToken cancellationToken)
    {
        var download = new ExportDownload(client.Connection, () => WaitForAddress(jobId, cancellationToken), folder.DownloadPath, onProgress);
        using var source = download.Open(cancellationToken);
        try
        {
            return Install(source);
        }
        catch (Exception error) when (source is RemoteByteSource && IsFaultOfParts(error))
        {
            // Whatever is wrong with the parts, the whole download may succeed.
            using var whole = download.OpenWhole(cancellationToken);
            return Install(whole);
        }

        InstallResult Install(IByteSource from)
        {
            var installer = new GameInstaller(folder, thorough, (_, _) => onProgress(download.BytesMoved, from.Length), onProblems, cancellationToken);
            return installer.Install(from, expected) with { Transfer = new Transfer(download.BytesMoved, from.Length) };
        }
    }

    private static bool IsFaultOfParts(Exception error) =>
        error is ExportChangedException or ExportException { Fault: ExportFault.Damaged } or ExportDownloadException { IsRangeRefused: true };

    private static Uri AddressOf(Job job, string jobId)
    {
        if (string.IsNullOrEmpty(job.DownloadUrl))
            throw new JobException(JobFault.WithoutResult, NameOf(jobId), "it is complete but does not have a download address");
        return Uri.TryCreate(job.DownloadUrl, UriKind.Absolute, out var uri) && HttpTransport.IsSecure(uri)
            ? uri
            : throw new JobException(JobFault.WithoutResult, NameOf(jobId), "its download address is not an https address");
    }
}
