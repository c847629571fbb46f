using System.Net;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Http;

namespace PlayCanvas.Build.Exports.Download;

/// <summary>
/// Downloads all of an export into a file. After a lost connection, the download continues from the same position if the server supports ranges.
/// </summary>
internal sealed class WholeDownload(ExportTransfer transfer, string path, Action<long, long?> onProgress) : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private FileStream? file;
    private string? etag;
    private long furthest;

    public bool HasBegun => file is not null;

    /// <summary>Returns the request for the missing bytes.</summary>
    public OutgoingRequest Next(Uri address) => file?.Position > 0 && etag is not null
        ? new OutgoingRequest(HttpMethod.Get, address) { Range = (file.Position, null), IfRange = etag }
        : new OutgoingRequest(HttpMethod.Get, address);

    /// <summary>Appends the body of a response to the file.</summary>
    /// <returns>The length of the file in bytes.</returns>
    public long Read(HttpResponse response)
    {
        file ??= Create(path);
        var isPart = response.Status == HttpStatusCode.PartialContent;
        var goesOn = isPart && response.ContentRange?.From == file.Position && response.StrongETag == etag;
        etag = response.StrongETag;
        if (!goesOn)
            file.SetLength(0);
        if (isPart && !goesOn)
            throw new ApiConnectionLostException(response.Request, new InvalidDataException("The server sent a different part than the one that was requested."));

        Append(file, response);
        return file.Position;
    }

    public void Dispose() => file?.Dispose();

    private static FileStream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
    }

    private void Append(FileStream target, HttpResponse response)
    {
        var total = target.Position + response.ContentLength;
        var buffer = new byte[BufferSize];
        using var body = response.OpenBody();
        int read;
        while ((read = body.Read(buffer, 0, buffer.Length)) > 0)
        {
            target.Write(buffer, 0, read);
            transfer.CountMoved(read, areNew: target.Position > furthest);
            furthest = Math.Max(furthest, target.Position);
            onProgress(transfer.BytesMoved, total);
        }
    }
}
