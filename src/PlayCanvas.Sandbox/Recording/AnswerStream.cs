namespace PlayCanvas.Sandbox;

/// <summary>The body of a response: counts the bytes that are sent, and truncates or slows them as a fault requires.</summary>
internal sealed class AnswerStream(HttpContext http, Stream inner, RecordedRequest recorded, Fault? fault) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        fault is { LosesAnswer: true } ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (fault is { LosesAnswer: true })
            return;
        while (buffer.Length > 0)
        {
            var count = Allowed(buffer.Length);
            if (count == 0)
            {
                await CutAsync(cancellationToken);
                return;
            }

            // Counted before sending, so that a client that has read the response finds it counted.
            recorded.AddBytes(count);
            await inner.WriteAsync(buffer[..count], cancellationToken);
            buffer = buffer[count..];
            if (fault is { DripPause: { } pause })
            {
                await inner.FlushAsync(cancellationToken);
                await Task.Delay(pause, http.RequestAborted);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Answers are written asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private int Allowed(int count)
    {
        if (fault is null)
            return count;
        if (fault.CutAfter is { } cut)
            count = (int)Math.Min(count, cut - recorded.BytesSent);
        return fault.DripPause is null ? count : Math.Min(count, fault.DripBytes);
    }

    private async Task CutAsync(CancellationToken cancellationToken)
    {
        await inner.FlushAsync(cancellationToken);
        if (fault is { EndsAtCut: true })
            return;
        if (fault is { StallsAtCut: true })
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
        http.Abort();
        throw new OperationCanceledException("The answer is cut by a scripted fault.");
    }
}
