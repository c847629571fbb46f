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
        client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = url };
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

    /// <summary>The names of the columns in the lines that <see cref="GetAsync"/> returns.</summary>
    public static string Heading => Line("path", "status", "type", "encoding", "sent", "file", "Cache-Control");

    /// <summary>
    /// Requests a file with the encodings that browsers accept. Returns a line with the status, the content type, the encoding, the number of bytes that
    /// were sent, the length of the file, and the caching.
    /// </summary>
    /// <exception cref="StepFailedException">The response is an error.</exception>
    public async Task<string> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("Accept-Encoding", "gzip, deflate, br");
        using var response = await client.SendAsync(request);
        if ((int)response.StatusCode >= 400)
            throw new StepFailedException($"GET /{path}: {(int)response.StatusCode}");

        var name = $"/{path.Split('=')[0]}{(path.Contains('=') ? "=<hash>" : "")}";
        if (response.Headers.Location is { } location)
            return Line(name, $"{(int)response.StatusCode}", $"to {location}", "", "", "", "");
        var sent = await response.Content.ReadAsByteArrayAsync();
        return Line(
            name,
            $"{(int)response.StatusCode}",
            $"{response.Content.Headers.ContentType?.MediaType}",
            response.Content.Headers.ContentEncoding.SingleOrDefault() ?? "",
            $"{sent.Length:N0}",
            $"{await LengthAsync(path):N0}",
            $"{response.Headers.CacheControl}");
    }

    private async Task<int> LengthAsync(string path) => (await client.GetByteArrayAsync(new Uri(path, UriKind.Relative))).Length;

    private static string Line(string path, string status, string type, string encoding, string sent, string length, string caching) =>
        $"{path,-54}  {status,-6}  {type,-17}  {encoding,-8}  {sent,8}  {length,9}  {caching}".TrimEnd();

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
