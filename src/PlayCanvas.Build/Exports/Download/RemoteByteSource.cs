using System.Net;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Exports.Download;

/// <summary>
/// An export on a server that supports ranges. Its end, which contains the zip's central directory, is downloaded when the source is opened.
/// </summary>
internal sealed class RemoteByteSource : IByteSource
{
    /// <summary>
    /// The length of the end that is downloaded first, in bytes: that of the longest possible end-of-central-directory record, which a zip reader
    /// reads first.
    /// </summary>
    private const int TailLength = 64 * 1024 + 22;

    private readonly ExportTransfer transfer;
    private readonly string? etag;
    private readonly byte[] tail;

    private RemoteByteSource(ExportTransfer transfer, string? etag, byte[] tail, long length)
    {
        this.transfer = transfer;
        this.etag = etag;
        this.tail = tail;
        Length = length;
    }

    public long Length { get; }

    private long TailOffset => Length - tail.Length;

    /// <summary>Returns the request that opens a source: the end of the export.</summary>
    public static OutgoingRequest FirstRequest(Uri address) => new(HttpMethod.Get, address) { Range = (null, TailLength) };

    /// <summary>
    /// Creates a source from the response to <see cref="FirstRequest"/>; returns null when the response is not the requested range.
    /// </summary>
    public static RemoteByteSource? TryOpen(ExportTransfer transfer, HttpResponse response)
    {
        if (response.Status != HttpStatusCode.PartialContent || response.ContentRange is not { From: { } from, To: { } to, Length: { } length })
            return null;
        if (to != length - 1 || length - from != Math.Min(TailLength, length))
            return null;

        var tail = new byte[(int)(length - from)];
        using var body = response.OpenBody();
        if (!body.Fill(tail))
            throw RemotePart.EndedEarly(response.Request);
        transfer.CountMoved(tail.Length);
        return new RemoteByteSource(transfer, response.StrongETag, tail, length);
    }

    public Stream Open(long offset, long length, CancellationToken cancellationToken)
    {
        var end = Math.Min(offset + length, Length);
        if (end <= TailOffset)
            return Part(offset, end, cancellationToken);

        var kept = KeptPart(Math.Max(offset, TailOffset), end);
        return offset >= TailOffset ? kept : new ConcatenatedStream(Part(offset, TailOffset, cancellationToken), kept);
    }

    public void Dispose()
    {
    }

    private RemotePart Part(long offset, long end, CancellationToken cancellationToken) => new(transfer, etag, Length, offset, end, cancellationToken);

    /// <summary>The part of the first response; it is not requested again.</summary>
    private MemoryStream KeptPart(long offset, long end) => new(tail, (int)(offset - TailOffset), (int)Math.Max(0, end - offset), writable: false);

    /// <summary>Two streams, one after the other.</summary>
    private sealed class ConcatenatedStream(Stream first, Stream second) : ReadOnlyStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = first.Read(buffer, offset, count);
            return read > 0 ? read : second.Read(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                first.Dispose();
                second.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
