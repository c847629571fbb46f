using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PlayCanvas.Build.FrameworkTests;

/// <summary>A proxy that returns the same refusal to every request.</summary>
internal sealed class StubbornProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly byte[] answer;

    /// <param name="refusal">The status code and its reason phrase.</param>
    /// <param name="header">An additional response header.</param>
    public StubbornProxy(string refusal, string header = "")
    {
        answer = Encoding.ASCII.GetBytes($"HTTP/1.1 {refusal}\r\n{header}{(header.Length == 0 ? "" : "\r\n")}Content-Length: 0\r\nConnection: close\r\n\r\n");
        listener.Start();
        _ = ServeAsync();
    }

    public string Authority => listener.LocalEndpoint.ToString()!;

    /// <summary>The request line and the headers of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await RefuseAsync(client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task RefuseAsync(TcpClient client)
    {
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var request = new StringBuilder();
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
                request.AppendLine(line);

            Requests.Enqueue(request.ToString());
            await stream.WriteAsync(answer);
        }
        catch (IOException)
        {
            // The client has closed the connection.
        }
    }
}
