using System.Security.Cryptography;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Exports.Zip;

/// <summary>
/// Reads all of a zip without unpacking it to the disk: verifies the length and the CRC-32 of each entry, and computes the SHA-256 of the whole file. One
/// thread hashes the file while others inflate the entries.
/// </summary>
/// <param name="source">The zip.</param>
/// <param name="onProgress">Called occasionally with the number of bytes read so far and in total. Most bytes are read twice.</param>
internal sealed class ZipVerification(IByteSource source, Action<long, long> onProgress)
{
    private readonly IByteSource source = source;
    private string sha256 = "";
    private long done;

    /// <exception cref="ExportException">The zip is damaged, contains no file, or exceeds a limit.</exception>
    public VerifiedZip Run(ZipLimits limits, CancellationToken cancellationToken)
    {
        var entries = ZipDirectory.Read(source, limits, cancellationToken);
        if (entries.Count == 0)
            throw new ExportException(ExportFault.Damaged, "it contains no file");

        var segments = ZipSegment.Plan(entries);
        var total = source.Length + segments.Sum(segment => segment.Length);
        Workers.ForEach<Action<Worker>>(
            [worker => sha256 = worker.Hash(), .. segments.Select(segment => (Action<Worker>)(worker => worker.Verify(segment)))],
            token =>
            {
                var worker = new Worker(this, token);
                return work => work(worker);
            },
            () => onProgress(Interlocked.Read(ref done), total),
            cancellationToken);
        return new VerifiedZip(source.Length, entries.Count, sha256);
    }

    /// <summary>The buffers of one thread, which it uses for one part after the other.</summary>
    private sealed class Worker(ZipVerification verification, CancellationToken cancellationToken)
    {
        /// <summary>In bytes; larger arrays would be large objects, which only a full garbage collection frees.</summary>
        private const int BufferSize = 80 * 1024;

        private readonly byte[] packed = new byte[BufferSize];
        private readonly byte[] unpacked = new byte[BufferSize];

        /// <summary>Returns the SHA-256 of the whole file.</summary>
        public string Hash()
        {
            using var hash = SHA256.Create();
            using var file = verification.source.Open(0, verification.source.Length, cancellationToken);
            int read;
            while ((read = file.ReadFull(packed)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.TransformBlock(packed, 0, read, null, 0);
                Interlocked.Add(ref verification.done, read);
            }

            hash.TransformFinalBlock(packed, 0, 0);
            return Hex.Of(hash.Hash);
        }

        /// <summary>Reads each entry of a segment to its end, which verifies it.</summary>
        public void Verify(ZipSegment segment)
        {
            using var bytes = new SegmentStream(verification.source, segment, packed, cancellationToken);
            foreach (var entry in segment.Entries)
            {
                using var content = new EntryStream(bytes, entry);
                while (content.Read(unpacked, 0, unpacked.Length) > 0)
                    cancellationToken.ThrowIfCancellationRequested();
                Interlocked.Add(ref verification.done, entry.CompressedSize);
            }
        }
    }
}

/// <summary>A zip of which every entry has its length and its CRC-32.</summary>
/// <param name="Length">The length of the file in bytes.</param>
/// <param name="Entries">The number of files in it.</param>
/// <param name="Sha256">The SHA-256 of the file, in lower-case hexadecimal.</param>
internal sealed record VerifiedZip(long Length, int Entries, string Sha256);
