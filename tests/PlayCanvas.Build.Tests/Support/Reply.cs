using System.Net;
using System.Text;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>The reaction of a <see cref="StubHandler"/> to a request.</summary>
internal delegate Task<HttpResponseMessage> Reply(SentRequest request, CancellationToken cancellationToken);

/// <summary>Creates replies of all kinds, valid and invalid.</summary>
internal static class Replies
{
    public static Reply Json(string json, int status = 200) => Text(json, "application/json", status);

    public static Reply Html(string html, int status = 200) => Text(html, "text/html", status);

    public static Reply Text(string text, string contentType, int status = 200) => Bytes(Encoding.UTF8.GetBytes(text), contentType, status);

    public static Reply Bytes(byte[] bytes, string contentType = "application/octet-stream", int status = 200) => (_, _) =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(bytes) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return Task.FromResult(response);
    };

    public static Reply Body(Stream body, long? length = null, int status = 200) => (_, _) =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(body) };
        response.Content.Headers.ContentLength = length;
        return Task.FromResult(response);
    };

    public static Reply Status(int status, string error = "no") => Json($$"""{"error":"{{error}}"}""", status);

    public static Reply Redirect(string location, int status = 302) => Status(status).With("Location", location);

    public static Reply Throw(Exception error) => (_, _) => Task.FromException<HttpResponseMessage>(error);

    /// <summary>Never responds, and ignores a cancellation, as on .NET Framework.</summary>
    public static Reply Never => (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;

    /// <summary>The connection cannot be established.</summary>
    public static Reply Unreachable => Throw(Failures.Unreachable);

    /// <summary>The connection breaks after the request was sent.</summary>
    public static Reply ConnectionLost => Throw(Failures.ConnectionLost);

    public static Reply With(this Reply reply, string header, string value) => async (request, cancellationToken) =>
    {
        var response = await reply(request, cancellationToken);
        response.Headers.TryAddWithoutValidation(header, value);
        return response;
    };

    /// <summary>Runs an action, such as a cancellation, when the request has arrived.</summary>
    public static Reply After(this Reply reply, Action action) => (request, cancellationToken) =>
    {
        action();
        return reply(request, cancellationToken);
    };
}
