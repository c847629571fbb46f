using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace PlayCanvas.Sandbox;

/// <summary>A PlayCanvas REST API on this machine, in this process: for tests, samples, and the CI of projects that use the package.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly SandboxState state;
    private readonly WebApplication api;
    private readonly WebApplication storage;

    private SandboxServer(SandboxState state)
    {
        this.state = state;
        api = Create(state.Options.ApiPort, state.Options.Certificate);
        storage = Create(state.Options.StoragePort, state.Options.Certificate);
    }

    /// <summary>The base URL of the API, without a trailing slash.</summary>
    public Uri ApiUrl { get; private set; } = null!;

    /// <summary>The URL of the second origin, from which exports are downloaded and on which published apps are played.</summary>
    public Uri StorageUrl => state.StorageUrl;

    /// <summary>The records of the sandbox, which can be changed.</summary>
    public World World => state.World;

    /// <summary>The requests that the sandbox received.</summary>
    public RequestLog Requests => state.Requests;

    /// <summary>The signed URLs that were created, oldest first.</summary>
    public IReadOnlyCollection<string> SignedUrls => state.SignedUrls.HandedOut;

    /// <summary>The scripted faults.</summary>
    public FaultScript Faults => state.Faults;

    /// <summary>The engine that exports contain.</summary>
    public Engine Engine => state.Engine;

    /// <summary>The options of the sandbox. A change applies to later requests, except for the ports, the tokens, the clock and the game.</summary>
    public SandboxOptions Options => state.Options;

    /// <summary>Whether a token was ever sent to the second origin.</summary>
    public bool LeakedAuthorization => state.LeakedAuthorization;

    /// <summary>Starts a sandbox; disposing of it stops it.</summary>
    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null)
    {
        var server = new SandboxServer(new SandboxState(options ?? new SandboxOptions()));
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts all rate limit windows again.</summary>
    public void ResetRateLimits() => state.RateLimiter.Reset();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await storage.DisposeAsync();
        state.Dispose();
    }

    private async Task StartAsync()
    {
        MapStorage();
        MapApi();
        await storage.StartAsync();
        state.StorageUrl = AddressOf(storage, state.Options.StorageHost);
        // Seeded before the first request can arrive, and after the storage's URL, which apps contain, is known.
        Seed.Plant(state.World, state.Options, state.Publisher.PublishSeeded);
        await api.StartAsync();
        ApiUrl = new Uri(AddressOf(api, state.Options.ApiHost), "api");
    }

    private void MapApi()
    {
        var lookup = new Lookup(state.World);
        api.UseMiddleware<RecordingMiddleware>(state, Origin.Api);
        api.UseMiddleware<ErrorAnswers>();
        api.UseRouting();
        api.UseMiddleware<ApiGate>(state);
        var routes = api.MapGroup("/api");
        AppRoutes.Map(routes, state, lookup);
        BuildRoutes.Map(routes, state, lookup);
        JobRoutes.Map(routes, state, lookup);
        ProjectRoutes.Map(routes, state, lookup);
        SceneRoutes.Map(routes, state, lookup);
        BranchRoutes.Map(routes, state, lookup);
        CheckpointRoutes.Map(routes, state, lookup);
        AssetRoutes.Map(routes, state, lookup);
        UserRoutes.Map(routes, state);
        BranchRoutes.MapEditor(api.MapGroup("/editor"), state, lookup);
    }

    private void MapStorage()
    {
        storage.UseMiddleware<RecordingMiddleware>(state, Origin.Storage);
        storage.UseMiddleware<AuthorizationGuard>(state);
        storage.UseRouting();
        StorageRoutes.Map(storage, state);
    }

    // An empty builder, so that the environment of the sandbox, such as ASPNETCORE_URLS, does not affect it.
    private static WebApplication Create(int port, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        builder.Services.AddRoutingCore();
        // A stalled response must not delay the shutdown.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        return builder.Build();
    }

    private static Uri AddressOf(WebApplication app, string host) =>
        new UriBuilder(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()) { Host = host }.Uri;
}
