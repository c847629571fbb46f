// Words of nginx's directives. cspell:ignore fastcgi uwsgi scgi

using System.Diagnostics;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Servers;

/// <summary>A real nginx with its own process and folder, which serves files.</summary>
internal sealed class Nginx : LocalServer
{
    private Nginx(string folder)
        : base(folder)
    {
    }

    private const string BrotliModule = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

    /// <summary>Whether nginx can send files that are compressed with Brotli.</summary>
    public static bool HasBrotli => File.Exists(BrotliModule);

    public Uri Url => new($"http://127.0.0.1:{Port}/");

    /// <summary>Starts nginx. Ignores the test if it is not installed.</summary>
    /// <param name="folder">The folder for its files.</param>
    /// <param name="root">The folder that it serves.</param>
    /// <param name="server">Directives of the server.</param>
    /// <param name="http">Directives of the block around the server.</param>
    public static Task<Nginx> StartAsync(string folder, string root, string server = "", string http = "")
    {
        if (Find("nginx") is not { } program)
        {
            Assert.Ignore("nginx is not installed");
            throw new UnreachableException();
        }

        return StartAsync(() => new Nginx(folder), nginx => nginx.RunAsync(program, root, server, http));
    }

    private Task RunAsync(string program, string root, string server, string http)
    {
        Directory.CreateDirectory(Folder);
        Write("nginx.conf", $$"""
            {{(HasBrotli ? $"load_module {BrotliModule};" : "")}}
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr;
            events { }
            http {
                types {
                    text/html html;
                    text/css css;
                    text/javascript js;
                    application/json json;
                    application/zip zip;
                }
                log_format requests '$request $status "$http_authorization"';
                access_log access.log requests;
                client_body_temp_path temporary;
                proxy_temp_path temporary;
                fastcgi_temp_path temporary;
                uwsgi_temp_path temporary;
                scgi_temp_path temporary;
                {{http}}
                server {
                    listen 127.0.0.1:{{Port}};
                    root "{{root}}";
                    {{server}}
                }
            }
            """);
        return RunAsync(program, "-p", Folder, "-c", "nginx.conf", "-e", "stderr");
    }
}
