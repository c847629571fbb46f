namespace Benchmarks;

/// <summary>A console project whose game the package brings.</summary>
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
        // Compiled before, so that the compiler's time and memory are not taken for the install's.
        await project.DotnetAsync("build", "-p:PlayCanvasEnabled=false");
        return new GameProject(project, sandbox);
    }

    /// <summary>A build that has no game yet.</summary>
    public Task<InstallCost> InstallAsync()
    {
        RemoveGame();
        return MeasureAsync(Build);
    }

    /// <summary>A build that asks for a new export, whatever changed.</summary>
    public Task<InstallCost> UpdateAsync() => MeasureAsync(Update);

    public async Task<InstallCost> UpdateOneFileAsync()
    {
        await sandbox.ChangeOneFileAsync();
        return await UpdateAsync();
    }

    /// <summary>A build with nothing to do.</summary>
    public Task<CommandCost> BuildAsync() => project.DotnetAsync(Build);

    /// <summary>What the task that installs takes in a build that has no game yet.</summary>
    public Task<BuildStep> ProfileInstallAsync()
    {
        RemoveGame();
        return ProfileAsync(Build);
    }

    /// <summary>The same where there is one already, and nothing changed.</summary>
    public Task<BuildStep> ProfileUpdateAsync() => ProfileAsync(Update);

    /// <summary>The same after one file changed.</summary>
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
