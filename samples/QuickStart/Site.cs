using System.Diagnostics;
using System.Text.RegularExpressions;

namespace QuickStart;

/// <summary>The published site, run in the same way as on a server.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient client;

    private Site(Process process, Uri url)
    {
        this.process = process;
        Url = url;
        client = new HttpClient { BaseAddress = url };
    }

    public Uri Url { get; }

    public static async Task<Site> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "WebGame.dll"), "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Logging__LogLevel__Default"] = "Information" },
        };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Regex.Match(line, @"Now listening on: (http\S+)") is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Site(process, new Uri(match.Groups[1].Value + "/"));
            }
        }

        throw new StepFailedException("The published site did not start.");
    }

    /// <summary>Requests a file. Returns a line with the status, the length and the content type of the response.</summary>
    /// <exception cref="StepFailedException">The response is not a success.</exception>
    public async Task<string> GetAsync(string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode
            ? $"GET /{path}: {(int)response.StatusCode}, {body.Length:N0} bytes of {response.Content.Headers.ContentType?.MediaType}"
            : throw new StepFailedException($"GET /{path}: {(int)response.StatusCode}");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
