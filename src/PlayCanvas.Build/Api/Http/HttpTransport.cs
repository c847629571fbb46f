using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace PlayCanvas.Build.Api.Http;

/// <summary>Makes one attempt of one request: follows safe redirects, watches for progress, names failures.</summary>
internal sealed class HttpTransport : IDisposable
{
    private const int MaxRedirects = 5;

    /// <summary>.NET Framework's own default is two, of which a download takes several.</summary>
    private const int MaxConnections = 16;

    private readonly HttpClient client;
    private readonly TimeSpan timeout;
    private readonly Action<HttpRequestMessage> authorize;

    /// <param name="handler">What connects; owned by this object.</param>
    /// <param name="userAgent">Product name and version.</param>
    /// <param name="timeout">The longest time without any progress.</param>
    /// <param name="authorize">Given each message before it is sent, redirected ones too: adds credentials where they belong.</param>
    public HttpTransport(HttpMessageHandler handler, string userAgent, TimeSpan timeout, Action<HttpRequestMessage> authorize)
    {
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
        this.timeout = timeout;
        this.authorize = authorize;
    }

    /// <summary>A handler that never follows a redirect by itself and leaves loopback addresses out of the system's proxy.</summary>
    public static HttpMessageHandler CreateHandler() => new HttpClientHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = MaxConnections,
        Proxy = new SystemProxy(),
        UseProxy = true,
    };

    /// <summary>Returns when the headers are there; the body is read from the response.</summary>
    public HttpResponse Send(OutgoingRequest request, CancellationToken cancellationToken)
    {
        var uri = request.Uri;
        for (var redirects = 0; ; redirects++)
        {
            var response = SendOnce(request, uri, cancellationToken);
            if (response.RedirectLocation is not { } location)
                return response;

            response.Dispose();
            uri = Follow(request, response.Status, uri, location, redirects);
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>Plain http is for servers on this machine only.</summary>
    public static bool IsSecure(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);

    private HttpResponse SendOnce(OutgoingRequest request, Uri uri, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(uri);
        authorize(message);
        var abandon = new CancellationTokenSource();
        try
        {
            var sending = client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, abandon.Token);
            var response = Blocking.Wait(sending, timeout, cancellationToken);
            return new HttpResponse(request.Description, response, timeout, cancellationToken);
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
            throw new ApiTimeoutException(request.Description, timeout);
        }
        catch (HttpRequestException error)
        {
            throw Translate(request.Description, error);
        }
    }

    private static Uri Follow(OutgoingRequest request, HttpStatusCode status, Uri from, Uri location, int redirects)
    {
        if (request.Method != HttpMethod.Get)
            throw new ApiRedirectException(request.Description, "a request that changes something was redirected", status);
        if (redirects == MaxRedirects)
            throw new ApiRedirectException(request.Description, $"more than {MaxRedirects} redirects", status);

        var target = new Uri(from, location);
        if (!IsSecure(target))
            throw new ApiRedirectException(request.Description, "redirected to an address that is not https", status);
        return target;
    }

    private static ApiException Translate(string request, HttpRequestException error)
    {
        if (IsRefusedTunnel(error))
            return new ProxyAuthenticationException(request, error);
        return NothingWasSent(error)
            ? new ApiUnreachableException(request, error.InnerException ?? error)
            : new ApiConnectionLostException(request, error.InnerException ?? error);
    }

    /// <summary>
    /// netstandard2.0 has no typed error for a tunnel that the proxy refuses. The status stands in the text, between marks that no
    /// port or host name has: .NET writes '407', .NET Framework (407), one level deeper.
    /// </summary>
    private static bool IsRefusedTunnel(HttpRequestException error) =>
        error.Message.Contains("'407'") || error.InnerException?.Message.Contains("(407)") == true;

    /// <summary>
    /// .NET puts the socket's or the handshake's error directly inside when connecting failed, and an I/O error around it when
    /// the connection broke later; .NET Framework says which in the status of a <see cref="WebException"/>.
    /// </summary>
    private static bool NothingWasSent(HttpRequestException error) => error.InnerException switch
    {
        SocketException or AuthenticationException => true,
        WebException web => web.Status is WebExceptionStatus.ConnectFailure
            or WebExceptionStatus.NameResolutionFailure
            or WebExceptionStatus.ProxyNameResolutionFailure
            or WebExceptionStatus.SecureChannelFailure
            or WebExceptionStatus.TrustFailure,
        _ => false,
    };
}
