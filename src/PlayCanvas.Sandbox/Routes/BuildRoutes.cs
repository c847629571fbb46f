using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Builds: list, get, delete.</summary>
internal static class BuildRoutes
{
    private const int LargestPage = 500;

    private static readonly Dictionary<string, Func<Build, IComparable?>> Sorts = new()
    {
        ["created_at"] = build => (build.CreatedAt, build.Id),
        ["id"] = build => build.Id,
        ["modified_at"] = build => build.ModifiedAt,
        ["completed_at"] = build => build.CompletedAt,
    };

    public static void Map(IEndpointRouteBuilder api, SandboxState state, Lookup lookup)
    {
        api.MapGet("projects/{id:long}/builds", (long id, HttpContext http) =>
        {
            var project = lookup.Project(http, id);
            if (!state.Options.BuildsRoute)
                throw ApiException.Forbidden();
            var builds = state.World.Builds.Where(build => build.ProjectId == project.Id);
            return Paging.Page(http.Request, Filter(http.Request, builds), Sorts, build => Show(build, state), maximum: LargestPage);
        });

        api.MapDelete("projects/{projectId:long}/builds/{id:long}", (long projectId, long id, HttpContext http) =>
        {
            var build = lookup.Build(lookup.Project(http, projectId), id);
            state.Publisher.Delete(build);
            return Results.Json(Show(build, state));
        });
    }

    public static JsonObject Show(Build build, SandboxState state)
    {
        var json = Json.Object(build, Json.Snake);
        if (build.ExportId is not null)
            json["artifacts"]![0]!["url"] = state.DownloadUrl(build.ExportId);
        state.Options.BuildRecords.Apply(json, build.Request);
        return json;
    }

    private static IEnumerable<Build> Filter(HttpRequest request, IEnumerable<Build> builds)
    {
        var type = Query.OneOf(request, "type", "publish", "download");
        var status = Query.OneOf(request, "status", "running", "complete", "error");
        var format = Query.OneOf(request, "format", "playcanvas", "static", "npm", "web_lens");
        var branch = Query.Text(request, "branch");
        var actor = Query.Number(request, "actor");
        return builds.Where(build =>
            (type is null || build.Type == type)
            && (status is null || build.Status.ToString().Equals(status, StringComparison.OrdinalIgnoreCase))
            && (format is null || (string?)build.Settings["format"] == format)
            && (branch is null || build.Branch.Name == branch)
            && (actor is null || build.Actor.Id == actor));
    }
}
