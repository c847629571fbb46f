using System.Globalization;
using System.Net;
using System.Reflection;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Api.RateLimits;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// The base class of the tasks that send requests to PlayCanvas. All parameters are strings, as properties are, so that an invalid value is
/// reported with an error that names the property instead of MSBuild's own error: PLAYCANVAS1019 for a switch that is neither true nor false,
/// PLAYCANVAS1020 for a number that is out of range.
/// </summary>
public abstract class PlayCanvasApiTask : PlayCanvasTask
{
    private const string DefaultApiUrl = "https://playcanvas.com/api";
    private const int MostSeconds = 86_400;

    private AccessToken? accessToken;

    /// <summary>
    /// The id of the project: an integer greater than 0. There is no default; a task that needs it reports PLAYCANVAS1001 when it is not set and
    /// PLAYCANVAS1002 when it is invalid.
    /// </summary>
    public string? ProjectId { get; set; }

    /// <summary>
    /// The base URL of the REST API: https, or http for a loopback host, without user, query or fragment. Any other value is the error
    /// PLAYCANVAS1008. Default: <c>https://playcanvas.com/api</c>.
    /// </summary>
    public string? ApiUrl { get; set; }

    /// <summary>
    /// The name of the environment variable that contains the access token. If no source contains a token, the task reports PLAYCANVAS1004; if the
    /// token contains invalid characters, PLAYCANVAS1007. Default: <c>PLAYCANVAS_ACCESS_TOKEN</c>.
    /// </summary>
    public string? AccessTokenVariable { get; set; }

    /// <summary>
    /// The file that contains the access token, relative to the project's folder or absolute. When it is set, no other source of the token is read,
    /// and an unreadable or empty file is the error PLAYCANVAS1006. Default: none.
    /// </summary>
    public string? AccessTokenFile { get; set; }

    /// <summary>
    /// The id of the project's user secrets. The secret <c>PlayCanvas:AccessToken</c> is the last source of the token, after
    /// <see cref="AccessTokenFile"/> and <see cref="AccessTokenVariable"/>; unreadable secrets are the error PLAYCANVAS1024. Default: none.
    /// </summary>
    public string? UserSecretsId { get; set; }

    /// <summary>The time in seconds without any progress after which a request is abandoned: 1 to 86,400. Default: 100.</summary>
    public string? RequestTimeout { get; set; }

    /// <summary>The time in seconds after which the task stops waiting for a running job: 1 to 86,400. Default: 1800.</summary>
    public string? JobTimeout { get; set; }

    /// <summary>How often a request is repeated after a transient failure: 0 to 100. Default: 5.</summary>
    public string? MaxRetries { get; set; }

    /// <summary>Creates the HTTP handler; replaced by tests.</summary>
    internal Func<HttpMessageHandler> CreateHandler { get; set; } = HttpTransport.CreateHandler;

    /// <summary>Reads an environment variable; replaced by tests.</summary>
    internal Func<string, string?> GetEnvironmentVariable { get; set; } = Environment.GetEnvironmentVariable;

    /// <summary>Stores the rate limits; null for the file that all builds of this user share. Set by tests.</summary>
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

    /// <summary>Does the work of the task, after the common parameters have been validated.</summary>
    private protected abstract void RunChecked(CancellationToken cancellationToken);

    /// <summary>Opens the connection. Reads the token, but sends no request yet.</summary>
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

    /// <summary>Creates a waiter for jobs that reports its progress every ten seconds.</summary>
    /// <param name="what">What is awaited, such as <c>publishing</c>.</param>
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

    /// <summary>Removes the user and the query from a URL for a message, because they may be secrets.</summary>
    private static string WithoutUser(string value, Uri? uri) => uri is null || !uri.IsAbsoluteUri || uri.Host.Length == 0
        ? value
        : uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Reads each of them once, so that an invalid value is reported before any work is done.</summary>
    private void CheckConnectionSettings() => _ = (BaseAddress, RequestTimeoutValue, LongestJob, MaxRetriesValue);

    /// <summary>Writes the events of requests to the build log.</summary>
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
