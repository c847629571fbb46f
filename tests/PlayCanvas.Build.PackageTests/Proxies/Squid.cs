using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CliWrap;
using CliWrap.Buffered;

namespace PlayCanvas.Build.PackageTests.Proxies;

/// <summary>A real forwarding proxy with its own process and folder. It resolves host names that only it knows.</summary>
internal sealed class Squid : IAsyncDisposable
{
    /// <summary>Another program may take the free port before squid listens on it.</summary>
    private const int MaxAttempts = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder;
    private readonly CancellationTokenSource stop = new();
    private Task<BufferedCommandResult> process = null!;

    private Squid(string folder) => this.folder = folder;

    public int Port { get; } = FreePort();

    /// <summary>The access log of squid, one line per request.</summary>
    public IReadOnlyList<string> Log => File.Exists(LogPath) ? File.ReadAllLines(LogPath) : [];

    private string LogPath => Path.Combine(folder, "access.log");

    /// <summary>Starts squid. Ignores the test if it is not installed.</summary>
    /// <param name="folder">The folder for its files.</param>
    /// <param name="hosts">The host names that squid resolves to this machine.</param>
    /// <param name="refused">A host name to which squid refuses all requests.</param>
    /// <param name="user">The user and password that squid requires; null if it does not require authentication.</param>
    public static async Task<Squid> StartAsync(string folder, IEnumerable<string> hosts, string? refused = null, NetworkCredential? user = null)
    {
        if (Find("squid") is not { } program)
        {
            Assert.Ignore("squid is not installed");
            throw new UnreachableException();
        }

        for (var attempt = 1; ; attempt++)
        {
            var squid = new Squid(folder);
            try
            {
                await squid.RunAsync(program, hosts, refused, user);
                return squid;
            }
            catch (SquidEndedException) when (attempt < MaxAttempts)
            {
                await squid.DisposeAsync();
            }
            catch
            {
                await squid.DisposeAsync();
                throw;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (process is not null)
            await process.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    private async Task RunAsync(string program, IEnumerable<string> hosts, string? refused, NetworkCredential? user)
    {
        Directory.CreateDirectory(folder);
        // Squid that is started as root continues as another user, which must have write access to this folder.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        Write("hosts", $"127.0.0.1 {string.Join(' ', hosts)}");
        if (user is not null)
            Write("passwords", $"{user.UserName}:{await HashAsync(user.Password)}");
        Write("squid.conf", $"""
            http_port 127.0.0.1:{Port}
            pid_filename none
            access_log stdio:access.log
            cache_log /dev/null
            cache deny all
            cache_mem 0
            pinger_enable off
            shutdown_lifetime 0 seconds
            hosts_file hosts
            dns_nameservers 127.0.0.1
            {(user is null ? "acl allowed src all" : $"auth_param basic program {Find("basic_ncsa_auth")} passwords\nacl allowed proxy_auth REQUIRED")}
            {(refused is null ? "" : $"acl refused dstdomain {refused}\nhttp_access deny refused")}
            http_access allow allowed
            http_access deny all
            """);
        process = Cli.Wrap(program)
            .WithArguments(["-N", "-f", "squid.conf"])
            .WithWorkingDirectory(folder)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(stop.Token);
        await WaitUntilItListensAsync();
    }

    private async Task WaitUntilItListensAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await ListensAsync())
        {
            if (process.IsCompleted)
                throw new SquidEndedException((await process).StandardError);
            await Task.Delay(50, patience.Token);
        }
    }

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

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(folder, file), content + "\n");

    private static async Task<string> HashAsync(string password)
    {
        var result = await Cli.Wrap("openssl").WithArguments(["passwd", "-apr1", password]).ExecuteBufferedAsync();
        return result.StandardOutput.Trim();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(["/usr/sbin", "/usr/lib/squid", "/usr/lib64/squid"])
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>Squid ended before it listened.</summary>
    private sealed class SquidEndedException(string error) : Exception($"squid ended: {error}");
}
