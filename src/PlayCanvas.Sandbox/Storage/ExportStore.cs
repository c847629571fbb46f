using System.Collections.Concurrent;

namespace PlayCanvas.Sandbox;

/// <summary>A packed export that can be downloaded.</summary>
internal sealed record StoredExport(string Id, string FileName, string FilePath, DateTimeOffset ModifiedAt)
{
    public long Length => new FileInfo(FilePath).Length;

    public string UrlPath => $"/exports/{Id}/{Uri.EscapeDataString(FileName)}";

    public string ETag => $"\"{Id}\"";
}

/// <summary>Stores the results of jobs: zip files in its own temporary folder, and the files of published apps.</summary>
internal sealed class ExportStore : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("playcanvas-sandbox-").FullName;
    private readonly ConcurrentDictionary<string, StoredExport> exports = new();
    private readonly ConcurrentDictionary<int, Dictionary<string, GameContent>> apps = new();

    /// <summary>Packs the files. They are streamed, so the memory does not grow with their size.</summary>
    public StoredExport Pack(string name, IEnumerable<ExportFile> files, DateTimeOffset time, Func<byte[], byte[]>? mutation)
    {
        var id = Guid.NewGuid().ToString("n");
        var path = Path.Combine(folder, id + ".zip");
        using (var zip = File.Create(path))
            ExportZip.Write(files, time, zip);
        if (mutation is not null)
            File.WriteAllBytes(path, mutation(File.ReadAllBytes(path)));
        return Add(name, path, time, id);
    }

    /// <summary>Adds a zip file that stays where it is.</summary>
    public StoredExport Add(string name, string path, DateTimeOffset time) => Add(name, path, time, Guid.NewGuid().ToString("n"));

    public StoredExport? Find(string id) => exports.GetValueOrDefault(id);

    public void Remove(string id) => exports.TryRemove(id, out _);

    public void Publish(int appId, IEnumerable<ExportFile> files) =>
        apps[appId] = files.ToDictionary(file => file.Path, file => file.Content);

    public GameContent? FindAppFile(int appId, string path) => apps.GetValueOrDefault(appId)?.GetValueOrDefault(path);

    public void Dispose()
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // On some systems, a running download holds its file open; the system cleans up its temporary folder.
        }
    }

    private StoredExport Add(string name, string path, DateTimeOffset time, string id) =>
        exports[id] = new StoredExport(id, FileNameOf(name) + ".zip", path, time);

    private static string FileNameOf(string name) =>
        new([.. name.Select(character => char.IsLetterOrDigit(character) ? character : '_').Take(80)]);
}
