using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using PlayCanvas.Hosting.Content;
using PlayCanvas.Hosting.Http;

namespace PlayCanvas.Hosting.Pipeline;

/// <summary>
/// The endpoints of games: two for each game, whatever the number of its files. A route constraint keeps requests for anything but the game's files from
/// matching, so that the site's own endpoints, its fallback or its response for missing pages apply to them.
/// </summary>
internal static class GameEndpoints
{
    private const string Parameter = "playCanvasFile";

    // Files win over routes of the site with parameters in their place, such as "game/{id}", which would otherwise be more specific.
    private const int OrderOfFiles = -1;

    // The page at the folder itself loses to the site's own "game", and wins over less specific routes such as "{page}" and "{**path}".
    private const int OrderOfPage = 0;

    // A site that caches its output would store the compressed response of one request as the response to all.
    private static readonly OutputCacheAttribute NoOutputCache = new() { NoStore = true };

    /// <summary>Maps all games.</summary>
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, GameCatalog catalog)
    {
        var builders = new List<IEndpointConventionBuilder>();
        foreach (var game in catalog.Games)
        {
            builders.Add(Map(endpoints, catalog, game, OrderOfFiles, (path, name) => name.Length > 0 && game.TryFind(name, out _)));
            builders.Add(Map(endpoints, catalog, game, OrderOfPage, (path, name) => name.Length == 0 && !path.EndsWith("//", StringComparison.Ordinal)));
        }

        return new Conventions(builders);
    }

    /// <summary>Makes an endpoint for one file, outside of routing.</summary>
    public static Endpoint Of(Game game, string name) =>
        new(context => GameResponse.SendAsync(context, game, name), new EndpointMetadataCollection(game, NoOutputCache), NameOf(game));

    /// <summary>Whether an endpoint is one of these.</summary>
    public static bool Includes(Endpoint endpoint) => endpoint.Metadata.GetMetadata<Game>() is not null;

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, GameCatalog catalog, Game game, int order, Func<string, string, bool> isMatch)
    {
        var constraint = new Constraint(catalog, isMatch);
        // The pattern is made of its parts, since a path may contain braces and other characters with a meaning in templates.
        var segments = game.Path.Split('/').Select(segment => RoutePatternFactory.Segment(RoutePatternFactory.LiteralPart(segment)));
        var files = RoutePatternFactory.ParameterPart(Parameter, @default: null, RoutePatternParameterKind.CatchAll, RoutePatternFactory.Constraint(constraint));
        var builder = endpoints.Map(RoutePatternFactory.Pattern(segments.Append(RoutePatternFactory.Segment(files))), context => ServeAsync(context, game));
        builder.Add(endpoint =>
        {
            ((RouteEndpointBuilder)endpoint).Order = order;
            endpoint.DisplayName = NameOf(game);
            endpoint.Metadata.Add(game);
            endpoint.Metadata.Add(NoOutputCache);
        });
        return builder;
    }

    private static string NameOf(Game game) => $"PlayCanvas game /{game.Path}/";

    private static Task ServeAsync(HttpContext context, Game game) =>
        GameResponse.SendAsync(context, game, context.Request.RouteValues[Parameter] as string ?? "");

    /// <summary>Matches paths by their last part, which a catch-all parameter captures.</summary>
    private sealed class Constraint(GameCatalog catalog, Func<string, string, bool> isMatch) : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
        {
            // The site may generate links to files that a later build brings.
            if (httpContext is null || routeDirection == RouteDirection.UrlGeneration)
                return true;

            catalog.Refresh();
            return isMatch(httpContext.Request.Path.Value ?? "", values.TryGetValue(routeKey, out var value) ? value as string ?? "" : "");
        }
    }

    /// <summary>Applies conventions to several endpoints.</summary>
    private sealed class Conventions(IReadOnlyList<IEndpointConventionBuilder> builders) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention)
        {
            foreach (var builder in builders)
                builder.Add(convention);
        }

        public void Finally(Action<EndpointBuilder> finallyConvention)
        {
            foreach (var builder in builders)
                builder.Finally(finallyConvention);
        }
    }
}
