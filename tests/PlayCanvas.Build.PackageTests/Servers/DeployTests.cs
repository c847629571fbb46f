using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Servers;

/// <summary>Tests that what reads the publish folder (containers, web deploy and zip deploy) finds the whole game in it.</summary>
public sealed class DeployTests : ConsumerFixture
{
    [Test]
    public async Task A_container_image_contains_the_game()
    {
        await using var registry = await ImageRegistry.StartAsync();
        var project = Web().DownloadsOnBuild()
            .Set("ContainerBaseImage", registry.BaseImage)
            .Set("ContainerRuntimeIdentifier", "linux-x64")
            .Set("ContainerArchiveOutputPath", "$(MSBuildProjectDirectory)/image.tar")
            .Set("UseAppHost", "false");

        (await project.RunAsync("publish", "-t:PublishContainer")).AssertClean();

        var files = await ImageRegistry.FilesInAsync(project.PathOf("image.tar"));
        AssertIsWhole(project, [.. files.Where(file => file.StartsWith("app/", StringComparison.Ordinal)).Select(file => file["app/".Length..])]);
    }

    [Test]
    public async Task Web_deploy_into_a_folder_copies_the_game()
    {
        var project = Web().DownloadsOnBuild();

        (await project.RunAsync("build", "-p:DeployOnBuild=true", "-p:WebPublishMethod=FileSystem", $"-p:PublishUrl={project.PathOf("deployed")}")).AssertClean();

        AssertIsWhole(project, project.FilesIn("deployed"));
    }

    /// <summary>The server stands in for the one of Azure App Service, which gets the zip and then says how the deployment goes.</summary>
    [Test]
    public async Task Zip_deploy_sends_the_game()
    {
        using var zip = new MemoryStream();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(server => server.Limits.MaxRequestBodySize = null);
        await using var azure = builder.Build();
        azure.MapPost("/api/zipdeploy", async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(zip);
            return Results.Json(new { status = 4 });
        });
        azure.MapGet("/api/{**path}", () => Results.Json(new { status = 4, complete = true }));
        await azure.StartAsync();
        var project = Web().DownloadsOnBuild();

        (await project.RunAsync("build", "-p:DeployOnBuild=true", "-p:WebPublishMethod=ZipDeploy", $"-p:PublishUrl={azure.Urls.Single()}/", "-p:UserName=user", "-p:Password=password")).AssertClean();

        await using var deployed = new ZipArchive(zip, ZipArchiveMode.Read);
        AssertIsWhole(project, [.. deployed.Entries.Select(entry => entry.FullName.Replace('\\', '/'))]);
    }

    private static void AssertIsWhole(ConsumerProject project, IReadOnlyList<string> files)
    {
        Assert.That(files, Is.SupersetOf(project.GameFiles().Select(file => $"wwwroot/game/{file}")));
        Assert.That(files, Is.SupersetOf(["Site.dll", "PlayCanvas.Hosting.dll", "playcanvas.json", "playcanvas/game.json", "wwwroot/game/playcanvas-stable.min.js.br"]));
    }
}
