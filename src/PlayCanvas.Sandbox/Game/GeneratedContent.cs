using System.Buffers.Binary;

namespace PlayCanvas.Sandbox;

/// <summary>Content that is generated while it is read, and that is always the same for the same seed: a game of 1 GB needs no memory.</summary>
/// <param name="seed">Determines the bytes.</param>
/// <param name="length">The length in bytes.</param>
/// <param name="isText">
/// True for words of a small vocabulary, which deflate compresses to a third; false for random bytes, which it cannot compress.
/// </param>
internal sealed class GeneratedContent(int seed, long length, bool isText) : GameContent
{
    private static readonly ulong[] Vocabulary = MakeVocabulary();

    public override long Length => length;

    public override Stream Open() => new GeneratedStream((ulong)seed, length, isText);

    // Xorshift: fast, and random enough that deflate cannot compress it.
    private static ulong Next(ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        return state ^ (state << 17);
    }

    // Each word consists of eight characters from ` to o.
    private static ulong[] MakeVocabulary()
    {
        var words = new ulong[256];
        var state = 1UL;
        for (var i = 0; i < words.Length; i++)
            words[i] = ((state = Next(state)) & 0x0F0F0F0F0F0F0F0FUL) | 0x6060606060606060UL;
        return words;
    }

    private sealed class GeneratedStream(ulong seed, long length, bool isText) : Stream
    {
        private ulong state = (seed * 0x9E3779B97F4A7C15UL) + 0x1234567UL;
        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        // Words start only at multiples of eight, so that the content does not depend on the sizes of the reads.
        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - position);
            Span<byte> word = stackalloc byte[8];
            var done = 0;
            while (done < count)
            {
                var start = (int)((position + done) % 8);
                if (start == 0)
                    state = Next(state);
                BinaryPrimitives.WriteUInt64LittleEndian(word, isText ? Vocabulary[state >> 56] : state);
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
    }
}
