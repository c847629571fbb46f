using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Branches: list, create, check out.</summary>
internal static class BranchRoutes
{
    public static void Map(IEndpointRouteBuilder api, SandboxState state, Lookup lookup)
    {
        api.MapGet("projects/{id:long}/branches", (long id, HttpContext http) =>
        {
            var project = lookup.Project(http, id);
            var closed = Query.Flag(http.Request, "closed");
            var branches = state.World.Branches.Where(branch => branch.ProjectId == project.Id && branch.Closed == closed).ToList();
            return Paging.CursorPage(http.Request, branches, branch => branch.Id, branch => Show(branch, state), state.Options.BranchPageSize);
        });

        api.MapPost("branches", async (HttpContext http) =>
        {
            var body = await JsonBody.ReadAsync(http.Request);
            var name = body.Text("name", 1000);
            var project = lookup.Project(http, body.Id("projectId"));
            var source = lookup.Branch(project, body.Text("sourceBranchId", 100));
            var checkpoint = body.OptionalText("sourceCheckpointId", 100);
            body.RejectUnknownFields();
            if (checkpoint is not null && state.World.Checkpoints.All(other => other.Id != checkpoint || other.ProjectId != project.Id))
                throw ApiException.NotFound("Checkpoint");
            var branch = state.World.AddBranch(name, project.Id, source.Id);
            return Results.Json(Show(branch, state), statusCode: StatusCodes.Status201Created);
        });

        api.MapPost("branches/{id}/checkout", (string id, HttpContext http) =>
        {
            var branch = lookup.Branch(http, id);
            state.World.ChangeProject(branch.ProjectId, project => project with { CurrentBranchId = branch.Id });
            return Results.Json(Show(branch, state));
        });
    }

    /// <summary>Maps the one route outside the API that programs use: the branch that the user has checked out in the Editor.</summary>
    public static void MapEditor(IEndpointRouteBuilder editor, SandboxState state, Lookup lookup) =>
        editor.MapGet("project/{id:long}/branch", (long id, HttpContext http) =>
        {
            var project = lookup.Project(http, id);
            return Results.Json(Show(lookup.Branch(project, project.CurrentBranchId), state));
        });

    private static JsonObject Show(Branch branch, SandboxState state)
    {
        var json = Json.Object(branch, Json.Camel);
        json["user"] = UserRoutes.Show(branch.UserId, state);
        return json;
    }
}
