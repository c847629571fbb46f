using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Api.RateLimits;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>A connection to a server without sockets, with its own clock and rate limits.</summary>
internal sealed class ApiHarness : IDisposable
{
    public const string BaseAddress = "https://api.example.test/api";
    public const string Token = "the-secret-token";

    private ApiConnection? connection;
    private PlayCanvasClient? client;

    public StubHandler Server { get; } = new();

    public FakeClock Clock { get; init; } = new();

    public IRateLimitStore RateLimits { get; init; } = new MemoryRateLimits();

    public RecordingObserver Observer { get; } = new();

    /// <summary>Long enough that an immediate reply never exceeds it.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public int MaxRetries { get; init; } = 5;

    public string Address { get; init; } = BaseAddress;

    public bool IsReadOnly { get; init; }

    public ApiConnection Connection => connection ??= new ApiConnection(
        new ApiOptions(new Uri(Address), new AccessToken(Token)) { RequestTimeout = RequestTimeout, MaxRetries = MaxRetries, UserAgent = "PlayCanvas.Build/1.2.3", IsReadOnly = IsReadOnly },
        Server,
        RateLimits,
        Clock,
        Observer);

    public PlayCanvasClient Client => client ??= new PlayCanvasClient(Connection);

    /// <summary>Sends an ordinary request.</summary>
    public T Get<T>(string path = "thing", CancellationToken cancellationToken = default) =>
        Bounded.Run(() => Connection.Send<T>(new ApiRequest(HttpMethod.Get, path), cancellationToken));

    public T Post<T>(object body, CancellationToken cancellationToken = default) =>
        Bounded.Run(() => Connection.Send<T>(new ApiRequest(HttpMethod.Post, "thing") { Body = body }, cancellationToken));

    /// <summary>Returns the content at an address that the API has returned.</summary>
    public string Fetch(string address) => Fetch(() => new OutgoingRequest(HttpMethod.Get, new Uri(address)));

    public string Fetch(Func<OutgoingRequest> next) => Bounded.Run(() => Connection.Fetch(
        next,
        request =>
        {
            using var response = Connection.Open(request, CancellationToken.None);
            return response.ReadText(1_000);
        },
        static () => 0,
        CancellationToken.None));

    public void Dispose()
    {
        connection?.Dispose();
        Server.Dispose();
    }
}
