using CliWrap;
using CliWrap.Buffered;

namespace Benchmarks;

/// <summary>A folder for one run: the packed package, the sandboxes, and the projects to build.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("playcanvas-benchmark-");
    private readonly List<SandboxProcess> sandboxes = [];

    private Workbench()
    {
    }

    /// <summary>The only source of packages: what is measured is this package, and nothing else is needed.</summary>
    public string Feed => Path.Combine(folder.FullName, "feed");

    /// <summary>A packages folder of its own, so that no older package of the same version is taken.</summary>
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

    /// <summary>A folder of this run that is there and empty.</summary>
    public string EmptyFolder(string name)
    {
        var path = Path.Combine(folder.FullName, name);
        SetAside(path);
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>
    /// Moves a folder, if it is there, out of the way until the end of the run. Deleting thousands of files would make a file system such as ext4
    /// slow at making new ones for minutes, and so would be measured in whoever comes next.
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

    /// <summary>A project for this run.</summary>
    /// <param name="name">What its folder is called.</param>
    /// <param name="files">What it consists of.</param>
    /// <param name="sandbox">Whom its builds ask.</param>
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
