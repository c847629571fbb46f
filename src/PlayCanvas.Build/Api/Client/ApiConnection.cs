using System.Net;
using Newtonsoft.Json;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Api.RateLimits;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.Client;

/// <summary>
/// The path that every request takes: the rate limit, the credentials, the attempts, and finally a response or an <see cref="ApiException"/>.
/// </summary>
internal sealed class ApiConnection : IDisposable
{
    /// <summary>
    /// The longest JSON response that is read, in bytes: longer than any list of apps, scenes or builds, and too short to exhaust the memory.
    /// </summary>
    private const int MaxJsonLength = 32 * 1024 * 1024;

    private const int MaxErrorLength = 64 * 1024;

    private readonly Uri baseAddress;
    private readonly AccessToken? accessToken;
    private readonly HttpTransport transport;
    private readonly RetryPolicy retryPolicy;
    private readonly RateLimiter rateLimiter;
    private readonly IClock clock;
    private readonly IApiObserver observer;
    private readonly bool isReadOnly;

    public ApiConnection(ApiOptions options, HttpMessageHandler handler, IRateLimitStore rateLimits, IClock clock, IApiObserver observer)
    {
        if (!HttpTransport.IsSecure(options.BaseAddress))
            throw new ArgumentException("The API address must use https, or http on a loopback host.", nameof(options));

        baseAddress = new Uri(options.BaseAddress.AbsoluteUri.TrimEnd('/') + "/");
        accessToken = options.AccessToken;
        isReadOnly = options.IsReadOnly;
        transport = new HttpTransport(handler, options.UserAgent, new Patience(options.RequestTimeout, observer.StillWaiting));
        retryPolicy = new RetryPolicy(options.MaxRetries, new Random().NextDouble);
        rateLimiter = new RateLimiter(rateLimits, clock, observer);
        this.clock = clock;
        this.observer = observer;
    }

    /// <summary>The server's clock minus the local clock, as of the latest response.</summary>
    public TimeSpan ServerClockOffset { get; private set; }

    /// <summary>The current time by the server's clock, as of its latest response.</summary>
    public DateTimeOffset ServerTime => clock.UtcNow + ServerClockOffset;

    /// <summary>Whether a rate limit is known to be used up, so that the next request, or one of the next, would wait until it resets.</summary>
    public bool IsRateLimited(CancellationToken cancellationToken) =>
        rateLimiter.IsUsedUp(RateLimitClass.Strict, cancellationToken) || rateLimiter.IsUsedUp(RateLimitClass.Normal, cancellationToken);

    /// <summary>Returns when no rate limit is known to be used up. Nothing is sent.</summary>
    public void AwaitRateLimit(CancellationToken cancellationToken)
    {
        rateLimiter.AwaitReset(RateLimitClass.Strict, cancellationToken);
        rateLimiter.AwaitReset(RateLimitClass.Normal, cancellationToken);
    }

    /// <summary>Sends a request to the API and deserializes the JSON of the response.</summary>
    /// <exception cref="ApiException">The request failed, after the allowed retries.</exception>
    public T Send<T>(ApiRequest request, CancellationToken cancellationToken) =>
        Exchange(() => ToOutgoing(request), ReadJson<T>, cancellationToken);

    /// <summary>Sends a request to the API and ignores the body of the response.</summary>
    /// <exception cref="ApiException">The request failed, after the allowed retries.</exception>
    public void Send(ApiRequest request, CancellationToken cancellationToken) =>
        Exchange(() => ToOutgoing(request), static response => response.Status, cancellationToken);

    /// <summary>
    /// Gets a part or all of a resource at any address, such as a signed URL. No credentials are sent, even when the address has the API's own
    /// origin. Each attempt requests only what is still missing: it sends a new request or continues to read an open response.
    /// </summary>
    /// <param name="next">Returns the request of an attempt.</param>
    /// <param name="attempt">Sends the request, and reads the response.</param>
    /// <param name="progress">Returns a number that grows as long as the attempts together make progress. Only retries without progress count.</param>
    /// <param name="cancellationToken">Cancels the attempts.</param>
    /// <exception cref="ApiException">The request failed, after the allowed retries.</exception>
    public T Fetch<T>(Func<OutgoingRequest> next, Func<OutgoingRequest, T> attempt, Func<long> progress, CancellationToken cancellationToken) =>
        Retry(next, attempt, progress, cancellationToken);

    /// <summary>Requests the first byte of a resource at any address, as <see cref="Fetch"/> does, to find out whether it can be had.</summary>
    /// <exception cref="ApiException">It cannot be had.</exception>
    public void Probe(Uri address, CancellationToken cancellationToken) =>
        Exchange(() => new OutgoingRequest(HttpMethod.Get, address) { Range = (0, 0) }, static response => response.Status, cancellationToken);

    /// <summary>Sends a request once and returns the successful response, whose body is not read yet.</summary>
    /// <exception cref="ApiException">The request failed.</exception>
    /// <exception cref="InvalidOperationException">The connection only reads, and the request could change something.</exception>
    public HttpResponse Open(OutgoingRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (isReadOnly && !request.OnlyReads)
            throw new InvalidOperationException($"This connection only reads, so it does not send {request.Description}.");
        if (request.RateLimitClass is { } rateLimitClass)
            rateLimiter.Acquire(rateLimitClass, cancellationToken);

        var response = SendAndRecord(request, cancellationToken);
        if (response.IsSuccess)
            return response;

        using (response)
            throw ErrorOf(response);
    }

    public void Dispose() => transport.Dispose();

    private OutgoingRequest ToOutgoing(ApiRequest request) => new(request.Method, request.Resolve(baseAddress))
    {
        AccessToken = accessToken,
        RateLimitClass = request.RateLimitClass,
        IsRetried = request.IsRetried,
        MayBeSentTwice = request.MayBeSentTwice,
        Json = request.Body is not null ? ApiJson.Write(request.Body) : request.SaysJson ? "" : null,
    };

    private T Exchange<T>(Func<OutgoingRequest> next, Func<HttpResponse, T> read, CancellationToken cancellationToken) => Retry(
        next,
        request =>
        {
            using var response = Open(request, cancellationToken);
            return read(response);
        },
        static () => 0,
        cancellationToken);

    private T Retry<T>(Func<OutgoingRequest> next, Func<OutgoingRequest, T> attempt, Func<long> progress, CancellationToken cancellationToken)
    {
        var reached = progress();
        for (var retry = 0; ; retry++)
        {
            var request = next();
            try
            {
                return attempt(request);
            }
            catch (ApiException error) when (RetryPolicy.Allows(request, error))
            {
                if (progress() > reached)
                    (reached, retry) = (progress(), 0);
                if (retry == retryPolicy.MaxRetries)
                    throw;
                WaitBeforeRetry(request, error, retry, cancellationToken);
            }
        }
    }

    private HttpResponse SendAndRecord(OutgoingRequest request, CancellationToken cancellationToken)
    {
        var sentAt = clock.UtcNow;
        try
        {
            var response = transport.Send(request, cancellationToken);
            observer.Answered(request.Description, response.Status, clock.UtcNow - sentAt);
            if (request.RateLimitClass is { } answered)
            {
                rateLimiter.Record(answered, RateLimitHeaders.Read(response, clock.UtcNow));
                ServerClockOffset = response.Date is { } date ? date - clock.UtcNow : ServerClockOffset;
            }

            return response;
        }
        catch (Exception) when (request.RateLimitClass is not null)
        {
            rateLimiter.Release(request.RateLimitClass);
            throw;
        }
    }

    private void WaitBeforeRetry(OutgoingRequest request, ApiException error, int retry, CancellationToken cancellationToken)
    {
        var answer = error as ApiResponseException;

        // After the API's rate limit has refused a request, the rate limiter itself waits, and reports it.
        if ((int?)answer?.Status == 429 && request.RateLimitClass is not null)
            return;

        var pause = retryPolicy.Pause(retry, answer?.RetryAfter);
        observer.Retrying(request.Description, error.Summary, retry + 1, retryPolicy.MaxRetries, pause);
        var start = clock.UtcNow;
        clock.Wait(pause, () => observer.StillWaiting($"the next attempt at {request.Description}", clock.UtcNow - start), cancellationToken);
    }

    private T ReadJson<T>(HttpResponse response)
    {
        var text = response.ReadText(MaxJsonLength);
        try
        {
            return ApiJson.Read<T>(text);
        }
        catch (JsonException error)
        {
            var reason = text.TrimStart().StartsWith("<", StringComparison.Ordinal) ? "an HTML page instead of JSON" : "not the expected JSON";
            throw new ApiFormatException(response.Request, reason, ApiJson.OneLine(Redact(text)), error);
        }
    }

    private ApiException ErrorOf(HttpResponse response)
    {
        if (response.Status == HttpStatusCode.ProxyAuthenticationRequired)
            return new ProxyException(response.Request);

        return new ApiResponseException(response.Request, response.Status, ReadErrorMessage(response))
        {
            RetryAfter = response.RetryAfter(clock.UtcNow),
        };
    }

    private string Redact(string text) => accessToken?.Redact(text) ?? text;

    private string ReadErrorMessage(HttpResponse response)
    {
        try
        {
            return ApiJson.ReadErrorMessage(Redact(response.ReadText(MaxErrorLength)));
        }
        catch (ApiException)
        {
            // The status is enough for a message; a truncated body adds nothing.
            return "";
        }
    }
}
