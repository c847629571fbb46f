using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlayCanvas.Hosting.Content;

namespace PlayCanvas.Hosting.Pipeline;

/// <summary>
/// Adds the games to each web host that the program builds. .NET announces the hosts that are being built with a diagnostic event, which its own
/// test host and the tools of Entity Framework use too.
/// </summary>
internal sealed class HostObserver : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Source = "Microsoft.Extensions.Hosting";
    private const string HostBuilding = "HostBuilding";

    private static int IsSubscribed;

    private HostObserver()
    {
    }

    /// <summary>Observes the program from now on.</summary>
    public static void Subscribe()
    {
        if (Interlocked.Exchange(ref IsSubscribed, 1) == 0)
            DiagnosticListener.AllListeners.Subscribe(new HostObserver());
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Source)
            value.Subscribe(this, static name => name == HostBuilding);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: HostBuilding, Value: IHostBuilder builder })
            builder.ConfigureServices(AddGames);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    /// <summary>A host without a web server has no such environment.</summary>
    private static void AddGames(HostBuilderContext context, IServiceCollection services)
    {
        var instances = services.Where(service => !service.IsKeyedService).Select(service => service.ImplementationInstance);
        if (instances.OfType<IWebHostEnvironment>().LastOrDefault() is { } environment && !IsPrevented(context.Configuration))
            PlayCanvasGameHosting.Configure(environment, services, GameLocation.Default);
    }

    private static bool IsPrevented(IConfiguration configuration) =>
        configuration[WebHostDefaults.PreventHostingStartupKey] is { } value && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));
}
