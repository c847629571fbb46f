using System.Collections.Concurrent;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>
/// A server without sockets. It sends scripted replies: to any request in the order of a script, or to the requests of a route.
/// An unexpected request fails the test.
/// </summary>
internal sealed class StubHandler : HttpClientHandler
{
    private readonly ConcurrentQueue<Reply> script = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Reply>> routes = new();
    private readonly ConcurrentDictionary<string, Reply> standing = new();
    private readonly ConcurrentQueue<SentRequest> requests = new();

    public IReadOnlyList<SentRequest> Requests => [.. requests];

    public bool IsDisposed { get; private set; }

    /// <summary>Sends these replies to the next requests of any route.</summary>
    public StubHandler Next(params Reply[] replies)
    {
        foreach (var reply in replies)
            script.Enqueue(reply);
        return this;
    }

    /// <summary>Sends these replies to the next requests of a route, such as <c>GET /api/apps/1</c>.</summary>
    public StubHandler On(string route, params Reply[] replies)
    {
        foreach (var reply in replies)
            routes.GetOrAdd(route, _ => new()).Enqueue(reply);
        return this;
    }

    /// <summary>Sends this reply to all requests of a route that do not have another reply.</summary>
    public StubHandler Always(string route, Reply reply)
    {
        standing[route] = reply;
        return this;
    }

    public IReadOnlyList<SentRequest> Of(string route) => [.. requests.Where(request => request.Route == route)];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = await SentRequest.ReadAsync(request);
        requests.Enqueue(sent);
        var response = await ReplyFor(sent)(sent, cancellationToken);
        response.RequestMessage = request;
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private Reply ReplyFor(SentRequest sent) =>
        (routes.TryGetValue(sent.Route, out var queue) && queue.TryDequeue(out var reply))
        || standing.TryGetValue(sent.Route, out reply)
        || script.TryDequeue(out reply)
            ? reply
            : throw new InvalidOperationException($"Unexpected request: {sent.Method} {sent.Uri}");
}
