using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Benchmarks;

/// <summary>An nginx that serves one folder twice: compressed and cached like the package does it, and with Debian's defaults.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private const string BrotliModule = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;

    private Nginx(Process process) => this.process = process;

    /// <summary>With <c>brotli_static</c>, <c>gzip_static</c> and the same <c>Cache-Control</c> as the package.</summary>
    public Uri Tuned { get; } = FreeUrl();

    /// <summary>With the settings of Debian's package.</summary>
    public Uri Default { get; } = FreeUrl();

    public static async Task<Nginx> StartAsync(string folder, string webRoot)
    {
        var configuration = Path.Combine(folder, "nginx.conf");
        var nginx = new Nginx(new Process { StartInfo = new ProcessStartInfo("nginx", ["-p", folder, "-c", configuration]) });
        await File.WriteAllTextAsync(configuration, nginx.ConfigurationFor(folder, webRoot));
        nginx.process.Start();
        var watch = Stopwatch.StartNew();
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                (await client.GetAsync(nginx.Tuned)).Dispose();
                return nginx;
            }
            catch (HttpRequestException) when (watch.Elapsed < Patience && !nginx.process.HasExited)
            {
                await Task.Delay(5);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Uri FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{(IPEndPoint)listener.LocalEndpoint}/");
    }

    private string ConfigurationFor(string folder, string webRoot) =>
        $$"""
        load_module {{BrotliModule}};
        daemon off;
        user root;
        worker_processes auto;
        pid {{folder}}/nginx.pid;
        error_log {{folder}}/error.log;
        events { worker_connections 768; }
        http {
            sendfile on;
            types_hash_max_size 2048;
            include /etc/nginx/mime.types;
            default_type application/octet-stream;
            access_log off;
            gzip on;
            map $arg_t $cache_control {
                default "public, max-age=31536000, immutable";
                "" "no-cache";
            }
            server {
                listen {{Tuned.Authority}};
                root {{webRoot}};
                brotli_static on;
                gzip_static on;
                add_header Cache-Control $cache_control;
                add_header Vary Accept-Encoding;
            }
            server {
                listen {{Default.Authority}};
                root {{webRoot}};
            }
        }
        """;
}
