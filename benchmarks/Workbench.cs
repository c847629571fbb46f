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

    /// <summary>The package of this source tree.</summary>
    public PackedPackage Package => new(PathOf("feed"), PathOf("packages"));

    public static async Task<Workbench> CreateAsync()
    {
        var workbench = new Workbench();
        await PackAsync(Repository.Root, workbench.Package);
        return workbench;
    }

    /// <summary>Packs the package as it was at a commit of this repository.</summary>
    public async Task<PackedPackage> PackAsync(string commit)
    {
        var source = EmptyFolder("source-of-" + commit);
        await Command.RunAsync(Repository.Root, "sh", "-c", "git archive \"$0\" | tar -x -C \"$1\"", commit, source);
        var package = new PackedPackage(PathOf("feed-of-" + commit), PathOf("packages-of-" + commit));
        await PackAsync(source, package);
        return package;
    }

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Creates an empty folder in the folder of this run. If the folder exists, its old content is set aside.</summary>
    public string EmptyFolder(string name)
    {
        var path = PathOf(name);
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
    /// <param name="package">The package that it gets; null for the one of this source tree.</param>
    /// <param name="store">The folder of the store; null for its own store.</param>
    public Project AddProject(
        string name, IEnumerable<(string Path, string Content)> files, SandboxProcess? sandbox = null, PackedPackage? package = null, string? store = null)
    {
        var path = EmptyFolder(name);
        foreach (var file in files)
        {
            var target = Path.Combine(path, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, file.Content);
        }

        return new Project(this, path, sandbox, package ?? Package, store ?? PathOf(name + "-store"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sandbox in sandboxes)
            await sandbox.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task PackAsync(string source, PackedPackage package)
    {
        var packing = await Cli.Wrap("dotnet")
            .WithWorkingDirectory(source)
            .WithArguments(["pack", "src/PlayCanvas.Build", "-c", "Release", "-o", package.Feed])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        if (!packing.IsSuccess)
            throw new InvalidOperationException(packing.StandardOutput + packing.StandardError);
    }
}

/// <summary>A version of the package.</summary>
/// <param name="Feed">The folder with the package. It is the first package source of the projects that use it.</param>
/// <param name="Packages">The folder for restored packages: restore does not replace a package by another one of the same version.</param>
internal sealed record PackedPackage(string Feed, string Packages);
