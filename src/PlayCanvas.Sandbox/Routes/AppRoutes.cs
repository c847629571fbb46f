using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PlayCanvas.Sandbox;

/// <summary>Apps: list, get, publish, download, delete.</summary>
internal static partial class AppRoutes
{
    private const int LongText = 10_000;

    private static readonly string[] Formats = ["static", "npm"];

    private static readonly Dictionary<string, Func<App, IComparable?>> Sorts = new()
    {
        ["created_at"] = app => (app.CreatedAt, app.Id),
        ["id"] = app => app.Id,
        ["name"] = app => app.Name,
        ["version"] = app => app.Version,
        ["size"] = app => app.Size,
        ["views"] = app => app.Views,
        ["modified_at"] = app => app.ModifiedAt,
        ["completed_at"] = app => app.CompletedAt,
    };

    public static void Map(IEndpointRouteBuilder api, SandboxState state, Lookup lookup)
    {
        api.MapGet("projects/{id:long}/apps", (long id, HttpContext http) =>
        {
            var project = lookup.Project(http, id);
            return Paging.Page(http.Request, state.World.Apps.Where(app => app.ProjectId == project.Id), Sorts, Show);
        });

        api.MapGet("projects/{id:long}/app", (long id, HttpContext http) =>
            lookup.Project(http, id).PrimaryAppId is { } primary
                ? Results.Json(Show(lookup.App(http, primary)))
                : throw ApiException.NotFound("Primary app"));

        api.MapGet("apps/{id:long}", (long id, HttpContext http) => Results.Json(Show(lookup.App(http, id))));

        api.MapDelete("apps/{id:long}", (long id, HttpContext http) =>
        {
            state.World.RemoveApp(lookup.App(http, id).Id);
            // The Editor parses the response to a DELETE as JSON.
            return Results.Json(new JsonObject());
        });

        api.MapPost("apps/download", async (HttpContext http) =>
        {
            var request = await ReadAsync(http, lookup, download: true);
            var (job, _) = state.Publisher.Download(request, ApiGate.AccountOf(http));
            return Results.Json(JobRoutes.Show(job, state), statusCode: StatusCodes.Status201Created);
        }).WithMetadata(new RateLimitMetadata(RateLimitClass.Strict));

        api.MapPost("apps", async (HttpContext http) =>
        {
            var request = await ReadAsync(http, lookup, download: false);
            var (app, job, build) = state.Publisher.Publish(request, ApiGate.AccountOf(http));
            var answer = state.Options.PublishAnswer switch
            {
                PublishAnswer.Job => JobRoutes.Show(job, state),
                PublishAnswer.Build => BuildRoutes.Show(build with { JobId = job.Id }, state),
                _ => Show(app),
            };
            if (state.Options.PublishAnswer == PublishAnswer.App)
                answer["build_job_id"] = build.Id;
            return Results.Json(answer, statusCode: StatusCodes.Status201Created);
        }).WithMetadata(new RateLimitMetadata(RateLimitClass.Strict));
    }

    private static JsonObject Show(App app) => Json.Object(app, Json.Snake);

    private static async Task<AppRequest> ReadAsync(HttpContext http, Lookup lookup, bool download)
    {
        var body = await JsonBody.ReadAsync(http.Request);
        var projectId = body.Id("project_id");
        var name = body.Text("name", 1000);
        var scenes = body.Ids("scenes");
        var branchId = body.OptionalText("branch_id", 100);
        var description = body.OptionalText("description", LongText);
        var version = body.OptionalText("version", 20);
        var releaseNotes = body.OptionalText("release_notes", LongText);
        var engineVersion = EngineVersion(body);
        var optimize = body.Flag("optimize_scene_format") ?? false;
        var (concatenate, minify, sourcemaps) = ScriptSwitches(body);
        var format = download ? Format(body) : FormatOfPublish(body);
        var preloadBundle = download && (body.Flag("preload_bundle") ?? false);
        if (!download)
            body.OptionalText("image_s3_key", LongText);
        body.RejectUnknownFields();

        var project = lookup.Project(http, projectId);
        var branch = lookup.Branch(project, branchId is "" ? null : branchId);
        var settings = new ExportSettings(name, branch, [.. scenes.Distinct().Select(scene => lookup.Scene(branch, scene))])
        {
            Concatenate = concatenate,
            Minify = minify,
            Sourcemaps = sourcemaps,
            Format = format,
            PreloadBundle = preloadBundle,
        };
        return new AppRequest(project.Id, project.OwnerId, settings, body.ToObject())
        {
            Description = description,
            Version = version,
            ReleaseNotes = releaseNotes,
            EngineVersion = engineVersion,
            OptimizeSceneFormat = optimize,
        };
    }

    private static (bool Concatenate, bool Minify, bool Sourcemaps) ScriptSwitches(JsonBody body)
    {
        var concatenate = body.Flag("scripts_concatenate");
        var minify = body.Flag("scripts_minify");
        var sourcemaps = body.Flag("scripts_sourcemaps") ?? false;
        if (sourcemaps && (concatenate is not true || minify is false))
            throw ApiException.BadRequest("field 'scripts_sourcemaps' needs 'scripts_concatenate' and 'scripts_minify'");
        return (concatenate ?? true, minify ?? true, sourcemaps);
    }

    private static string Format(JsonBody body)
    {
        var format = body.OptionalText("format", 20) ?? "static";
        return format switch
        {
            "web_lens" => throw ApiException.Forbidden("The format 'web_lens' is available to super users only"),
            _ when !Formats.Contains(format) => throw ApiException.BadRequest("field 'format' must be one of: static, npm"),
            _ => format,
        };
    }

    // The Editor sends this format with every publish. The files of a published app are those of a static export.
    private static string FormatOfPublish(JsonBody body) => body.OptionalText("format", 20) is null or "playcanvas"
        ? "static"
        : throw ApiException.BadRequest("field 'format' must be playcanvas");

    private static string? EngineVersion(JsonBody body)
    {
        var version = body.OptionalText("engine_version", 40);
        return version is null or "" || EngineRelease().IsMatch(version)
            ? version
            : throw ApiException.BadRequest("field 'engine_version' must be an engine release such as 2.20.6");
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$")]
    private static partial Regex EngineRelease();
}
