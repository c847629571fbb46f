using System.Net;
using System.Net.Sockets;
using CliWrap;
using CliWrap.Buffered;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>A server program of this machine, in its own process and folder.</summary>
internal abstract class LocalServer : IAsyncDisposable
{
    /// <summary>Another program may take the free port before the server listens on it.</summary>
    private const int MaxAttempts = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource stop = new();
    private Task<BufferedCommandResult> process = null!;

    private protected LocalServer(string folder) => Folder = folder;

    public int Port { get; } = FreePort();

    /// <summary>The access log, one line per request.</summary>
    public IReadOnlyList<string> Log => File.Exists(LogPath) ? File.ReadAllLines(LogPath) : [];

    private protected string Folder { get; }

    private string LogPath => Path.Combine(Folder, "access.log");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (process is not null)
            await process.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    /// <summary>Returns the path of a program; null if it is not installed.</summary>
    private protected static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(["/usr/sbin", "/usr/lib/squid", "/usr/lib64/squid"])
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>Creates a server and starts it, again with another port if it ends before it listens.</summary>
    private protected static async Task<T> StartAsync<T>(Func<T> create, Func<T, Task> start)
        where T : LocalServer
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = create();
            try
            {
                await start(server);
                return server;
            }
            catch (ServerEndedException) when (attempt < MaxAttempts)
            {
                await server.DisposeAsync();
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Starts the program, and waits until it listens.</summary>
    private protected async Task RunAsync(string program, params string[] arguments)
    {
        process = Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(Folder)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(stop.Token);
        using var patience = new CancellationTokenSource(Patience);
        while (!await ListensAsync())
        {
            if (process.IsCompleted)
                throw new ServerEndedException((await process).StandardError);
            await Task.Delay(50, patience.Token);
        }
    }

    private protected void Write(string file, string content) => File.WriteAllText(Path.Combine(Folder, file), content + "\n");

    private async Task<bool> ListensAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A server ended before it listened.</summary>
    private sealed class ServerEndedException(string error) : Exception($"The server ended: {error}");
}
