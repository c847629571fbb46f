using System.Collections.Concurrent;
using System.Net;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>A team's own store behind an https address, without sockets. Requests to other hosts go to the real network.</summary>
internal sealed class TeamServer
{
    public const string Address = "https://team.example.test/exports";

    /// <summary>The files, by the last part of their address.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>The response to a request for a file that does not exist.</summary>
    public HttpStatusCode Missing { get; set; } = HttpStatusCode.NotFound;

    public ConcurrentQueue<SentRequest> Requests { get; } = new();

    public HttpMessageHandler Handler(HttpMessageHandler others) => new Interceptor(this, others);

    private sealed class Interceptor(TeamServer server, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host != new Uri(Address).Host)
                return await base.SendAsync(request, cancellationToken);

            server.Requests.Enqueue(await SentRequest.ReadAsync(request));
            var exists = server.Files.TryGetValue(Path.GetFileName(request.RequestUri.AbsolutePath), out var file);
            return new HttpResponseMessage(exists ? HttpStatusCode.OK : server.Missing)
            {
                RequestMessage = request,
                Content = new ByteArrayContent(file ?? []),
            };
        }
    }
}
