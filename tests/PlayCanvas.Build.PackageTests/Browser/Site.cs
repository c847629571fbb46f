using System.Text;
using System.Text.RegularExpressions;
using CliWrap;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>A site in its own process, on a free port of this machine.</summary>
internal sealed partial class Site : IAsyncDisposable
{
    /// <summary>A site that is built first takes minutes on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder output = new();
    private Task process = Task.CompletedTask;

    private Site()
    {
    }

    /// <summary>The address of the site, with a trailing slash.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Sends requests to the site without following redirects.</summary>
    public HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

    /// <summary>Starts the program that is published in a folder.</summary>
    public static Task<Site> StartPublishedAsync(string folder, string name, IReadOnlyDictionary<string, string?> variables, params string[] arguments) =>
        StartAsync(folder, variables, [$"{name}.dll", .. arguments]);

    /// <param name="folder">The working directory.</param>
    /// <param name="variables">Environment variables in addition to those that <c>dotnet</c> needs.</param>
    /// <param name="arguments">The arguments of <c>dotnet</c>.</param>
    public static Task<Site> StartAsync(string folder, IReadOnlyDictionary<string, string?> variables, params string[] arguments) =>
        StartAsync("dotnet", folder, variables, arguments);

    /// <summary>Starts a program that needs no <c>dotnet</c> command.</summary>
    public static Task<Site> StartProgramAsync(string program, string folder, IReadOnlyDictionary<string, string?> variables) => StartAsync(program, folder, variables, []);

    private static async Task<Site> StartAsync(string program, string folder, IReadOnlyDictionary<string, string?> variables, string[] arguments)
    {
        var site = new Site();
        try
        {
            await site.RunAsync(program, folder, new Dictionary<string, string?>(variables) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" }, arguments);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(Url, path));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await process;
        }
        catch (OperationCanceledException)
        {
        }

        Client.Dispose();
        stop.Dispose();
    }

    private async Task RunAsync(string program, string folder, IReadOnlyDictionary<string, string?> variables, string[] arguments)
    {
        process = DotnetCli.Prepare(folder, variables, arguments)
            .WithTargetFile(program)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Read))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Read))
            .ExecuteAsync(stop.Token);
        using var patience = new CancellationTokenSource(Patience);
        var first = await Task.WhenAny(listening.Task, process, Task.Delay(Timeout.Infinite, patience.Token));
        if (first != listening.Task)
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not start to listen:\n{output}");

        Url = await listening.Task;
    }

    private void Read(string line)
    {
        lock (output)
            output.AppendLine(line);
        if (ListeningLine().Match(line) is { Success: true } match)
            listening.TrySetResult(new Uri(match.Groups[1].Value + "/"));
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex ListeningLine();
}
