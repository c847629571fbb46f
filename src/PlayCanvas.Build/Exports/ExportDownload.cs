using System.Net;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Http;

namespace PlayCanvas.Build.Exports;

/// <summary>Fetches an export from its signed address.</summary>
internal sealed class ExportDownload(ApiConnection connection, Action<long, long?> onProgress)
{
    private const int BufferSize = 128 * 1024;

    private readonly byte[] buffer = new byte[BufferSize];

    /// <summary>Fetches all of it into a file; where the connection breaks, goes on from there if the server can.</summary>
    /// <returns>The number of bytes that were moved.</returns>
    public long ToFile(Uri uri, string path, CancellationToken cancellationToken)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize);
        string? etag = null;
        long moved = 0;
        return connection.Fetch(Next, Read, cancellationToken);

        OutgoingRequest Next() => file.Position > 0 && etag is not null
            ? new OutgoingRequest(HttpMethod.Get, uri) { Range = (file.Position, null), IfRange = etag }
            : new OutgoingRequest(HttpMethod.Get, uri);

        long Read(HttpResponse response)
        {
            var isPart = response.Status == HttpStatusCode.PartialContent;
            var goesOn = isPart && response.ContentRange?.From == file.Position && response.StrongETag == etag;
            etag = response.StrongETag;
            if (!goesOn)
                file.SetLength(0);
            if (isPart && !goesOn)
                throw new ApiConnectionLostException(response.Request, new InvalidDataException("the server sent another part than the one that was asked for"));

            var total = file.Position + response.ContentLength;
            using var body = response.OpenBody();
            int read;
            while ((read = body.Read(buffer, 0, buffer.Length)) > 0)
            {
                file.Write(buffer, 0, read);
                moved += read;
                onProgress(file.Position, total);
            }

            return moved;
        }
    }
}
