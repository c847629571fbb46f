using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Fuzz;

/// <summary>Changes a response: its body, its headers, its status, or whether it arrives at all.</summary>
internal static class AnswerMutation
{
    private static readonly int[] Statuses = [200, 201, 204, 206, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 407, 408, 409, 410, 416, 422, 429, 500, 502, 503, 504, 599];

    private static readonly string[] HeaderNames =
    [
        "Date", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Retry-After", "Content-Length", "Content-Type", "Content-Range", "ETag", "Location", "Accept-Ranges",
        "Content-Encoding", "Last-Modified", "WWW-Authenticate", "Proxy-Authenticate", "Set-Cookie",
    ];

    private static readonly string[] HeaderValues =
    [
        "", "0", "1", "-1", "7", "garbage", "1772366405", "1772366460", "99999999999999999999", "1e9", "0, 0", "Sun, 01 Mar 2026 12:00:05 GMT", "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT", "bytes 0-1/2", "bytes 5-1/9", "bytes */7", "bytes 0-9223372036854775807/*", "bytes", "\"a\"", "W/\"a\"", "*", "text/html; charset=nonsense", "gzip",
        "/api/elsewhere", "http://127.0.0.1:1/", "https://example.test/", "//", "http://[", "?", "#",
    ];

    public static RecordedAnswer Mutate(RecordedAnswer answer, Random random)
    {
        for (var changes = random.Next(1, 3); changes > 0; changes--)
            answer = Change(answer, random);
        return answer;
    }

    private static RecordedAnswer Change(RecordedAnswer answer, Random random) => random.Next(8) switch
    {
        0 => answer with { Status = random.Pick(Statuses) },
        1 or 2 => answer with { Headers = ChangeHeader(answer.Headers, random) },
        3 => answer with { Failure = random.Pick([Failures.Unreachable, Failures.ConnectionLost, Failures.Untrusted, Failures.TunnelRefused(407)]) },
        4 => answer with { BreaksAfter = random.Next(answer.Body.Length + 1) },
        5 => answer with { Body = Mutation.Bytes(answer.Body, random) },
        _ => answer with { Body = answer.IsJson ? JsonMutation.Mutate(answer.Body, random) : Mutation.Bytes(answer.Body, random) },
    };

    private static Dictionary<string, string> ChangeHeader(IReadOnlyDictionary<string, string> headers, Random random)
    {
        var changed = new Dictionary<string, string>(headers);
        var name = random.Pick(HeaderNames);
        if (random.OneIn(4))
            changed.Remove(name);
        else
            changed[name] = random.OneIn(4) ? Printable(random.OddText()) : random.Pick(HeaderValues);
        return changed;
    }

    /// <summary>Returns the characters that a header can contain. The HTTP stack rejects all others before the client sees them.</summary>
    private static string Printable(string text) => new([.. text.Where(letter => letter is >= ' ' and < (char)127)]);
}
