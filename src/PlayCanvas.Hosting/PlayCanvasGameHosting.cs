using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        builder.ConfigureServices((context, services) => Configure(context.HostingEnvironment, services, GameLocation.Default));
    }

    /// <summary>
    /// Adds the games to the hosts that a program builds whose application has another name than the program: the host looks for the attribute in the
    /// assembly with the application's name. The package adds a call of this method to C# sites.
    /// </summary>
    /// <param name="site">The site's assembly. Nothing happens if another assembly was started, such as the runner of tests.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void ActivateFor(Assembly site)
    {
        ArgumentNullException.ThrowIfNull(site);
        if (site == Assembly.GetEntryAssembly())
            HostObserver.Subscribe();
    }

    internal static void Configure(IWebHostEnvironment environment, IServiceCollection services, GameLocation location)
    {
        // Now, and not only when the pipeline is built: the site may pass the provider to its own options before that.
        HiddenFolders.HideIn(environment, GameIndex.Find(location.Directory, environment.ApplicationName)?.ReadPaths() ?? []);
        services.TryAddSingleton(location);
        services.TryAddSingleton(GameCatalog.Create);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, GameStartupFilter>());
    }
}
