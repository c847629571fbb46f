namespace PlayCanvas.Sandbox;

/// <summary>The text that the program prints when it starts.</summary>
public static class Greeting
{
    /// <summary>Writes the URLs, the token and the ids that other programs need.</summary>
    public static void Write(TextWriter output, SandboxServer sandbox)
    {
        var token = sandbox.Options.AccessTokens.Keys.First();
        var branches = sandbox.World.Branches.Where(branch => branch.ProjectId == World.ProjectId && !branch.Closed);
        var scenes = sandbox.World.Scenes.Where(scene => scene.BranchId == World.MainBranchId).ToList();
        var primary = sandbox.World.Apps.First(app => app.Id == sandbox.World.Projects.First(project => project.Id == World.ProjectId).PrimaryAppId);
        output.WriteLine($"""
            PlayCanvas sandbox: a local PlayCanvas REST API. Ctrl+C stops it.

              API       {sandbox.ApiUrl}
              Storage   {sandbox.StorageUrl}
              Token     {token}
              Project   {World.ProjectId}
              Branches  {string.Join(", ", branches.Select(branch => $"{branch.Name} ({branch.Id})"))}
              Scenes    {string.Join(", ", scenes.Select(scene => $"{scene.Name} ({scene.Id})"))}
              Engine    {(sandbox.Engine.IsReal ? "the real engine, from npm" : "the sandbox's stand-in (install npm and build again to use the real engine)")}
              Play      {primary.Url}

              curl -H "Authorization: Bearer {token}" {sandbox.ApiUrl}/projects/{World.ProjectId}/apps

            """);
    }
}
