namespace Benchmarks;

/// <summary>A console project whose game the package brings.</summary>
internal sealed class GameProject
{
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
        // Compiled before, so that the compiler's time and memory are not taken for the install's.
        await project.DotnetAsync("build", "-p:PlayCanvasEnabled=false");
        return new GameProject(project, sandbox);
    }

    /// <summary>A build that has no game yet.</summary>
    public Task<InstallCost> InstallAsync()
    {
        project.Remove("bin");
        project.Remove("obj/playcanvas");
        return MeasureAsync("build", "--no-restore");
    }

    /// <summary>A build that asks for a new export, whatever changed.</summary>
    public Task<InstallCost> UpdateAsync() => MeasureAsync("build", "--no-restore", "-p:PlayCanvasUpdate=true");

    public async Task<InstallCost> UpdateOneFileAsync()
    {
        await sandbox.ChangeOneFileAsync();
        return await UpdateAsync();
    }

    /// <summary>A build with nothing to do.</summary>
    public Task<CommandCost> BuildAsync() => project.DotnetAsync("build", "--no-restore");

    private Task<InstallCost> MeasureAsync(params string[] arguments) =>
        InstallCost.MeasureAsync(sandbox, () => project.DotnetAsync(arguments), project.PathOf("obj/playcanvas/game/.playcanvas/.manifest.json"));
}
