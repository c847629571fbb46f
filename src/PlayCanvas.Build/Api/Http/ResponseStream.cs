using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.Http;

/// <summary>The body of a response. Every read completes: with data, with an error that says what happened, or because it was cancelled.</summary>
internal sealed class ResponseStream : ReadOnlyStream
{
    private readonly string request;
    private readonly HttpResponseMessage response;
    private readonly Stream body;
    private readonly Patience patience;
    private readonly CancellationToken cancellationToken;
    private readonly CancellationTokenSource abandon = new();
    private readonly long? length;
    private long position;

    public ResponseStream(string request, HttpResponseMessage response, Stream body, Patience patience, CancellationToken cancellationToken)
    {
        this.request = request;
        this.response = response;
        this.body = body;
        this.patience = patience;
        this.cancellationToken = cancellationToken;
        length = response.Content.Headers.ContentLength;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            var read = patience.Wait(body.ReadAsync(buffer, offset, count, abandon.Token), request, cancellationToken);
            position += read;
            if (read == 0 && position < length)
                throw new EndOfStreamException($"The response body ended after {position} of {length} bytes.");
            return read;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Abandon();
            throw;
        }
        catch (TimeoutException)
        {
            Abandon();
            throw new ApiTimeoutException(request, patience.Limit);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            throw new ApiConnectionLostException(request, error) { AnswerBegan = true };
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            abandon.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Ends a pending read on any runtime: some observe the token, others only notice that the response is closed.</summary>
    private void Abandon()
    {
        abandon.Cancel();
        response.Dispose();
    }
}
