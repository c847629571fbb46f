namespace Benchmarks;

/// <summary>
/// Measures how a branch of 1,000 MB in 3,000 files is archived, from the first request to the storage until the zip file is verified and has its name: by
/// the package, and by curl and <c>unzip -t</c>, which verifies the checksums of the entries too.
/// </summary>
internal static class ArchiveBenchmark
{
    private const long GameSize = 1_000_000_000;
    private const int GameFiles = 3_000;

    private const string Ours = "the package, in `dotnet build`";
    private const string Curl = "curl + unzip -t";

    /// <summary>The description of the archive, which is written last. Its name contains a digest of the id that the main branch has in the sandbox.</summary>
    private const string Description = "artifacts/playcanvas-archives/1234567-main-41788214.json";

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        var sandbox = await bench.StartSandboxAsync(GameSize, GameFiles);
        var project = bench.AddProject("ours", ProjectFiles.Console(ProjectFiles.Package), sandbox);
        await project.DotnetAsync("restore");
        var url = await sandbox.ArchiveAsync();

        var costs = await Rounds.AlternateAsync(Rounds.AtMost(5), (Ours, () => ArchiveAsync(project, sandbox)), (Curl, () => CurlAsync(bench, sandbox, url)));

        var seconds = costs[Ours].Median(cost => cost.Seconds);
        report.Add($"The archive of a branch of {GameSize / 1_000_000:#,0} MB in {GameFiles} files, medians of alternating rounds:");
        report.AddTable(
            ["way", "rounds", "first storage request to verified", "bytes", "peak memory", "ours / this"],
            costs.Select(cost => new[]
            {
                cost.Key,
                $"{cost.Value.Count}",
                $"{cost.Value.Median(one => one.Seconds):0.00} s",
                $"{cost.Value.Median(one => one.Bytes):#,0}",
                $"{cost.Value.Median(one => one.Command.PeakMemory) / 1e6:0} MB",
                $"{seconds / cost.Value.Median(one => one.Seconds):0.00}",
            }));
        report.AddTargets(Target.Ratio($"ours / {Curl}", seconds / costs[Curl].Median(cost => cost.Seconds), 1.00));
    }

    private static Task<InstallCost> ArchiveAsync(Project project, SandboxProcess sandbox)
    {
        project.Remove("artifacts");
        return InstallCost.MeasureAsync(sandbox, () => project.DotnetAsync("build", "--no-restore", "-t:PlayCanvasArchiveProject"), project.PathOf(Description));
    }

    private static Task<InstallCost> CurlAsync(Workbench bench, SandboxProcess sandbox, Uri url) => InstallCost.MeasureAsync(
        sandbox, () => Command.RunAsync(bench.EmptyFolder("curl"), "sh", "-c", "curl -sSf -o archive.zip \"$0\" && unzip -tqq archive.zip", url.AbsoluteUri));
}
