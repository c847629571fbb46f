using System.Diagnostics.CodeAnalysis;
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

        var isRouted = true;
        app.Use((context, site) => isRouted ? site(context) : SelectEndpoint(context, site));

        next(app);

        if (catalog.IsMappedBySite || catalog.Games.Count == 0)
            return;

        // In the site's own routing, so that its routes compete with those of the games, and its authentication and everything else that looks at
        // endpoints applies to the games.
        isRouted = app.Properties.TryGetValue(RouteBuilder, out var value) && value is IEndpointRouteBuilder;
        if (isRouted)
            GameEndpoints.Map((IEndpointRouteBuilder)value!, catalog);
        // After the site's own middleware: sends the files in a site without routing, and those for which no endpoint was selected, because the site
        // removes a path base after its routing.
        app.Use(SendAsync);
    };

    /// <summary>
    /// Does what routing does, in a site without it: static-file middleware and others leave requests alone that have an endpoint. Routing itself would
    /// cost such a site a third of its start-up.
    /// </summary>
    private Task SelectEndpoint(HttpContext context, RequestDelegate site)
    {
        if (TryFind(context, out var game, out var name))
            context.SetEndpoint(GameEndpoints.Of(game, name));
        return site(context);
    }

    private Task SendAsync(HttpContext context, RequestDelegate next) =>
        (context.GetEndpoint() is not { } endpoint || GameEndpoints.Includes(endpoint)) && TryFind(context, out var game, out var name)
            ? GameResponse.SendAsync(context, game, name)
            : next(context);

    private bool TryFind(HttpContext context, [NotNullWhen(true)] out Game? game, out string name)
    {
        catalog.Refresh();
        return catalog.TryFind(context.Request.Path, out game, out name) && (name.Length == 0 || game.TryFind(name, out _));
    }
}
