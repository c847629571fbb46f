using System.Diagnostics;
using System.IO.Compression;

namespace Benchmarks;

/// <summary>What the machine could do at best with the bytes of an export: nothing that installs it can be quicker than each of these.</summary>
internal sealed class MachineLimits(Uri url, byte[] zip)
{
    private const int Threads = 2;

    public long ZipSize => zip.Length;

    public static async Task<MachineLimits> ForAsync(Uri url)
    {
        using var client = new HttpClient();
        return new MachineLimits(url, await client.GetByteArrayAsync(url));
    }

    /// <summary>Reads the bytes from the server and forgets them.</summary>
    public async Task<double> CopyAsync()
    {
        var watch = Stopwatch.StartNew();
        using var client = new HttpClient();
        await using var body = await client.GetStreamAsync(url);
        await body.CopyToAsync(Stream.Null, 1 << 20);
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Inflates the entries, from memory to nowhere.</summary>
    public Task<double> InflateAsync() => OnThreads(entry =>
    {
        using var content = entry.Open();
        content.CopyTo(Stream.Null);
    });

    /// <summary>Creates files with the names and the sizes of the entries.</summary>
    public Task<double> CreateFilesAsync(string folder)
    {
        var zeros = new byte[1 << 20];
        return OnThreads(entry =>
        {
            var path = Path.Combine(folder, entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = File.Create(path, bufferSize: 0);
            for (var left = entry.Length; left > 0; left -= zeros.Length)
                file.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        });
    }

    // Each thread takes the next entry, the largest first, from an archive of its own, since archives are not shared.
    private async Task<double> OnThreads(Action<ZipArchiveEntry> work)
    {
        var next = -1;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            using var archive = new ZipArchive(new MemoryStream(zip));
            var entries = archive.Entries.OrderByDescending(entry => entry.CompressedLength).ToList();
            for (var index = Interlocked.Increment(ref next); index < entries.Count; index = Interlocked.Increment(ref next))
                work(entries[index]);
        })));
        return watch.Elapsed.TotalSeconds;
    }
}
