using System.Net;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Fuzz;

/// <summary>A response as a server sent it, or with later changes.</summary>
internal sealed record RecordedAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The exception that is thrown instead of a response, if set.</summary>
    public Exception? Failure { get; init; }

    /// <summary>The number of bytes of the body after which the connection breaks; null if it does not break.</summary>
    public int? BreaksAfter { get; init; }

    public bool IsJson => Headers.TryGetValue("Content-Type", out var type) && type.Contains("json", StringComparison.Ordinal);

    public static RecordedAnswer NotFound { get; } =
        new(404, new Dictionary<string, string> { ["Content-Type"] = "application/json" }, """{"error":"not found"}"""u8.ToArray());

    public static async Task<RecordedAnswer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is not ("Transfer-Encoding" or "Content-Length"))
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
        return new RecordedAnswer((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }

    public HttpResponseMessage ToMessage()
    {
        if (Failure is not null)
            throw Failure;

        var response = new HttpResponseMessage((HttpStatusCode)Status)
        {
            Content = BreaksAfter is { } length ? new StreamContent(Breaking(Body[..Math.Min(length, Body.Length)])) : new ByteArrayContent(Body),
        };
        if (!Headers.ContainsKey("Content-Length"))
            response.Content.Headers.ContentLength = Body.Length;
        foreach (var (name, value) in Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
                response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private static ScriptedStream Breaking(byte[] bytes)
    {
        var left = new MemoryStream(bytes);
        return new ScriptedStream((buffer, _) => left.Read(buffer.Span) is var read and > 0 ? new(read) : throw new IOException("Connection reset by peer"));
    }
}
