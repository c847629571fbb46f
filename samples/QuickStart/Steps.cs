using System.Diagnostics;
using System.Text.Json.Nodes;
using CliWrap;
using PlayCanvas.Sandbox;
using Spectre.Console;

namespace QuickStart;

/// <summary>A step failed; its output was printed before.</summary>
internal sealed class StepFailedException(string message) : Exception(message);

/// <summary>Runs the steps one by one, and prints the output of each step and the requests that it sent to the API.</summary>
internal sealed class Steps(Repository repository, SandboxServer sandbox, CancellationToken cancellationToken)
{
    private int number;

    /// <summary>Packs the package into its own feed, after deleting everything that an earlier run created, and copies the site to build.</summary>
    public async Task PackAsync()
    {
        foreach (var folder in new[] { repository.Feed, repository.PackageCache, repository.PublishedSite, repository.Store })
            Delete(folder);
        Start("Pack the package from its source");
        await RunAsync(repository.Package, "pack", "-c", "Release", "-o", repository.Feed, "-v", "quiet", "-nologo");
        AnsiConsole.MarkupLineInterpolated($"  [green]{Path.GetFileName(Directory.GetFiles(repository.Feed).Single())}[/]");
        CheckOut(Path.Combine(repository.Samples, "WebGame"), repository.Checkout);
    }

    /// <summary>Runs a <c>dotnet</c> command in the site's folder, as a developer of the site would.</summary>
    public Task DotnetAsync(string title, string command, params string[] arguments)
    {
        Start(title);
        return DotnetInAsync(repository.Checkout, command, arguments);
    }

    /// <summary>Builds a second checkout of the site, which contains the lock file.</summary>
    public async Task BuildSecondCheckoutAsync()
    {
        Start("A second checkout gets the same game from the store: the lock file names it");
        CheckOut(repository.Checkout, repository.SecondCheckout);
        var requests = await DotnetInAsync(repository.SecondCheckout, "build");
        if (requests > 0)
            throw new StepFailedException("The second checkout sent requests.");
    }

    /// <summary>Starts the published site and requests files of the game from it, as a browser does.</summary>
    public async Task<Site> ServeAsync()
    {
        Start("Serve the published site, and request files as a browser does");
        var site = await Site.StartAsync(repository.PublishedSite, cancellationToken);
        var game = Path.Combine(repository.PublishedSite, "wwwroot", "game");
        var config = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(game, "config.json"), cancellationToken))!;
        var asset = config["assets"]!.AsObject().Select(asset => asset.Value!["file"]).First(file => file?["url"]?.ToString().EndsWith(".glb", StringComparison.Ordinal) == true)!;
        Show(Site.Heading);
        foreach (var path in new[] { "game", "game/", "game/config.json", "game/playcanvas-stable.min.js", $"game/{asset["url"]}?t={asset["hash"]}" })
            Show(await site.GetAsync(path));
        return site;
    }

    private async Task<int> DotnetInAsync(string folder, string command, params string[] arguments)
    {
        sandbox.Requests.Clear();
        AnsiConsole.MarkupLineInterpolated($"  [bold]$ dotnet {string.Join(' ', arguments.Where(argument => argument != "--no-restore").Prepend(command))}[/]");
        var output = command == "publish" ? new[] { "-o", repository.PublishedSite } : [];
        var watch = Stopwatch.StartNew();
        await RunAsync(
            folder,
            [command, .. arguments, .. output, "-tl:off", "-nologo", $"-p:PlayCanvasApiUrl={sandbox.ApiUrl}", $"-p:PlayCanvasStoreDirectory={repository.Store}", $"-p:RestoreSources={repository.Feed}"]);

        var requests = sandbox.Requests.ToList();
        AnsiConsole.MarkupLineInterpolated($"  [grey]{watch.Elapsed.TotalSeconds:0.0} s, {requests.Count} requests[/]");
        foreach (var group in requests.GroupBy(request => $"{request.Method} {request.Path}"))
            AnsiConsole.MarkupLineInterpolated($"  [grey]  {group.Key}{(group.Count() > 1 ? $"  x{group.Count()}" : "")}[/]");
        return requests.Count;
    }

    /// <summary>Copies what a repository contains of a project: its files, and those beside its folder that MSBuild reads for it.</summary>
    private static void CheckOut(string from, string to)
    {
        Delete(Path.GetDirectoryName(to)!);
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(from)!, "Directory.*"))
            File.Copy(file, Path.Combine(to, "..", Path.GetFileName(file)));
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private void Start(string title)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated($"[bold]{++number}. {title}[/]");
    }

    private async Task RunAsync(string folder, params string[] arguments)
    {
        var result = await Cli.Wrap("dotnet")
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables => variables
                .Set("NUGET_PACKAGES", repository.PackageCache)
                .Set("PLAYCANVAS_ACCESS_TOKEN", SandboxOptions.DefaultAccessToken))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Show))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Show))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellationToken);
        if (result.ExitCode != 0)
            throw new StepFailedException($"dotnet {arguments[0]} failed with exit code {result.ExitCode}.");
    }

    private static void Show(string line)
    {
        if (line.Trim().Length == 0)
            return;

        // Not with Spectre.Console, which wraps lines: a table's columns would break, and a terminal could not open the wrapped URLs.
        Console.WriteLine("    " + (line.StartsWith("  ", StringComparison.Ordinal) ? line[2..] : line));
    }
}
