using System.Net;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Exports.Zip;

namespace PlayCanvas.Build.Exports.Download;

/// <summary>
/// Downloads an export from its signed URL: only the required parts, or the whole export into a file if the server does not support ranges.
/// </summary>
/// <param name="connection">Sends the requests.</param>
/// <param name="askForAddress">Requests a new URL; signed URLs expire.</param>
/// <param name="wholePath">The file for the whole export, if the server does not support ranges.</param>
/// <param name="onProgress">
/// Called while the whole export is downloaded, with the number of bytes transferred by all attempts together and the length of the export, if
/// known.
/// </param>
internal sealed class ExportDownload(
    ApiConnection connection, Func<Uri> askForAddress, string wholePath, Action<long, long?> onProgress)
{
    private readonly ExportTransfer transfer = new(connection, askForAddress);

    /// <summary>The number of bytes of the export that were transferred, by all attempts together.</summary>
    public long BytesMoved => transfer.BytesMoved;

    /// <summary>Opens the export for reading by parts if the server supports ranges; otherwise downloads the whole export.</summary>
    /// <exception cref="ExportDownloadException">The export cannot be downloaded.</exception>
    public IByteSource Open(CancellationToken cancellationToken)
    {
        try
        {
            return (IByteSource?)TryOpenParts(cancellationToken) ?? new FileByteSource(wholePath);
        }
        catch (ExportDownloadException error) when (error.IsRangeRefused)
        {
            return OpenWhole(cancellationToken);
        }
    }

    /// <summary>Downloads the whole export into a file and opens it.</summary>
    /// <exception cref="ExportDownloadException">The export cannot be downloaded.</exception>
    public IByteSource OpenWhole(CancellationToken cancellationToken)
    {
        using (var whole = new WholeDownload(transfer, wholePath, onProgress))
            transfer.Fetch(whole.Next, request => Read(request, whole.Read, cancellationToken), cancellationToken);
        return new FileByteSource(wholePath);
    }

    /// <summary>
    /// Returns the export by parts; null, after downloading the whole export into its file, if the server responds with the whole export.
    /// </summary>
    private RemoteByteSource? TryOpenParts(CancellationToken cancellationToken)
    {
        using var whole = new WholeDownload(transfer, wholePath, onProgress);
        return transfer.Fetch(
            address => whole.HasBegun ? whole.Next(address) : RemoteByteSource.FirstRequest(address),
            request => Read(request, Take, cancellationToken),
            cancellationToken);

        RemoteByteSource? Take(HttpResponse response)
        {
            if (!whole.HasBegun && RemoteByteSource.TryOpen(transfer, response) is { } parts)
                return parts;

            whole.Read(response);
            return null;
        }
    }

    private T Read<T>(OutgoingRequest request, Func<HttpResponse, T> read, CancellationToken cancellationToken)
    {
        using var response = transfer.OpenResponse(request, cancellationToken);
        return read(response);
    }
}
