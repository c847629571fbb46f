using System.Buffers.Binary;

namespace PlayCanvas.Sandbox;

/// <summary>Bytes made while they are read, the same for the same seed: a game of 1 GB costs no memory.</summary>
internal sealed class GeneratedContent(int seed, long length, bool compressible) : GameContent
{
    public override long Length => length;

    public override Stream Open() => new GeneratedStream((ulong)seed, length, compressible);

    private sealed class GeneratedStream(ulong seed, long length, bool compressible) : Stream
    {
        private ulong state = (seed * 0x9E3779B97F4A7C15UL) + 0x1234567UL;
        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        // Words are only taken at multiples of eight, so that what is read does not depend on how it is read.
        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - position);
            Span<byte> word = stackalloc byte[8];
            var done = 0;
            while (done < count)
            {
                var start = (int)((position + done) % 8);
                if (start == 0)
                    Next();
                BinaryPrimitives.WriteUInt64LittleEndian(word, compressible ? state & 0x0F0F0F0F0F0F0F0FUL : state);
                var take = Math.Min(8 - start, count - done);
                word.Slice(start, take).CopyTo(buffer[done..]);
                done += take;
            }

            position += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        // Xorshift: quick, and far too random for deflate.
        private void Next()
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }
    }
}
