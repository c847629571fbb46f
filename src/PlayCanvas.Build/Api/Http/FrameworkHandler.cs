using System.Net;

namespace PlayCanvas.Build.Api.Http;

/// <summary>
/// The HTTP handler for .NET Framework, whose own handler rejects a GET with content, even when the content is empty and only its type matters.
/// This handler sends such a request with <see cref="HttpWebRequest"/>, which accepts the content type as a header.
/// </summary>
internal sealed class FrameworkHandler : HttpClientHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get || request.Content is null)
            return base.SendAsync(request, cancellationToken);

        // The caller may dispose of the request before it is sent.
        var webRequest = ToWebRequest(request);
        // HttpWebRequest looks up the proxy synchronously, which would block the thread that begins the request.
        return Task.Run(() => SendByWebRequestAsync(webRequest, cancellationToken), cancellationToken);
    }

    private HttpWebRequest ToWebRequest(HttpRequestMessage request)
    {
        var webRequest = WebRequest.CreateHttp(request.RequestUri);
        webRequest.AllowAutoRedirect = AllowAutoRedirect;
        webRequest.Proxy = Proxy;
        webRequest.UserAgent = request.Headers.UserAgent.ToString();
        webRequest.ContentType = request.Content.Headers.ContentType.ToString();
        if (request.Headers.Authorization is { } authorization)
            webRequest.Headers[HttpRequestHeader.Authorization] = authorization.ToString();
        return webRequest;
    }

    private static async Task<HttpResponseMessage> SendByWebRequestAsync(HttpWebRequest request, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(request.Abort);
        try
        {
            return ToMessage((HttpWebResponse)await request.GetResponseAsync().ConfigureAwait(false));
        }
        catch (WebException error) when (error.Response is HttpWebResponse response)
        {
            return ToMessage(response);
        }
        catch (WebException error)
        {
            throw new HttpRequestException(error.Message, error);
        }
    }

    private static HttpResponseMessage ToMessage(HttpWebResponse response)
    {
        var message = new HttpResponseMessage(response.StatusCode) { Content = new StreamContent(response.GetResponseStream()) };
        foreach (var name in response.Headers.AllKeys)
        {
            if (!message.Headers.TryAddWithoutValidation(name, response.Headers[name]))
                message.Content.Headers.TryAddWithoutValidation(name, response.Headers[name]);
        }

        return message;
    }
}
