namespace PlayCanvas.Build.Tests.Support;

/// <summary>A response body: each read runs the next step of a script.</summary>
internal sealed class ScriptedStream(Func<Memory<byte>, CancellationToken, ValueTask<int>> read) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Returns these bytes, then blocks forever and ignores a cancellation.</summary>
    public static ScriptedStream Stalling(byte[] bytes, Action? onStall = null)
    {
        var given = false;
        return new ScriptedStream((buffer, _) =>
        {
            if (!given)
            {
                given = true;
                bytes.CopyTo(buffer);
                return new(bytes.Length);
            }

            onStall?.Invoke();
            return new(new TaskCompletionSource<int>().Task);
        });
    }

    /// <summary>Returns spaces forever, without blocking.</summary>
    public static ScriptedStream Endless(Action<int> onRead)
    {
        var reads = 0;
        return new ScriptedStream((buffer, _) =>
        {
            onRead(++reads);
            buffer.Span.Fill((byte)' ');
            return new(buffer.Length);
        });
    }

    /// <summary>Returns these bytes, then fails.</summary>
    public static ScriptedStream Breaking(byte[] bytes, Exception error)
    {
        var given = false;
        return new ScriptedStream((buffer, _) =>
        {
            if (given)
                throw error;
            given = true;
            bytes.CopyTo(buffer);
            return new(bytes.Length);
        });
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => read(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        read(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
