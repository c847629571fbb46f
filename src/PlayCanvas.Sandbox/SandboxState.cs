namespace PlayCanvas.Sandbox;

/// <summary>The state that the parts of a running sandbox share.</summary>
internal sealed class SandboxState : IDisposable
{
    public SandboxState(SandboxOptions options)
    {
        Options = options;
        Clock = new ServerClock(options.TimeProvider, options.ServerClockOffset);
        World = new World(Clock);
        Work = new WorkQueue(World, Clock);
        RateLimiter = new RateLimiter(options, Clock);
        SignedUrls = new SignedUrls(Clock);
        Publisher = new Publisher(this);
        World.Settle = Work.Settle;
    }

    public SandboxOptions Options { get; }

    public ServerClock Clock { get; }

    public World World { get; }

    public WorkQueue Work { get; }

    public RateLimiter RateLimiter { get; }

    public SignedUrls SignedUrls { get; }

    public Publisher Publisher { get; }

    public ExportStore Exports { get; } = new();

    public RequestLog Requests { get; } = new();

    public FaultScript Faults { get; } = new();

    public Uri StorageUrl { get; set; } = new("http://127.0.0.1/");

    public bool LeakedAuthorization { get; set; }

    public Engine Engine => Options.StandInEngine ? Engine.StandIn : Engine.Available;

    /// <summary>Returns a new signed URL of an export; null when there is no such export.</summary>
    public string? DownloadUrl(string? exportId) => exportId is not null && Exports.Find(exportId) is { } export
        ? SignedUrls.Sign(StorageUrl, export.UrlPath, Options.DownloadUrlLifetime)
        : null;

    public void Dispose() => Exports.Dispose();
}
