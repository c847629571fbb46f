using System.Net.Http.Headers;
using System.Text;

namespace PlayCanvas.Build.Api.Http;

/// <summary>The parts of a request. An <see cref="HttpRequestMessage"/> cannot be sent twice, so each attempt creates its own.</summary>
internal sealed record OutgoingRequest(HttpMethod Method, Uri Uri)
{
    /// <summary>Sent to the origin of <see cref="Uri"/> only; null for a request without credentials, such as one to a signed URL.</summary>
    public AccessToken? AccessToken { get; init; }

    /// <summary>The rate limit class under which the request counts; null for a server without rate limits.</summary>
    public string? RateLimitClass { get; init; }

    /// <summary>The body, or null. An empty body only sends the JSON content type.</summary>
    public string? Json { get; init; }

    /// <summary>
    /// The requested range of the resource in bytes, both ends inclusive. Without a start, <c>To</c> is the number of bytes at the end of the
    /// resource.
    /// </summary>
    public (long? From, long? To)? Range { get; init; }

    /// <summary>The ETag that the resource must still have for the range to be sent; otherwise the server sends the whole resource.</summary>
    public string? IfRange { get; init; }

    /// <summary>Whether the request is repeated after a transient failure. A poll is not, since the next poll follows anyway.</summary>
    public bool IsRetried { get; init; } = true;

    /// <summary>The method and the address without query and user. Queries carry signatures, so only this form may be logged.</summary>
    public string Description => $"{Method} {Uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}";

    /// <summary>Whether sending the request twice does no harm, although it is a POST. Default: false.</summary>
    public bool MayBeSentTwice { get; init; }

    /// <summary>Whether sending the request twice has the same effect as sending it once.</summary>
    public bool IsIdempotent => Method != HttpMethod.Post || MayBeSentTwice;

    /// <summary>Whether the method is one of those that change nothing.</summary>
    public bool OnlyReads => Method == HttpMethod.Get || Method == HttpMethod.Head;

    public HttpRequestMessage ToMessage(Uri uri)
    {
        var message = new HttpRequestMessage(Method, uri);
        if (Json is not null)
            message.Content = new StringContent(Json, Encoding.UTF8, "application/json");
        if (Range is { } range)
            message.Headers.Range = new RangeHeaderValue(range.From, range.To);
        if (IfRange is not null)
            message.Headers.IfRange = new RangeConditionHeaderValue(IfRange);
        return message;
    }
}
