using System.Globalization;
using System.Net;
using System.Reflection;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.RateLimits;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// What the tasks that talk to PlayCanvas have in common. All parameters are texts, as properties are, so that a wrong one gets an error
/// that names the property instead of MSBuild's own.
/// </summary>
public abstract class PlayCanvasApiTask : PlayCanvasTask
{
    private const string DefaultApiUrl = "https://playcanvas.com/api";
    private const int MostSeconds = 86_400;

    private AccessToken? accessToken;

    /// <summary>The project's id: a whole number.</summary>
    public string? ProjectId { get; set; }

    /// <summary>Base address of the REST API. Default: <c>https://playcanvas.com/api</c>.</summary>
    public string? ApiUrl { get; set; }

    /// <summary>Name of the environment variable that holds the access token. Default: <c>PLAYCANVAS_ACCESS_TOKEN</c>.</summary>
    public string? AccessTokenVariable { get; set; }

    /// <summary>File that holds the access token; looked at instead of everything else when it is set.</summary>
    public string? AccessTokenFile { get; set; }

    /// <summary>Id of the project's user secrets, in which <c>PlayCanvas:AccessToken</c> is looked for last.</summary>
    public string? UserSecretsId { get; set; }

    /// <summary>Seconds without any progress after which a request is given up. Default: 100.</summary>
    public string? RequestTimeout { get; set; }

    /// <summary>Seconds after which a job that still runs is given up. Default: 1800.</summary>
    public string? JobTimeout { get; set; }

    /// <summary>How often a request that failed in passing is made again. Default: 5.</summary>
    public string? MaxRetries { get; set; }

    /// <summary>What connects, for tests.</summary>
    internal Func<HttpMessageHandler> CreateHandler { get; set; } = HttpTransport.CreateHandler;

    /// <summary>The environment, for tests.</summary>
    internal Func<string, string?> GetEnvironmentVariable { get; set; } = Environment.GetEnvironmentVariable;

    /// <summary>Where the rate limits are kept; null for the file that all builds of this user share.</summary>
    internal IRateLimitStore? RateLimits { get; set; }

    private protected long RequiredProjectId
    {
        get
        {
            if (Settings.Text(ProjectId) is not { } value)
                throw new DiagnosticException(Diagnostic.ProjectIdMissing());
            return long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var id) && id > 0
                ? id
                : throw new DiagnosticException(Diagnostic.ProjectIdInvalid(value));
        }
    }

    private protected string TokenVariable => Settings.Text(AccessTokenVariable) ?? AccessTokenReader.DefaultVariable;

    private protected sealed override string Redact(string text) =>
        accessToken?.Redact(text) ?? text;

    private protected sealed override void Run(CancellationToken cancellationToken)
    {
        CheckConnectionSettings();
        RunChecked(cancellationToken);
    }

    /// <summary>Does the work, after the parameters that all have in common were checked.</summary>
    private protected abstract void RunChecked(CancellationToken cancellationToken);

    /// <summary>Opens the connection: reads the token, and sends nothing yet.</summary>
    private protected ApiConnection Connect()
    {
        accessToken = new AccessTokenReader(GetEnvironmentVariable)
            .Read(Settings.Text(AccessTokenFile) is { } file ? FullPathOf(file) : null, TokenVariable, Settings.Text(UserSecretsId));
        var options = new ApiOptions(BaseAddress, accessToken)
        {
            UserAgent = UserAgent,
            RequestTimeout = RequestTimeoutValue,
            MaxRetries = MaxRetriesValue,
        };
        var rateLimits = RateLimits ?? new RateLimitFile(
            RateLimitFile.PathFor(BaseAddress, accessToken.Reveal()), Clock, elapsed => SayStillWaiting("another build that uses the rate limit file", elapsed));
        return new ApiConnection(options, CreateHandler(), rateLimits, Clock, new ApiReporter(this));
    }

    /// <summary>Waits for jobs, and says so every ten seconds.</summary>
    /// <param name="what">What is waited for, such as <c>publishing</c>.</param>
    private protected JobWaiter MakeWaiter(string what) => new(Clock, LongestJob, progress => SayNowAndThen(
        $"PlayCanvas: {what}, {progress.Elapsed.TotalSeconds:0} s{(progress.LastFailure is { } failure ? $" (the last request failed: {ApiJson.OneLine(failure.Summary)})" : "")}"));

    private void SayStillWaiting(string what, TimeSpan elapsed) => SayNowAndThen($"PlayCanvas: still waiting for {what}, {elapsed.TotalSeconds:0} s");

    private protected sealed override TimeSpan LongestJob => Seconds(nameof(JobTimeout), JobTimeout, DefaultJobSeconds);

    private static string UserAgent
    {
        get
        {
            var assembly = typeof(PlayCanvasApiTask).Assembly;
            var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
            return $"PlayCanvas.Build/{version.Split('+')[0]}";
        }
    }

    private protected Uri BaseAddress
    {
        get
        {
            var value = Settings.Text(ApiUrl) ?? DefaultApiUrl;
            return Uri.TryCreate(value, UriKind.Absolute, out var uri) && HttpTransport.IsSecure(uri)
                && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
                    ? uri
                    : throw new DiagnosticException(Diagnostic.ApiUrlInvalid(WithoutUser(value, uri)));
        }
    }

    private TimeSpan RequestTimeoutValue => Seconds(nameof(RequestTimeout), RequestTimeout, 100);

    private int MaxRetriesValue => Settings.Number("PlayCanvas" + nameof(MaxRetries), MaxRetries, 0, 100) ?? 5;

    private static TimeSpan Seconds(string name, string? value, int defaultSeconds) =>
        TimeSpan.FromSeconds(Settings.Number("PlayCanvas" + name, value, 1, MostSeconds) ?? defaultSeconds);

    /// <summary>A user or a query in an address may be a secret.</summary>
    private static string WithoutUser(string value, Uri? uri) => uri is null || !uri.IsAbsoluteUri || uri.Host.Length == 0
        ? value
        : uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Reads them all once, so that a wrong one is told before anything is done.</summary>
    private void CheckConnectionSettings() => _ = (BaseAddress, RequestTimeoutValue, LongestJob, MaxRetriesValue);

    /// <summary>Turns what the core tells into lines of the log.</summary>
    private sealed class ApiReporter(PlayCanvasApiTask task) : IApiObserver
    {
        public void Answered(string request, HttpStatusCode status, TimeSpan elapsed) =>
            task.Trace($"PlayCanvas: {request} -> {(int)status} in {elapsed.TotalMilliseconds:0} ms");

        public void WaitingForRateLimit(string rateLimitClass, TimeSpan wait) =>
            task.Say($"PlayCanvas: the rate limit ({rateLimitClass}) is used up; waiting {Math.Ceiling(wait.TotalSeconds):0} s until it resets");

        public void StillWaiting(string what, TimeSpan elapsed) => task.SayStillWaiting(what, elapsed);

        public void Retrying(string request, string reason, int retry, int maxRetries, TimeSpan wait) =>
            task.Say($"PlayCanvas: {request} failed ({reason}); retry {retry} of {maxRetries} in {wait.TotalSeconds:0.0} s");
    }
}
