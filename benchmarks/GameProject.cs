namespace Benchmarks;

/// <summary>A site whose game the package brings.</summary>
internal sealed class GameProject
{
    private const string LockFile = "playcanvas.lock.json";
    private const string WaitTask = "PlayCanvasWaitForExport";
    private const string ReportTask = "PlayCanvasSizeReport";
    private const string UpToDate = "obj/playcanvas/game/game.uptodate.txt";

    private static readonly string[] Build = ["build", "--no-restore"];
    private static readonly string[] Update = [.. Build, "-p:PlayCanvasUpdate=true"];

    private readonly Project project;
    private readonly SandboxProcess sandbox;

    private GameProject(Project project, SandboxProcess sandbox)
    {
        this.project = project;
        this.sandbox = sandbox;
    }

    /// <summary>Creates a site.</summary>
    /// <param name="bench">The folder of this run.</param>
    /// <param name="name">The name of the site's folder.</param>
    /// <param name="sandbox">The sandbox to which its builds send requests.</param>
    /// <param name="neighbor">Another project, whose store the site uses too; null for its own store.</param>
    public static async Task<GameProject> CreateAsync(Workbench bench, string name, SandboxProcess sandbox, GameProject? neighbor = null)
    {
        var project = bench.AddProject(name, ProjectFiles.Web(ProjectFiles.Package), sandbox, store: neighbor?.project.Store);
        // Compiled first, so that the measurements of the install do not include the compiler's time and memory.
        await project.DotnetAsync("build", "-p:PlayCanvasDownloadOnBuild=false");
        return new GameProject(project, sandbox);
    }

    /// <summary>The folder of the store.</summary>
    public string Store => project.Store;

    /// <summary>The folder of the game in the project.</summary>
    public string GameFolder => project.PathOf("obj/playcanvas");

    /// <summary>Measures a build that has no game yet, with an empty store.</summary>
    public Task<InstallCost> InstallAsync()
    {
        RemoveGame();
        return MeasureAsync(Build);
    }

    public async Task<InstallCost> UpdateOneFileAsync()
    {
        await sandbox.ChangeOneFileAsync();
        return await MeasureAsync(Update);
    }

    /// <summary>Measures an up-to-date build.</summary>
    public Task<CommandCost> BuildAsync() => project.DotnetAsync(Build);

    /// <summary>Measures the package's tasks in a build that has no game yet, with an empty store.</summary>
    public Task<TaskCost> ProfileInstallAsync()
    {
        RemoveGame();
        return ProfileAsync(Build);
    }

    /// <summary>Measures a build that has no game yet, with an empty store, and that writes the size report.</summary>
    public async Task<ReportCost> ProfileReportedInstallAsync()
    {
        RemoveGame();
        var steps = await project.ProfileAsync([.. Build, "-p:PlayCanvasSizeReport=true"]);
        var tasks = steps.Where(step => step.Name.Contains(" > PlayCanvas", StringComparison.Ordinal)).ToLookup(step => step.Name.Split(" > ")[1], step => step.Elapsed);
        var wait = tasks[WaitTask].Sum();
        var report = tasks[ReportTask].Sum();
        return new ReportCost(report, tasks.SelectMany(task => task).Sum() - wait - report, steps.Sum(step => step.Elapsed) - wait - report);
    }

    /// <summary>Measures the package's tasks in an update of an installed game; nothing changed unless the caller changed it.</summary>
    public Task<TaskCost> ProfileUpdateAsync() => ProfileAsync(Update);

    /// <summary>Measures the package's tasks in an update after one file changed.</summary>
    public async Task<TaskCost> ProfileUpdateOfOneFileAsync()
    {
        await sandbox.ChangeOneFileAsync();
        return await ProfileUpdateAsync();
    }

    /// <summary>Measures the package's tasks in the first build of a checkout with the lock file of another project, which uses the same store.</summary>
    public Task<TaskCost> ProfileCheckoutAsync(GameProject other)
    {
        project.Remove("obj/playcanvas");
        File.Copy(other.project.PathOf(LockFile), project.PathOf(LockFile), overwrite: true);
        return ProfileAsync(Build);
    }

    private void RemoveGame()
    {
        project.Remove("obj/playcanvas");
        project.RemoveStore();
        File.Delete(project.PathOf(LockFile));
    }

    private async Task<TaskCost> ProfileAsync(string[] arguments)
    {
        await sandbox.TakeRequestsAsync();
        var steps = await project.ProfileAsync(arguments);
        var tasks = steps.Where(step => step.Name.Split(" > ") is [_, var task] && task.StartsWith("PlayCanvas", StringComparison.Ordinal) && task != WaitTask).ToList();
        return new TaskCost(tasks.Aggregate((sum, step) => sum.And(step)), await sandbox.TakeRequestsAsync());
    }

    private Task<InstallCost> MeasureAsync(string[] arguments) =>
        InstallCost.MeasureAsync(sandbox, () => project.DotnetAsync(arguments), project.PathOf(UpToDate));
}

/// <summary>What the size report costs, and the same build without it and without the time that it waits for the service's job, in milliseconds.</summary>
/// <param name="Report">The report.</param>
/// <param name="Install">The package's other tasks.</param>
/// <param name="Build">The whole build.</param>
internal sealed record ReportCost(double Report, double Install, double Build)
{
    public override string ToString() => $"{Report:0} ms, install {Install:0} ms, build {Build:0} ms";
}

/// <summary>What the package's tasks cost in a build, without the time that they wait for the service's job, and the requests of the build.</summary>
internal sealed record TaskCost(BuildStep Step, IReadOnlyList<LoggedRequest> Requests)
{
    /// <summary>The number of bytes that the storage sent.</summary>
    public long Bytes => Requests.Where(request => request.IsOfStorage).Sum(request => request.Bytes);

    /// <summary>The number of requests, apart from the one with which the benchmark marks the end of the log.</summary>
    public int Count => Requests.Count(request => request.IsOfService || request.IsOfStorage);

    public override string ToString() => $"{Step.Elapsed:0} ms, {Count} requests, {Bytes / 1e6:0.000} MB";
}
