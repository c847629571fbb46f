using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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

        var needsRouting = false;
        app.Use(site => needsRouting ? Route(app, site) : site);

        next(app);

        if (catalog.IsMappedBySite || catalog.Games.Count == 0)
            return;

        // In the site's own routing, so that its routes compete with those of the games, and its authentication and everything else that looks at
        // endpoints applies to the games.
        if (RouteBuilderOf(app) is { } endpoints)
            GameEndpoints.Map(endpoints, catalog);
        else
            needsRouting = app.ApplicationServices.GetService<EndpointDataSource>() is not null;
        // After the site's own middleware: executes the endpoints in a site without routing, and serves the games where none was selected, because
        // the site removes a path base after its routing.
        app.Use(ServeAsync);
    };

    /// <summary>Gives a site without routing the endpoints of the games, so that its static files, for example, leave their requests alone.</summary>
    private RequestDelegate Route(IApplicationBuilder app, RequestDelegate site)
    {
        var routed = app.New();
        routed.UseRouting();
        if (RouteBuilderOf(routed) is not { } endpoints)
            return site;
        GameEndpoints.Map(endpoints, catalog);
        routed.Run(site);
        return routed.Build();
    }

    private static IEndpointRouteBuilder? RouteBuilderOf(IApplicationBuilder app) =>
        app.Properties.TryGetValue(RouteBuilder, out var value) ? value as IEndpointRouteBuilder : null;

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
