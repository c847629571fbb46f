using System.Collections.Concurrent;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.State;

namespace PlayCanvas.Build.Games.Install;

/// <summary>Stages the entries of an export, several at once, and checks each one while it is written.</summary>
/// <param name="folder">The game's folder.</param>
/// <param name="paths">The path of each entry, by the entry's name.</param>
/// <param name="onStaged">Called with the path of each staged file, on the thread that staged it.</param>
/// <param name="onProgress">Called occasionally with the number of bytes unpacked so far and in total.</param>
internal sealed class Unpacking(
    GameFolder folder, IReadOnlyDictionary<string, string> paths, Action<string> onStaged, Action<long, long?> onProgress)
{
    private readonly GameFolder folder = folder;
    private readonly Action<string> onStaged = onStaged;
    private readonly ConcurrentBag<InstalledFile> files = [];
    private readonly ConcurrentDictionary<string, bool> folders = new(StringComparer.Ordinal);
    private long done;

    /// <returns>The file of each entry, in no particular order.</returns>
    /// <exception cref="ExportException">An entry is damaged, or cannot be downloaded.</exception>
    public IReadOnlyCollection<InstalledFile> Run(IByteSource source, IReadOnlyList<ZipEntry> entries, CancellationToken cancellationToken)
    {
        var total = entries.Sum(entry => entry.Size);
        var missing = Salvage(entries, total, cancellationToken);
        Directory.CreateDirectory(folder.StagingPath);
        Workers.ForEach(
            [.. ZipSegment.Plan(missing).OrderByDescending(HasConfig)],
            token => new Worker(this, token).Unpacker(source),
            () => onProgress(Interlocked.Read(ref done), total),
            cancellationToken);
        onProgress(done, total);
        return files;
    }

    /// <summary>
    /// Keeps the files that an interrupted build has already unpacked and that are still needed; returns the other entries. Anything else in the
    /// staging folder is deleted, including a file that was cut off: the killed build that left it is not an error, and its entry is unpacked again.
    /// </summary>
    private IReadOnlyList<ZipEntry> Salvage(IReadOnlyList<ZipEntry> entries, long total, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder.StagingPath))
            return entries;

        var wanted = entries.ToDictionary(StagedPathOf);
        folder.PruneStaging(file => wanted.TryGetValue(file.FullName, out var entry) && file.Length == entry.Size);
        var found = wanted.Where(pair => File.Exists(pair.Key)).Select(pair => pair.Value).ToList();
        Workers.ForEach(found, token => new Worker(this, token).Recognize, () => onProgress(Interlocked.Read(ref done), total), cancellationToken);
        var salvaged = new HashSet<string>(files.Select(file => file.Path), StringComparer.Ordinal);
        return [.. entries.Where(entry => !salvaged.Contains(PathOf(entry)))];
    }

    /// <summary>The segment with the configuration comes first, because the configuration can be read while the rest arrives.</summary>
    private bool HasConfig(ZipSegment segment) => segment.Entries.Any(entry => PathOf(entry) == ExportLayout.Config);

    /// <summary>
    /// Creates the missing folders of a path, the outermost first: given only the innermost folder, the system would first try to create that one,
    /// and fail.
    /// </summary>
    private void CreateFoldersOf(string path)
    {
        foreach (var missing in EntryPaths.FoldersOf(path).TakeWhile(outer => !folders.ContainsKey(outer)).Reverse())
        {
            Directory.CreateDirectory(folder.StagedPathOf(missing));
            folders[missing] = true;
        }
    }

    private string PathOf(ZipEntry entry) => paths[entry.Name];

    private string StagedPathOf(ZipEntry entry) => folder.StagedPathOf(PathOf(entry));

    /// <summary>The buffers of one thread, which it uses for one entry after the other.</summary>
    private sealed class Worker(Unpacking unpacking, CancellationToken cancellationToken)
    {
        private const int BufferSize = 128 * 1024;

        private readonly byte[] packed = new byte[BufferSize];
        private readonly byte[] unpacked = new byte[BufferSize];

        public Action<ZipSegment> Unpacker(IByteSource source) => segment =>
        {
            using var bytes = new SegmentStream(source, segment, packed, cancellationToken);
            foreach (var entry in segment.Entries)
                Unpack(bytes, entry);
        };

        public void Recognize(ZipEntry entry)
        {
            var path = unpacking.StagedPathOf(entry);
            var (crc, md5) = Read(path);
            if (crc == entry.Crc)
            {
                Add(entry, md5);
                return;
            }

            File.Delete(path);
            Interlocked.Add(ref unpacking.done, -entry.Size);
        }

        private (uint Crc, string Md5) Read(string path)
        {
            using var staged = Open(path, FileMode.Open, FileAccess.Read);
            uint crc = 0;
            var md5 = Copy(staged, read => crc = Crc32.Update(crc, unpacked, 0, read));
            return (crc, md5);
        }

        private void Unpack(SegmentStream segment, ZipEntry entry)
        {
            string md5;
            using (var content = new EntryStream(segment, entry))
            using (var file = Create(entry))
                md5 = Copy(content, read => file.Write(unpacked, 0, read));
            Add(entry, md5);
        }

        private FileStream Create(ZipEntry entry)
        {
            try
            {
                var path = unpacking.StagedPathOf(entry);
                unpacking.CreateFoldersOf(unpacking.PathOf(entry));

                // Not FileMode.Create, which truncates: ext4 flushes a truncated file to the disk when it is closed.
                return Open(path, FileMode.CreateNew, FileAccess.Write);
            }
            catch (PathTooLongException error)
            {
                throw new ExportException(ExportFault.PathTooLong, $"the path \"{unpacking.folder.PathOf(unpacking.PathOf(entry))}\" is too long", error);
            }
        }

        // Unbuffered: the callers have their own buffers.
        private static FileStream Open(string path, FileMode mode, FileAccess access) => new(path, mode, access, FileShare.None, bufferSize: 1);

        private void Add(ZipEntry entry, string md5)
        {
            var path = unpacking.PathOf(entry);
            unpacking.files.Add(new InstalledFile(path, entry.Crc, entry.Size, entry.Crc, entry.Size, md5));
            unpacking.onStaged(path);
        }

        /// <summary>Passes on the content piece by piece, and returns its MD5.</summary>
        private string Copy(Stream content, Action<int> take)
        {
            using var md5 = Md5.Create();
            int read;
            while ((read = content.ReadFull(unpacked)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                take(read);
                md5.TransformBlock(unpacked, 0, read, null, 0);
                Interlocked.Add(ref unpacking.done, read);
            }

            md5.TransformFinalBlock(unpacked, 0, 0);
            return Hex.Of(md5.Hash);
        }
    }
}
