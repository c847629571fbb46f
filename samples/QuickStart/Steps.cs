using System.Diagnostics;
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

    /// <summary>Packs the package into its own feed, after deleting everything that an earlier run created.</summary>
    public async Task PackAsync()
    {
        Delete(repository.Feed, repository.PackageCache, repository.PublishedSite);
        Delete(Path.Combine(repository.WebGame, "bin"), Path.Combine(repository.WebGame, "obj"), Path.Combine(repository.WebGame, "wwwroot", "game"));
        Start("Pack the package from its source");
        await RunAsync("pack", repository.Package, "-c", "Release", "-o", repository.Feed, "-v", "quiet", "-nologo");
        AnsiConsole.MarkupLineInterpolated($"  [green]{Path.GetFileName(Directory.GetFiles(repository.Feed).Single())}[/]");
    }

    /// <summary>Runs a <c>dotnet</c> command in samples/WebGame, as a developer of the site would.</summary>
    public async Task DotnetAsync(string title, string command, params string[] arguments)
    {
        Start(title);
        sandbox.Requests.Clear();
        AnsiConsole.MarkupLineInterpolated($"  [bold]$ dotnet {string.Join(' ', arguments.Where(argument => argument != "--no-restore").Prepend(command))}[/]");
        var output = command == "publish" ? new[] { "-o", repository.PublishedSite } : [];
        var watch = Stopwatch.StartNew();
        await RunAsync([command, repository.WebGame, .. arguments, .. output, "-tl:off", "-nologo", $"-p:PlayCanvasApiUrl={sandbox.ApiUrl}", $"-p:RestoreSources={repository.Feed}"]);

        var requests = sandbox.Requests.ToList();
        AnsiConsole.MarkupLineInterpolated($"  [grey]{watch.Elapsed.TotalSeconds:0.0} s, {requests.Count} requests[/]");
        foreach (var group in requests.GroupBy(request => $"{request.Method} {request.Path}"))
            AnsiConsole.MarkupLineInterpolated($"  [grey]  {group.Key}{(group.Count() > 1 ? $"  x{group.Count()}" : "")}[/]");
    }

    /// <summary>Starts the published site and requests files of the game from it.</summary>
    public async Task<Site> ServeAsync()
    {
        Start("Serve the published site");
        var site = await Site.StartAsync(repository.PublishedSite, cancellationToken);
        foreach (var path in new[] { "game", "game/", "game/config.json", "game/playcanvas-stable.min.js" })
            AnsiConsole.MarkupLineInterpolated($"  {await site.GetAsync(path)}");
        return site;
    }

    private static void Delete(params string[] folders)
    {
        foreach (var folder in folders.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    private void Start(string title)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated($"[bold]{++number}. {title}[/]");
    }

    private async Task RunAsync(params string[] arguments)
    {
        var result = await Cli.Wrap("dotnet")
            .WithArguments(arguments)
            .WithWorkingDirectory(repository.WebGame)
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
