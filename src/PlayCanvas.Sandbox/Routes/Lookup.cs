namespace PlayCanvas.Sandbox;

/// <summary>Finds the records that a request names, and rejects the request if they do not exist or belong to another account.</summary>
internal sealed class Lookup(World world)
{
    // Programs from the time before branches had ids still use this name for the main branch.
    private const string OldMainBranchName = "master";

    public Project Project(HttpContext http, long id)
    {
        var project = world.Projects.FirstOrDefault(project => project.Id == id) ?? throw ApiException.NotFound("Project");
        return project.OwnerId == ApiGate.AccountOf(http).Id ? project : throw ApiException.Forbidden();
    }

    /// <summary>Returns a branch of a project; without an id, its main branch.</summary>
    public Branch Branch(Project project, string? id)
    {
        var wanted = id is null or OldMainBranchName ? project.MainBranchId : id;
        return world.Branches.FirstOrDefault(branch => branch.Id == wanted && branch.ProjectId == project.Id) ?? throw ApiException.NotFound("Branch");
    }

    /// <summary>Returns a branch by its id alone.</summary>
    public Branch Branch(HttpContext http, string id)
    {
        var branch = world.Branches.FirstOrDefault(branch => branch.Id == id) ?? throw ApiException.NotFound("Branch");
        Project(http, branch.ProjectId);
        return branch;
    }

    public Scene Scene(Branch branch, long id) =>
        world.Scenes.FirstOrDefault(scene => scene.Id == id && scene.BranchId == branch.Id) ?? throw ApiException.NotFound($"Scene {id}");

    public App App(HttpContext http, long id)
    {
        var app = world.Apps.FirstOrDefault(app => app.Id == id) ?? throw ApiException.NotFound("App");
        Project(http, app.ProjectId);
        return app;
    }

    public Job Job(HttpContext http, long id)
    {
        var job = world.Jobs.FirstOrDefault(job => job.Id == id) ?? throw ApiException.NotFound("Job");
        Project(http, job.ProjectId);
        return job;
    }

    public Build Build(Project project, long id) =>
        world.Builds.FirstOrDefault(build => build.Id == id && build.ProjectId == project.Id) ?? throw ApiException.NotFound("Build");

    /// <summary>Returns an asset of a branch; without a branch, of the main branch of the account's first project that contains it.</summary>
    public (GameAsset Asset, Branch Branch) Asset(HttpContext http, long id, string? branchId)
    {
        var own = world.Projects.Where(project => project.OwnerId == ApiGate.AccountOf(http).Id);
        var branches = branchId is null or OldMainBranchName ? own.Select(project => Branch(project, null)) : [Branch(http, branchId)];
        foreach (var branch in branches)
        {
            if (world.GameOf(branch.Id).Assets.FirstOrDefault(asset => asset.Id == id) is { } asset)
                return (asset, branch);
        }

        throw ApiException.NotFound("Asset");
    }
}
