using System.Text.Json;
using Microsoft.Playwright;

namespace Benchmarks;

/// <summary>A visit to the page of a game.</summary>
/// <param name="FirstFrame">The seconds from the navigation to the first frame.</param>
/// <param name="Responses">The responses from the network, in the order in which they ended.</param>
internal sealed record Visit(double FirstFrame, IReadOnlyList<VisitResponse> Responses)
{
    /// <summary>The number of bytes that the browser received, with the heads of the responses.</summary>
    public long Bytes => Responses.Sum(response => response.Bytes);

    public override string ToString() => $"{FirstFrame:0.000} s, {Responses.Count} requests, {Responses.Count(response => response.Status == 304)} of them answered 304, {Bytes:#,0} bytes";
}

/// <summary>A response from the network.</summary>
internal sealed record VisitResponse(Uri Url, int Status, long Bytes);

/// <summary>A chromium with its own profile, and a cache that is empty at first.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const double Latency = 40;
    private const double BytesPerSecond = 10e6 / 8;
    private const float Patience = 300_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disk-cache-size=1000000000",
    ];

    /// <summary>The first frame is the first one in which the engine draws something.</summary>
    private const string NoteFirstFrame = """
        for (const type of [WebGLRenderingContext, WebGL2RenderingContext]) {
            for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) {
                const draw = type.prototype[name];
                if (draw)
                    type.prototype[name] = function (...values) { window.firstFrame ??= performance.now(); return draw.apply(this, values); };
            }
        }
        """;

    private readonly IPlaywright driver;
    private readonly IBrowserContext context;

    private Browser(IPlaywright driver, IBrowserContext context) => (this.driver, this.context) = (driver, context);

    public static async Task<Browser> StartAsync(string profile)
    {
        var driver = await Playwright.CreateAsync();
        var context = await driver.Chromium.LaunchPersistentContextAsync(profile, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = Arguments,
            ViewportSize = new ViewportSize { Width = 640, Height = 360 },
        });
        await context.AddInitScriptAsync(NoteFirstFrame);
        return new Browser(driver, context);
    }

    /// <summary>Opens the page in a new tab, and closes it after the first frame.</summary>
    /// <param name="url">The page.</param>
    /// <param name="isSlow">True to emulate a network with 10 megabits per second and 40 ms.</param>
    public async Task<Visit> VisitAsync(Uri url, bool isSlow)
    {
        var page = await context.NewPageAsync();
        var network = await context.NewCDPSessionAsync(page);
        var log = new NetworkLog(network);
        await network.SendAsync("Network.enable");
        if (isSlow)
        {
            await network.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
            {
                ["offline"] = false,
                ["latency"] = Latency,
                ["downloadThroughput"] = BytesPerSecond,
                ["uploadThroughput"] = BytesPerSecond,
            });
        }

        await page.GotoAsync(url.AbsoluteUri, new PageGotoOptions { Timeout = Patience });
        await page.WaitForFunctionAsync("() => window.firstFrame", null, new PageWaitForFunctionOptions { Timeout = Patience });
        var milliseconds = await page.EvaluateAsync<double>("() => window.firstFrame");
        var responses = log.Responses();
        await page.CloseAsync();
        return new Visit(milliseconds / 1000, responses);
    }

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        driver.Dispose();
    }

    /// <summary>The responses of a page. Those that come from the cache without a request are left out.</summary>
    private sealed class NetworkLog
    {
        private readonly Lock gate = new();
        private readonly Dictionary<string, Uri> urls = [];
        private readonly Dictionary<string, int> statuses = [];
        private readonly List<VisitResponse> responses = [];

        public NetworkLog(ICDPSession network)
        {
            Listen("Network.requestWillBeSent", (id, data) => urls[id] = new Uri(data.GetProperty("request").GetProperty("url").GetString()!));
            // Unlike responseReceived, this event occurs only for responses from the network, with the status that the server sent.
            Listen("Network.responseReceivedExtraInfo", (id, data) => statuses[id] = data.GetProperty("statusCode").GetInt32());
            Listen("Network.loadingFinished", (id, data) =>
            {
                if (statuses.TryGetValue(id, out var status))
                    responses.Add(new VisitResponse(urls[id], status, (long)data.GetProperty("encodedDataLength").GetDouble()));
            });

            void Listen(string name, Action<string, JsonElement> take) => network.Event(name).OnEvent += (_, data) =>
            {
                lock (gate)
                    take(data!.Value.GetProperty("requestId").GetString()!, data.Value);
            };
        }

        public IReadOnlyList<VisitResponse> Responses()
        {
            lock (gate)
                return [.. responses];
        }
    }
}
