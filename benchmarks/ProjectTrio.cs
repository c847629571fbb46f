namespace Benchmarks;

/// <summary>Three projects of one kind: with the game from the package, with the same files added by hand, and without a game.</summary>
internal sealed record ProjectTrio(Project Ours, Project ByHand, Project Empty)
{
    /// <summary>Creates sites: the SDK includes the files in wwwroot/ automatically.</summary>
    public static Task<ProjectTrio> WebAsync(Workbench bench, SandboxProcess sandbox) => CreateAsync(
        bench.AddProject("web-ours", ProjectFiles.Web(ProjectFiles.Package), sandbox),
        bench.AddProject("web-by-hand", ProjectFiles.Web()),
        bench.AddProject("web-empty", ProjectFiles.Web()),
        "wwwroot/game",
        "wwwroot/game");

    /// <summary>Creates console programs: the files are copied next to the program.</summary>
    public static Task<ProjectTrio> ConsoleAsync(Workbench bench, SandboxProcess sandbox) => CreateAsync(
        bench.AddProject("console-ours", ProjectFiles.Console(ProjectFiles.Package), sandbox),
        bench.AddProject("console-by-hand", ProjectFiles.Console(ProjectFiles.ContentByHand)),
        bench.AddProject("console-empty", ProjectFiles.Console()),
        "obj/playcanvas/game",
        "game");

    public IEnumerable<Project> All => [Ours, ByHand, Empty];

    private static async Task<ProjectTrio> CreateAsync(Project ours, Project byHand, Project empty, string game, string copy)
    {
        await ours.DotnetAsync("build");
        byHand.CopyGameFrom(ours.PathOf(game), copy);
        return new ProjectTrio(ours, byHand, empty);
    }
}
