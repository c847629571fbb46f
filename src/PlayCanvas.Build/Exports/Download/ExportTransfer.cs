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
    /// <summary>How often an expired URL is replaced by a new one without progress in between.</summary>
    private const int MaxFreshAddresses = 2;

    /// <summary>
    /// The new bytes that count as progress. A download of any length survives any number of interruptions that are further apart; one that gets a few
    /// bytes between two interruptions is given up.
    /// </summary>
    private const long ProgressStep = 1024 * 1024;

    private readonly object addressLock = new();
    private Uri? address;
    private int freshAddresses;
    private long progressAtFreshAddress;
    private long bytesMoved;
    private long bytesGained;

    /// <summary>The number of bytes of the export that were transferred, by all attempts together.</summary>
    public long BytesMoved => Interlocked.Read(ref bytesMoved);

    private long Progress => Interlocked.Read(ref bytesGained) / ProgressStep;

    /// <summary>
    /// Requests what is still missing until all of it has arrived: uses a new URL if the old one has expired, and retries after transient failures. Only
    /// failures without progress in between count.
    /// </summary>
    /// <exception cref="ExportDownloadException">The export cannot be downloaded.</exception>
    public T Fetch<T>(Func<Uri, OutgoingRequest> next, Func<OutgoingRequest, T> attempt, CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = CurrentAddress();
            try
            {
                return connection.Fetch(() => next(current), attempt, () => Progress, cancellationToken);
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

    /// <summary>Counts bytes that have arrived.</summary>
    /// <param name="bytes">Their number.</param>
    /// <param name="areNew">False for those that have arrived before, and were lost.</param>
    public void CountMoved(int bytes, bool areNew = true)
    {
        Interlocked.Add(ref bytesMoved, bytes);
        if (areNew)
            Interlocked.Add(ref bytesGained, bytes);
    }

    private Uri CurrentAddress()
    {
        lock (addressLock)
            return address ??= askForAddress();
    }

    /// <summary>Several parts may find that the same URL has expired; the first of them replaces it for all.</summary>
    /// <returns>False when the URL was already replaced as often as it may be without progress.</returns>
    private bool TryReplace(Uri expired)
    {
        lock (addressLock)
        {
            if (address != expired)
                return true;
            if (Progress > progressAtFreshAddress)
                (progressAtFreshAddress, freshAddresses) = (Progress, 0);
            if (freshAddresses == MaxFreshAddresses)
                return false;

            freshAddresses++;
            address = askForAddress();
            return true;
        }
    }
}
