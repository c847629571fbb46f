using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PlayCanvas.Hosting.Content;
using PlayCanvas.Hosting.Pipeline;

// The namespace of the other Map methods, so that a site needs no using directive.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the PlayCanvas games of a site.</summary>
public static class GameEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the games that the build or the publish placed beside the program, each at its path, such as <c>/game/</c>. Sites whose host runs hosting
    /// startups do not need the call, unless they want to add conventions such as <c>RequireAuthorization()</c>. If no games are found, logs a warning
    /// and maps nothing.
    /// </summary>
    /// <param name="endpoints">The route builder of the site, or of a group.</param>
    /// <returns>A builder whose conventions apply to the endpoints of all games.</returns>
    public static IEndpointConventionBuilder MapPlayCanvasGames(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var catalog = GameCatalog.Of(services);
        catalog.IsMappedBySite = true;
        catalog.WarnIfEmpty();
        HiddenFolders.HideIn(services.GetRequiredService<IWebHostEnvironment>(), catalog.Paths);
        return GameEndpoints.Map(endpoints, catalog);
    }
}
