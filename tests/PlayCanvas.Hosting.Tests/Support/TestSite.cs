using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PlayCanvas.Hosting.Content;

namespace PlayCanvas.Hosting.Tests.Support;

/// <summary>How the games get into a site.</summary>
public enum Activation
{
    /// <summary>By the hosting startup.</summary>
    ZeroCode,

    /// <summary>By a call in a site that does not run hosting startups.</summary>
    Map,

    /// <summary>By both.</summary>
    Both,
}

/// <summary>A running site on a port of this machine.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private readonly IHost host;
    private readonly LogLines log;

    private TestSite(IHost host, LogLines log)
    {
        (this.host, this.log) = (host, log);
        Url = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = Url };
    }

    /// <summary>The clock of all sites. It stands still unless a test advances it.</summary>
    public static FakeTimeProvider Clock { get; } = new();

    public Uri Url { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => host.Services;

    public IReadOnlyCollection<string> Log => log.Lines;

    /// <summary>Starts a site that is written with <see cref="WebApplication"/>.</summary>
    public static async Task<TestSite> StartAsync(
        TestGame game, Action<WebApplication> pipeline, Activation activation = Activation.ZeroCode, Action<WebApplicationBuilder>? configure = null, bool isSlim = false)
    {
        var options = new WebApplicationOptions
        {
            ApplicationName = game.ApplicationName,
            ContentRootPath = game.Root,
            EnvironmentName = EnvironmentOf(game),
            Args = ArgumentsFor(game, activation),
        };
        var builder = isSlim ? WebApplication.CreateSlimBuilder(options) : WebApplication.CreateBuilder(options);
        var log = new LogLines();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        AddLocation(builder.Services, game, activation);
        configure?.Invoke(builder);
        var app = builder.Build();
        pipeline(app);
        await app.StartAsync();
        return new TestSite(app, log);
    }

    /// <summary>Starts a site that is written with a startup class.</summary>
    public static async Task<TestSite> StartClassicAsync(
        TestGame game, Action<IApplicationBuilder> pipeline, Activation activation = Activation.ZeroCode, Action<IServiceCollection>? configure = null)
    {
        var log = new LogLines();
        var host = Host.CreateDefaultBuilder(ArgumentsFor(game, activation))
            .UseEnvironment(EnvironmentOf(game))
            .UseContentRoot(game.Root)
            .ConfigureLogging(logging => logging.ClearProviders().AddProvider(log))
            .ConfigureWebHostDefaults(web => web
                .UseSetting(WebHostDefaults.ApplicationKey, game.ApplicationName)
                .UseUrls("http://127.0.0.1:0")
                .ConfigureServices(services =>
                {
                    AddLocation(services, game, activation);
                    configure?.Invoke(services);
                })
                .UseStartup(_ => new Startup(pipeline)))
            .Build();
        await host.StartAsync();
        return new TestSite(host, log);
    }

    /// <summary>Sends a request with these headers (<c>name: value</c>).</summary>
    public async Task<HttpResponseMessage> SendAsync(string method, string path, params string[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Url, path));
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        return await Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params string[] headers) => SendAsync("GET", path, headers);

    /// <summary>Sends a request for a path as it is written here: an HTTP client would normalize it. Returns the whole response.</summary>
    public async Task<string> GetRawAsync(string path)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Url.Host, Url.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        return await new StreamReader(stream).ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.StopAsync();
        host.Dispose();
    }

    private static void AddLocation(IServiceCollection services, TestGame game, Activation activation)
    {
        if (activation == Activation.Map)
            services.AddSingleton(new GameLocation(game.Root, Clock));
    }

    private static string EnvironmentOf(TestGame game) => game.Layout == Layout.Built ? Environments.Development : Environments.Production;

    private static string[] ArgumentsFor(TestGame game, Activation activation) =>
        [$"--{TestHosting.Folder}={game.Root}", $"--{TestHosting.IsActive}={(activation == Activation.Map ? "false" : "true")}"];

    private sealed class Startup(Action<IApplicationBuilder> pipeline)
    {
        public void Configure(IApplicationBuilder app) => pipeline(app);
    }
}
