using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace PlayCanvas.Build.Api.Http;

/// <summary>An answer whose headers are there and whose body can be read as a stream.</summary>
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

    /// <summary>Method and address of the request, without query.</summary>
    public string Request { get; }

    public HttpStatusCode Status => message.StatusCode;

    public bool IsSuccess => message.IsSuccessStatusCode;

    /// <summary>Where the server sends us instead, if it does.</summary>
    public Uri? RedirectLocation => Status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or (HttpStatusCode)308
            ? message.Headers.Location
            : null;

    /// <summary>The server's clock, if it told.</summary>
    public DateTimeOffset? Date => message.Headers.Date;

    /// <summary>Length of the body in bytes, if announced.</summary>
    public long? ContentLength => message.Content.Headers.ContentLength;

    /// <summary>Which part of the resource the body is, and how long the whole is; null when it is all of it.</summary>
    public ContentRangeHeaderValue? ContentRange => message.Content.Headers.ContentRange;

    /// <summary>Names this very content; null when the server gave none that is strong.</summary>
    public string? StrongETag => message.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;

    /// <summary>The first value of a header, or null.</summary>
    public string? Header(string name) => message.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>What <c>Retry-After</c> says, as a length of time.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now) => message.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - (Date ?? now),
        _ => null,
    };

    /// <summary>The body. Reading it watches for progress and for cancellation.</summary>
    public Stream OpenBody()
    {
        var opening = message.Content.ReadAsStreamAsync();
        return new ResponseStream(Request, message, patience.Wait(opening, Request, cancellationToken), patience, cancellationToken);
    }

    /// <summary>The body as text, up to a number of bytes; a longer one is cut.</summary>
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
