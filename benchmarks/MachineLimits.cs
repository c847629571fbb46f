using System.Diagnostics;
using System.IO.Compression;
using PlayCanvas.Build.Files;

namespace Benchmarks;

/// <summary>Measures the limits of the machine for the bytes of an export: no install of the export can be faster than any of these.</summary>
internal sealed class MachineLimits(Uri url, byte[] zip)
{
    private const int Threads = 2;

    public long ZipSize => zip.Length;

    public static async Task<MachineLimits> ForAsync(Uri url)
    {
        using var client = new HttpClient();
        return new MachineLimits(url, await client.GetByteArrayAsync(url));
    }

    /// <summary>Reads the bytes from the server and discards them. Returns the seconds.</summary>
    public async Task<double> CopyAsync()
    {
        var watch = Stopwatch.StartNew();
        using var client = new HttpClient();
        await using var body = await client.GetStreamAsync(url);
        await body.CopyToAsync(Stream.Null, 1 << 20);
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Inflates the entries in memory and discards the result. Returns the seconds.</summary>
    public Task<double> InflateAsync(int threads = Threads) => OnThreads(threads, Inflate);

    /// <summary>Computes a checksum of the contents of the entries, on one thread. Returns the seconds.</summary>
    public async Task<double> HashAsync(Action<byte[]> hash)
    {
        var contents = Entries().ConvertAll(ReadAll);
        var watch = Stopwatch.StartNew();
        await Task.Run(() => contents.ForEach(hash));
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Creates the folders of the entries, on one thread. Returns the seconds.</summary>
    public Task<double> CreateFoldersAsync(string folder) => OnThreads(1, entry => CreateFolderOf(Path.Combine(folder, entry.FullName)));

    /// <summary>Creates files with the names and the sizes of the entries. Returns the seconds.</summary>
    public Task<double> CreateFilesAsync(string folder, int threads = Threads)
    {
        var zeros = new byte[1 << 20];
        return OnThreads(threads, entry =>
        {
            var path = Path.Combine(folder, entry.FullName);
            CreateFolderOf(path);
            using var file = File.Create(path, bufferSize: 0);
            for (var left = entry.Length; left > 0; left -= zeros.Length)
                file.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        });
    }

    /// <summary>Gives each file of a folder a second name in new folders, on one thread. Returns the seconds.</summary>
    public Task<double> LinkFilesAsync(string from, string folder) => OnThreads(1, entry =>
    {
        var path = Path.Combine(folder, entry.FullName);
        CreateFolderOf(path);
        FileLinks.LinkOrCopy(Path.Combine(from, entry.FullName), path);
    });

    private static void CreateFolderOf(string path) => Directory.CreateDirectory(Path.GetDirectoryName(path)!);

    private static void Inflate(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        content.CopyTo(Stream.Null);
    }

    private static byte[] ReadAll(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var all = new MemoryStream();
        content.CopyTo(all);
        return all.ToArray();
    }

    // The largest entries first. Each thread opens its own archive, because ZipArchive is not thread-safe.
    private List<ZipArchiveEntry> Entries() => [.. new ZipArchive(new MemoryStream(zip)).Entries.OrderByDescending(entry => entry.CompressedLength)];

    private async Task<double> OnThreads(int threads, Action<ZipArchiveEntry> work)
    {
        var next = -1;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() =>
        {
            var entries = Entries();
            for (var index = Interlocked.Increment(ref next); index < entries.Count; index = Interlocked.Increment(ref next))
                work(entries[index]);
        })));
        return watch.Elapsed.TotalSeconds;
    }
}
