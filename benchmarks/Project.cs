using PlayCanvas.Sandbox;

namespace Benchmarks;

/// <summary>A project that is built like in a terminal, with dotnet commands.</summary>
internal sealed class Project
{
    private readonly Workbench bench;
    private readonly Dictionary<string, string?> variables;

    public Project(Workbench bench, string folder, SandboxProcess? sandbox, PackedPackage package, string store)
    {
        this.bench = bench;
        Folder = folder;
        Store = store;
        variables = new Dictionary<string, string?>
        {
            ["NUGET_PACKAGES"] = package.Packages,
            ["RestoreAdditionalProjectSources"] = package.Feed,
            ["PLAYCANVAS_ACCESS_TOKEN"] = SandboxOptions.DefaultAccessToken,
            ["PlayCanvasApiUrl"] = sandbox?.ApiUrl.AbsoluteUri,
            ["PlayCanvasStoreDirectory"] = store,
            // Where this is true, the lock file is not written.
            ["CI"] = null,
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "true",
            // No process may stay in memory, because it could speed up or slow down the next round.
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
        };
    }

    public string Folder { get; }

    /// <summary>The folder of the store that its builds use.</summary>
    public string Store { get; }

    public string PathOf(string path) => Path.Combine(Folder, path);

    public Task<CommandCost> DotnetAsync(params string[] arguments) => Command.RunAsync(Folder, variables, "dotnet", arguments);

    public async Task<double> SecondsOfAsync(params string[] arguments) => (await DotnetAsync(arguments)).Seconds;

    /// <summary>Runs a dotnet command that builds, and returns the cost of each target and task.</summary>
    public async Task<IReadOnlyList<BuildStep>> ProfileAsync(params string[] arguments)
    {
        var profile = Path.Combine(bench.EmptyFolder("profile"), "steps.json");
        await DotnetAsync([.. arguments, $"-logger:{typeof(BuildProfile).FullName},{typeof(BuildProfile).Assembly.Location};{profile}"]);
        return BuildProfile.Read(profile);
    }

    /// <summary>Removes a folder of the project, if it exists.</summary>
    public void Remove(string folder) => bench.SetAside(PathOf(folder));

    /// <summary>Removes the store, if it exists.</summary>
    public void RemoveStore() => bench.SetAside(Store);

    /// <summary>The folder of the game that is in use.</summary>
    public string Game() => PathOf("obj/playcanvas/game/" + File.ReadLines(PathOf("obj/playcanvas/game/game.uptodate.txt")).First());

    /// <summary>Copies the game of another project, as if the user had unpacked the export.</summary>
    public void CopyGameFrom(Project other, string to)
    {
        var gameFolder = other.Game();
        foreach (var file in Directory.EnumerateFiles(gameFolder, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(gameFolder, file).Replace('^', '/');
            var target = Path.Combine(PathOf(to), path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
