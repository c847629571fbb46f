namespace Benchmarks;

/// <summary>A console project whose game the package downloads.</summary>
internal sealed class GameProject
{
    private const string InstallTask = "_PlayCanvasInstallGame > PlayCanvasDownloadApp";

    private static readonly string[] Build = ["build", "--no-restore"];
    private static readonly string[] Update = [.. Build, "-p:PlayCanvasUpdate=true"];

    private readonly Project project;
    private readonly SandboxProcess sandbox;

    private GameProject(Project project, SandboxProcess sandbox)
    {
        this.project = project;
        this.sandbox = sandbox;
    }

    public static async Task<GameProject> CreateAsync(Workbench bench, string name, SandboxProcess sandbox)
    {
        var project = bench.AddProject(name, ProjectFiles.Console(ProjectFiles.Package), sandbox);
        // Compiled first, so that the measurements of the install do not include the compiler's time and memory.
        await project.DotnetAsync("build", "-p:PlayCanvasEnabled=false");
        return new GameProject(project, sandbox);
    }

    /// <summary>Measures a build that has no game yet.</summary>
    public Task<InstallCost> InstallAsync()
    {
        RemoveGame();
        return MeasureAsync(Build);
    }

    /// <summary>Measures a build that requests a new export, even if nothing changed.</summary>
    public Task<InstallCost> UpdateAsync() => MeasureAsync(Update);

    public async Task<InstallCost> UpdateOneFileAsync()
    {
        await sandbox.ChangeOneFileAsync();
        return await UpdateAsync();
    }

    /// <summary>Measures an up-to-date build.</summary>
    public Task<CommandCost> BuildAsync() => project.DotnetAsync(Build);

    /// <summary>Measures the install task in a build that has no game yet.</summary>
    public Task<BuildStep> ProfileInstallAsync()
    {
        RemoveGame();
        return ProfileAsync(Build);
    }

    /// <summary>Measures the install task in an update of an installed game; nothing changed unless the caller changed it.</summary>
    public Task<BuildStep> ProfileUpdateAsync() => ProfileAsync(Update);

    /// <summary>Measures the install task in an update after one file changed.</summary>
    public async Task<BuildStep> ProfileUpdateOfOneFileAsync()
    {
        await sandbox.ChangeOneFileAsync();
        return await ProfileUpdateAsync();
    }

    private void RemoveGame()
    {
        project.Remove("bin");
        project.Remove("obj/playcanvas");
    }

    private async Task<BuildStep> ProfileAsync(string[] arguments) => (await project.ProfileAsync(arguments)).Single(step => step.Name == InstallTask);

    private Task<InstallCost> MeasureAsync(string[] arguments) =>
        InstallCost.MeasureAsync(sandbox, () => project.DotnetAsync(arguments), project.PathOf("obj/playcanvas/game/.playcanvas/.manifest.json"));
}
