namespace PlayCanvas.Build.Tests.Support;

/// <summary>A request as a server receives it.</summary>
internal sealed record SentRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The method and the path, such as <c>GET /api/apps/1</c>.</summary>
    public string Route => $"{Method} {Uri.AbsolutePath}";

    public string Query => Uri.Query;

    public string? Authorization => Header("Authorization");

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    public static async Task<SentRequest> ReadAsync(HttpRequestMessage message)
    {
        var headers = message.Headers.Concat(message.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var body = message.Content is null ? "" : await message.Content.ReadAsStringAsync();
        return new SentRequest(message.Method.Method, message.RequestUri!, headers, body);
    }
}
