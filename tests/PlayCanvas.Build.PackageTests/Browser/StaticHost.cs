using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.StaticFiles.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>A host of static files that behaves as a server without ASP.NET Core: it serves a folder, its default pages, and every type of file.</summary>
internal sealed class StaticHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private StaticHost(WebApplication app) => this.app = app;

    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <param name="folder">The folder that is served.</param>
    /// <param name="path">The path under which it is served: empty for the root, or a path such as <c>/base</c>.</param>
    public static async Task<StaticHost> StartAsync(string folder, string path = "")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var shared = new SharedOptions { FileProvider = new PhysicalFileProvider(folder), RequestPath = path };
        app.UseDefaultFiles(new DefaultFilesOptions(shared));
        app.UseStaticFiles(new StaticFileOptions(shared) { ServeUnknownFileTypes = true });
        await app.StartAsync();
        return new StaticHost(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
