using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Checkpoints: list, get, create.</summary>
internal static class CheckpointRoutes
{
    private const int DefaultPage = 20;
    private const int LargestPage = 50;

    public static void Map(IEndpointRouteBuilder api, SandboxState state, Lookup lookup)
    {
        api.MapGet("branches/{id}/checkpoints", (string id, HttpContext http) =>
        {
            var branch = lookup.Branch(http, id);
            var newestFirst = state.World.Checkpoints.Where(checkpoint => checkpoint.BranchId == branch.Id).Reverse().ToList();
            return Paging.CursorPage(http.Request, newestFirst, checkpoint => checkpoint.Id, checkpoint => Show(checkpoint, state), DefaultPage, LargestPage);
        });

        api.MapGet("checkpoints/{id}", (string id, HttpContext http) =>
        {
            var checkpoint = state.World.Checkpoints.FirstOrDefault(checkpoint => checkpoint.Id == id) ?? throw ApiException.NotFound("Checkpoint");
            lookup.Project(http, checkpoint.ProjectId);
            return Results.Json(Show(checkpoint, state));
        });

        api.MapPost("checkpoints", async (HttpContext http) =>
        {
            var body = await JsonBody.ReadAsync(http.Request);
            var project = lookup.Project(http, body.Id("projectId"));
            var branch = lookup.Branch(project, body.Text("branchId", 100));
            var description = body.Text("description", 10_000);
            body.RejectUnknownFields();
            var account = ApiGate.AccountOf(http);
            if (state.Options.UnchangedBranch == UnchangedBranch.Refused && !state.World.HasChanges(branch.Id))
                throw ApiException.BadRequest(Publisher.NoChanges);
            var answer = state.Options.CheckpointAnswer == CheckpointAnswer.Job
                ? JobRoutes.Show(state.Publisher.MakeCheckpoint(project, branch, description, account), state)
                : Show(state.World.AddCheckpoint(branch.Id, description, account.Id), state);
            return Results.Json(answer, statusCode: StatusCodes.Status201Created);
        });
    }

    public static JsonObject Show(Checkpoint checkpoint, SandboxState state)
    {
        var json = Json.Object(checkpoint, Json.Camel);
        json["user"] = UserRoutes.Show(checkpoint.UserId, state);
        return json;
    }
}
