using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Sandbox;

/// <summary>Base of the sandbox tests. Each test has its own sandbox with a clock that stands still and jobs that complete immediately.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class SandboxFixture
{
    protected const string Json = "application/json";

    protected static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, 500, TimeSpan.Zero);

    protected SandboxServer Server { get; private set; } = null!;

    protected HttpClient Api { get; private set; } = null!;

    protected HttpClient Storage { get; private set; } = null!;

    protected FakeTimeProvider Clock { get; } = new(Start);

    [SetUp]
    public async Task StartSandboxAsync()
    {
        var options = new SandboxOptions { TimeProvider = Clock, JobDuration = TimeSpan.Zero, StandInEngine = true };
        Configure(options);
        Server = await SandboxServer.StartAsync(options);
        Api = Client(new Uri(Server.ApiUrl + "/"));
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SandboxOptions.DefaultAccessToken);
        Storage = Client(Server.StorageUrl);
    }

    [TearDown]
    public async Task StopSandboxAsync()
    {
        Api.Dispose();
        Storage.Dispose();
        await Server.DisposeAsync();
    }

    protected virtual void Configure(SandboxOptions options)
    {
    }

    protected static JsonObject AppBody(params long[] scenes) => new()
    {
        ["project_id"] = World.ProjectId,
        ["name"] = "My app",
        ["scenes"] = new JsonArray([.. (scenes.Length > 0 ? scenes : [World.MainSceneId]).Select(scene => JsonValue.Create(scene))]),
    };

    protected static async Task<JsonObject> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    protected static string Error(JsonObject answer) => (string)answer["error"]!;

    protected async Task<JsonObject> GetAsync(string path)
    {
        using var response = await Api.GetAsync(path);
        return await ReadAsync(response.EnsureSuccessStatusCode());
    }

    protected Task<HttpResponseMessage> PostAsync(string path, JsonNode body) =>
        Api.PostAsync(path, new StringContent(body.ToJsonString(), Encoding.UTF8, Json));

    /// <summary>Requests a download and returns the finished job.</summary>
    protected async Task<JsonObject> DownloadJobAsync(JsonObject body)
    {
        using var response = await PostAsync("apps/download", body);
        var job = await ReadAsync(response.EnsureSuccessStatusCode());
        return await GetAsync($"jobs/{job["id"]}");
    }

    protected async Task<string> DownloadUrlAsync(JsonObject? body = null) =>
        (string)(await DownloadJobAsync(body ?? AppBody()))["data"]!["download_url"]!;

    protected async Task<byte[]> DownloadAsync(JsonObject? body = null) => await Storage.GetByteArrayAsync(await DownloadUrlAsync(body));

    /// <summary>Downloads an export and returns its files by path.</summary>
    protected async Task<Dictionary<string, byte[]>> ExportAsync(JsonObject? body = null) => Unzip(await DownloadAsync(body));

    protected static Dictionary<string, byte[]> Unzip(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    private static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
}
