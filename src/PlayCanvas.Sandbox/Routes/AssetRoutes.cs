using System.Text.Json.Nodes;
using Microsoft.AspNetCore.StaticFiles;

namespace PlayCanvas.Sandbox;

/// <summary>
/// Assets: list, get, read, create, change, delete. They are the assets of the branch's game: the next export contains the changes.
/// </summary>
internal static class AssetRoutes
{
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    private static readonly Dictionary<string, Func<GameAsset, IComparable?>> Sorts = new()
    {
        ["id"] = asset => asset.Id,
        ["name"] = asset => asset.Name,
        ["type"] = asset => asset.Type,
        ["createdAt"] = asset => asset.CreatedAt,
        ["modifiedAt"] = asset => asset.ModifiedAt,
    };

    public static void Map(IEndpointRouteBuilder api, SandboxState state, Lookup lookup)
    {
        MapReading(api, state, lookup);
        MapWriting(api, state, lookup);
    }

    private static void MapReading(IEndpointRouteBuilder api, SandboxState state, Lookup lookup)
    {
        api.MapGet("projects/{id:long}/assets", (long id, HttpContext http) =>
        {
            var branch = lookup.Branch(lookup.Project(http, id), Query.Text(http.Request, "branchId"));
            var assets = state.World.GameOf(branch.Id).Assets;
            // The Editor's views are unpaged arrays; the API's own list is paged.
            return Query.Text(http.Request, "view") is not null && Query.Number(http.Request, "limit") is null
                ? Results.Json(new JsonArray([.. assets.Select(asset => Show(asset, branch))]))
                : Paging.Page(http.Request, assets, Sorts, asset => Show(asset, branch), newestFirst: false);
        });

        api.MapGet("assets/{id:long}", (long id, HttpContext http) =>
        {
            var (asset, branch) = lookup.Asset(http, id, Query.Text(http.Request, "branchId"));
            return Results.Json(Show(asset, branch));
        });

        api.MapGet("assets/{id:long}/file/{name}", (long id, string name, HttpContext http) =>
        {
            var (asset, _) = lookup.Asset(http, id, Query.Text(http.Request, "branchId"));
            if (asset.Content is null || asset.Name != name)
                throw ApiException.NotFound("File");
            return Results.Stream(asset.Content.Open(), ContentTypes.TryGetContentType(name, out var type) ? type : null);
        });
    }

    private static void MapWriting(IEndpointRouteBuilder api, SandboxState state, Lookup lookup)
    {
        api.MapPost("assets", async (HttpContext http) =>
        {
            var form = await AssetForm.ReadAsync(http.Request);
            var project = lookup.Project(http, form.Id("projectId") ?? throw ApiException.BadRequest("field 'projectId' is required"));
            var branch = lookup.Branch(project, form.Text("branchId"));
            var asset = form.Create(state.Clock.Now);
            state.World.ChangeGame(game => game.With(asset = asset with { Id = game.NextId }), branch.Id);
            return Results.Json(Show(asset, branch), statusCode: StatusCodes.Status201Created);
        }).WithMetadata(new RateLimitMetadata(RateLimitClass.Assets));

        api.MapPut("assets/{id:long}", async (long id, HttpContext http) =>
        {
            var form = await AssetForm.ReadAsync(http.Request);
            var (asset, branch) = lookup.Asset(http, id, form.Text("branchId"));
            asset = form.Change(asset, state.Clock.Now);
            state.World.ChangeGame(game => game.With(asset), branch.Id);
            return Results.Json(Show(asset, branch));
        }).WithMetadata(new RateLimitMetadata(RateLimitClass.Assets));

        api.MapDelete("assets/{id:long}", (long id, HttpContext http) =>
        {
            var (asset, branch) = lookup.Asset(http, id, Query.Text(http.Request, "branchId"));
            state.World.ChangeGame(game => game with { Assets = game.Assets.RemoveAll(other => other.Id == asset.Id || other.Parent == asset.Id) }, branch.Id);
            return Results.Json(new JsonObject());
        });
    }

    private static JsonObject Show(GameAsset asset, Branch branch) => new()
    {
        ["id"] = asset.Id,
        ["projectId"] = branch.ProjectId,
        ["branchId"] = branch.Id,
        ["name"] = asset.Name,
        ["type"] = asset.Type,
        ["scope"] = new JsonObject { ["type"] = "project", ["id"] = branch.ProjectId },
        ["state"] = "ready",
        ["source"] = false,
        ["tags"] = new JsonArray([.. asset.Tags.Select(tag => JsonValue.Create(tag))]),
        ["preload"] = asset.Preload,
        ["parent"] = asset.Parent,
        ["file"] = asset.Content is null ? null : new JsonObject
        {
            ["hash"] = asset.Content.Md5,
            ["filename"] = asset.Name,
            ["size"] = asset.Content.Length,
            ["url"] = $"/api/assets/{asset.Id}/file/{Uri.EscapeDataString(asset.Name)}?branchId={branch.Id}",
        },
        ["createdAt"] = Json.Date(asset.CreatedAt),
        ["modifiedAt"] = Json.Date(asset.ModifiedAt),
    };
}
