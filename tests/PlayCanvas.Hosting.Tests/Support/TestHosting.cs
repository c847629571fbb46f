using Microsoft.AspNetCore.Hosting;
using PlayCanvas.Hosting.Content;
using PlayCanvas.Hosting.Tests.Support;

[assembly: HostingStartup(typeof(TestHosting))]

namespace PlayCanvas.Hosting.Tests.Support;

/// <summary>
/// The hosting startup of the sites in these tests: ASP.NET Core finds the attribute as it finds that of a site. Does what <see cref="PlayCanvasGameHosting"/>
/// does, for the program's folder that a setting names.
/// </summary>
internal sealed class TestHosting : IHostingStartup
{
    public const string Folder = "games-folder";
    public const string IsActive = "games-hosting";

    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices((context, services) =>
    {
        if (context.Configuration[Folder] is { } folder && context.Configuration[IsActive] == "true")
            PlayCanvasGameHosting.Configure(context.HostingEnvironment, services, new GameLocation(folder, TestSite.Clock));
    });
}
