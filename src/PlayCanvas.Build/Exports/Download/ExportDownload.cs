using System.Net;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Exports.Zip;

namespace PlayCanvas.Build.Exports.Download;

/// <summary>
/// Fetches an export from its signed address: by parts, of which only those are moved that are wanted, or as a whole into a file
/// where the server cannot do that.
/// </summary>
/// <param name="connection">Does the sending.</param>
/// <param name="askForAddress">Asks for a fresh address; they expire.</param>
/// <param name="wholePath">The file for the whole, if it comes to that.</param>
/// <param name="onProgress">Told, while the whole is fetched, how many bytes were moved, all attempts together, and the length of the export if it is known.</param>
internal sealed class ExportDownload(
    ApiConnection connection, Func<Uri> askForAddress, string wholePath, Action<long, long?> onProgress)
{
    /// <summary>How often an expired address is replaced by a fresh one.</summary>
    private const int MaxFreshAddresses = 2;

    private readonly object addressLock = new();
    private Uri? address;
    private int freshAddresses;
    private long bytesMoved;

    /// <summary>Bytes of the export that were moved, all attempts together.</summary>
    public long BytesMoved => Interlocked.Read(ref bytesMoved);

    /// <summary>The export by its parts if the server gives parts, else the whole.</summary>
    /// <exception cref="ExportDownloadException">It cannot be had.</exception>
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

    /// <summary>The whole export in a file.</summary>
    /// <exception cref="ExportDownloadException">It cannot be had.</exception>
    public IByteSource OpenWhole(CancellationToken cancellationToken)
    {
        using (var whole = new WholeDownload(this, wholePath, onProgress))
            Fetch(whole.Next, request => Read(request, whole.Read, cancellationToken), cancellationToken);
        return new FileByteSource(wholePath);
    }

    /// <summary>Asks for what is still wanted until it is there: with a fresh address where the old one has expired, again where it failed in passing.</summary>
    /// <exception cref="ExportDownloadException">It cannot be had.</exception>
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
                // It has expired between two requests.
            }
            catch (ApiException error)
            {
                throw new ExportDownloadException(error);
            }
        }
    }

    public HttpResponse OpenResponse(OutgoingRequest request, CancellationToken cancellationToken) => connection.Open(request, cancellationToken);

    public void CountMoved(int bytes) => Interlocked.Add(ref bytesMoved, bytes);

    /// <summary>The parts; or null, and the whole in its file, where the server answers with that.</summary>
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

    /// <summary>Several parts may find the same address expired; the first of them replaces it for all.</summary>
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
