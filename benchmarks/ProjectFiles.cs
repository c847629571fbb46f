using System.Xml.Linq;
using PlayCanvas.Build.TestSupport;

namespace Benchmarks;

/// <summary>The files of the projects, as users write them: with the package, with a game added by hand, or with neither.</summary>
internal static class ProjectFiles
{
    /// <summary>What a user adds to a project so that the package downloads the game.</summary>
    public const string Package = """
          <PropertyGroup>
            <PlayCanvasProjectId>1234567</PlayCanvasProjectId>
            <PlayCanvasScenes>Main;*</PlayCanvasScenes>
            <PlayCanvasDownloadOnBuild>true</PlayCanvasDownloadOnBuild>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="PlayCanvas.Build" Version="0.1.0" PrivateAssets="all" />
          </ItemGroup>
        """;

    public static IEnumerable<(string Path, string Content)> Web(string xml = "") =>
    [
        ("Site.csproj", Make("Microsoft.NET.Sdk.Web", xml)),
        ("Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapStaticAssets();
            app.MapGet("/", () => "Hello World!");
            app.Run();
            """),
    ];

    public static IEnumerable<(string Path, string Content)> Console(string xml = "") =>
    [
        ("Desk.csproj", Make("Microsoft.NET.Sdk", xml)),
        ("Program.cs", """Console.WriteLine("Hello World!");"""),
    ];

    /// <summary>The Blazor WebAssembly app of the samples.</summary>
    public static IEnumerable<(string Path, string Content)> WebAssembly(string xml = "") => Sample("BlazorWasmGame", xml);

    /// <summary>The Razor class library of the samples.</summary>
    public static IEnumerable<(string Path, string Content)> Library(string xml = "") => Sample("GameLibrary", xml);

    /// <summary>Returns the files of a sample. Instead of its settings for the package, its project file contains what the caller gives.</summary>
    private static IEnumerable<(string Path, string Content)> Sample(string name, string xml)
    {
        var folder = Repository.PathOf("samples/" + name);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(folder, file);
            if (path.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
                yield return (path, path == name + ".csproj" ? WithoutPackage(file, xml) : File.ReadAllText(file));
        }
    }

    private static string WithoutPackage(string projectFile, string xml)
    {
        var project = XElement.Load(projectFile);
        project.Descendants().Where(element => element.Name.LocalName.StartsWith("PlayCanvas", StringComparison.Ordinal) || (string?)element.Attribute("Include") == "PlayCanvas.Build").Remove();
        return project.ToString().Replace("</Project>", $"{xml}\n</Project>", StringComparison.Ordinal);
    }

    private static string Make(string sdk, string xml) => $"""
        <Project Sdk="{sdk}">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
        {xml}
        </Project>
        """;
}
