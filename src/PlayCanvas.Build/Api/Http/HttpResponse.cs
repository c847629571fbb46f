using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace PlayCanvas.Build.Api.Http;

/// <summary>A response whose headers have arrived and whose body can be read as a stream.</summary>
internal sealed class HttpResponse : IDisposable
{
    private readonly HttpResponseMessage message;
    private readonly Patience patience;
    private readonly CancellationToken cancellationToken;

    public HttpResponse(string request, HttpResponseMessage message, Patience patience, CancellationToken cancellationToken)
    {
        Request = request;
        this.message = message;
        this.patience = patience;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>The method and the address of the request, without the query.</summary>
    public string Request { get; }

    public HttpStatusCode Status => message.StatusCode;

    public bool IsSuccess => message.IsSuccessStatusCode;

    /// <summary>The target of the redirect, or null when the response is not a redirect.</summary>
    public Uri? RedirectLocation => Status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or (HttpStatusCode)308
            ? message.Headers.Location
            : null;

    /// <summary>The server's time from the <c>Date</c> header; null when the header is missing.</summary>
    public DateTimeOffset? Date => message.Headers.Date;

    /// <summary>The length of the body in bytes; null when the server did not announce it.</summary>
    public long? ContentLength => message.Content.Headers.ContentLength;

    /// <summary>
    /// The byte range of the resource that the body contains, and the length of the whole resource; null when the body is the whole resource.
    /// </summary>
    public ContentRangeHeaderValue? ContentRange => message.Content.Headers.ContentRange;

    /// <summary>The strong ETag of this exact content; null when the server sent none, or only a weak one.</summary>
    public string? StrongETag => message.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;

    /// <summary>Returns the first value of a header, or null.</summary>
    public string? Header(string name) => message.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>Returns the value of <c>Retry-After</c> as a duration, or null when the header is missing.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now) => message.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - (Date ?? now),
        _ => null,
    };

    /// <summary>Opens the body. Reads observe the timeout and the cancellation token.</summary>
    public Stream OpenBody()
    {
        var opening = message.Content.ReadAsStreamAsync();
        return new ResponseStream(Request, message, patience.Wait(opening, Request, cancellationToken), patience, cancellationToken);
    }

    /// <summary>Reads the body as text, up to a number of bytes; the rest of a longer body is ignored.</summary>
    public string ReadText(int maxBytes)
    {
        using var body = OpenBody();
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while (text.Length < maxBytes && (read = body.Read(buffer, 0, buffer.Length)) > 0)
            text.Write(buffer, 0, read);

        text.Position = 0;
        using var reader = new StreamReader(text, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public void Dispose() => message.Dispose();
}
