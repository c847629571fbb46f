namespace PlayCanvas.Build.Tests.Support;

/// <summary>A temporary folder that is deleted after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    private const long MinMemory = 1L << 30;

    private static readonly string Parent = HasRoomInMemory() ? Memory : Path.GetTempPath();

    public string FullPath { get; } = Directory.CreateDirectory(Path.Combine(Parent, "playcanvas-build-" + Path.GetRandomFileName())).FullName;

    public string File(params string[] parts) => Path.Combine([FullPath, .. parts]);

    public string Write(string name, string content)
    {
        var path = File(name.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    // The product flushes files to the disk, which takes most of a test's time; in memory it takes none. Containers often have only 64 MB of it.
    private static bool HasRoomInMemory() => Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= MinMemory;

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
