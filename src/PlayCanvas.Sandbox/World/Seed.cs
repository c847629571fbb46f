namespace PlayCanvas.Sandbox;

/// <summary>Creates the records that a sandbox starts with.</summary>
internal static class Seed
{
    public const string Owner = "sandbox";
    public const string Stranger = "stranger";

    public static void Plant(World world, SandboxOptions options, Func<App, App> publish)
    {
        foreach (var (name, plan) in options.AccessTokens.Values.Select(SandboxOptions.ParseAccount).Append((Owner, AccountPlan.Organization)).Append((Stranger, AccountPlan.Free)))
        {
            if (world.Accounts.All(account => account.Username != name))
                world.AddAccount(name, plan);
        }

        PlantProject(world, options);
        world.AddProject("Someone else's game", Stranger, World.ForeignProjectId);
        world.AddScene("Main", World.ForeignProjectId);

        publish(world.AddApp("Spinning Box", "1.0.0"));
        var newest = publish(world.AddApp("Spinning Box", "1.1.0"));
        world.ChangeProject(World.ProjectId, project => project with { PrimaryAppId = newest.Id });
    }

    private static void PlantProject(World world, SandboxOptions options)
    {
        world.AddProject("Spinning Box", Owner, World.ProjectId, World.MainBranchId);
        world.ChangeGame(game => (options.ModuleScripts ? Game.SpinningBoxWithModules : game).WithGeneratedFiles(options.GameSize, options.GameFiles));
        world.AddScene("Main", id: World.MainSceneId);
        world.AddScene("Level 2", id: World.Level2SceneId);
        world.AddCheckpoint(World.MainBranchId, "A box that spins");
        world.AddBranch("development", id: World.DevelopmentBranchId);
        world.AddScene("Playground", branchId: World.DevelopmentBranchId);
        world.AddBranch("abandoned", closed: true);
    }
}
