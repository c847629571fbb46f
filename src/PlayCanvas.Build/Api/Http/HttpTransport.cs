using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace PlayCanvas.Build.Api.Http;

/// <summary>Makes one attempt of one request: follows safe redirects, watches for progress, names failures.</summary>
internal sealed class HttpTransport : IDisposable
{
    private const int MaxRedirects = 5;

    /// <summary>.NET Framework's own default is two, of which a download takes several.</summary>
    private const int MaxConnections = 16;

    private static readonly bool IsOnFramework = Environment.Version.Major == 4;

    private readonly HttpClient client;
    private readonly IWebProxy? proxy;
    private readonly Patience patience;

    /// <param name="handler">What connects; owned by this object.</param>
    /// <param name="userAgent">Product name and version.</param>
    /// <param name="patience">How long to wait without any progress.</param>
    public HttpTransport(HttpMessageHandler handler, string userAgent, Patience patience)
    {
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
        proxy = (handler as HttpClientHandler)?.Proxy;
        this.patience = patience;
    }

    /// <summary>A handler that never follows a redirect by itself and leaves loopback addresses out of the system's proxy.</summary>
    public static HttpMessageHandler CreateHandler()
    {
        var handler = IsOnFramework ? new FrameworkHandler() : new HttpClientHandler();
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.MaxConnectionsPerServer = MaxConnections;
        handler.Proxy = new SystemProxy();
        handler.UseProxy = true;
        return handler;
    }

    /// <summary>Returns when the headers are there; the body is read from the response.</summary>
    public HttpResponse Send(OutgoingRequest request, CancellationToken cancellationToken)
    {
        var uri = request.Uri;
        var accessToken = request.AccessToken;
        for (var redirects = 0; ; redirects++)
        {
            var response = SendOnce(request, uri, accessToken, cancellationToken);
            if (response.RedirectLocation is not { } location)
                return response;

            response.Dispose();
            uri = Follow(request, response.Status, uri, location, redirects);
            // For good: who is sent away and back again comes on behalf of somebody else.
            if (!IsSameOrigin(uri, request.Uri))
                accessToken = null;
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>Plain http is for servers on this machine only.</summary>
    public static bool IsSecure(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);

    private static bool IsSameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private HttpResponse SendOnce(OutgoingRequest request, Uri uri, AccessToken? accessToken, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(uri);
        if (accessToken is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken.Reveal());
        var abandon = new CancellationTokenSource();
        try
        {
            var sending = client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, abandon.Token);
            var response = patience.Wait(sending, request.Description, cancellationToken);
            return new HttpResponse(request.Description, response, patience, cancellationToken);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ApiConnectionLostException(request.Description, error);
        }
        catch (OperationCanceledException)
        {
            abandon.Cancel();
            throw;
        }
        catch (TimeoutException)
        {
            abandon.Cancel();
            throw new ApiTimeoutException(request.Description, patience.Limit);
        }
        catch (HttpRequestException error)
        {
            throw Translate(request.Description, uri, error);
        }
    }

    private static Uri Follow(OutgoingRequest request, HttpStatusCode status, Uri from, Uri location, int redirects)
    {
        if (request.Method != HttpMethod.Get)
            throw new ApiRedirectException(request.Description, "a request that changes data was redirected", status);
        if (redirects == MaxRedirects)
            throw new ApiRedirectException(request.Description, $"there were more than {MaxRedirects} redirects", status);

        var target = new Uri(from, location);
        if (!IsSecure(target))
            throw new ApiRedirectException(request.Description, "the redirect target is not an https address", status);
        return target;
    }

    /// <summary>The words of a refused tunnel are the proxy's address with its password, so that error goes no further than here.</summary>
    private ApiException Translate(string request, Uri uri, HttpRequestException error)
    {
        var refusal = StatusOfRefusedTunnel(error);
        if (refusal == "407")
            return new ProxyAuthenticationException(request);
        if (ProxyTo(uri) is { } proxyOrigin && (refusal is not null || IsNotConnected(error)))
            return new ProxyException(request, proxyOrigin, refusal is null ? error.InnerException!.Message : $"It responded with status {refusal}.");
        return IsNotConnected(error) || IsNotTrusted(error)
            ? new ApiUnreachableException(request, error.InnerException ?? error)
            : new ApiConnectionLostException(request, error.InnerException ?? error);
    }

    /// <summary>The proxy on the way to an address, without its user; null when there is none. .NET Framework says so with the address itself.</summary>
    private string? ProxyTo(Uri uri) => proxy?.GetProxy(uri) is { } address && address != uri
        ? address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
        : null;

    /// <summary>
    /// netstandard2.0 has no typed error for a tunnel that the proxy refuses. The status stands in the text, between marks that no
    /// port or host name has: .NET writes '407', .NET Framework (407), one level deeper.
    /// </summary>
    private static string? StatusOfRefusedTunnel(HttpRequestException error) =>
        Regex.Match($"{error.Message} {error.InnerException?.Message}", @"(?<=')\d{3}(?=')|(?<=\()\d{3}(?=\))") is { Success: true } status ? status.Value : null;

    /// <summary>
    /// .NET puts the socket's or the handshake's error directly inside when connecting failed, and an I/O error around it when
    /// the connection broke later; .NET Framework says which in the status of a <see cref="WebException"/>.
    /// </summary>
    private static bool IsNotConnected(HttpRequestException error) => error.InnerException is SocketException
        or WebException
    {
        Status: WebExceptionStatus.ConnectFailure or WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure,
    };

    private static bool IsNotTrusted(HttpRequestException error) => error.InnerException is AuthenticationException
        or WebException { Status: WebExceptionStatus.SecureChannelFailure or WebExceptionStatus.TrustFailure };
}
