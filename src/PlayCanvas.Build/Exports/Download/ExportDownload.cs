using System.Net;
using PlayCanvas.Build.Api;
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
    /// <summary>How often an expired URL is replaced by a new one.</summary>
    private const int MaxFreshAddresses = 2;

    private readonly object addressLock = new();
    private Uri? address;
    private int freshAddresses;
    private long bytesMoved;

    /// <summary>The number of bytes of the export that were transferred, by all attempts together.</summary>
    public long BytesMoved => Interlocked.Read(ref bytesMoved);

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
        using (var whole = new WholeDownload(this, wholePath, onProgress))
            Fetch(whole.Next, request => Read(request, whole.Read, cancellationToken), cancellationToken);
        return new FileByteSource(wholePath);
    }

    /// <summary>
    /// Requests what is still missing until all of it has arrived: uses a new URL if the old one has expired, and retries after transient failures.
    /// </summary>
    /// <exception cref="ExportDownloadException">The export cannot be downloaded.</exception>
    public T Fetch<T>(Func<Uri, OutgoingRequest> next, Func<OutgoingRequest, T> attempt, CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = CurrentAddress();
            try
            {
                return connection.Fetch(() => next(current), attempt, cancellationToken);
            }
            catch (ApiResponseException error) when (error.Status == HttpStatusCode.Forbidden && TryReplace(current))
            {
                // The URL expired between two requests.
            }
            catch (ApiException error)
            {
                throw new ExportDownloadException(error);
            }
        }
    }

    public HttpResponse OpenResponse(OutgoingRequest request, CancellationToken cancellationToken) => connection.Open(request, cancellationToken);

    public void CountMoved(int bytes) => Interlocked.Add(ref bytesMoved, bytes);

    /// <summary>
    /// Returns the export by parts; null, after downloading the whole export into its file, if the server responds with the whole export.
    /// </summary>
    private RemoteByteSource? TryOpenParts(CancellationToken cancellationToken)
    {
        using var whole = new WholeDownload(this, wholePath, onProgress);
        return Fetch(
            address => whole.HasBegun ? whole.Next(address) : RemoteByteSource.FirstRequest(address),
            request => Read(request, Take, cancellationToken),
            cancellationToken);

        RemoteByteSource? Take(HttpResponse response)
        {
            if (!whole.HasBegun && RemoteByteSource.TryOpen(this, response) is { } parts)
                return parts;

            whole.Read(response);
            return null;
        }
    }

    private T Read<T>(OutgoingRequest request, Func<HttpResponse, T> read, CancellationToken cancellationToken)
    {
        using var response = OpenResponse(request, cancellationToken);
        return read(response);
    }

    private Uri CurrentAddress()
    {
        lock (addressLock)
            return address ??= askForAddress();
    }

    /// <summary>Several parts may find that the same URL has expired; the first of them replaces it for all.</summary>
    private bool TryReplace(Uri expired)
    {
        lock (addressLock)
        {
            if (address != expired)
                return true;
            if (freshAddresses == MaxFreshAddresses)
                return false;

            freshAddresses++;
            address = askForAddress();
            return true;
        }
    }
}
