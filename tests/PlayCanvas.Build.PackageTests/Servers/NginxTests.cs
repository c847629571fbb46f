using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Servers;

/// <summary>Tests nginx as the team's own store of exports, and as the server of a published game.</summary>
public sealed partial class NginxTests : ConsumerFixture
{
    private string Team => Path.Combine(Folder, "team");

    [Test]
    public async Task A_team_gets_the_locked_game_from_a_web_server_without_a_token()
    {
        await using var nginx = await Nginx.StartAsync(Path.Combine(Folder, "nginx"), Folder);
        var first = await BuildAndPackAsync($"{nginx.Url}team");
        Sandbox.World.ChangeGame(game => game with { Title = "Another" });
        Sandbox.Requests.Clear();
        UseMachine("second");

        var second = first.Checkout("checkouts/second");
        await second.BuildAsync("-p:PlayCanvasLockedMode=true");

        AssertNothingSent();
        Assert.That(second.GameHashes(), Is.EqualTo(first.GameHashes()).And.Not.Empty);
        Assert.That(nginx.Log, Is.Not.Empty.And.All.Matches("^GET /team/[0-9a-f]{64}\\.zip HTTP/1\\.1 20[06] \"-\"$"));
        TestContext.Out.WriteLine(string.Join('\n', nginx.Log));
    }

    [Test]
    public async Task What_the_team_does_not_have_is_fetched_from_the_service()
    {
        Directory.CreateDirectory(Team);
        await using var nginx = await Nginx.StartAsync(Path.Combine(Folder, "nginx"), Folder);
        var first = Console().DownloadsOnBuild().Set("PlayCanvasExportSource", $"{nginx.Url}team/");
        await first.BuildAsync();
        Sandbox.Requests.Clear();
        UseMachine("second");

        var second = first.Checkout("checkouts/second");
        await second.BuildAsync("-p:PlayCanvasLockedMode=true");

        Assert.That(nginx.Log.Single(), Does.Contain(".zip HTTP/1.1 404"));
        Assert.That(ExportsAskedFor, Is.Zero);
        Assert.That(second.GameHashes(), Is.EqualTo(first.GameHashes()).And.Not.Empty);
    }

    [Test]
    public async Task A_file_of_the_team_that_is_cut_off_is_a_warning_and_not_used()
    {
        await using var nginx = await Nginx.StartAsync(Path.Combine(Folder, "nginx"), Folder);
        var first = await BuildAndPackAsync($"{nginx.Url}team");
        var zip = Directory.GetFiles(Team).Single();
        await using (var file = File.OpenWrite(zip))
            file.SetLength(file.Length / 2);
        UseMachine("second");

        var second = first.Checkout("checkouts/second");
        var result = await second.RunAsync("build", "-p:PlayCanvasLockedMode=true");

        result.AssertSucceeded();
        Assert.That(result.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS4018"]));
        Assert.That(second.GameHashes(), Is.EqualTo(first.GameHashes()).And.Not.Empty);
    }

    /// <summary>Uses the two blocks in docs/serving.md as they stand, with another root.</summary>
    [Test]
    public async Task A_published_game_is_served_as_the_documentation_says()
    {
        var project = Web().DownloadsOnBuild();
        await project.PublishAsync();
        var blocks = NginxBlock().Matches(await File.ReadAllTextAsync(Repository.PathOf("docs/serving.md"))).Select(block => block.Groups[1].Value).ToList();
        var server = blocks[1].Replace("root /var/www/site/wwwroot;", "", StringComparison.Ordinal);
        if (!Nginx.HasBrotli)
            server = server.Replace("brotli_static on;", "", StringComparison.Ordinal);
        await using var nginx = await Nginx.StartAsync(Path.Combine(Folder, "nginx"), project.PathOf("bin/Release/net10.0/publish/wwwroot"), server, blocks[0]);
        using var client = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None, AllowAutoRedirect = false });

        using var folder = await client.GetAsync(new Uri(nginx.Url, "game"));
        Assert.That(((int)folder.StatusCode, folder.Headers.Location?.OriginalString), Is.EqualTo((301, "/game/")));
        foreach (var (accepted, expected) in new[] { ("gzip", "gzip"), ("gzip, br", Nginx.HasBrotli ? "br" : "gzip"), ("identity", null) })
        {
            foreach (var (file, type) in new[] { ("config.json", "application/json"), ("", "text/html"), ("__start__.js", "javascript") })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(nginx.Url, $"game/{file}"));
                request.Headers.Add("Accept-Encoding", accepted);
                using var answer = await client.SendAsync(request);
                TestContext.Out.WriteLine($"GET /game/{file}\n{answer.Headers}{answer.Content.Headers}");
                Assert.That(answer.Content.Headers.ContentEncoding.SingleOrDefault(), Is.EqualTo(expected), file);
                Assert.That(answer.Content.Headers.ContentType?.MediaType, Does.Contain(type), file);
                Assert.That(answer.Headers.GetValues("Cache-Control"), Is.EqualTo(["no-cache"]), file);
                var content = await DecodeAsync(await answer.Content.ReadAsStreamAsync(), expected);
                Assert.That(content, Is.EqualTo(await File.ReadAllBytesAsync(project.GameFile(file.Length == 0 ? "index.html" : file))), file);
            }
        }

        var model = project.GameFiles().Single(file => file.EndsWith(".glb", StringComparison.Ordinal));
        using var asset = await client.GetAsync(new Uri(nginx.Url, $"game/{model}?t=0123456789abcdef0123456789abcdef"));
        Assert.That(asset.Headers.GetValues("Cache-Control"), Is.EqualTo(["public, max-age=31536000, immutable"]));
        Assert.That(asset.Content.Headers.ContentType?.MediaType, Is.EqualTo("model/gltf-binary"));
    }

    private static async Task<byte[]> DecodeAsync(Stream stream, string? encoding)
    {
        await using var decoding = encoding switch
        {
            "br" => new BrotliStream(stream, CompressionMode.Decompress),
            "gzip" => new GZipStream(stream, CompressionMode.Decompress),
            _ => stream,
        };
        using var content = new MemoryStream();
        await decoding.CopyToAsync(content);
        return content.ToArray();
    }

    private async Task<ConsumerProject> BuildAndPackAsync(string source)
    {
        var project = Console().DownloadsOnBuild().Set("PlayCanvasExportSource", source);
        await project.BuildAsync();
        var pack = await project.RunAsync("build", "--no-restore", "-t:PlayCanvasPack", "-getTargetResult:PlayCanvasPack");
        pack.AssertSucceeded();
        var zip = Directory.GetFiles(project.PathOf("bin/playcanvas")).Single();
        Assert.That(pack.Output, Does.Contain(Path.GetFileName(zip)));
        Directory.CreateDirectory(Team);
        File.Copy(zip, Path.Combine(Team, Path.GetFileName(zip)));
        return project;
    }

    [GeneratedRegex("```nginx\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex NginxBlock();
}
