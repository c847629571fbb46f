namespace Benchmarks;

/// <summary>
/// What a game of 50 MB in 900 files adds to <c>dotnet publish</c> of a site: as content under wwwroot/ with the SDK's defaults, and brought by the
/// package. Each round publishes a clean checkout whose game is there already, so that no download is timed.
/// </summary>
internal static class PublishTime
{
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("BENCHMARK_ROUNDS") ?? "7");
    private const long GameSize = 50_000_000;
    private const int GameFiles = 900;

    private static readonly string[] OutputFolders = ["bin", "obj"];

    private const string Program = """
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapStaticAssets();
        app.MapGet("/", () => "Hello World!");
        app.Run();
        """;

    public static async Task<int> RunAsync()
    {
        await using var bench = await Workbench.CreateAsync(GameSize, GameFiles);
        var ours = bench.AddProject("ours", ("ours.csproj", Project("""
            <PlayCanvasProjectId>1234567</PlayCanvasProjectId>
            <PlayCanvasScenes>Main;*</PlayCanvasScenes>
            <PlayCanvasDownloadOnBuild>true</PlayCanvasDownloadOnBuild>
            """, """<PackageReference Include="PlayCanvas.Build" Version="0.1.0" PrivateAssets="all" />""")), ("Program.cs", Program));
        var defaults = bench.AddProject("defaults", ("defaults.csproj", Project("", "")), ("Program.cs", Program));
        var empty = bench.AddProject("empty", ("empty.csproj", Project("", "")), ("Program.cs", Program));

        await bench.DotnetAsync(ours, "build", "-c", "Release");
        CopyGame(Path.Combine(ours, "wwwroot"), Path.Combine(defaults, "wwwroot"));

        var times = new Dictionary<string, List<double>> { [empty] = [], [defaults] = [], [ours] = [] };
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (project, measured) in times)
            {
                Clean(project);
                await bench.DotnetAsync(project, "restore");
                measured.Add((await bench.DotnetAsync(project, "publish", "--no-restore")).TotalSeconds);
            }
        }

        Report(times, empty, defaults, ours);
        return 0;
    }

    private static void Report(Dictionary<string, List<double>> times, string empty, string defaults, string ours)
    {
        var none = Statistics.Median(times[empty]);
        Console.WriteLine($"dotnet publish of a clean site, game of {GameSize / 1_000_000} MB in {GameFiles} files, median of {Rounds} alternating rounds");
        Console.WriteLine();
        Console.WriteLine("| site | seconds | the game's own share | output |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var (project, name) in new[] { (empty, "no game"), (defaults, "game as content, SDK defaults"), (ours, "game by the package") })
        {
            var median = Statistics.Median(times[project]);
            Console.WriteLine($"| {name} | {median:0.00} | {median - none:0.00} | {SizeOf(Path.Combine(project, "bin", "Release", "net10.0", "publish")) / 1e6:0.0} MB |");
        }

        var ratio = (Statistics.Median(times[ours]) - none) / (Statistics.Median(times[defaults]) - none);
        Console.WriteLine();
        Console.WriteLine($"The game's own share against the SDK's defaults: {ratio:0.00} (at most 0.33)");
    }

    private static string Project(string properties, string references) => $"""
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            {properties}
          </PropertyGroup>
          <ItemGroup>{references}</ItemGroup>
        </Project>
        """;

    private static void Clean(string project)
    {
        foreach (var folder in OutputFolders.Select(name => Path.Combine(project, name)).Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    private static void CopyGame(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(from, file);
            if (path.Contains(".playcanvas", StringComparison.Ordinal) || path.EndsWith(".gitignore", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(to, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static long SizeOf(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
