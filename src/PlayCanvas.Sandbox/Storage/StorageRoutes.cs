using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace PlayCanvas.Sandbox;

/// <summary>The second origin: downloads from signed URLs, and the published apps.</summary>
internal static class StorageRoutes
{
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    public static void Map(IEndpointRouteBuilder storage, SandboxState state)
    {
        storage.MapMethods("exports/{id}/{name}", [HttpMethods.Get, HttpMethods.Head], (string id, HttpContext http) => Download(id, http, state));
        storage.MapMethods("p/{id:int}/{**path}", [HttpMethods.Get, HttpMethods.Head], (int id, string? path, HttpContext http) => Play(id, path, http, state));
    }

    private static IResult Download(string id, HttpContext http, SandboxState state)
    {
        var request = http.Request;
        if (state.Exports.Find(id) is not { } export)
            return Error(StatusCodes.Status404NotFound, "NoSuchKey");
        if (!state.SignedUrls.IsGood(export.UrlPath, request.Query["expires"], request.Query["signature"]))
            return Error(StatusCodes.Status403Forbidden, "AccessDenied");
        if (state.Options.SupportsRanges)
            http.Response.Headers.AcceptRanges = "bytes";
        return Results.File(
            export.FilePath,
            "application/zip",
            lastModified: DateTimeOffset.FromUnixTimeSeconds(export.ModifiedAt.ToUnixTimeSeconds()),
            entityTag: new EntityTagHeaderValue(export.ETag),
            enableRangeProcessing: state.Options.SupportsRanges);
    }

    private static IResult Play(int id, string? path, HttpContext http, SandboxState state)
    {
        if (path is null && !http.Request.Path.Value!.EndsWith('/'))
            return Results.Redirect($"/p/{id}/", permanent: true);
        var name = path is null or "" ? "index.html" : path;
        var published = state.World.Apps.Any(app => app.Id == id && app.CompletedAt is not null);
        if (!published || state.Exports.FindAppFile(id, name) is not { } file)
            return Error(StatusCodes.Status404NotFound, "NoSuchKey");
        var type = ContentTypes.TryGetContentType(name, out var known) ? known : "application/octet-stream";
        return Results.Stream(file.Open(), type);
    }

    // Object stores respond with XML, and clients must handle responses that are not JSON.
    private static IResult Error(int status, string code) =>
        Results.Content($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code></Error>", "application/xml", statusCode: status);
}
