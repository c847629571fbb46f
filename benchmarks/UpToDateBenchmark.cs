namespace Benchmarks;

/// <summary>
/// Measures the time in the package's own targets in an up-to-date <c>dotnet build</c> with a game of 3,000 files, for each kind of project, and
/// compares it with the first edition of the package. Also measures <c>dotnet restore</c>.
/// </summary>
internal static class UpToDateBenchmark
{
    private const long GameSize = 50_000_000;
    private const int GameFiles = 3_000;

    /// <summary>The last commit at which the package copied games into the project.</summary>
    private const string FirstEdition = "910f9cb";

    private const string Ours = "the package";
    private const string Before = "its first edition";
    private const string Empty = "no game";

    // Tasks of the SDK that the package's targets call. For files that are added by hand, the SDK calls them itself.
    private static readonly string[] WorkOfTheSdk = ["DefineStaticWebAssets", "DefineStaticWebAssetEndpoints"];

    private static readonly (string Name, Func<string, IEnumerable<(string, string)>> Files)[] Kinds =
    [
        ("site", ProjectFiles.Web),
        ("console", ProjectFiles.Console),
        ("WebAssembly", ProjectFiles.WebAssembly),
        ("Razor class library", ProjectFiles.Library),
    ];

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        var firstEdition = await bench.PackAsync(FirstEdition);
        var sandbox = await bench.StartSandboxAsync(GameSize, GameFiles);
        var (rows, targets, steps) = (new List<string[]>(), new List<Target>(), new List<BuildStep>());
        foreach (var (name, files) in Kinds)
        {
            var ours = bench.AddProject($"{name}-ours", files(ProjectFiles.Package), sandbox);
            var before = bench.AddProject($"{name}-before", files(ProjectFiles.Package), sandbox, firstEdition);
            await PrepareAsync(ours, before);
            var builds = await Rounds.AlternateAsync(
                Rounds.Count, (Ours, () => ours.ProfileAsync("build", "--no-restore")), (Before, () => before.ProfileAsync("build", "--no-restore")));

            var (now, then) = (builds[Ours].Median(OwnTime), builds[Before].Median(OwnTime));
            rows.Add([name, $"{now:0.0} ms", $"{then:0.0} ms", $"{now / then:0.00}"]);
            targets.Add(name == "site" ? Target.Milliseconds($"{name}: the package's own targets", now, 15) : Target.Ratio($"{name}: {Ours} / {Before}", now / then, 0.6));
            steps.AddRange(builds[Ours].SelectMany(build => build.Where(IsOwn)).GroupBy(step => step.Name)
                .Select(group => BuildStep.MedianOf([.. group]))
                .OrderByDescending(step => step.Elapsed)
                .Take(3)
                .Select(step => step with { Name = $"{name}: `{step.Name}`" }));
        }

        report.Add($"The package's own targets in `dotnet build` when nothing changed, {GameFiles} files, medians of {Rounds.Count} alternating rounds:");
        report.AddTable(["project", Ours, Before, "ratio"], rows);
        report.AddTargets([.. targets]);
        report.Add("The steps that take the most time:");
        report.AddTable(
            ["target, task", "milliseconds", "of which garbage collection pauses"],
            steps.Select(step => new[] { step.Name, $"{step.Elapsed:0.0}", $"{step.Pauses:0.0}" }));
        await CompareRestoresAsync(report, bench, sandbox, firstEdition);
    }

    private static async Task CompareRestoresAsync(Report report, Workbench bench, SandboxProcess sandbox, PackedPackage firstEdition)
    {
        var ours = bench.AddProject("restore-ours", ProjectFiles.Web(ProjectFiles.Package), sandbox);
        var before = bench.AddProject("restore-before", ProjectFiles.Web(ProjectFiles.Package), sandbox, firstEdition);
        var empty = bench.AddProject("restore-empty", ProjectFiles.Web());
        await PrepareAsync(ours, before, empty);
        var seconds = await Rounds.AlternateAsync(
            Rounds.Count,
            (Ours, () => ours.SecondsOfAsync("restore")),
            (Before, () => before.SecondsOfAsync("restore")),
            (Empty, () => empty.SecondsOfAsync("restore")));

        report.Add($"`dotnet restore` of a site with a game of {GameFiles} files, medians of {Rounds.Count} alternating rounds:");
        report.AddTable(["site", "time", "/ no game"], seconds.Select(site => new[] { site.Key, $"{site.Value.Median():0.00} s", $"{site.Value.Median() / seconds[Empty].Median():0.00}" }));
        report.AddTargets(Target.Ratio($"restore: {Ours} / {Empty}", seconds[Ours].Median() / seconds[Empty].Median(), 1.10));
    }

    /// <summary>The second build finishes what the first one has begun.</summary>
    private static async Task PrepareAsync(params Project[] projects)
    {
        foreach (var project in projects)
        {
            await project.DotnetAsync("build");
            await project.DotnetAsync("build");
        }
    }

    private static double OwnTime(IEnumerable<BuildStep> steps) => steps.Where(IsOwn).Sum(step => step.Elapsed);

    private static bool IsOwn(BuildStep step) =>
        step.Name.TrimStart('_').StartsWith("PlayCanvas", StringComparison.Ordinal) && !WorkOfTheSdk.Contains(step.Name.Split(" > ")[^1]);
}
