// Shows the whole workflow, from an empty folder to a game in the browser: packs PlayCanvas.Build, starts a local PlayCanvas API, builds and publishes
// a copy of samples/WebGame with the package, builds a second copy without a request, lists the published apps, and serves the site.

using PlayCanvas.Sandbox;
using QuickStart;
using Spectre.Console;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    await RunAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (StepFailedException failure)
{
    AnsiConsole.MarkupLineInterpolated($"[red]{failure.Message}[/]");
    return 1;
}

static async Task RunAsync(CancellationToken cancellationToken)
{
    var repository = Repository.Find();
    await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { JobDuration = TimeSpan.FromSeconds(2) });
    var steps = new Steps(repository, sandbox, cancellationToken);

    AnsiConsole.Write(new Rule("[bold]PlayCanvas.Build quick start[/]").LeftJustified());
    AnsiConsole.MarkupLineInterpolated($"A local PlayCanvas API is running at [blue]{sandbox.ApiUrl}[/] ({(sandbox.Engine.IsReal ? "with the real engine, from npm" : "with a stand-in engine, because npm was not available")}).");

    await steps.PackAsync();
    await steps.DotnetAsync("The first build downloads the game", "build");
    await steps.DotnetAsync("The second build sends no requests", "build", "--no-restore");
    await steps.BuildSecondCheckoutAsync();
    await steps.DotnetAsync("A publish creates a new version of the app", "publish");
    await steps.DotnetAsync("List the published apps", "build", "--no-restore", "-t:PlayCanvasListApps");
    await using var site = await steps.ServeAsync();

    AnsiConsole.Write(new Rule("[bold]Open in a browser[/]").LeftJustified());
    AnsiConsole.MarkupLineInterpolated($"  the site          [link]{site.Url}[/]");
    AnsiConsole.MarkupLineInterpolated($"  its game          [link]{site.Url}game/[/]");
    AnsiConsole.MarkupLineInterpolated($"  the published app [link]{sandbox.World.Apps[^1].Url}[/]");
    if (Console.IsInputRedirected)
        return;

    AnsiConsole.MarkupLine("Press Ctrl+C to stop.");
    await Task.Delay(Timeout.Infinite, cancellationToken);
}
