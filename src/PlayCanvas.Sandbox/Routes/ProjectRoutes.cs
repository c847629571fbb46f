using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Projects: get, change, export.</summary>
internal static class ProjectRoutes
{
    public static void Map(IEndpointRouteBuilder api, SandboxState state, Lookup lookup)
    {
        api.MapGet("projects/{id:long}", (long id, HttpContext http) => Results.Json(Show(lookup.Project(http, id))));

        api.MapPut("projects/{id:long}", async (long id, HttpContext http) =>
        {
            var project = lookup.Project(http, id);
            var body = await JsonBody.ReadAsync(http.Request);
            var name = body.OptionalText("name", 1000, minimum: 1);
            var description = body.OptionalText("description", 10_000);
            var primary = body.OptionalId("primary_app");
            body.RejectUnknownFields();
            if (primary is { } app && lookup.App(http, app).ProjectId != project.Id)
                throw ApiException.NotFound("App");
            state.World.ChangeProject(project.Id, old => old with
            {
                Name = name ?? old.Name,
                Description = description ?? old.Description,
                PrimaryAppId = (int?)primary ?? old.PrimaryAppId,
            });
            return Results.Json(Show(lookup.Project(http, id)));
        });

        api.MapPost("projects/{id:long}/export", async (long id, HttpContext http) =>
        {
            var project = lookup.Project(http, id);
            var body = await JsonBody.ReadAsync(http.Request, mayBeEmpty: true);
            var branch = lookup.Branch(project, body.OptionalText("branch_id", 100));
            body.RejectUnknownFields();
            return Results.Json(JobRoutes.Show(state.Publisher.Export(project, branch), state), statusCode: state.Options.ExportStatus);
        }).WithMetadata(new RateLimitMetadata(RateLimitClass.Strict));
    }

    public static JsonObject Show(Project project) => new()
    {
        ["id"] = project.Id,
        ["name"] = project.Name,
        ["description"] = project.Description,
        ["owner_id"] = project.OwnerId,
        ["primary_app"] = project.PrimaryAppId,
        ["private"] = true,
    };
}
