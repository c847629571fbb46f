namespace PlayCanvas.Build.Tests.Exports;

/// <summary>A folder of one test, which is gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("playcanvas-build-tests-").FullName;

    /// <summary>The full path of something in the folder.</summary>
    public string PathOf(string relativePath) => Path.Combine(FullPath, relativePath);

    /// <summary>Writes a file, and the folders on the way to it.</summary>
    public string Write(string relativePath, string content = "")
    {
        var path = PathOf(relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
