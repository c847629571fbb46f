using System.Net;
using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Browser;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests that sites of all kinds serve the game without code, from <c>obj/</c> in development and from <c>wwwroot/</c> where they are published.</summary>
public sealed class SiteTests : ConsumerFixture
{
    private const string Published = "bin/Release/net10.0/publish";

    [TestCase("GenerateAssemblyInfo", "false")]
    [TestCase("StaticWebAssetsEnabled", "false")]
    [TestCase("AssemblyName", "My.Site")]
    public async Task A_site_with_unusual_properties_serves_the_game(string property, string value)
    {
        var project = Web().DownloadsOnBuild().Set(property, value);

        await AssertServesAsync(project, property == "AssemblyName" ? value : project.Name);
    }

    [Test]
    public async Task A_site_in_Visual_Basic_serves_the_game() =>
        await AssertServesAsync(ConsumerProject.VisualBasicWeb(this, "Site").DownloadsOnBuild(), "Site");

    [Test]
    public async Task A_site_serves_its_own_game_and_that_of_a_Razor_library()
    {
        var library = RazorLibrary().DownloadsOnBuild().Set("PlayCanvasScenes", "Level 2").Save();
        var project = Web().DownloadsOnBuild().RefersTo(library).WithFile("Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapStaticAssets();
            app.MapGet("/", () => "Hello");
            app.Run();
            """);
        await project.PublishAsync();

        await using var site = await Site.StartPublishedAsync(project.PathOf(Published), project.Name, TestRun.Current.ConsumerEnvironment);
        using (Assert.EnterMultipleScope())
        {
            await AssertFilesAsync(site, "game", project);
            await AssertFilesAsync(site, "_content/Parts/game", library);
        }
    }

    [Test]
    public async Task A_new_game_is_served_after_a_build_without_a_restart()
    {
        var project = Web().DownloadsOnBuild();
        await project.BuildAsync();
        await using var site = await Site.StartAsync(project.PathOf("bin/Debug/net10.0"), Development, "Site.dll");
        var before = await site.Client.GetStringAsync(new Uri(site.Url, "game/"));
        Sandbox.World.ChangeGame(game => game with { Title = "The new game" });

        await project.BuildAsync("--no-restore", "-p:PlayCanvasUpdate=true");

        Assert.That(before, Does.Not.Contain("The new game"));
        // The site looks for a new content once a second.
        Assert.That(() => site.Client.GetStringAsync(new Uri(site.Url, "game/")), Does.Contain("The new game").After(10).Seconds.PollEvery(50).MilliSeconds);
        await AssertFilesAsync(site, "game", project);
    }

    [Test]
    public async Task A_published_site_says_which_game_it_holds()
    {
        var project = Web().DownloadsOnBuild();
        await project.PublishAsync();

        var text = await File.ReadAllTextAsync(project.PathOf($"{Published}/playcanvas.json"));
        var game = System.Text.Json.Nodes.JsonNode.Parse(text)!["games"]!.AsArray().Single()!;

        Assert.That((string?)game["path"], Is.EqualTo("game"));
        Assert.That($"{game["contentId"] ?? game["content"]}", Does.StartWith(Path.GetFileName(project.ContentOf())));
        Assert.That(project.Has($"{Published}/Site.playcanvas.json"), Is.False, "The development's list must not be published.");
        Assert.That(text, Does.Not.Contain(Folder).And.Not.Contain("obj/"));
    }

    [TestCase("-r", "linux-x64", "--self-contained", "false")]
    [TestCase("-r", "linux-x64", "-p:PublishSingleFile=true", "--self-contained", "false")]
    [TestCase("-r", "linux-x64", "-p:PublishTrimmed=true", Category = LongTests.Category)]
    [Platform("Linux")]
    public async Task A_site_for_a_runtime_serves_the_game(params string[] switches)
    {
        await AddOwnSourcesAsync();
        var project = Web().DownloadsOnBuild();
        var publish = await project.RunAsync(["publish", "-o", "out", .. switches]);
        if (publish.Errors.Any(error => error.Code.StartsWith("NU1", StringComparison.Ordinal)))
            Assert.Ignore("the packages of this runtime cannot be restored here: " + publish.Errors[0].Line);
        publish.AssertClean();

        Assert.That(ExportsAskedFor, Is.EqualTo(1));
        await using var site = await Site.StartProgramAsync(project.PathOf("out/Site"), project.PathOf("out"), TestRun.Current.ConsumerEnvironment);
        await AssertFilesAsync(site, "game", project);
    }

    /// <summary>
    /// The linker of the SDK's native compilation splits paths of packages at spaces, so the packages are in a folder without any. A link to the usual
    /// folder would not do: NuGet locks a package by its path, so it would unpack the same package twice at the same time.
    /// </summary>
    [Test]
    [Category(LongTests.Category)]
    [Platform("Linux")]
    public async Task A_site_that_is_compiled_ahead_of_time_serves_the_game()
    {
        var packages = Directory.CreateTempSubdirectory("playcanvas-packages-");
        try
        {
            SetVariable("NUGET_PACKAGES", packages.FullName);
            await A_site_for_a_runtime_serves_the_game("-r", "linux-x64", "-p:PublishAot=true");
        }
        finally
        {
            packages.Delete(recursive: true);
        }
    }

    /// <summary>Files of the project come before hints when MSBuild looks for an assembly, and an older publish may have another version.</summary>
    [Test]
    public async Task A_publish_folder_in_the_project_is_not_searched_for_the_assembly()
    {
        var project = Web().DownloadsOnBuild();
        await project.PublishAsync("-o", "out");
        Assert.That(project.Has("out/PlayCanvas.Hosting.dll"));
        Assert.That(project.FilesIn("out"), Has.None.EndsWith(".xml"), "The documentation is for editors.");

        var references = await project.RunAsync("msbuild", "-t:ResolveReferences", "-getItem:ReferencePath");

        references.AssertSucceeded();
        var hosting = JsonNode.Parse(references.StandardOutput)!["Items"]!["ReferencePath"]!.AsArray().Single(item => (string?)item!["Filename"] == "PlayCanvas.Hosting");
        Assert.That((string?)hosting!["FullPath"], Does.Not.StartWith(project.Folder));
    }

    [Test]
    public async Task A_program_that_is_published_without_the_game_of_its_web_library_is_warned_of()
    {
        var library = Web("Parts").DownloadsOnBuild().Set("OutputType", "Library").WithFile("Program.cs", "public class Library;\n").Save();
        var program = Web("Host").WithoutPackage().RefersTo(library);

        var publish = await program.RunAsync("publish");

        publish.AssertSucceeded();
        Assert.That(publish.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS4023"]));
        (await program.RunAsync("build")).AssertClean();
        (await library.RunAsync("publish")).AssertClean();
        Assert.That(library.Has($"{Published}/wwwroot/game/index.html"));
    }

    [TestCase("Web", "game/")]
    [TestCase("Web.Client", "game/index.html")]
    [Category(LongTests.Category)]
    public async Task A_Blazor_Web_App_serves_the_game(string folder, string page)
    {
        await AddOwnSourcesAsync();
        // Trimming and compressing the framework would take a minute, and the tests do not cover them.
        await File.WriteAllTextAsync(Path.Combine(Folder, "Directory.Build.props"), "<Project><PropertyGroup><RunAnalyzers>false</RunAnalyzers><PublishTrimmed>false</PublishTrimmed></PropertyGroup></Project>");
        (await RunAsync(Folder, "new", "blazor", "--interactivity", "WebAssembly", "--empty", "-n", "Web", "-o", ".", "--no-restore")).AssertSucceeded();
        var file = Path.Combine(Folder, folder, folder + ".csproj");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("</Project>", $"""
              <PropertyGroup>
                <PlayCanvasProjectId>{World.ProjectId}</PlayCanvasProjectId>
                <PlayCanvasScenes>Main;Level 2</PlayCanvasScenes>
                <PlayCanvasApiUrl>{Sandbox.ApiUrl}</PlayCanvasApiUrl>
                <PlayCanvasDownloadOnBuild>true</PlayCanvasDownloadOnBuild>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="PlayCanvas.Build" Version="{TestRun.Current.PackageVersion}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """, StringComparison.Ordinal));
        var publish = await RunAsync(Path.Combine(Folder, "Web"), "publish", "-o", "../out");
        if (publish.Errors.Any(error => error.Code.StartsWith("NU1", StringComparison.Ordinal)))
            Assert.Ignore("the packages of this kind of project cannot be restored here: " + publish.Errors[0].Line);
        publish.AssertSucceeded();

        await using var site = await Site.StartPublishedAsync(Path.Combine(Folder, "out"), "Web", TestRun.Current.ConsumerEnvironment);
        Assert.That(await site.Client.GetStringAsync(new Uri(site.Url, page)), Does.Contain("__start__.js"));
        using var engine = await site.GetAsync("game/playcanvas-stable.min.js");
        Assert.That(engine.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/javascript"));
        Assert.That(engine.Headers.CacheControl?.NoCache, Is.True);
        using var own = await site.GetAsync("");
        Assert.That(await own.Content.ReadAsStringAsync(), Does.Contain("Hello, world!"));
    }

    [Test]
    public async Task A_test_project_with_a_WebApplicationFactory_gets_the_game()
    {
        await AddOwnSourcesAsync();
        var project = Web().DownloadsOnBuild();
        await File.AppendAllTextAsync(project.PathOf("Program.cs"), "\npublic partial class Program;\n");
        // The factory looks for the solution, and for the site's folder beside it.
        await File.WriteAllTextAsync(Path.Combine(Folder, "All.sln"), "");
        project.Save();
        var tests = ConsumerProject.Web(this, "SiteTests").WithoutPackage().RefersTo(project)
            .Add("""<ItemGroup><PackageReference Include="Microsoft.AspNetCore.Mvc.Testing" Version="10.0.*" /></ItemGroup>""")
            .WithFile("Program.cs", """
                using Microsoft.AspNetCore.Mvc.Testing;

                internal static class Tests
                {
                    private static async Task Main()
                    {
                        using var factory = new WebApplicationFactory<global::Program>();
                        using var client = factory.CreateClient();
                        using var answer = await client.GetAsync("/game/");
                        Console.WriteLine($"answer: {(int)answer.StatusCode}, {(await answer.Content.ReadAsStringAsync()).Contains("__start__.js")}");
                    }
                }
                """);

        var run = await tests.RunAsync("run");
        if (run.Errors.Any(error => error.Code.StartsWith("NU1", StringComparison.Ordinal)))
            Assert.Ignore("Microsoft.AspNetCore.Mvc.Testing cannot be restored here: " + run.Errors[0].Line);

        run.AssertSucceeded();
        Assert.That(run.Output, Does.Contain("answer: 200, True"));
        Assert.That(tests.Has("bin/Debug/net10.0/Site.playcanvas.json"));
    }

    private static Dictionary<string, string?> Development => new(TestRun.Current.ConsumerEnvironment) { ["ASPNETCORE_ENVIRONMENT"] = "Development" };

    /// <summary>Asserts that the site serves the game in development, in production without a publish, and where it is published.</summary>
    private async Task AssertServesAsync(ConsumerProject project, string name)
    {
        await project.BuildAsync();
        await project.PublishAsync();
        Assert.That(project.HashesIn($"{Published}/wwwroot/game"), Is.EqualTo(project.GameHashes()).And.Not.Empty);
        Assert.That(ExportsAskedFor, Is.EqualTo(1));

        using (Assert.EnterMultipleScope())
        {
            await using (var development = await Site.StartAsync(project.PathOf("bin/Debug/net10.0"), Development, name + ".dll"))
                await AssertFilesAsync(development, "game", project);
            await using (var production = await Site.StartAsync(project.PathOf("bin/Debug/net10.0"), TestRun.Current.ConsumerEnvironment, name + ".dll"))
                await AssertFilesAsync(production, "game", project);
            await using (var published = await Site.StartPublishedAsync(project.PathOf(Published), name, TestRun.Current.ConsumerEnvironment))
                await AssertFilesAsync(published, "game", project);
        }
    }

    private static async Task AssertFilesAsync(Site site, string address, ConsumerProject project)
    {
        foreach (var file in project.GameFiles())
        {
            using var answer = await site.GetAsync($"{address}/{string.Join('/', file.Split('/').Select(Uri.EscapeDataString))}");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), file);
            Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(await File.ReadAllBytesAsync(project.GameFile(file))), file);
        }

        using var folder = await site.GetAsync(address);
        Assert.That(folder.StatusCode, Is.Not.EqualTo(HttpStatusCode.InternalServerError), address);
    }
}
