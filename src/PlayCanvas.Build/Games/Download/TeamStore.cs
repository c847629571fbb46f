using System.Net;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Install;

namespace PlayCanvas.Build.Games.Download;

/// <summary>
/// The team's own store of exports: a folder, or the beginning of https addresses, with one file <c>&lt;content id&gt;.zip</c> for each content.
/// What it holds is believed only if it has the expected id.
/// </summary>
/// <param name="source">The full path of a folder, or an address.</param>
internal sealed class TeamStore(string source)
{
    private const string Extension = ".zip";

    /// <summary>The address; null when the store is a folder.</summary>
    public Uri? Address { get; } = source.Contains("://") && Uri.TryCreate(source.TrimEnd('/') + "/", UriKind.Absolute, out var uri) ? uri : null;

    /// <summary>The full path of the folder; null when the store is an address.</summary>
    public string? Folder => Address is null ? source : null;

    /// <summary>Whether the store is a folder, or its address is safe: https, or http on this machine, without credentials or a query.</summary>
    public bool IsValid => Address is null
        ? !source.Contains("://")
        : HttpTransport.IsSecure(Address) && Address.UserInfo.Length == 0 && Address.Query.Length == 0 && Address.Fragment.Length == 0;

    /// <summary>Returns the name of the file of a content.</summary>
    public static string FileNameOf(string contentId) => contentId + Extension;

    /// <summary>Adds a content to the store of this machine; returns null when the team's store does not have it.</summary>
    /// <param name="contentId">The id of the content.</param>
    /// <param name="connect">Opens a connection without credentials.</param>
    /// <param name="download">Adds the content.</param>
    /// <param name="expected">What the export must contain.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="ExportException">The file is not a game, or is another content.</exception>
    /// <exception cref="ExportDownloadException">The file could not be downloaded.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public InstallResult? TryInstall(
        string contentId, Func<Uri, ApiConnection> connect, ContentDownload download, ExportExpectation expected, CancellationToken cancellationToken)
    {
        if (Address is null)
        {
            var path = PathInFolder(contentId);
            return File.Exists(path) ? download.Read(path, contentId, expected with { ExportedAt = File.GetLastWriteTimeUtc(path) }, cancellationToken) : null;
        }

        try
        {
            using var connection = connect(Address);
            return download.Download(connection, contentId, () => new Uri(Address, FileNameOf(contentId)), expected, cancellationToken);
        }
        catch (ExportDownloadException error) when (IsMissing(error.InnerException))
        {
            return null;
        }
    }

    /// <summary>Returns whether the team's store has a content, without downloading it.</summary>
    /// <exception cref="ApiException">The store could not be reached.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public bool Has(string contentId, Func<Uri, ApiConnection> connect, CancellationToken cancellationToken)
    {
        if (Address is null)
            return File.Exists(PathInFolder(contentId));

        try
        {
            using var connection = connect(Address);
            connection.Probe(new Uri(Address, FileNameOf(contentId)), cancellationToken);
            return true;
        }
        catch (ApiException error) when (IsMissing(error))
        {
            return false;
        }
    }

    private string PathInFolder(string contentId) => Directory.Exists(source)
        ? Path.Combine(source, FileNameOf(contentId))
        : throw new DirectoryNotFoundException($"the folder \"{source}\" does not exist");

    /// <summary>S3 answers 403 to a request for a file that does not exist, unless the client may list the bucket.</summary>
    private static bool IsMissing(Exception? error) =>
        error is ApiResponseException { Status: HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden };
}
