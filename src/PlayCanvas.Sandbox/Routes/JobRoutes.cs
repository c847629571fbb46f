using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Jobs: get.</summary>
internal static class JobRoutes
{
    public static void Map(IEndpointRouteBuilder api, SandboxState state, Lookup lookup) =>
        api.MapGet("jobs/{id:long}", (long id, HttpContext http) =>
        {
            if (state.Options.JobsNeedContentType && !http.Request.HasJsonContentType())
                throw new ApiException(StatusCodes.Status500InternalServerError, "Internal Server Error");
            return Results.Json(Show(lookup.Job(http, id), state));
        });

    /// <summary>Returns the job, with a new signed URL if it has a result.</summary>
    public static JsonObject Show(Job job, SandboxState state)
    {
        var json = Json.Object(job, Json.Snake);
        if (job.UrlField is not null && state.DownloadUrl(job.ExportId) is { } url)
            json["data"]![job.UrlField] = url;
        return json;
    }
}
