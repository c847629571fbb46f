using System.Security.Cryptography;
using System.Text.Json;

namespace Benchmarks;

/// <summary>
/// Compares a published site that serves a game of 3,000 files with the same site without the package, which serves the same files with
/// <c>UseStaticFiles</c>: requests per second, start-up and memory. The start is also compared with a site without the files: ASP.NET Core watches
/// each folder below the site's own for changes of its configuration, which takes most of what a game adds to the start.
/// </summary>
internal static class ServingBenchmark
{
    private const int GameFiles = 3_000;
    private const int SmallFile = 10_000;
    private const int LargeFile = 2_500_000;

    private const string Ours = "the game, served by the package";
    private const string Plain = "UseStaticFiles, without the package";

    private const string Empty = "a site without the files";
    private const string Unwatched = ", which does not watch its configuration";

    private const string Program =
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseStaticFiles();
        app.MapGet("/", () => Results.Bytes("home"u8.ToArray()));
        app.MapGet("/about", () => Results.Bytes("about"u8.ToArray()));
        app.Run();
        """;

    private static readonly (string Name, int Length)[] Files = [("small.json", SmallFile), ("large.js", LargeFile)];

    public static async Task RunAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("playcanvas-benchmark-");
        try
        {
            var ours = await PublishAsync(Path.Combine(folder.FullName, "ours"), hasPackage: true, hasFiles: true);
            var plain = await PublishAsync(Path.Combine(folder.FullName, "plain"), hasPackage: false, hasFiles: true);
            var empty = await PublishAsync(Path.Combine(folder.FullName, "empty"), hasPackage: false, hasFiles: false);
            await CompareThroughputAsync(report, ours, plain);
            await CompareStartsAsync(report, ours, plain, empty);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareThroughputAsync(Report report, string ours, string plain)
    {
        await using var ourSite = await ServingSite.StartAsync(ours, "/about");
        await using var plainSite = await ServingSite.StartAsync(plain, "/about");
        var (rows, targets) = (new List<string[]>(), new List<Target>());
        foreach (var (name, length) in Files)
        {
            // The runtime compiles what runs often once more.
            await ourSite.MeasureAsync($"/game/{name}");
            await plainSite.MeasureAsync($"/game/{name}");
            var measured = await Rounds.AlternateAsync(
                Rounds.Count,
                (Ours, () => ourSite.MeasureAsync($"/game/{name}")),
                (Plain, () => plainSite.MeasureAsync($"/game/{name}")));
            foreach (var (contender, rounds) in measured)
                rows.Add([$"{contender}, {length:#,0} bytes", $"{rounds.Median(round => round.PerSecond):0}", $"{rounds.Median(round => round.Microseconds):0.0} µs"]);
            targets.Add(Target.Ratio(
                $"{length:#,0} bytes: requests per second, UseStaticFiles / ours",
                Ratio(measured[Plain], measured[Ours], round => round.PerSecond),
                1 / 0.9));
        }

        report.Add($"The same files, uncompressed, over {ServingSite.Connections} connections, medians of {Rounds.Count} alternating rounds:");
        report.AddTable(["", "requests per second", "processor time of the site per request"], rows);
        report.AddTargets([.. targets]);
    }

    private static async Task CompareStartsAsync(Report report, string ours, string plain, string empty)
    {
        var starts = await Rounds.AlternateAsync(
            Rounds.Count,
            (Ours, () => ServingSite.MeasureStartAsync(ours, watchesConfiguration: true, "/about", "/game/small.json")),
            (Plain, () => ServingSite.MeasureStartAsync(plain, watchesConfiguration: true, "/about", "/game/small.json")),
            (Empty, () => ServingSite.MeasureStartAsync(empty, watchesConfiguration: true, "/about", "/")),
            (Ours + Unwatched, () => ServingSite.MeasureStartAsync(ours, watchesConfiguration: false, "/about", "/game/small.json")),
            (Empty + Unwatched, () => ServingSite.MeasureStartAsync(empty, watchesConfiguration: false, "/about", "/")));
        report.Add($"The start of the site, with a game of {GameFiles:#,0} files, and its memory after a request for a file of the game:");
        report.AddTable(
            ["", "seconds to the first response", "memory"],
            starts.Select(start => new[] { start.Key, $"{start.Value.Median(one => one.Seconds):0.000} s", $"{start.Value.Median(one => one.Memory) / 1e6:0.0} MB" }));
        report.AddTargets(
            Target.Ratio("start-up, ours / without the package", Ratio(starts[Ours], starts[Plain], start => start.Seconds), 1.05),
            Target.Ratio("memory, ours / without the package", Ratio(starts[Ours], starts[Plain], start => start.Memory), 1.05),
            Target.Ratio("start-up, ours / without the files", Ratio(starts[Ours], starts[Empty], start => start.Seconds), 1.05),
            Target.Ratio("memory, ours / without the files", Ratio(starts[Ours], starts[Empty], start => start.Memory), 1.05),
            Target.Ratio("start-up, ours / without the files, neither watches", Ratio(starts[Ours + Unwatched], starts[Empty + Unwatched], start => start.Seconds), 1.05),
            Target.Ratio("memory, ours / without the files, neither watches", Ratio(starts[Ours + Unwatched], starts[Empty + Unwatched], start => start.Memory), 1.05));
    }

    /// <summary>Returns the median of the ratios of each round: what the machine does besides affects both contenders of a round alike.</summary>
    private static double Ratio<T>(List<T> ours, List<T> other, Func<T, double> select) => ours.Zip(other, (one, two) => select(one) / select(two)).Median();

    /// <summary>Publishes a site. Returns its folder.</summary>
    private static async Task<string> PublishAsync(string folder, bool hasPackage, bool hasFiles)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Program);
        await File.WriteAllTextAsync(Path.Combine(folder, "Site.csproj"), ProjectText(hasPackage));
        var output = Path.Combine(folder, "out");
        await Command.RunAsync(folder, "dotnet", "publish", "-o", output);

        Directory.CreateDirectory(Path.Combine(output, "wwwroot"));
        if (!hasFiles)
            return output;
        var game = Path.Combine(output, "wwwroot", "game");
        var files = new List<object[]>();
        foreach (var (name, length) in Files)
            files.Add(await WriteAsync(game, name, length));
        for (var number = 0; number < GameFiles - Files.Length; number++)
            files.Add(await WriteAsync(game, $"files/assets/{number}/1/asset-{number}.json", SmallFile / 10));
        if (!hasPackage)
            return output;
        await WriteJsonAsync(Path.Combine(output, "playcanvas", "game.json"), new { manifestVersion = 1, contentId = new string('0', 64), sharedMemory = false, files });
        await WriteJsonAsync(Path.Combine(output, "playcanvas.json"), new
        {
            version = 1,
            games = new[] { new { path = "game", directory = "wwwroot/game/", manifest = "playcanvas/game.json", contentId = new string('0', 64) } },
        });
        return output;
    }

    private static string ProjectText(bool hasPackage) =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup Condition="{hasPackage}">
            <Reference Include="PlayCanvas.Hosting" HintPath="{Path.Combine(AppContext.BaseDirectory, "PlayCanvas.Hosting.dll")}" />
            <AssemblyAttribute Include="Microsoft.AspNetCore.Hosting.HostingStartupAttribute">
              <_Parameter1>typeof(Microsoft.AspNetCore.Hosting.PlayCanvasGameHosting)</_Parameter1>
              <_Parameter1_IsLiteral>true</_Parameter1_IsLiteral>
            </AssemblyAttribute>
          </ItemGroup>
        </Project>
        """;

    /// <summary>Writes a file of text. Returns its line in the manifest.</summary>
    private static async Task<object[]> WriteAsync(string folder, string name, int length)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var content = new byte[length];
        Array.Fill(content, (byte)'x');
        await File.WriteAllBytesAsync(path, content);
        return [name, length, Convert.ToHexStringLower(SHA256.HashData(content)), "0".PadLeft(32, '0'), 0];
    }

    private static Task WriteJsonAsync(string path, object value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllTextAsync(path, JsonSerializer.Serialize(value));
    }
}
