using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlayCanvas.Hosting.Content;
using PlayCanvas.Hosting.Http;

namespace PlayCanvas.Hosting.Pipeline;

/// <summary>Adds the games to the pipeline of a site that does not map them itself.</summary>
internal sealed class GameStartupFilter(GameCatalog catalog, IWebHostEnvironment environment, ILoggerFactory loggers) : IStartupFilter
{
    // ASP.NET Core keeps the route builder of the pipeline under this name, from UseRouting to UseEndpoints.
    private const string RouteBuilder = "__EndpointRouteBuilder";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        HiddenFolders.HideIn(environment, catalog.Paths);
        if (environment.IsDevelopment() && catalog.Games.Count > 0)
            app.Use(new ForeignResponses(catalog, loggers.CreateLogger(Log.Category)).Watch);

        next(app);

        if (catalog.IsMappedBySite || catalog.Games.Count == 0)
            return;

        // In the site's own routing, so that its authentication and everything else that looks at endpoints applies to the games.
        if (app.Properties.TryGetValue(RouteBuilder, out var value) && value is IEndpointRouteBuilder endpoints)
            GameEndpoints.Map(endpoints, catalog);
        // After the site's own middleware: for sites without routing, and for sites that remove a path base after their routing.
        app.Use(ServeAsync);
    };

    private Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is { } endpoint && !GameEndpoints.Includes(endpoint))
            return next(context);

        catalog.Refresh();
        return catalog.TryFind(context.Request.Path, out var game, out var name) && (name.Length == 0 || game.TryFind(name, out _))
            ? GameResponse.SendAsync(context, game, name)
            : next(context);
    }
}
