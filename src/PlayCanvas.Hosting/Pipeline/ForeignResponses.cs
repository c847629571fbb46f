using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using PlayCanvas.Hosting.Content;
using PlayCanvas.Hosting.Http;

namespace PlayCanvas.Hosting.Pipeline;

/// <summary>Logs, once for each game, that the site's own code responded to a request for one of the game's files.</summary>
internal sealed class ForeignResponses(GameCatalog catalog, ILogger logger)
{
    private readonly HashSet<Game> logged = [];

    /// <summary>The middleware.</summary>
    public RequestDelegate Watch(RequestDelegate next) => context =>
    {
        var mark = new ResponseMark(context.Request.PathBase + context.Request.Path);
        context.Features.Set(mark);
        context.Response.OnStarting(() => Check(context, mark));
        return next(context);
    };

    private Task Check(HttpContext context, ResponseMark mark)
    {
        // Only now the path base is known: the site's code has removed it from the path. The rest of the path may be another file by now.
        if (IsUnintended(context, mark)
            && mark.Path.StartsWithSegments(context.Request.PathBase, out var path)
            && catalog.TryFind(path, out var game, out var name)
            && game.TryFind(name, out _)
            && IsFirst(game))
        {
            Log.ForeignResponse(logger, mark.Path, context.Response.StatusCode);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Whether the response is neither the game's nor one that the site chose for this path: a redirect, a refusal, or the response of an endpoint
    /// that is not a fallback.
    /// </summary>
    private static bool IsUnintended(HttpContext context, ResponseMark mark) =>
        context.Response.StatusCode is (>= 200 and < 300) or StatusCodes.Status404NotFound
        && !mark.IsOfGame
        && (context.GetEndpoint() is not { } endpoint || GameEndpoints.Includes(endpoint) || endpoint is RouteEndpoint { Order: int.MaxValue });

    private bool IsFirst(Game game)
    {
        lock (logged)
            return logged.Add(game);
    }
}
