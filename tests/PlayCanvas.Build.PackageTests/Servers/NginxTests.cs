using System.IO.Compression;
using System.Net;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Servers;

/// <summary>Tests nginx as the team's own store of exports, and as the server of a published game.</summary>
public sealed class NginxTests : ConsumerFixture
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

    [Test]
    public async Task A_published_game_is_served_compressed()
    {
        var project = Web().DownloadsOnBuild();
        await project.PublishAsync();
        await using var nginx = await Nginx.StartAsync(Path.Combine(Folder, "nginx"), project.PathOf("bin/Release/net10.0/publish/wwwroot"), "gzip_static on; gzip_vary on;");
        using var client = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None });

        foreach (var file in new[] { "config.json", "index.html", "__start__.js" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(nginx.Url, $"game/{file}"));
            request.Headers.Add("Accept-Encoding", "gzip, br");
            using var answer = await client.SendAsync(request);
            TestContext.Out.WriteLine($"GET /game/{file}\n{answer.Headers}{answer.Content.Headers}");
            Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo(["gzip"]), file);
            await using var gzip = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
            using var content = new MemoryStream();
            await gzip.CopyToAsync(content);
            Assert.That(content.ToArray(), Is.EqualTo(await File.ReadAllBytesAsync(project.PathOf($"{project.ContentOf()}/{file}"))), file);
        }

        using var plain = await client.GetAsync(new Uri(nginx.Url, "game/config.json"));
        Assert.That(plain.Content.Headers.ContentEncoding, Is.Empty);
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
}
