using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;
using PlayCanvas.Sandbox;

namespace Benchmarks;

/// <summary>A folder for one run: the packed package, a sandbox with a game of the wanted size, and projects to build.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("playcanvas-benchmark-");

    private Workbench(SandboxServer sandbox) => Sandbox = sandbox;

    public SandboxServer Sandbox { get; }

    private string Feed => Path.Combine(folder.FullName, "feed");

    public static async Task<Workbench> CreateAsync(long gameSize, int gameFiles)
    {
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { JobDuration = TimeSpan.Zero, GameSize = gameSize, GameFiles = gameFiles, StrictLimit = 10_000, NormalLimit = 100_000 });
        var workbench = new Workbench(sandbox);
        await RunAsync(Cli.Wrap("dotnet").WithWorkingDirectory(FindRepository()).WithArguments(["pack", "src/PlayCanvas.Build", "-c", "Release", "-o", workbench.Feed]));
        return workbench;
    }

    /// <summary>Writes the files of a project and returns its folder.</summary>
    public string AddProject(string name, params (string Path, string Content)[] files)
    {
        var project = folder.CreateSubdirectory(name).FullName;
        foreach (var (path, content) in files)
            File.WriteAllText(Path.Combine(project, path), content);
        return project;
    }

    /// <summary>Runs a <c>dotnet</c> command in a project of this workbench and returns how long it took.</summary>
    public Task<TimeSpan> DotnetAsync(string project, params string[] arguments) =>
        RunAsync(Cli.Wrap("dotnet")
            .WithArguments(arguments)
            .WithWorkingDirectory(project)
            .WithEnvironmentVariables(variables => variables
                .Set("NUGET_PACKAGES", Path.Combine(folder.FullName, "packages"))
                .Set("PLAYCANVAS_ACCESS_TOKEN", SandboxOptions.DefaultAccessToken)
                .Set("PlayCanvasApiUrl", Sandbox.ApiUrl.ToString())
                .Set("RestoreSources", Feed)));

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<TimeSpan> RunAsync(Command command)
    {
        var watch = Stopwatch.StartNew();
        var result = await command.WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        return result.ExitCode == 0
            ? watch.Elapsed
            : throw new InvalidOperationException($"{command} failed:\n{result.StandardOutput}{result.StandardError}");
    }

    private static string FindRepository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "PlayCanvas.Build.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
