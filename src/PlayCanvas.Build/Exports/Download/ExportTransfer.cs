using System.Net;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Http;

namespace PlayCanvas.Build.Exports.Download;

/// <summary>Sends the requests for the bytes of one export to its signed URL, for all parts of a download.</summary>
/// <param name="connection">Sends the requests.</param>
/// <param name="askForAddress">Requests a new URL; signed URLs expire.</param>
internal sealed class ExportTransfer(ApiConnection connection, Func<Uri> askForAddress)
{
    /// <summary>How often an expired URL is replaced by a new one.</summary>
    private const int MaxFreshAddresses = 2;

    private readonly object addressLock = new();
    private Uri? address;
    private int freshAddresses;
    private long bytesMoved;

    /// <summary>The number of bytes of the export that were transferred, by all attempts together.</summary>
    public long BytesMoved => Interlocked.Read(ref bytesMoved);

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
            catch (ApiException error)
            {
                // A URL that expired between two requests is refused with 403.
                if (error is not ApiResponseException { Status: HttpStatusCode.Forbidden } || !TryReplace(current))
                    throw new ExportDownloadException(error);
            }
        }
    }

    public HttpResponse OpenResponse(OutgoingRequest request, CancellationToken cancellationToken) => connection.Open(request, cancellationToken);

    public void CountMoved(int bytes) => Interlocked.Add(ref bytesMoved, bytes);

    private Uri CurrentAddress()
    {
        lock (addressLock)
            return address ??= askForAddress();
    }

    /// <summary>Several parts may find that the same URL has expired; the first of them replaces it for all.</summary>
    /// <returns>False when the URL was already replaced as often as it may be.</returns>
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
