using Microsoft.Extensions.DependencyInjection;
using PlayCanvas.Hosting.Content;
using PlayCanvas.Hosting.Pipeline;

// Not a namespace that begins with PlayCanvas: a site may have a type of that name, which would hide it from the assembly attribute.
namespace Microsoft.AspNetCore.Hosting;

/// <summary>
/// Serves the PlayCanvas games of a site without code in the site. The package activates it with the assembly attribute
/// <see cref="HostingStartupAttribute"/>; it does nothing when the site calls <c>MapPlayCanvasGames</c> itself.
/// </summary>
public sealed class PlayCanvasGameHosting : IHostingStartup
{
    /// <summary>Adds the games to the site that is being built.</summary>
    /// <param name="builder">The builder of the site's web host.</param>
    public void Configure(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureServices((context, services) => Configure(context, services, GameLocation.Default));
    }

    internal static void Configure(WebHostBuilderContext context, IServiceCollection services, GameLocation location)
    {
        // Now, and not only when the pipeline is built: the site may pass the provider to its own options before that.
        HiddenFolders.HideIn(context.HostingEnvironment, GameIndex.Find(location.Directory, context.HostingEnvironment.ApplicationName)?.ReadPaths() ?? []);
        services.AddSingleton(location);
        services.AddSingleton(GameCatalog.Create);
        services.AddSingleton<IStartupFilter, GameStartupFilter>();
    }
}
