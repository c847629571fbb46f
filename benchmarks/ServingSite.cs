using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks;

/// <summary>The requests of one measurement: how many the site responded to in a second, and its processor time for each.</summary>
internal sealed record Throughput(double PerSecond, double Microseconds)
{
    public override string ToString() => $"{PerSecond:0} requests/s, {Microseconds:0.0} µs of the site's processor time for each";
}

/// <summary>The start of a site: seconds until its first response, and its memory in bytes after a few requests.</summary>
internal sealed record Start(double Seconds, long Memory)
{
    public override string ToString() => $"{Seconds:0.000} s, {Memory / 1e6:0.0} MB";
}

/// <summary>A published site in its own process.</summary>
internal sealed class ServingSite : IAsyncDisposable
{
    public const int Connections = 4;
    private const int MillisecondsBetweenAttempts = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly IPEndPoint address;

    private ServingSite(Process process, IPEndPoint address, double seconds) => (this.process, this.address, Seconds) = (process, address, seconds);

    /// <summary>The seconds from the start of the process to its first response.</summary>
    public double Seconds { get; }

    /// <summary>The address at which the site listens.</summary>
    public IPEndPoint Address => address;

    public Uri Url => new($"http://{address}/");

    /// <summary>Starts the site in a folder, and waits for its response to a path.</summary>
    /// <param name="folder">The folder of the published site.</param>
    /// <param name="path">The path.</param>
    /// <param name="at">The address at which the site listens; null for a free one.</param>
    /// <param name="watchesConfiguration">Whether the site watches its folders for changes of its configuration, which is ASP.NET Core's default.</param>
    public static async Task<ServingSite> StartAsync(string folder, string path, IPEndPoint? at = null, bool watchesConfiguration = true)
    {
        var address = at ?? FreeAddress();
        var start = new ProcessStartInfo("dotnet", ["Site.dll", "--urls", $"http://{address}", "--Logging:LogLevel:Default", "Warning"]) { WorkingDirectory = folder };
        start.Environment["DOTNET_hostBuilder__reloadConfigOnChange"] = watchesConfiguration ? "true" : "false";
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        while (true)
        {
            try
            {
                using var connection = await Connection.OpenAsync(address, path);
                return new ServingSite(process, address, watch.Elapsed.TotalSeconds);
            }
            catch (SocketException) when (watch.Elapsed < Patience && !process.HasExited)
            {
                await Task.Delay(MillisecondsBetweenAttempts);
            }
            catch
            {
                process.Kill();
                process.Dispose();
                throw;
            }
        }
    }

    /// <summary>Starts the site, requests the paths once, and ends it.</summary>
    public static async Task<Start> MeasureStartAsync(string folder, bool watchesConfiguration, params string[] paths)
    {
        await using var site = await StartAsync(folder, paths[0], at: null, watchesConfiguration);
        foreach (var path in paths)
            (await Connection.OpenAsync(site.address, path)).Dispose();
        site.process.Refresh();
        return new Start(site.Seconds, site.process.WorkingSet64);
    }

    /// <summary>Requests a path over and over on a few connections.</summary>
    public async Task<Throughput> MeasureAsync(string path)
    {
        var connections = new List<Connection>();
        for (var number = 0; number < Connections; number++)
            connections.Add(await Connection.OpenAsync(address, path));

        process.Refresh();
        var (before, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var counts = await Task.WhenAll(connections.Select(connection => Task.Run(() =>
        {
            var count = 0;
            for (; watch.Elapsed < Duration; count++)
                connection.Request();
            return count;
        })));
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var time = process.TotalProcessorTime - before;
        connections.ForEach(connection => connection.Dispose());
        return new Throughput(counts.Sum() / seconds, time.TotalMicroseconds / counts.Sum());
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static IPEndPoint FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    /// <summary>
    /// A connection that repeats one request. It counts bytes only, since an HTTP client would need more time than the site: all responses of the site to
    /// the same request have the same length.
    /// </summary>
    private sealed class Connection : IDisposable
    {
        private readonly Socket socket;
        private readonly byte[] request;
        private readonly byte[] buffer = new byte[1 << 18];
        private readonly long responseLength;

        private Connection(Socket socket, string host, string path)
        {
            this.socket = socket;
            request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
            socket.Send(request);
            var received = 0;
            int end;
            while ((end = buffer.AsSpan(0, received).IndexOf("\r\n\r\n"u8)) < 0)
                received += Receive(buffer.AsSpan(received));
            var head = Encoding.ASCII.GetString(buffer, 0, end);
            if (!head.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
                throw new InvalidOperationException($"{path}: {head}");
            var length = head.Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)).Split(' ')[1];
            responseLength = end + 4 + long.Parse(length);
            Drain(received);
        }

        public static async Task<Connection> OpenAsync(IPEndPoint address, string path)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address);
                return new Connection(socket, $"{address}", path);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        public void Request()
        {
            socket.Send(request);
            Drain(0);
        }

        public void Dispose() => socket.Dispose();

        private void Drain(long received)
        {
            while (received < responseLength)
                received += Receive(buffer);
        }

        private int Receive(Span<byte> into) => socket.Receive(into) is > 0 and var count ? count : throw new IOException("The site closed the connection.");
    }
}
