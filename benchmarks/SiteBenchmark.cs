namespace Benchmarks;

/// <summary>Compares builds and publishes of a site with a game with those of the same site without a game.</summary>
internal static class SiteBenchmark
{
    private const long GameSize = 50_000_000;
    private const int GameFiles = 3_000;
    private const int FilesOfEmptyFolder = 900;

    private const string Game = "game from the package";
    private const string ByHand = "the same files in wwwroot/, added by hand";
    private const string Empty = "no game";
    private const string UpdateOneFile = "game from the package, one file changed: `dotnet build -p:PlayCanvasUpdate=true`";

    public static async Task RunAsync(Report report)
    {
        await using var bench = await Workbench.CreateAsync();
        var sandbox = await bench.StartSandboxAsync(GameSize, GameFiles);
        var game = bench.AddProject("game", ProjectFiles.Web(ProjectFiles.Package), sandbox);
        var empty = bench.AddProject("empty", ProjectFiles.Web());
        await PrepareAsync(["build"], game, empty);
        await CompareBuildsAsync(report, sandbox, game, empty);
        await ComparePublishesAsync(report, game, empty);
        await CompareWithFilesAddedByHandAsync(report, bench, game, empty);
        await ComparePublishesIntoEmptyFolderAsync(report, bench);
    }

    private static async Task CompareBuildsAsync(Report report, SandboxProcess sandbox, Project game, Project empty)
    {
        var seconds = await Rounds.AlternateAsync(Rounds.Count, (Empty, () => empty.SecondsOfAsync("build")), (Game, () => game.SecondsOfAsync("build")));
        // After the others, since each update leaves the folder of the content before the last one to be removed by the next update.
        var updates = await Rounds.AlternateAsync(
            Rounds.Count, (Empty, () => empty.SecondsOfAsync("build")), (UpdateOneFile, () => UpdateAsync(sandbox, game)));

        report.Add($"`dotnet build` when nothing changed, {GameSize / 1_000_000} MB in {GameFiles} files, medians of {Rounds.Count} alternating rounds:");
        AddTable(report, seconds);
        report.AddTargets(Target.Ratio($"build: {Game} / {Empty}", RatioOf(seconds, Game), 1.10));
        report.Add("The same, with an update. The time from the request for the export until the service's job is complete is taken out:");
        AddTable(report, updates);
        report.AddTargets(Target.Ratio($"update of one file / {Empty}", RatioOf(updates, UpdateOneFile), 1.35));
    }

    private static async Task ComparePublishesAsync(Report report, Project game, Project empty)
    {
        await PrepareAsync(["publish"], game, empty);
        var seconds = await Rounds.AlternateAsync(Rounds.Count, (Empty, () => empty.SecondsOfAsync("publish")), (Game, () => game.SecondsOfAsync("publish")));

        report.Add($"`dotnet publish` when nothing changed, {GameSize / 1_000_000} MB in {GameFiles} files, medians of {Rounds.Count} alternating rounds:");
        AddTable(report, seconds);
        report.AddTargets(Target.Ratio($"publish: {Game} / {Empty}", RatioOf(seconds, Game), 1.20));
    }

    private static async Task CompareWithFilesAddedByHandAsync(Report report, Workbench bench, Project game, Project empty)
    {
        var rounds = Rounds.AtMost(3);
        var byHand = bench.AddProject("by-hand", ProjectFiles.Web());
        byHand.CopyGameFrom(game, "wwwroot/game");
        await PrepareAsync(["build"], byHand);
        await PrepareAsync(["publish"], byHand);
        foreach (var command in (string[])["build", "publish"])
        {
            var seconds = await Rounds.AlternateAsync(
                rounds, (Empty, () => empty.SecondsOfAsync(command)), (Game, () => game.SecondsOfAsync(command)), (ByHand, () => byHand.SecondsOfAsync(command)));
            report.Add($"`dotnet {command}` when nothing changed, with the SDK's own way of serving the files, medians of {rounds} alternating rounds:");
            AddTable(report, seconds);
        }
    }

    private static async Task ComparePublishesIntoEmptyFolderAsync(Report report, Workbench bench)
    {
        var sandbox = await bench.StartSandboxAsync(GameSize, FilesOfEmptyFolder);
        var game = bench.AddProject("fewer-files", ProjectFiles.Web(ProjectFiles.Package), sandbox);
        var empty = bench.AddProject("no-files", ProjectFiles.Web());
        await PrepareAsync(["publish"], game, empty);
        var seconds = await Rounds.AlternateAsync(Rounds.Count, (Empty, () => PublishAsync(empty)), (Game, () => PublishAsync(game)));

        report.Add($"`dotnet publish` into an empty folder, {GameSize / 1_000_000} MB in {FilesOfEmptyFolder} files that were compressed before, medians of {Rounds.Count} alternating rounds:");
        AddTable(report, seconds);
        report.AddTargets(Target.Ratio($"publish into an empty folder: {Game} / {Empty}", RatioOf(seconds, Game), 1.35));

        Task<double> PublishAsync(Project site) => site.SecondsOfAsync("publish", "-o", bench.EmptyFolder(Path.GetFileName(site.Folder) + "-published"));
    }

    /// <summary>Measures an update of one file without the time of the service's job: from the request for the export to the last poll.</summary>
    private static async Task<double> UpdateAsync(SandboxProcess sandbox, Project game)
    {
        await sandbox.ChangeOneFileAsync();
        await sandbox.TakeRequestsAsync();
        var seconds = await game.SecondsOfAsync("build", "-p:PlayCanvasUpdate=true");
        var requests = await sandbox.TakeRequestsAsync();
        var asked = requests.Single(request => request is { Method: "POST", Path: "/api/apps/download" });
        var completed = requests.Last(request => request.Path.StartsWith("/api/jobs/", StringComparison.Ordinal));
        return seconds - (completed.Time - asked.Time).TotalSeconds;
    }

    /// <summary>The second run finishes what the first one has begun.</summary>
    private static async Task PrepareAsync(string[] command, params Project[] projects)
    {
        foreach (var project in projects)
        {
            await project.DotnetAsync(command);
            await project.DotnetAsync(command);
        }
    }

    private static void AddTable(Report report, Dictionary<string, List<double>> seconds) => report.AddTable(
        ["site", "time", "/ no game"], seconds.Select(site => new[] { site.Key, $"{site.Value.Median():0.00} s", $"{RatioOf(seconds, site.Key):0.00}" }));

    private static double RatioOf(Dictionary<string, List<double>> seconds, string site) => seconds[site].Median() / seconds[Empty].Median();
}
