namespace PlayCanvas.Build.Tests.Support;

/// <summary>A temporary folder that is deleted after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("playcanvas-build-").FullName;

    public string File(params string[] parts) => Path.Combine([FullPath, .. parts]);

    public string Write(string name, string content)
    {
        var path = File(name.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
