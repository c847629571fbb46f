using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace PlayCanvas.Build.Api.Http;

/// <summary>
/// Makes one attempt of one request: follows safe redirects, watches for progress, and translates failures into an <see cref="ApiException"/>.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    private const int MaxRedirects = 5;

    /// <summary>.NET Framework allows two connections for each server by default, and one download uses several.</summary>
    private const int MaxConnections = 16;

    private static readonly bool IsOnFramework = Environment.Version.Major == 4;

    private readonly HttpClient client;
    private readonly IWebProxy? proxy;
    private readonly Patience patience;

    /// <param name="handler">Sends the requests; this object disposes of it.</param>
    /// <param name="userAgent">The product's name and version.</param>
    /// <param name="patience">The longest time to wait without any progress.</param>
    public HttpTransport(HttpMessageHandler handler, string userAgent, Patience patience)
    {
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
        proxy = (handler as HttpClientHandler)?.Proxy;
        this.patience = patience;
    }

    /// <summary>Creates a handler that never follows a redirect by itself and bypasses the system's proxy for loopback addresses.</summary>
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

    /// <summary>Sends the request and returns as soon as the headers have arrived; the body is read from the response.</summary>
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
            // Permanent: once a redirect has left the origin, the token is not sent again, even if a later redirect leads back.
            if (!IsSameOrigin(uri, request.Uri))
                accessToken = null;
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>Whether an address is https, or http on a loopback host.</summary>
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

    /// <summary>
    /// Translates a failed connection. The message of a refused tunnel contains the proxy's address with its password, so that exception is not
    /// passed on.
    /// </summary>
    private ApiException Translate(string request, Uri uri, HttpRequestException error)
    {
        var refusal = StatusOfRefusedTunnel(error);
        if (refusal == "407")
            return new ProxyException(request);
        if (ProxyTo(uri) is { } proxyOrigin && (refusal is not null || IsNotConnected(error)))
            return new ProxyException(request, proxyOrigin, refusal is null ? error.InnerException!.Message : $"It responded with status {refusal}.");
        return IsNotConnected(error) || IsNotTrusted(error)
            ? new ApiUnreachableException(request, error.InnerException ?? error)
            : new ApiConnectionLostException(request, error.InnerException ?? error);
    }

    /// <summary>
    /// Returns the proxy for an address, without its user; null when no proxy is used. .NET Framework indicates that by returning the address
    /// itself.
    /// </summary>
    private string? ProxyTo(Uri uri) => proxy?.GetProxy(uri) is { } address && address != uri
        ? address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
        : null;

    /// <summary>
    /// Returns the status with which the proxy refused a tunnel, or null. netstandard2.0 has no typed error for it. The status is part of the
    /// message, between delimiters that cannot occur in a port or a host name: .NET writes '407'; .NET Framework writes (407), one level deeper.
    /// </summary>
    private static string? StatusOfRefusedTunnel(HttpRequestException error) =>
        Regex.Match($"{error.Message} {error.InnerException?.Message}", @"(?<=')\d{3}(?=')|(?<=\()\d{3}(?=\))") is { Success: true } status ? status.Value : null;

    /// <summary>
    /// Whether no connection was established. When connecting fails, .NET puts the error of the socket or of the TLS handshake directly inside the
    /// exception; when the connection breaks later, it puts an I/O error around it. .NET Framework reports the difference in the status of a
    /// <see cref="WebException"/>.
    /// </summary>
    private static bool IsNotConnected(HttpRequestException error) => error.InnerException is SocketException
        or WebException
    {
        Status: WebExceptionStatus.ConnectFailure or WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure,
    };

    private static bool IsNotTrusted(HttpRequestException error) => error.InnerException is AuthenticationException
        or WebException { Status: WebExceptionStatus.SecureChannelFailure or WebExceptionStatus.TrustFailure };
}
