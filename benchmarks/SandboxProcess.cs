using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CliWrap;
using PlayCanvas.Sandbox;

namespace Benchmarks;

/// <summary>A request from the sandbox's log.</summary>
internal sealed record LoggedRequest(DateTime Time, string Method, string Path, int Status, long Bytes)
{
    public bool IsOfStorage => Path.StartsWith("/exports/", StringComparison.Ordinal);

    public bool IsOfService => Path.StartsWith("/api/", StringComparison.Ordinal);
}

/// <summary>A sandbox in its own process, so that its memory and its work are not included in the measurements of the build.</summary>
internal sealed partial class SandboxProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>How long the process may take to end on its own. A process that a shell runs in the background ignores the signal that asks it to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource kill = new();
    private readonly TaskCompletionSource<Uri> started = new();
    private readonly ConcurrentQueue<LoggedRequest> log = new();
    private readonly HttpClient client = new();
    private readonly CommandTask<CommandResult> process;

    private SandboxProcess(IEnumerable<string> options) => process = Cli.Wrap("dotnet")
        .WithArguments([Path.Combine(AppContext.BaseDirectory, "PlayCanvas.Sandbox.dll"), "--ApiPort", "0", "--StoragePort", "0", .. options])
        .WithStandardOutputPipe(PipeTarget.ToDelegate(Read))
        .WithValidation(CommandResultValidation.None)
        .ExecuteAsync(kill.Token, stop.Token);

    public Uri ApiUrl => started.Task.Result;

    /// <param name="gameSize">The size of the game's generated files in bytes.</param>
    /// <param name="gameFiles">The number of generated files.</param>
    /// <param name="options">Further options of the sandbox, as on a command line.</param>
    public static async Task<SandboxProcess> StartAsync(long gameSize, int gameFiles, params string[] options)
    {
        var sandbox = new SandboxProcess(
        [
            "--GameSize", $"{gameSize}", "--GameFiles", $"{gameFiles}", "--StrictLimit", "100000", "--NormalLimit", "1000000",
            "--JobDuration", "00:00:00", "--DownloadUrlLifetime", "02:00:00", .. options,
        ]);
        await sandbox.started.Task.WaitAsync(Patience);
        sandbox.client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SandboxOptions.DefaultAccessToken);
        return sandbox;
    }

    /// <summary>Requests an export and waits until it is complete. Returns its signed URL.</summary>
    public Task<Uri> ExportAsync() =>
        UrlOfJobAsync("apps/download", new { project_id = World.ProjectId, name = "Game", scenes = (int[])[World.MainSceneId, World.Level2SceneId] }, "download_url");

    /// <summary>Requests the archive of the main branch and waits until it is complete. Returns its signed URL.</summary>
    public Task<Uri> ArchiveAsync() => UrlOfJobAsync($"projects/{World.ProjectId}/export", new { }, "url");

    private async Task<Uri> UrlOfJobAsync(string route, object body, string member)
    {
        using var answer = await client.PostAsJsonAsync($"{ApiUrl}/{route}", body);
        var id = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["id"];
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var job = (await client.GetFromJsonAsync<JsonNode>($"{ApiUrl}/jobs/{id}", patience.Token))!;
            if (job["data"]?[member]?.GetValue<string>() is { } url)
                return new Uri(url);
            await Task.Delay(TimeSpan.FromSeconds(0.3), patience.Token);
        }
    }

    /// <summary>Changes one file of the game, which has a few kilobytes.</summary>
    public async Task ChangeOneFileAsync()
    {
        var page = await client.GetFromJsonAsync<JsonNode>($"{ApiUrl}/projects/{World.ProjectId}/assets?branchId={World.MainBranchId}&limit=100000");
        var asset = page!["result"]!.AsArray().Last(asset => (string?)asset!["type"] == "text")!;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(World.MainBranchId), "branchId" },
            { new ByteArrayContent(Guid.NewGuid().ToByteArray()), "file", (string)asset["name"]! },
        };
        using var answer = await client.PutAsync($"{ApiUrl}/assets/{asset["id"]}", form);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Returns the requests that the sandbox responded to since the last call.</summary>
    public async Task<IReadOnlyList<LoggedRequest>> TakeRequestsAsync()
    {
        // The sandbox logs responses in order: once the log contains this request, it contains all earlier requests.
        var mark = $"/mark-{Guid.NewGuid():n}";
        (await client.GetAsync(new Uri(ApiUrl, mark))).Dispose();
        var taken = new List<LoggedRequest>();
        using var patience = new CancellationTokenSource(Patience);
        while (taken.LastOrDefault()?.Path != mark)
        {
            if (log.TryDequeue(out var request))
                taken.Add(request);
            else
                await Task.Delay(1, patience.Token);
        }

        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        kill.CancelAfter(Grace);
        try
        {
            await process;
        }
        catch (OperationCanceledException)
        {
            // The process was asked to end.
        }

        client.Dispose();
        stop.Dispose();
        kill.Dispose();
    }

    private void Read(string line)
    {
        if (ApiLine().Match(line) is { Success: true } api)
            started.TrySetResult(new Uri(api.Groups["url"].Value));
        else if (RequestLine().Match(line) is { Success: true } request)
            log.Enqueue(Parse(request.Groups));
    }

    private static LoggedRequest Parse(GroupCollection line) => new(
        LastTimeAt(TimeSpan.Parse(line["time"].Value, CultureInfo.InvariantCulture)),
        line["method"].Value,
        line["path"].Value,
        int.Parse(line["status"].Value, CultureInfo.InvariantCulture),
        long.Parse(line["bytes"].Value, CultureInfo.InvariantCulture));

    // The log contains no dates, and a run may continue past midnight.
    private static DateTime LastTimeAt(TimeSpan timeOfDay)
    {
        var now = DateTime.UtcNow;
        return now.Date + timeOfDay - TimeSpan.FromDays(timeOfDay > now.TimeOfDay + TimeSpan.FromHours(1) ? 1 : 0);
    }

    [GeneratedRegex(@"^\s+API\s+(?<url>\S+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex ApiLine();

    [GeneratedRegex(@"^\s+(?<time>[\d:.]+) (?<method>\w+) (?<path>[^\s?]+)\S* (?<status>\d+), (?<bytes>\d+) bytes$", RegexOptions.ExplicitCapture)]
    private static partial Regex RequestLine();
}
