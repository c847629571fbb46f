using System.Diagnostics;
using System.Net;
using CliWrap;
using CliWrap.Buffered;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Proxies;

/// <summary>A real forwarding proxy with its own process and folder. It resolves host names that only it knows.</summary>
internal sealed class Squid : LocalServer
{
    private Squid(string folder)
        : base(folder)
    {
    }

    /// <summary>Starts squid. Ignores the test if it is not installed.</summary>
    /// <param name="folder">The folder for its files.</param>
    /// <param name="hosts">The host names that squid resolves to this machine.</param>
    /// <param name="refused">A host name to which squid refuses all requests.</param>
    /// <param name="user">The user and password that squid requires; null if it does not require authentication.</param>
    public static Task<Squid> StartAsync(string folder, IEnumerable<string> hosts, string? refused = null, NetworkCredential? user = null)
    {
        if (Find("squid") is not { } program)
        {
            Assert.Ignore("squid is not installed");
            throw new UnreachableException();
        }

        return StartAsync(() => new Squid(folder), squid => squid.RunAsync(program, hosts, refused, user));
    }

    private async Task RunAsync(string program, IEnumerable<string> hosts, string? refused, NetworkCredential? user)
    {
        Directory.CreateDirectory(Folder);
        // Squid that is started as root continues as another user, which must have write access to this folder.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Folder, (UnixFileMode)0b111_111_111);
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
        await RunAsync(program, "-N", "-f", "squid.conf");
    }

    private static async Task<string> HashAsync(string password)
    {
        var result = await Cli.Wrap("openssl").WithArguments(["passwd", "-apr1", password]).ExecuteBufferedAsync();
        return result.StandardOutput.Trim();
    }
}
