using System.Net;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Exports.Download;

/// <summary>A part of an export, read while it arrives. After a lost connection, only the missing bytes are requested.</summary>
internal sealed class RemotePart(
    ExportTransfer transfer, string? etag, long total, long offset, long end, CancellationToken cancellationToken) : ReadOnlyStream
{
    private long position = offset;
    private HttpResponse? response;
    private Stream? body;

    public static ApiConnectionLostException EndedEarly(string request) =>
        new(request, new EndOfStreamException("The response ended before the requested part was complete.")) { AnswerBegan = true };

    /// <summary>Fills the buffer unless the part ends earlier, so that one retry covers more than a few bytes.</summary>
    /// <exception cref="ExportChangedException">The server sent something other than this part of this export.</exception>
    /// <exception cref="ExportDownloadException">The export cannot be downloaded.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var start = position;
        var wanted = (int)Math.Min(count, end - start);
        return wanted <= 0 ? 0 : transfer.Fetch(Next, request => Fill(request, new ArraySegment<byte>(buffer, offset, wanted), start), cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            HangUp();
        base.Dispose(disposing);
    }

    private OutgoingRequest Next(Uri address) => new(HttpMethod.Get, address) { Range = (position, end - 1), IfRange = etag };

    private int Fill(OutgoingRequest request, ArraySegment<byte> target, long start)
    {
        try
        {
            body ??= OpenBody(request);
            while (position < start + target.Count)
            {
                var filled = (int)(position - start);
                var read = body.Read(target.Array, target.Offset + filled, target.Count - filled);
                if (read == 0)
                    throw EndedEarly(request.Description);
                transfer.CountMoved(read);
                position += read;
            }

            return target.Count;
        }
        catch (ApiException)
        {
            HangUp();
            throw;
        }
    }

    private Stream OpenBody(OutgoingRequest request)
    {
        response = transfer.OpenResponse(request, cancellationToken);
        var range = response.ContentRange;
        if (response.Status != HttpStatusCode.PartialContent || range?.From != position || range.Length != total || response.StrongETag != etag)
            throw new ExportChangedException();
        return response.OpenBody();
    }

    private void HangUp()
    {
        body?.Dispose();
        response?.Dispose();
        (body, response) = (null, null);
    }
}
