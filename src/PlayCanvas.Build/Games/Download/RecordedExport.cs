using System.Net;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Install;

namespace PlayCanvas.Build.Games.Download;

/// <summary>
/// An export that the service has built before, and that its build record still offers. Fetching it does not use up one of the few requests of the
/// strict rate limit.
/// </summary>
/// <param name="client">Sends the requests.</param>
/// <param name="projectId">The project.</param>
/// <param name="buildId">The id of the build record.</param>
internal sealed class RecordedExport(PlayCanvasClient client, long projectId, string buildId)
{
    private const string ArtifactType = "download";

    /// <summary>Adds the content to the store of this machine.</summary>
    /// <exception cref="RecordedExportException">The service no longer offers the export, or the token may not list builds.</exception>
    /// <exception cref="ExportException">The export has another content.</exception>
    /// <exception cref="ExportDownloadException">The export could not be downloaded.</exception>
    /// <exception cref="ApiException">The builds could not be listed.</exception>
    public InstallResult Install(ContentDownload download, ExportExpectation expected, CancellationToken cancellationToken)
    {
        var build = Find(cancellationToken);
        expected = expected with { ExportedAt = build.CompletedAt ?? build.CreatedAt ?? client.Connection.ServerTime };
        return download.Download(client.Connection, expected.ContentId!, () => AddressIn(build, cancellationToken), expected, cancellationToken);
    }

    /// <summary>Checks that the export can be downloaded, without downloading it.</summary>
    /// <exception cref="RecordedExportException">The service no longer offers the export, or the token may not list builds.</exception>
    /// <exception cref="ApiException">The builds could not be listed, or the address has expired.</exception>
    public void Check(CancellationToken cancellationToken) => client.Connection.Probe(AddressIn(Find(cancellationToken), cancellationToken), cancellationToken);

    private BuildRecord Find(CancellationToken cancellationToken)
    {
        try
        {
            return client.FindBuild(projectId, BuildType.Download, buildId, cancellationToken) ?? throw new RecordedExportException($"the project no longer has the build {buildId}");
        }
        catch (ApiResponseException error) when (error.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized)
        {
            throw new RecordedExportException($"the builds of the project cannot be listed ({(int)error.Status})");
        }
    }

    /// <summary>
    /// Returns the address of the result: that of the build's job, which is fresh, or that of the record.
    /// </summary>
    private Uri AddressIn(BuildRecord build, CancellationToken cancellationToken)
    {
        var recorded = build.Artifacts?.FirstOrDefault(artifact => artifact.Type is null or ArtifactType)?.Url;
        var address = AddressOfJob(build, cancellationToken) ?? recorded;
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && HttpTransport.IsSecure(uri)
            ? uri
            : throw new RecordedExportException($"the build {buildId} does not have a result that can be downloaded");
    }

    private string? AddressOfJob(BuildRecord build, CancellationToken cancellationToken)
    {
        if (build.JobId is not { } jobId)
            return null;

        try
        {
            return client.GetJob(jobId, cancellationToken).DownloadUrl;
        }
        catch (ApiResponseException error) when ((int)error.Status < 500)
        {
            return null;
        }
    }
}

/// <summary>The service does not offer an export any more.</summary>
internal sealed class RecordedExportException(string reason) : Exception(reason);
