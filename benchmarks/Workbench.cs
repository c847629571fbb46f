using CliWrap;
using CliWrap.Buffered;
using PlayCanvas.Build.TestSupport;

namespace Benchmarks;

/// <summary>The folder of one run, with the packed package, the sandboxes, and the projects to build.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("playcanvas-benchmark-");
    private readonly List<SandboxProcess> sandboxes = [];

    private Workbench()
    {
    }

    /// <summary>The only package source, because the projects need no package except the measured one.</summary>
    public string Feed => Path.Combine(folder.FullName, "feed");

    /// <summary>A separate packages folder, so that restore does not use an older package of the same version.</summary>
    public string Packages => Path.Combine(folder.FullName, "packages");

    public static async Task<Workbench> CreateAsync()
    {
        var workbench = new Workbench();
        var packing = await Cli.Wrap("dotnet")
            .WithWorkingDirectory(Repository.Root)
            .WithArguments(["pack", "src/PlayCanvas.Build", "-c", "Release", "-o", workbench.Feed])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        return packing.IsSuccess ? workbench : throw new InvalidOperationException(packing.StandardOutput + packing.StandardError);
    }

    /// <summary>Creates an empty folder in the folder of this run. If the folder exists, its old content is set aside.</summary>
    public string EmptyFolder(string name)
    {
        var path = Path.Combine(folder.FullName, name);
        SetAside(path);
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>
    /// Moves a folder, if it exists, out of the way until the end of the run. After deleting thousands of files, a file system such as ext4 creates new
    /// files slowly for minutes, which would affect the next measurement.
    /// </summary>
    public void SetAside(string path)
    {
        if (Directory.Exists(path))
            Directory.Move(path, Path.Combine(folder.CreateSubdirectory("aside").FullName, Guid.NewGuid().ToString("n")));
    }

    public async Task<SandboxProcess> StartSandboxAsync(long gameSize, int gameFiles, params string[] options)
    {
        var sandbox = await SandboxProcess.StartAsync(gameSize, gameFiles, options);
        sandboxes.Add(sandbox);
        return sandbox;
    }

    /// <summary>Creates a project for this run.</summary>
    /// <param name="name">The name of its folder.</param>
    /// <param name="files">Its files.</param>
    /// <param name="sandbox">The sandbox to which its builds send requests; null if they send none.</param>
    public Project AddProject(string name, IEnumerable<(string Path, string Content)> files, SandboxProcess? sandbox = null)
    {
        var path = EmptyFolder(name);
        foreach (var file in files)
            File.WriteAllText(Path.Combine(path, file.Path), file.Content);
        return new Project(this, path, sandbox);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sandbox in sandboxes)
            await sandbox.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
