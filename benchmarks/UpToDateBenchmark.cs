namespace Benchmarks;

/// <summary>
/// Measures an up-to-date <c>dotnet build</c> with a game of 3,000 files: from the package, with the same files added by hand, and without a game. Also
/// measures the time in the package's own targets.
/// </summary>
internal static class UpToDateBenchmark
{
    private const long GameSize = 50_000_000;
    private const int GameFiles = 3_000;
    private const double OwnShare = 0.060;

    private const string Ours = "game from the package";
    private const string ByHand = "the same files, added by hand";
    private const string Empty = "no game";

    // Tasks of the SDK that the package's targets call. For files that are added by hand, the SDK calls them itself.
    private static readonly string[] WorkOfTheSdk = ["DefineStaticWebAssets", "DefineStaticWebAssetEndpoints"];

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        var sandbox = await bench.StartSandboxAsync(GameSize, GameFiles);
        report.Add($"`dotnet build` when nothing changed, {GameFiles} files, medians of {Rounds.Count} alternating rounds:");
        await MeasureAsync(report, "web", await ProjectTrio.WebAsync(bench, sandbox));
        await MeasureAsync(report, "console", await ProjectTrio.ConsoleAsync(bench, sandbox));
    }

    private static async Task MeasureAsync(Report report, string kind, ProjectTrio projects)
    {
        foreach (var project in projects.All)
        {
            await project.DotnetAsync("build");
            await project.DotnetAsync("build");
        }

        var whole = await AlternateAsync(projects, "build");
        var withoutRestore = await AlternateAsync(projects, "build", "--no-restore");
        var targets = await Rounds.AlternateAsync(Rounds.Count, (Ours, () => projects.Ours.ProfileAsync("build", "--no-restore")));

        report.AddTable(
            [$"{kind} project", "dotnet build", "with --no-restore", "difference from no game"],
            whole.Keys.Select(name => new[]
            {
                name, $"{whole[name].Median():0.000} s", $"{withoutRestore[name].Median():0.000} s", $"{whole[name].Median() - whole[Empty].Median():0.000} s",
            }));
        report.AddTargets(
            Target.Ratio($"{kind}: ours / by hand", whole[Ours].Median() / whole[ByHand].Median(), 1.05),
            Target.Seconds($"{kind}: in the package's own targets", targets[Ours].Median(OwnTime) / 1000, OwnShare));
        report.Add("The steps that take the most time:");
        report.AddTable(
            ["target, task", "milliseconds", "of which garbage collection pauses"],
            targets[Ours].SelectMany(build => build.Where(IsOwn)).GroupBy(step => step.Name)
                .Select(steps => BuildStep.MedianOf([.. steps]))
                .OrderByDescending(step => step.Elapsed)
                .Take(6)
                .Select(step => new[] { $"`{step.Name}`", $"{step.Elapsed:0.0}", $"{step.Pauses:0.0}" }));
    }

    private static Task<Dictionary<string, List<double>>> AlternateAsync(ProjectTrio projects, params string[] command) => Rounds.AlternateAsync(
        Rounds.Count,
        (Ours, () => projects.Ours.SecondsOfAsync(command)),
        (ByHand, () => projects.ByHand.SecondsOfAsync(command)),
        (Empty, () => projects.Empty.SecondsOfAsync(command)));

    private static double OwnTime(IEnumerable<BuildStep> steps) => steps.Where(IsOwn).Sum(step => step.Elapsed);

    private static bool IsOwn(BuildStep step) =>
        step.Name.TrimStart('_').StartsWith("PlayCanvas", StringComparison.Ordinal) && !WorkOfTheSdk.Contains(step.Name.Split(" > ")[^1]);
}
