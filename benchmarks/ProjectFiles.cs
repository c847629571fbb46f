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

    /// <summary>What a user adds to a console project for existing files. A web project includes the files in wwwroot/ automatically.</summary>
    public const string ContentByHand = """
          <ItemGroup>
            <Content Include="game/**" CopyToOutputDirectory="PreserveNewest" />
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
