// The main job, from an empty folder to a game in the browser: packs PlayCanvas.Build, starts a local PlayCanvas API, builds and publishes
// samples/WebGame through the package, lists what is published, and serves the site.

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

    AnsiConsole.Write(new Rule("[bold]PlayCanvas.Build: the main job[/]").LeftJustified());
    AnsiConsole.MarkupLineInterpolated($"A local PlayCanvas API answers at [blue]{sandbox.ApiUrl}[/] (engine: {(sandbox.Engine.IsReal ? "the real one, from npm" : "a stand-in, since npm was not there")}).");

    await steps.PackAsync();
    await steps.DotnetAsync("A first build brings the game in", "build");
    await steps.DotnetAsync("A second build asks for nothing", "build", "--no-restore");
    await steps.DotnetAsync("A publish puts a new version out, once", "publish");
    await steps.DotnetAsync("What is published now", "build", "--no-restore", "-t:PlayCanvasListApps");
    await using var site = await steps.ServeAsync();

    AnsiConsole.Write(new Rule("[bold]To look at[/]").LeftJustified());
    AnsiConsole.MarkupLineInterpolated($"  the site          [link]{site.Url}[/]");
    AnsiConsole.MarkupLineInterpolated($"  its game          [link]{site.Url}game/[/]");
    AnsiConsole.MarkupLineInterpolated($"  the published app [link]{sandbox.World.Apps[^1].Url}[/]");
    if (Console.IsInputRedirected)
        return;

    AnsiConsole.MarkupLine("Ctrl+C ends it.");
    await Task.Delay(Timeout.Infinite, cancellationToken);
}
