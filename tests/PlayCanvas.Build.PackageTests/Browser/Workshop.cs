using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>Builds once, for all tests of this namespace, the samples and a few projects that each differ from them in one respect.</summary>
internal static class Workshop
{
    private static readonly ConcurrentBag<Workplace> Opened = [];
    private static readonly ConcurrentBag<Site> Started = [];

    /// <summary>The kinds of projects on which all commands are run.</summary>
    public static IReadOnlyDictionary<string, Lazy<Task<Workplace>>> Kinds { get; } = new Dictionary<string, Lazy<Task<Workplace>>>
    {
        ["web"] = new(() => BuildAsync("web", standInEngine: false, async place =>
        {
            place.CopySample("WebGame");
            await WalkAsync(place, "WebGame", "game/");
        })),
        ["Blazor WebAssembly"] = new(() => BuildAsync("blazor", standInEngine: false, async place =>
        {
            place.CopySample("BlazorWasmGame");
            await TestRun.AddOwnSourcesAsync(place.Folder);
            // Trimming and compressing the framework would take a minute, and the tests do not cover them.
            place.Write("Directory.Build.props", "<Project><PropertyGroup><RunAnalyzers>false</RunAnalyzers><PublishTrimmed>false</PublishTrimmed><CompressionEnabled>false</CompressionEnabled></PropertyGroup></Project>");
            await WalkAsync(place, "BlazorWasmGame", "game/index.html");
        })),
        ["class library + site"] = new(() => BuildAsync("library", standInEngine: true, async place =>
        {
            place.CopySample("GameLibrary");
            place.CopySample("LibrarySite");
            await TestRun.AddOwnSourcesAsync(place.Folder);
            await WalkAsync(place, "LibrarySite", "_content/GameLibrary/game/index.html", pack: "GameLibrary");
        })),
        ["console"] = new(() => BuildAsync("desktop", standInEngine: true, async place =>
        {
            place.CopySample("DesktopHost");
            await WalkAsync(place, "DesktopHost");
        })),
        ["library + program"] = new(() => BuildAsync("program", standInEngine: true, async place =>
        {
            place.CopySample("DesktopHost", to: "Library");
            File.Move(place.PathOf("Library/DesktopHost.csproj"), place.PathOf("Library/Library.csproj"));
            place.Write("Library/Library.csproj", File.ReadAllText(place.PathOf("Library/Library.csproj")).Replace("<OutputType>Exe</OutputType>", "", StringComparison.Ordinal));
            place.Write("Library/Program.cs", "public class Library;\n");
            place.Write("Program/Program.cs", "Console.WriteLine(typeof(Library));\n");
            place.Write("Program/Program.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                  </PropertyGroup>
                  <ItemGroup>
                    <ProjectReference Include="../Library/Library.csproj" />
                  </ItemGroup>
                </Project>
                """);
            await WalkAsync(place, "Program", pack: "Library");
        })),
        ["multi-target"] = new(() => BuildAsync("targets", standInEngine: true, async place =>
        {
            place.CopySample("DesktopHost");
            place.Write("DesktopHost/DesktopHost.csproj", File.ReadAllText(place.PathOf("DesktopHost/DesktopHost.csproj"))
                .Replace("<OutputType>Exe</OutputType>", "", StringComparison.Ordinal)
                .Replace("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>", StringComparison.Ordinal)
                .Replace("<ImplicitUsings>enable</ImplicitUsings>", "", StringComparison.Ordinal)
                .Replace("<Nullable>enable</Nullable>", "", StringComparison.Ordinal));
            place.Write("DesktopHost/Program.cs", "public class Library { }\n");
            await WalkAsync(place, "DesktopHost", publishArguments: ["-f", "net10.0"]);
        })),
    };

    public static Lazy<Task<Workplace>> WebGame => Kinds["web"];

    /// <summary>
    /// Builds the web sample with another Program.cs, which reads the kind of site from its first argument, and beside it a site that serves
    /// the game only with a line in its program.
    /// </summary>
    public static Lazy<Task<Workplace>> Variants { get; } = new(() => BuildAsync("variants", standInEngine: true, async place =>
    {
        place.Sandbox.World.ChangeGame(game => game.With("map.custom", "of a type that nobody knows").With("NOTICE", "of no type"));
        foreach (var (folder, properties) in new[] { ("Served", ""), ("Unserved", "<PlayCanvasServeGame>false</PlayCanvasServeGame>") })
        {
            place.CopySample("WebGame", folder);
            place.Write($"{folder}/Program.cs", VariantsOfProgram.Source);
            place.Write($"{folder}/wwwroot/index.html", "<!DOCTYPE html><title>Site</title><h1>The site's own page</h1>\n");
            var project = File.ReadAllText(place.PathOf($"{folder}/WebGame.csproj"))
                .Replace("<Version>", properties + "<PlayCanvasPublishOnPublish>false</PlayCanvasPublishOnPublish><Version>", StringComparison.Ordinal)
                .Replace("<PlayCanvasPublishOnPublish>true</PlayCanvasPublishOnPublish>", "", StringComparison.Ordinal);
            File.Delete(place.PathOf($"{folder}/WebGame.csproj"));
            place.Write($"{folder}/{folder}.csproj", project);
            (await place.RunAsync($"publish {folder}", folder, "publish")).Result.AssertClean();
        }
    }));

    /// <summary>Builds the output of <c>dotnet new web -lang F#</c> with the package and the line from docs/serving.md.</summary>
    public static Lazy<Task<Workplace>> FSharp { get; } = new(() => BuildAsync("fsharp", standInEngine: true, async place =>
    {
        place.CopySample("WebGame", "Site");
        var project = File.ReadAllText(place.PathOf("Site/WebGame.csproj")).Replace("<ItemGroup>", """<ItemGroup><Compile Include="Program.fs" />""", StringComparison.Ordinal);
        File.Delete(place.PathOf("Site/WebGame.csproj"));
        File.Delete(place.PathOf("Site/Program.cs"));
        place.Write("Site/Site.fsproj", project);
        place.Write("Site/Program.fs", """
            open System
            open Microsoft.AspNetCore.Builder
            open Microsoft.AspNetCore.Http

            [<EntryPoint>]
            let main args =
                let builder = WebApplication.CreateBuilder(args)
                let app = builder.Build()

                app.MapPlayCanvasGames() |> ignore
                app.MapGet("/", Func<string>(fun () -> "Hello World!")) |> ignore

                app.Run()

                0

            """);
        var publish = await place.RunAsync("publish", "Site", "publish");
        if (publish.Result.Errors.Any(error => error.Code.StartsWith("NU1", StringComparison.Ordinal)))
            Assert.Ignore("FSharp.Core cannot be restored here: " + publish.Result.Errors[0].Line);
        publish.Result.AssertClean();
    }));

    /// <summary>Builds the output of <c>dotnet new blazorwasm --pwa</c> with the package.</summary>
    public static Lazy<Task<Workplace>> ProgressiveWebApp { get; } = new(() => BuildAsync("pwa", standInEngine: true, async place =>
    {
        await TestRun.AddOwnSourcesAsync(place.Folder);
        // Trimming and compressing the framework would take a minute, and the tests do not cover them.
        place.Write("Directory.Build.props", "<Project><PropertyGroup><RunAnalyzers>false</RunAnalyzers><PublishTrimmed>false</PublishTrimmed><CompressionEnabled>false</CompressionEnabled></PropertyGroup></Project>");
        (await place.RunAsync("new", ".", "new", "blazorwasm", "--pwa", "--no-restore", "-o", "Pwa")).Result.AssertSucceeded();
        place.Write("Pwa/Pwa.csproj", File.ReadAllText(place.PathOf("Pwa/Pwa.csproj")).Replace("</Project>", $"""
              <PropertyGroup>
                <PlayCanvasProjectId>{World.ProjectId}</PlayCanvasProjectId>
                <PlayCanvasScenes>Main;Level 2</PlayCanvasScenes>
                <PlayCanvasDownloadOnBuild>true</PlayCanvasDownloadOnBuild>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="PlayCanvas.Build" Version="{TestRun.Current.PackageVersion}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """, StringComparison.Ordinal));
        var publish = await place.RunAsync("publish", "Pwa", "publish");
        if (publish.Result.Errors.Any(error => error.Code.StartsWith("NU1", StringComparison.Ordinal)))
            Assert.Ignore("the packages of this kind of project cannot be restored here: " + publish.Result.Errors[0].Line);
        publish.Result.AssertSucceeded();
    }));

    /// <summary>Keeps a site running until all tests have ended.</summary>
    public static Lazy<Task<Site>> Share(Func<Task<Site>> start) => new(async () =>
    {
        var site = await start();
        Started.Add(site);
        return site;
    });

    public static async Task CloseAsync(bool keepFolders)
    {
        foreach (var site in Started)
            await site.DisposeAsync();
        foreach (var place in Opened)
        {
            await place.DisposeAsync();
            if (!keepFolders)
                Directory.Delete(place.Folder, recursive: true);
        }
    }

    private static async Task<Workplace> BuildAsync(string name, bool standInEngine, Func<Workplace, Task> build)
    {
        var place = await Workplace.OpenAsync(name, standInEngine);
        Opened.Add(place);
        await build(place);
        return place;
    }

    /// <summary>Runs every command once, in the order in which a developer would. The packed project may differ from the project of the program.</summary>
    private static async Task WalkAsync(Workplace place, string project, string? page = null, string? pack = null, string[]? publishArguments = null)
    {
        var build = await place.RunAsync("build", project, "build");
        if (build.Result.Errors.Any(error => error.Code is "NU1101" or "NU1102" or "NU1301"))
            Assert.Ignore("the packages of this kind of project cannot be restored here: " + build.Result.Errors[0].Line);
        await place.RunAsync("build again", project, "build");
        await place.RunAsync("clean", project, "clean");
        if (page is not null)
            await RunSiteAsync(place, project, page);
        await place.RunAsync("publish", project, ["publish", .. publishArguments ?? []]);
        await place.RunAsync("pack", pack ?? project, "pack", "-o", place.PathOf("packed"));
        await place.RunAsync("publish --no-build", project, ["publish", "--no-build", "-o", place.PathOf("again"), .. publishArguments ?? []]);
    }

    /// <summary>Measures the time of a run until the site has responded.</summary>
    private static async Task RunSiteAsync(Workplace place, string project, string page)
    {
        place.Sandbox.Requests.Clear();
        var watch = Stopwatch.StartNew();
        await using var site = await place.StartAsync(project, "Development");
        using var answer = await site.GetAsync(page);
        var status = (int)answer.StatusCode;
        var body = await answer.Content.ReadAsStringAsync();
        place.Record("run", project, new CommandResult(["run"], status == 200 && body.Contains("__start__.js", StringComparison.Ordinal) ? 0 : 1, status.ToString(CultureInfo.InvariantCulture), body, watch.Elapsed));
    }
}
