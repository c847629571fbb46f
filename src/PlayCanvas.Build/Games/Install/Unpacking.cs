using System.Collections.Concurrent;
using System.Security.Cryptography;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Store;

namespace PlayCanvas.Build.Games.Install;

/// <summary>Brings the files of an export into a prepared folder, several at once, and checks each one while it is written.</summary>
/// <param name="prepared">The prepared folder.</param>
/// <param name="paths">The path of each entry, by the entry's name.</param>
/// <param name="onProgress">Called occasionally with the number of bytes unpacked so far and in total.</param>
internal sealed class Unpacking(PreparedContent prepared, IReadOnlyDictionary<string, string> paths, Action<long, long?> onProgress)
{
    private readonly PreparedContent prepared = prepared;
    private readonly ConcurrentDictionary<string, GameFile> files = new(StringComparer.Ordinal);
    private long done;
    private long total;

    /// <summary>Called with the path of each file that is there, on the thread that brought it.</summary>
    public Action<string> OnUnpacked { get; set; } = static _ => { };

    /// <summary>Whether a file is in the prepared folder.</summary>
    public bool Has(string path) => files.ContainsKey(path);

    /// <summary>Returns a file of the prepared folder, as it was exported.</summary>
    public GameFile FileAt(string path) => files[path];

    /// <summary>
    /// Keeps the files that an interrupted build has already unpacked and that are still needed. Anything else in the folder is deleted, including
    /// a file that was cut off: the killed build that left it is not an error, and its entry is unpacked again.
    /// </summary>
    public void Begin(IEnumerable<ZipEntry> entries, CancellationToken cancellationToken)
    {
        var wanted = entries.Where(entry => !Has(PathOf(entry))).ToDictionary(entry => prepared.PathOf(PathOf(entry)));
        var brought = new HashSet<string>(files.Keys.Select(prepared.PathOf), StringComparer.Ordinal);
        var found = new List<ZipEntry>();
        foreach (var left in new DirectoryInfo(prepared.Directory).EnumerateFileSystemInfos().Where(left => !brought.Contains(left.FullName)))
        {
            if (left is FileInfo file && !left.Attributes.HasFlag(FileAttributes.ReparsePoint) && wanted.TryGetValue(left.FullName, out var entry) && file.Length == entry.Size)
                found.Add(entry);
            else
                Delete(left);
        }

        Workers.ForEach(found, token => new Worker(this, token).Recognize, Report, cancellationToken);
    }

    /// <summary>Unpacks entries that are not in the folder.</summary>
    /// <exception cref="ExportException">An entry is damaged.</exception>
    /// <exception cref="ExportDownloadException">An entry cannot be downloaded.</exception>
    public void Run(IByteSource source, IReadOnlyList<ZipEntry> entries, CancellationToken cancellationToken)
    {
        total = done + entries.Sum(entry => entry.Size);
        foreach (var left in entries.Select(entry => prepared.PathOf(PathOf(entry))).Where(File.Exists))
            File.Delete(left);
        Workers.ForEach(
            [.. ZipSegment.Plan(entries).OrderByDescending(HasConfig)],
            token => new Worker(this, token).Unpacker(source),
            Report,
            cancellationToken);
        Report();
    }

    /// <summary>Brings a file of another content into the folder.</summary>
    /// <param name="location">The full path of the file.</param>
    /// <param name="known">The file, as it was exported; null when its digests are not known.</param>
    /// <param name="path">The path of the file in the folder.</param>
    /// <param name="cancellationToken">Cancels the reading of a file whose digests are not known.</param>
    public void Add(string location, GameFile? known, string path, CancellationToken cancellationToken)
    {
        var target = prepared.NewPathOf(path);
        File.Delete(target);
        FileLinks.LinkOrCopy(location, target);
        Add(known ?? new Worker(this, cancellationToken).Read(path));
    }

    /// <summary>Reports the progress.</summary>
    public void Report() => onProgress(Interlocked.Read(ref done), total);

    private void Add(GameFile file)
    {
        files[file.Path] = file;
        OnUnpacked(file.Path);
    }

    private string PathOf(ZipEntry entry) => paths[entry.Name];

    /// <summary>The segment with the configuration comes first, because the configuration can be read while the rest arrives.</summary>
    private bool HasConfig(ZipSegment segment) => segment.Entries.Any(entry => PathOf(entry) == ExportLayout.Config);

    private static void Delete(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo folder && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            folder.Delete(recursive: true);
        else
            entry.Delete();
    }

    /// <summary>The buffers of one thread, which it uses for one entry after the other.</summary>
    private sealed class Worker(Unpacking unpacking, CancellationToken cancellationToken)
    {
        /// <summary>In bytes; larger arrays would be large objects, which only a full garbage collection frees.</summary>
        private const int BufferSize = 80 * 1024;

        private readonly byte[] packed = new byte[BufferSize];
        private readonly byte[] unpacked = new byte[BufferSize];

        public Action<ZipSegment> Unpacker(IByteSource source) => segment =>
        {
            using var bytes = new SegmentStream(source, segment, packed, cancellationToken);
            foreach (var entry in segment.Entries)
                Unpack(bytes, entry);
        };

        /// <summary>Keeps a file that an interrupted build has left if it is complete.</summary>
        public void Recognize(ZipEntry entry)
        {
            var path = unpacking.PathOf(entry);
            var file = Read(path);
            if (file.Crc == entry.Crc)
                unpacking.Add(file);
            else
                File.Delete(unpacking.prepared.PathOf(path));
        }

        /// <summary>Returns the digests of a file in the folder.</summary>
        public GameFile Read(string path)
        {
            using var file = Open(unpacking.prepared.PathOf(path), FileMode.Open, FileAccess.Read);
            uint crc = 0;
            var (size, sha256, md5) = Copy(file, read => crc = Crc32.Update(crc, unpacked, 0, read));
            return new GameFile(path, size, sha256, md5, crc);
        }

        private void Unpack(SegmentStream segment, ZipEntry entry)
        {
            var path = unpacking.PathOf(entry);
            string sha256, md5;
            using (var content = new EntryStream(segment, entry))
            using (var file = Create(path))
                (_, sha256, md5) = Copy(content, read => file.Write(unpacked, 0, read));
            unpacking.Add(new GameFile(path, entry.Size, sha256, md5, entry.Crc));
        }

        private FileStream Create(string path)
        {
            try
            {
                // Not FileMode.Create, which truncates: ext4 flushes a truncated file to the disk when it is closed.
                return Open(unpacking.prepared.NewPathOf(path), FileMode.CreateNew, FileAccess.Write);
            }
            catch (PathTooLongException error)
            {
                throw new ExportException(ExportFault.PathTooLong, $"the path \"{unpacking.prepared.PathOf(path)}\" is too long", error);
            }
        }

        // Unbuffered: the callers have their own buffers.
        private static FileStream Open(string path, FileMode mode, FileAccess access) => new(path, mode, access, FileShare.Read, bufferSize: 1);

        /// <summary>Passes on the content piece by piece, and returns its length, its SHA-256 and its MD5.</summary>
        private (long Size, string Sha256, string Md5) Copy(Stream content, Action<int> take)
        {
            using var sha256 = SHA256.Create();
            using var md5 = Md5.Create();
            long size = 0;
            int read;
            while ((read = content.ReadFull(unpacked)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                take(read);
                sha256.TransformBlock(unpacked, 0, read, null, 0);
                md5.TransformBlock(unpacked, 0, read, null, 0);
                Interlocked.Add(ref unpacking.done, read);
                size += read;
            }

            sha256.TransformFinalBlock(unpacked, 0, 0);
            md5.TransformFinalBlock(unpacked, 0, 0);
            return (size, Hex.Of(sha256.Hash), Hex.Of(md5.Hash));
        }
    }
}
