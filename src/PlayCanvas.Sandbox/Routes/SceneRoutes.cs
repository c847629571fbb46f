using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Scenes: list.</summary>
internal static class SceneRoutes
{
    public static void Map(IEndpointRouteBuilder api, SandboxState state, Lookup lookup) =>
        api.MapGet("projects/{id:long}/scenes", (long id, HttpContext http) =>
        {
            var branch = lookup.Branch(lookup.Project(http, id), Query.Text(http.Request, "branchId"));
            return Results.Json(new JsonObject
            {
                ["result"] = new JsonArray([.. state.World.Scenes.Where(scene => scene.BranchId == branch.Id).Select(Show)]),
            }, Json.Camel);
        });

    private static JsonObject Show(Scene scene) => new()
    {
        ["id"] = scene.Id,
        ["projectId"] = scene.ProjectId,
        ["name"] = scene.Name,
        ["created"] = Json.Date(scene.Created),
        ["modified"] = Json.Date(scene.Modified),
    };
}
