using System.Net;

namespace PlayCanvas.Build.Api;

/// <summary>A request that failed. Each kind of failure has its own type; the text for the user is chosen elsewhere.</summary>
internal abstract class ApiException(string request, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The method and the address without the query, which is safe to log.</summary>
    public string Request { get; } = request;

    /// <summary>True when the server may have acted on the request although it failed.</summary>
    public virtual bool OutcomeUnknown => true;

    /// <summary>True when the failure is transient: the same request may succeed later although no setting was changed.</summary>
    public virtual bool IsPassing => true;

    /// <summary>What went wrong, in a few words, without the request.</summary>
    public virtual string Summary => (InnerException ?? this).Message;
}

/// <summary>The server responded with a status that is not a success.</summary>
internal sealed class ApiResponseException(string request, HttpStatusCode status, string serverMessage)
    : ApiException(request, $"{request}: {(int)status} {serverMessage}")
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>The server's own words, on one line; empty when the body contained no readable text.</summary>
    public string ServerMessage { get; } = serverMessage;

    /// <summary>How long the server asked the client to wait before the next request; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A 5xx may come from a proxy in front of a server that has done the work.</summary>
    public override bool OutcomeUnknown => (int)Status >= 500 || Status == HttpStatusCode.RequestTimeout;

    public override bool IsPassing => (int)Status is 408 or 429 or >= 500;

    public override string Summary => $"{(int)Status} {ServerMessage}".TrimEnd();
}

/// <summary>No connection could be established, so nothing was sent.</summary>
internal sealed class ApiUnreachableException(string request, Exception inner)
    : ApiException(request, $"{request}: {inner.Message}", inner)
{
    public override bool OutcomeUnknown => false;
}

/// <summary>The connection broke after the request, or a part of it, was sent.</summary>
internal sealed class ApiConnectionLostException(string request, Exception inner)
    : ApiException(request, $"{request}: {inner.Message}", inner)
{
    /// <summary>True when the server had begun to respond, and therefore has processed the request.</summary>
    public bool AnswerBegan { get; init; }
}

/// <summary>No data arrived within the request timeout.</summary>
internal sealed class ApiTimeoutException(string request, TimeSpan timeout)
    : ApiException(request, $"{request}: no progress for {timeout.TotalSeconds} s")
{
    public TimeSpan Timeout { get; } = timeout;

    public override string Summary => $"no response for {Timeout.TotalSeconds} s";
}

/// <summary>A successful response whose body does not have the documented shape.</summary>
internal sealed class ApiFormatException(string request, string reason, string excerpt, Exception? inner = null)
    : ApiException(request, $"{request}: the response is {reason}: {excerpt}", inner)
{
    public string Reason { get; } = reason;

    /// <summary>The beginning of the body, on one line.</summary>
    public string Excerpt { get; } = excerpt;

    public override string Summary => $"the response is {Reason}";
}

/// <summary>A redirect that is not followed: there were too many, it leads to plain http, or the request was not a GET.</summary>
internal sealed class ApiRedirectException(string request, string reason, HttpStatusCode status)
    : ApiException(request, $"{request}: {reason}")
{
    public string Reason { get; } = reason;

    /// <summary>307 and 308 ask the client to repeat the request elsewhere; the other redirects may lead to what the request has created.</summary>
    public override bool OutcomeUnknown { get; } = status is not (HttpStatusCode.TemporaryRedirect or (HttpStatusCode)308);

    public override bool IsPassing => false;
}

/// <summary>
/// A proxy requires credentials, cannot be reached, or refuses to forward the request, so nothing was sent to the server.
/// </summary>
internal sealed class ProxyException : ApiException
{
    /// <summary>The proxy requires credentials.</summary>
    public ProxyException(string request)
        : base(request, $"{request}: the proxy requires credentials")
    {
    }

    /// <summary>The proxy cannot be used.</summary>
    public ProxyException(string request, string proxy, string reason)
        : base(request, $"{request}: the proxy {proxy} cannot be used: {reason}") => (Proxy, Reason) = (proxy, reason);

    /// <summary>The proxy's address, without user and password; null when it requires credentials.</summary>
    public string? Proxy { get; }

    /// <summary>Why the proxy cannot be used; empty when it requires credentials.</summary>
    public string Reason { get; } = "";

    public bool RequiresCredentials => Proxy is null;

    public override bool OutcomeUnknown => false;

    public override bool IsPassing => !RequiresCredentials;

    public override string Summary => RequiresCredentials ? Message : $"the proxy {Proxy}: {Reason}";
}
