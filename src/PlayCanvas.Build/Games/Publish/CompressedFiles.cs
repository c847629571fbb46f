using System.IO.Compression;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Store;

namespace PlayCanvas.Build.Games.Publish;

/// <summary>
/// The compressed forms of files, at the highest level of each encoding. Each file is compressed once: the store keeps the result by the file's
/// SHA-256, and also the fact that compression does not pay.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="cancellationToken">Cancels the compression.</param>
internal sealed class CompressedFiles(GameStore store, CancellationToken cancellationToken)
{
    /// <summary>The largest part of its length that a compressed form may have: below a gain of 5 %, decompression costs more than it saves.</summary>
    public const double MaxShare = 0.95;

    private const string NothingGained = ".none";

    /// <summary>In bytes; larger arrays would be large objects, which only a full garbage collection frees.</summary>
    private const int BufferSize = 80 * 1024;

    /// <summary>
    /// .NET has Brotli, but .NET Standard 2.0 does not declare it, and .NET Framework does not have it. There, files are compressed with gzip only.
    /// </summary>
    private static readonly Type? BrotliStream = Type.GetType("System.IO.Compression.BrotliStream, System.IO.Compression.Brotli");

    /// <summary>The value of <c>CompressionLevel.SmallestSize</c>, which .NET Standard 2.0 does not declare.</summary>
    private const CompressionLevel SmallestSize = (CompressionLevel)3;

    private long done;

    /// <summary>Returns the compressed forms of each file of a content, in the order of its files.</summary>
    /// <param name="content">The content.</param>
    /// <param name="onProgress">Called occasionally with the number of bytes whose compressed forms are there, and the length of all files.</param>
    /// <exception cref="DamagedContentException">A file is damaged.</exception>
    public IReadOnlyList<IReadOnlyList<CompressedFile>> Of(GameContent content, Action<long, long> onProgress)
    {
        var files = content.Manifest.Files;
        var forms = new IReadOnlyList<CompressedFile>[files.Count];
        Workers.ForEach(
            [.. Enumerable.Range(0, files.Count).OrderByDescending(index => files[index].Size)],
            _ => index => forms[index] = Of(content, files[index]),
            Report,
            cancellationToken);
        Report();
        return forms;

        void Report() => onProgress(Interlocked.Read(ref done), content.Manifest.TotalSize);
    }

    /// <summary>Returns the compressed forms of a file that are worth sending, by the end of their name; empty when there are none.</summary>
    /// <exception cref="DamagedContentException">The file is damaged.</exception>
    public IReadOnlyList<CompressedFile> Of(GameContent content, GameFile file)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (file.Size == 0)
            return [];

        long counted = 0;
        var path = store.CompressedPath(file.Sha256);
        if (!File.Exists(path + NothingGained) && !File.Exists(path + CompressedFile.Gzip))
        {
            // The forms are found by the hash of the file, so they must not be made from other bytes.
            if (!content.IsIntact(file, thorough: true, cancellationToken))
                throw new DamagedContentException(content.PathOf(file));
            Compress(content.PathOf(file), path, file.Size, Count);
        }

        Count(file.Size - counted);

        return [.. new[] { CompressedFile.Brotli, CompressedFile.Gzip }.Where(ending => File.Exists(path + ending)).Select(ending => new CompressedFile(ending, path + ending))];

        void Count(long bytes)
        {
            counted += bytes;
            Interlocked.Add(ref done, bytes);
        }
    }

    /// <param name="source">The full path of the file.</param>
    /// <param name="path">The full path of the compressed forms, without the end of their names.</param>
    /// <param name="size">The length of the file in bytes.</param>
    /// <param name="count">Counts the bytes that Brotli, which takes almost all of the time, has compressed.</param>
    private static void Compress(string source, string path, long size, Action<long> count)
    {
        var gzip = Write(source, path, stream => new GZipStream(stream, BrotliStream is null ? CompressionLevel.Optimal : SmallestSize), static _ => { });
        if (new FileInfo(gzip).Length > size * MaxShare)
        {
            File.Delete(gzip);
            AtomicFile.Write(path + NothingGained, "");
            return;
        }

        if (BrotliStream is not null)
            AtomicFile.MoveOver(Write(source, path, stream => (Stream)Activator.CreateInstance(BrotliStream, stream, SmallestSize)!, count), path + CompressedFile.Brotli);

        // The gzip form is the last one: it shows that the file was compressed.
        AtomicFile.MoveOver(gzip, path + CompressedFile.Gzip);
    }

    private static string Write(string source, string path, Func<Stream, Stream> open, Action<long> count)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}{AtomicFile.TemporaryExtension}";
        using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        using var to = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
        using var compressed = open(to);
        var buffer = new byte[BufferSize];
        int read;
        while ((read = from.Read(buffer, 0, buffer.Length)) > 0)
        {
            compressed.Write(buffer, 0, read);
            count(read);
        }

        return temporary;
    }
}

/// <summary>The compressed forms of files that the store has already, for programs that compress nothing.</summary>
/// <param name="store">The store.</param>
internal sealed class KnownCompressedFiles(GameStore store)
{
    private readonly HashSet<string> names = store.CompressedNames();

    /// <summary>Returns the form of a file that browsers prefer; null when the store has none.</summary>
    public CompressedFile? Find(GameFile file) => new[] { CompressedFile.Brotli, CompressedFile.Gzip }
        .Where(ending => names.Contains(file.Sha256 + ending))
        .Select(ending => new CompressedFile(ending, store.CompressedPath(file.Sha256) + ending))
        .FirstOrDefault();
}

/// <summary>A compressed form of a file.</summary>
/// <param name="Ending">The end of its name.</param>
/// <param name="Path">Its full path.</param>
internal sealed record CompressedFile(string Ending, string Path)
{
    public const string Brotli = ".br";

    public const string Gzip = ".gz";
}
