using System.Net.Http.Headers;
using System.Text;

namespace PlayCanvas.Build.Api.Http;

/// <summary>What a request consists of. A message that was sent cannot be sent again, so each attempt makes its own.</summary>
internal sealed record OutgoingRequest(HttpMethod Method, Uri Uri)
{
    /// <summary>For the origin of <see cref="Uri"/> and no other; null where no credentials belong, as at a signed address.</summary>
    public AccessToken? AccessToken { get; init; }

    /// <summary>The rate limit that the request counts for; null for a server that has none.</summary>
    public string? RateLimitClass { get; init; }

    /// <summary>The body, if any; an empty one only says that JSON is spoken.</summary>
    public string? Json { get; init; }

    /// <summary>The part of the resource that is wanted, in bytes, both ends included; without a beginning, that many of its last ones.</summary>
    public (long? From, long? To)? Range { get; init; }

    /// <summary>The ETag that the resource must still have for the range to be taken; else all of it is sent.</summary>
    public string? IfRange { get; init; }

    /// <summary>Whether it is sent again where it fails in passing; a poll is not, since the next poll follows anyway.</summary>
    public bool IsRetried { get; init; } = true;

    /// <summary>Method and address without query or user: what may be logged, since queries carry signatures.</summary>
    public string Description => $"{Method} {Uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}";

    /// <summary>Whether sending it twice does what sending it once does.</summary>
    public bool IsIdempotent => Method != HttpMethod.Post;

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
