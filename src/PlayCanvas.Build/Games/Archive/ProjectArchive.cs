using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Download;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Games.Locking;

namespace PlayCanvas.Build.Games.Archive;

/// <summary>Saves the archives of a project's branches: requests each, downloads it, verifies it, and gives it its final name.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="projectId">The project.</param>
/// <param name="folder">The folder, whose lock the caller holds.</param>
/// <param name="progress">Receives the progress.</param>
internal sealed class ProjectArchive(PlayCanvasClient client, long projectId, ArchiveFolder folder, IArchiveProgress progress)
{
    /// <summary>
    /// Returns the archive of a branch that an earlier build saved, if it contains the branch's newest checkpoint and its zip file is whole; otherwise null.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ArchiveRecord? FindUnchanged(Branch branch, CancellationToken cancellationToken)
    {
        if (folder.FindNewest(projectId, branch) is not { } record)
            return null;

        try
        {
            using var archive = new FileByteSource(folder.ZipOf(projectId, branch));
            return Verify(archive, cancellationToken) == new VerifiedZip(record.Bytes, record.Entries, record.Sha256) ? record : null;
        }
        catch (ExportException)
        {
            return null;
        }
    }

    /// <summary>Saves the archive of a branch.</summary>
    /// <param name="branch">The branch, which has an id.</param>
    /// <param name="waiter">Waits for the service's job.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ApiException">The archive could not be requested.</exception>
    /// <exception cref="JobException">The service could not make the archive.</exception>
    /// <exception cref="JobTimeoutException">The service did not make the archive in time.</exception>
    /// <exception cref="ExportDownloadException">The archive could not be downloaded.</exception>
    /// <exception cref="ExportException">The archive is damaged.</exception>
    /// <exception cref="IOException">The archive could not be written.</exception>
    public ArchiveRecord Save(Branch branch, JobWaiter waiter, CancellationToken cancellationToken)
    {
        var requestedAt = client.Connection.ServerTime;
        var job = client.RequestArchive(projectId, branch.Id, cancellationToken);
        var zip = folder.ZipOf(projectId, branch);
        try
        {
            var verified = Download(new FileJob(client, waiter, job.Id!), ArchiveFolder.TemporaryOf(zip), cancellationToken);
            var record = new ArchiveRecord
            {
                File = Path.GetFileName(zip),
                ProjectId = projectId,
                Branch = new LockedName(branch.Id!, branch.Name),
                Checkpoint = branch.LatestCheckpointId,
                Job = job.Id,
                RequestedAt = requestedAt.AddTicks(-(requestedAt.Ticks % TimeSpan.TicksPerSecond)).ToUniversalTime(),
                Bytes = verified.Length,
                Entries = verified.Entries,
                Sha256 = verified.Sha256,
            };
            ArchiveFolder.Commit(zip, record, cancellationToken);
            return record;
        }
        finally
        {
            ArchiveFolder.Discard(zip);
        }
    }

    /// <summary>Downloads an archive and verifies it. A damaged one is downloaded a second time, since the damage may have happened on the way.</summary>
    private VerifiedZip Download(FileJob job, string path, CancellationToken cancellationToken)
    {
        try
        {
            return DownloadOnce(job, path, cancellationToken);
        }
        catch (ExportException error) when (error.Fault == ExportFault.Damaged)
        {
            return DownloadOnce(job, path, cancellationToken);
        }
    }

    private VerifiedZip DownloadOnce(FileJob job, string path, CancellationToken cancellationToken)
    {
        var download = new ExportDownload(client.Connection, () => job.WaitForAddress(cancellationToken), path, progress.Downloading);
        using var archive = download.OpenWhole(cancellationToken);
        return Verify(archive, cancellationToken);
    }

    private VerifiedZip Verify(IByteSource archive, CancellationToken cancellationToken) =>
        new ZipVerification(archive, progress.Verifying).Run(ZipLimits.Archive, cancellationToken);
}

/// <summary>Receives the progress of the work on one archive.</summary>
internal interface IArchiveProgress
{
    /// <summary>Called while an archive is downloaded, with the number of bytes transferred by all attempts, and the length of the archive, if known.</summary>
    void Downloading(long bytes, long? length);

    /// <summary>Called while an archive is verified, with the number of bytes read so far and in total.</summary>
    void Verifying(long bytes, long total);
}
