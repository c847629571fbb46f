using System.Net;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Exports.Download;
using PlayCanvas.Build.Exports.Folder;
using PlayCanvas.Build.Exports.Install;
using PlayCanvas.Build.Exports.Zip;

namespace PlayCanvas.Build.Exports;

/// <summary>Brings a game from the project to its folder in three steps, each of which can be interrupted and done again.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="folder">Where the game is to be.</param>
/// <param name="waiter">Waits for the export.</param>
/// <param name="onProgress">Told now and then how many bytes were moved, and the length of the export.</param>
/// <param name="onProblems">As for <see cref="GameInstaller"/>.</param>
internal sealed class GameDownload(
    PlayCanvasClient client, GameFolder folder, JobWaiter waiter, Action<long, long?> onProgress, Action<IReadOnlyList<string>> onProblems)
{
    private const string StaticFormat = "static";
    private const string SourceFormat = "npm";

    /// <summary>The server's records carry its own clock, which counts in other steps than its <c>Date</c> header.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

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
            Request = request,
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
        if (PendingExport.TryRead(folder)?.JobId is { } jobId)
            WaitForAddress(jobId, cancellationToken);
    }

    /// <summary>Step 3: fetches, verifies and installs the pending export. Returns null when none is pending.</summary>
    /// <exception cref="ExportException">The export, or the folder, is not as it must be; the old game is whole.</exception>
    /// <param name="thorough">Read the installed files that are to stay too, even when length and time say that nobody has touched them.</param>
    /// <param name="cancellationToken">Ends it, with the old game whole.</param>
    public InstallResult? Install(bool thorough, CancellationToken cancellationToken)
    {
        if (PendingExport.TryRead(folder) is not { JobId: { } jobId } pending)
            return null;

        try
        {
            return Install(jobId, ExpectationOf(pending), thorough, cancellationToken);
        }
        catch (ExportException error) when (error is not (FileInUseException or FolderNotOursException or ExportDownloadException { IsFinal: false }))
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

    private static ExportExpectation ExpectationOf(PendingExport pending) => new()
    {
        Parameters = pending.Parameters,
        ExportedAt = pending.AskedAt,
        JobId = pending.JobId,
        Scenes = pending.Request.Scenes,
        BranchId = pending.Request.BranchId,
        IsSource = pending.Request.Format == SourceFormat,
    };

    /// <summary>True when the pending job is known, or was found, and so need not be asked for again.</summary>
    private bool TakeUp(PendingExport pending, CancellationToken cancellationToken)
    {
        if (pending.JobId is not null)
            return Exists(pending.JobId, cancellationToken);

        // An update may follow the one before within the time that clocks differ by: what is installed is not what was asked for since.
        var installed = GameManifest.TryRead(folder.ManifestPath)?.JobId;
        var jobs = ListBuilds(pending, cancellationToken).Where(build => build.JobId is { } job && job != installed && IsOurs(build, pending)).ToList();
        if (jobs.Count == 0)
            return false;

        // Several of the same settings give the same game; the oldest is done first.
        (pending with { JobId = jobs[jobs.Count - 1].JobId }).Write(folder);
        return true;
    }

    private static bool IsOurs(BuildRecord build, PendingExport pending) =>
        build.CreatedAt >= pending.AskedAt - ClockTolerance
        && build.Source?.Type is null or "api"
        && (pending.Request.BranchId is null || build.Branch?.Id is null || build.Branch.Id == pending.Request.BranchId)
        && build.Settings is { } settings && HasSettings(settings, pending.Request);

    /// <summary>What the record says of the settings must be what was asked for; what it leaves out says nothing.</summary>
    private static bool HasSettings(JObject settings, AppRequest request)
    {
        var asked = JObject.Parse(ApiJson.Write(request with { Format = request.Format ?? StaticFormat }));
        return asked.Properties().All(field => settings[field.Name] is null or { Type: JTokenType.Null } || JToken.DeepEquals(settings[field.Name], field.Value));
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
            return client.ListBuilds(pending.Request.ProjectId, "download", cancellationToken);
        }
        catch (ApiResponseException error) when (error.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized)
        {
            return [];
        }
    }

    /// <summary>Waits for a job's end and returns where its result is. A failure ends the pending export.</summary>
    private Uri WaitForAddress(string jobId, CancellationToken cancellationToken)
    {
        try
        {
            var job = waiter.Wait(NameOf(jobId), () => client.GetJob(jobId, cancellationToken), job => job.Status, cancellationToken);
            return job.Status == JobStatus.Complete
                ? AddressOf(job, jobId)
                : throw new JobFailedException(NameOf(jobId), ApiJson.OneLine(string.Join(" ", job.Messages ?? [])));
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
            // Whatever is wrong with the parts, the whole may be right.
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
        error is ExportChangedException or ExportDamagedException or ExportDownloadException { IsRangeRefused: true };

    private static Uri AddressOf(Job job, string jobId)
    {
        if (string.IsNullOrEmpty(job.DownloadUrl))
            throw new JobWithoutResultException(NameOf(jobId), "it is complete and names no address to download from");
        return Uri.TryCreate(job.DownloadUrl, UriKind.Absolute, out var uri) && HttpTransport.IsSecure(uri)
            ? uri
            : throw new JobWithoutResultException(NameOf(jobId), "its download address is not an https address");
    }
}
