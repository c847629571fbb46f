using System.Net;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Exports.Zip;

namespace PlayCanvas.Build.Exports.Download;

/// <summary>An export on a server that gives any part of it. Its end, where a zip's directory is, is there from the beginning.</summary>
internal sealed class RemoteByteSource : IByteSource
{
    /// <summary>What a zip's reader looks at first: the longest end of a directory that there can be.</summary>
    private const int TailLength = 64 * 1024 + 22;

    private readonly ExportDownload download;
    private readonly string? etag;
    private readonly byte[] tail;

    private RemoteByteSource(ExportDownload download, string? etag, byte[] tail, long length)
    {
        this.download = download;
        this.etag = etag;
        this.tail = tail;
        Length = length;
    }

    public long Length { get; }

    private long TailOffset => Length - tail.Length;

    /// <summary>What to ask for before there is a source: the end of the export.</summary>
    public static OutgoingRequest FirstRequest(Uri address) => new(HttpMethod.Get, address) { Range = (null, TailLength) };

    /// <summary>The source, from the answer to <see cref="FirstRequest"/>; null where something else came.</summary>
    public static RemoteByteSource? TryOpen(ExportDownload download, HttpResponse response)
    {
        if (response.Status != HttpStatusCode.PartialContent || response.ContentRange is not { From: { } from, To: { } to, Length: { } length })
            return null;
        if (to != length - 1 || length - from != Math.Min(TailLength, length))
            return null;

        var tail = new byte[(int)(length - from)];
        using var body = response.OpenBody();
        if (!body.Fill(tail))
            throw RemotePart.EndedEarly(response.Request);
        download.CountMoved(tail.Length);
        return new RemoteByteSource(download, response.StrongETag, tail, length);
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

    private RemotePart Part(long offset, long end, CancellationToken cancellationToken) => new(download, etag, Length, offset, end, cancellationToken);

    /// <summary>What came with the first answer is not asked for again.</summary>
    private MemoryStream KeptPart(long offset, long end) => new(tail, (int)(offset - TailOffset), (int)Math.Max(0, end - offset), writable: false);

    /// <summary>One stream after the other.</summary>
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
