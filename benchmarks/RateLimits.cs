using PlayCanvas.Sandbox;

namespace Benchmarks;

/// <summary>
/// How long parallel builds of different projects take that share a token and its limit of a few exports in a window, against the least that
/// the limit allows. Time is that of the server's clock, from the first export that it was asked for to the last.
/// </summary>
internal static class RateLimits
{
    private const int Limit = 5;

    private static readonly int Builds = int.Parse(Environment.GetEnvironmentVariable("BENCHMARK_BUILDS") ?? "17");
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("BENCHMARK_WINDOW") ?? "30"));

    public static async Task<int> RunAsync()
    {
        await using var bench = await Workbench.CreateAsync(gameSize: 0, gameFiles: 0);
        var projects = new List<string>();
        for (var number = 1; number <= Builds; number++)
        {
            projects.Add(bench.AddProject($"desk{number}", ($"desk{number}.csproj", Project)));
            await bench.DotnetAsync(projects[^1], "restore");
        }

        (bench.Sandbox.Options.StrictLimit, bench.Sandbox.Options.RateLimitWindow) = (Limit, Window);
        await Task.WhenAll(projects.Select(project => bench.DotnetAsync(project, "msbuild", "-t:PlayCanvasDownloadApp")));

        return Report(bench.Sandbox.Requests.Of("POST", "/api/apps/download"));
    }

    private static int Report(IReadOnlyList<RecordedRequest> requests)
    {
        var windows = (Builds + Limit - 1) / Limit;
        var least = Window * (windows - 1);
        var most = (least * 1.05) + TimeSpan.FromSeconds(windows - 1);
        var took = requests.Max(request => request.Time) - requests.Min(request => request.Time);
        var refusals = requests.Count(request => request.Status == 429);
        Console.WriteLine($"{Builds} builds at once, each of which asks for an export; {Limit} in a window of {Window.TotalSeconds} s, so {windows} windows");
        Console.WriteLine();
        Console.WriteLine("| | seconds |");
        Console.WriteLine("| --- | ---: |");
        Console.WriteLine($"| the least that the limit allows | {least.TotalSeconds:0.0} |");
        Console.WriteLine($"| at most (5 % more, and 1 s for each wait) | {most.TotalSeconds:0.0} |");
        Console.WriteLine($"| took | {took.TotalSeconds:0.0} |");
        Console.WriteLine();
        Console.WriteLine($"{requests.Count} requests, {refusals} of them refused (at most 1)");
        return took <= most && refusals <= 1 && requests.Count - refusals == Builds ? 0 : 1;
    }

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <PlayCanvasProjectId>1234567</PlayCanvasProjectId>
            <PlayCanvasScenes>Main;*</PlayCanvasScenes>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="PlayCanvas.Build" Version="0.1.0" PrivateAssets="all" />
          </ItemGroup>
        </Project>
        """;
}
