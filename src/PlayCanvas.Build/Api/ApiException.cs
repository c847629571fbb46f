using System.Net;

namespace PlayCanvas.Build.Api;

/// <summary>A request that did not end well. Each way of failing has its own type; what to tell the user is decided elsewhere.</summary>
internal abstract class ApiException(string request, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Method and address, without query: what may stand in a log.</summary>
    public string Request { get; } = request;

    /// <summary>True when the server may have acted on the request all the same.</summary>
    public virtual bool OutcomeUnknown => true;

    /// <summary>True when the same request may succeed a moment later although no setting was changed.</summary>
    public virtual bool IsPassing => true;

    /// <summary>What went wrong, in a few words and without the request.</summary>
    public virtual string Summary => (InnerException ?? this).Message;
}

/// <summary>The server answered with a status that is not a success.</summary>
internal sealed class ApiResponseException(string request, HttpStatusCode status, string serverMessage)
    : ApiException(request, $"{request}: {(int)status} {serverMessage}")
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>The server's own words, on one line; empty when it had none that a person could read.</summary>
    public string ServerMessage { get; } = serverMessage;

    /// <summary>How long the server wants to be left alone, if it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A 5xx may come from a proxy in front of a server that has done the work.</summary>
    public override bool OutcomeUnknown => (int)Status >= 500 || Status == HttpStatusCode.RequestTimeout;

    public override bool IsPassing => (int)Status is 408 or 429 or >= 500;

    public override string Summary => $"{(int)Status} {ServerMessage}".TrimEnd();
}

/// <summary>No connection could be made, so nothing was sent.</summary>
internal sealed class ApiUnreachableException(string request, Exception inner)
    : ApiException(request, $"{request}: {inner.Message}", inner)
{
    public override bool OutcomeUnknown => false;
}

/// <summary>The connection broke after the request, or part of it, was sent.</summary>
internal sealed class ApiConnectionLostException(string request, Exception inner)
    : ApiException(request, $"{request}: {inner.Message}", inner)
{
    /// <summary>Whether the server had begun to answer, and so has dealt with the request.</summary>
    public bool AnswerBegan { get; init; }
}

/// <summary>Nothing arrived for as long as is allowed.</summary>
internal sealed class ApiTimeoutException(string request, TimeSpan timeout)
    : ApiException(request, $"{request}: no progress for {timeout.TotalSeconds} s")
{
    public TimeSpan Timeout { get; } = timeout;

    public override string Summary => $"no response for {Timeout.TotalSeconds} s";
}

/// <summary>A success whose body is not what the route answers.</summary>
internal sealed class ApiFormatException(string request, string reason, string excerpt, Exception? inner = null)
    : ApiException(request, $"{request}: the response is {reason}: {excerpt}", inner)
{
    public string Reason { get; } = reason;

    /// <summary>The beginning of the body, on one line.</summary>
    public string Excerpt { get; } = excerpt;

    public override string Summary => $"the response is {Reason}";
}

/// <summary>A redirect that is not followed: in a loop, to http, or of a request that changes something.</summary>
internal sealed class ApiRedirectException(string request, string reason, HttpStatusCode status)
    : ApiException(request, $"{request}: {reason}")
{
    public string Reason { get; } = reason;

    /// <summary>307 and 308 ask for the same request elsewhere; the others may lead to what the request made.</summary>
    public override bool OutcomeUnknown { get; } = status is not (HttpStatusCode.TemporaryRedirect or (HttpStatusCode)308);

    public override bool IsPassing => false;
}

/// <summary>A proxy on the way wants credentials.</summary>
internal sealed class ProxyAuthenticationException(string request)
    : ApiException(request, $"{request}: the proxy requires credentials")
{
    public override bool OutcomeUnknown => false;

    public override bool IsPassing => false;
}

/// <summary>A proxy on the way cannot be reached, or does not let the request through: nothing was sent.</summary>
internal sealed class ProxyException(string request, string proxy, string reason)
    : ApiException(request, $"{request}: the proxy {proxy} cannot be used: {reason}")
{
    /// <summary>The proxy's address, without user and password.</summary>
    public string Proxy { get; } = proxy;

    public string Reason { get; } = reason;

    public override bool OutcomeUnknown => false;

    public override string Summary => $"the proxy {Proxy}: {Reason}";
}
