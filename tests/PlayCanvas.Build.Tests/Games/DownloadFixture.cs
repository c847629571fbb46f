using System.Diagnostics.CodeAnalysis;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Games.Download;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Games;

/// <summary>Downloads the sandbox's project to a store. The client's clock advances only during its waits; the server uses the real clock.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The teardown disposes of what the setup makes.")]
public abstract class DownloadFixture : GameFixture
{
    private protected const string StorageRoute = "/exports/*";

    private protected static readonly AppRequest Request = new() { ProjectId = World.ProjectId, Name = "Game", Scenes = [World.MainSceneId] };

    private readonly List<ApiConnection> connections = [];

    private protected SandboxServer Server { get; private set; } = null!;

    private protected PlayCanvasClient Client { get; private set; } = null!;

    private protected virtual SandboxOptions Options => new() { JobDuration = TimeSpan.Zero, StandInEngine = true };

    [SetUp]
    public async Task StartServerAsync()
    {
        Server = await SandboxServer.StartAsync(Options);
        Client = Connect(HttpTransport.CreateHandler());
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        Assert.That(Server.LeakedAuthorization, Is.False, "The token was sent to the storage.");
        connections.ForEach(connection => connection.Dispose());
        await Server.DisposeAsync();
    }

    private protected PlayCanvasClient Connect(HttpMessageHandler handler)
    {
        connections.Add(new ApiConnection(
            new ApiOptions(Server.ApiUrl, new AccessToken(SandboxOptions.DefaultAccessToken)) { MaxRetries = 2 },
            handler,
            new MemoryRateLimits(),
            new FakeClock(DateTimeOffset.UtcNow),
            new RecordingObserver()));
        return new PlayCanvasClient(connections[^1]);
    }

    /// <summary>The steps of an export of <see cref="GameFixture.Key"/>.</summary>
    private protected GameExport MakeExport(PlayCanvasClient? client = null) =>
        new(client ?? Client, Store.ExportRecordPath(Key), new JobWaiter(new FakeClock(), TimeSpan.FromSeconds(20), _ => { }), new FakeClock());

    private protected ContentDownload MakeDownload(Action<long, long?>? onProgress = null) =>
        new(Store, [.. Bases], onProgress ?? ((_, _) => { }), problems => OnProblems(problems));
}
