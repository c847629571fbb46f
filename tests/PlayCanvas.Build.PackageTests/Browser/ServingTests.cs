using System.IO.Compression;
using System.Net;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>Checks the responses of sites, request by request.</summary>
public sealed class ServingTests
{
    private static readonly Dictionary<string, Lazy<Task<Site>>> Sites = new()
    {
        ["published"] = Workshop.Share(async () => await (await Workshop.WebGame.Value).StartPublishedAsync("WebGame")),
        ["dotnet run, Development"] = Workshop.Share(async () => await (await Workshop.WebGame.Value).StartAsync("WebGame", "Development", "--no-build")),
        ["dotnet run, Production"] = Workshop.Share(async () => await (await Workshop.WebGame.Value).StartAsync("WebGame", "Production", "--no-build")),
        ["closed"] = Workshop.Share(async () => await (await Workshop.Variants.Value).StartPublishedAsync("Served", "closed")),
        ["closed, static assets"] = Workshop.Share(async () => await (await Workshop.Variants.Value).StartPublishedAsync("Served", "closed, static assets")),
        ["F#"] = Workshop.Share(async () => await (await Workshop.FSharp.Value).StartPublishedAsync("Site")),
    };

    private static readonly string[] Kinds = ["published", "dotnet run, Development", "dotnet run, Production"];

    [Test]
    public async Task RedirectsTheFolderToItsPage([ValueSource(nameof(Kinds))] string kind)
    {
        var site = await Sites[kind].Value;

        using var answer = await site.GetAsync("game?level=2");

        Assert.That((int)answer.StatusCode, Is.InRange(301, 308));
        Assert.That(new Uri(site.Url, answer.Headers.Location!), Is.EqualTo(new Uri(site.Url, "game/?level=2")));
    }

    [Test]
    public async Task RedirectsUnderAPathBase()
    {
        var place = await Workshop.Variants.Value;
        await using var site = await place.StartPublishedAsync("Served", "path base, neither");

        using var answer = await site.GetAsync("base/game?level=2");

        Assert.That((int)answer.StatusCode, Is.InRange(301, 308));
        Assert.That(new Uri(site.Url, answer.Headers.Location!), Is.EqualTo(new Uri(site.Url, "base/game/?level=2")));
    }

    [Test]
    public async Task ServesEachFileAsWhatItIs([ValueSource(nameof(Kinds))] string kind)
    {
        var site = await Sites[kind].Value;
        (string Path, string Type)[] expected =
        [
            ("game/", "text/html"),
            ("game/index.html", "text/html"),
            ("game/config.json", "application/json"),
            ("game/playcanvas-stable.min.js", "text/javascript"),
            ("game/styles.css", "text/css"),
            (await FileAsync(".glb"), "model/gltf-binary"),
            (await FileAsync(".basis"), "application/octet-stream"),
            (await FileAsync(" größe 64.png"), "image/png"),
            (await FileAsync("Léame, por favor @ inicio.txt"), "text/plain"),
            (await FileAsync("level data (1).json"), "application/json"),
        ];

        using (Assert.EnterMultipleScope())
        {
            foreach (var (path, type) in expected)
            {
                using var answer = await site.GetAsync(path + "?t=0123456789abcdef");
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
                Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo(type), path);
                Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Not.Empty, path);
                TestContext.Out.WriteLine($"GET /{path}\n{answer.Headers}{answer.Content.Headers}");
            }
        }
    }

    /// <summary>In development the files are sent as they are, and in what is published compressed.</summary>
    [Test]
    public async Task Sends_the_engine_in_the_encoding_that_the_browser_accepts([ValueSource(nameof(Kinds))] string kind, [Values("br", "gzip", "identity")] string encoding)
    {
        var site = await Sites[kind].Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Url, "game/playcanvas-stable.min.js"));
        request.Headers.Add("Accept-Encoding", encoding);

        using var answer = await site.Client.SendAsync(request);

        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo(kind == "published" && encoding != "identity" ? new[] { encoding } : []));
        Assert.That(answer.Headers.Vary, Is.EqualTo(["Accept-Encoding"]));
        Assert.That(Decoded(bytes, answer.Content.Headers.ContentEncoding.SingleOrDefault()), Is.EqualTo(await EngineAsync()));
    }

    [Test]
    public async Task Is_cached_for_a_year_only_under_the_hash_of_its_bytes([ValueSource(nameof(Kinds))] string kind)
    {
        var site = await Sites[kind].Value;
        var hash = PlayCanvas.Sandbox.GameContent.FromBytes(await EngineAsync()).Md5;

        foreach (var (query, expected) in new[] { ("", "no-cache"), ("?t=0123456789abcdef0123456789abcdef", "no-cache"), ($"?t={hash}", "public, max-age=31536000, immutable") })
        {
            using var answer = await site.GetAsync($"game/playcanvas-stable.min.js{query}");
            Assert.That(answer.Headers.GetValues("Cache-Control"), Is.EqualTo([expected]), query);

            using var again = new HttpRequestMessage(HttpMethod.Get, answer.RequestMessage!.RequestUri);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var unchanged = await site.Client.SendAsync(again);
            Assert.That(unchanged.StatusCode, Is.EqualTo(HttpStatusCode.NotModified), query);
        }
    }

    [Test]
    public async Task KeepsTheStateToItself(
        [ValueSource(nameof(Kinds))] string kind,
        [Values("game/game.json", "game/%2E%2E/game.json", "game/game.lock", "playcanvas.json", "playcanvas/game.json", "WebGame.playcanvas.json", "game/index.html.br", "game/nothing.png")] string path)
    {
        var site = await Sites[kind].Value;

        using var answer = await site.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task LeavesTheSiteItsOwnPages([ValueSource(nameof(Kinds))] string kind)
    {
        var site = await Sites[kind].Value;

        Assert.That(await site.Client.GetStringAsync(site.Url), Is.EqualTo("Hello World!"));
        using var answer = await site.GetAsync("games/");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    /// <summary>Includes files of unknown types and a file without an extension, whatever else the site serves.</summary>
    [TestCase("Served", "neither")]
    [TestCase("Served", "static files")]
    [TestCase("Served", "static assets")]
    [TestCase("Served", "fallback")]
    [TestCase("Served", "static assets, fallback", "", "Development")]
    [TestCase("Served", "static files", "", "Development")]
    [TestCase("Served", "slim, line")]
    [TestCase("Unserved", "static assets, line")]
    [TestCase("Served", "path base, static files, fallback", "base/")]
    [TestCase("Served", "path base, static assets", "base/", "Development")]
    public async Task ServesTheWholeGame(string project, string kind, string pathBase = "", string environment = "Production")
    {
        var place = await Workshop.Variants.Value;
        await using var site = environment == "Production"
            ? await place.StartPublishedAsync(project, kind)
            : await place.StartAsync(project, environment, "--no-build", "-c", "Release", "--", kind);
        var game = place.InstalledGames.Single(game => game.Path.StartsWith(project, StringComparison.Ordinal));
        Assert.That(game.GameFiles, Has.Some.EndsWith(".custom").And.Some.EndsWith("/NOTICE"));

        using (Assert.EnterMultipleScope())
        {
            foreach (var file in game.GameFiles)
            {
                using var content = await site.Client.GetAsync(new Uri(site.Url, $"{pathBase}game/{Escape(file)}?t=0123456789abcdef"));
                Assert.That(content.StatusCode, Is.EqualTo(HttpStatusCode.OK), file);
                Assert.That(await content.Content.ReadAsByteArrayAsync(), Is.EqualTo(await File.ReadAllBytesAsync(place.PathOf(game.LocationOf(file)))), file);
            }

            using var own = await site.GetAsync(kind.Contains("fallback", StringComparison.Ordinal) ? $"{pathBase}shop/basket" : pathBase);
            Assert.That(await own.Content.ReadAsStringAsync(), Does.Contain(kind.Contains("fallback", StringComparison.Ordinal) ? "The site's own page" : "Hello World!"));
            Assert.That(own.Headers.CacheControl?.ToString(), Is.Null.Or.EqualTo("no-cache"), "the site's own page");
        }
    }

    [Test]
    public async Task ASiteThatDemandsAUserDemandsItForTheGame(
        [Values("closed", "closed, static assets")] string kind,
        [Values("game", "game/", "game/index.html", "game/config.json", "game/playcanvas-stable.min.js")] string path)
    {
        var site = await Sites[kind].Value;

        using var answer = await site.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("static assets, line", HttpStatusCode.OK)]
    [TestCase("static assets", HttpStatusCode.NotFound)]
    public async Task A_site_that_prevents_hosting_startups_needs_the_line(string kind, HttpStatusCode expected)
    {
        var place = await Workshop.Variants.Value;
        await using var site = await Site.StartPublishedAsync(place.PublishedFolder("Served"), "Served", place.With("ASPNETCORE_PREVENTHOSTINGSTARTUP", "true"), kind);

        using var page = await site.GetAsync("game/");

        Assert.That(page.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task ASiteThatIsToldNotToServesNoGame()
    {
        var place = await Workshop.Variants.Value;
        await using var site = await place.StartPublishedAsync("Unserved", "neither");

        using var answer = await site.GetAsync("game/index.html");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    [Category(LongTests.Category)]
    public async Task AnFSharpSiteServesTheGameWithTheLine()
    {
        var site = await Sites["F#"].Value;
        var place = await Workshop.FSharp.Value;

        using var folder = await site.GetAsync("game");
        using var page = await site.GetAsync("game/");
        using var model = await site.GetAsync(FileOf(place, ".glb"));

        Assert.That(folder.Headers.Location?.OriginalString, Does.EndWith("/game/"));
        Assert.That(page.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"));
        Assert.That(model.Content.Headers.ContentType?.MediaType, Is.EqualTo("model/gltf-binary"));
    }

    private static byte[] Decoded(byte[] bytes, string? encoding)
    {
        using var stream = new MemoryStream(bytes);
        using Stream decoding = encoding switch
        {
            "br" => new BrotliStream(stream, CompressionMode.Decompress),
            "gzip" => new GZipStream(stream, CompressionMode.Decompress),
            _ => stream,
        };
        using var decoded = new MemoryStream();
        decoding.CopyTo(decoded);
        return decoded.ToArray();
    }

    private static async Task<byte[]> EngineAsync()
    {
        var place = await Workshop.WebGame.Value;
        return await File.ReadAllBytesAsync(place.PathOf($"{place.InstalledGame.Path}/playcanvas-stable.min.js"));
    }

    private static async Task<string> FileAsync(string ending) => FileOf(await Workshop.WebGame.Value, ending);

    /// <summary>Returns the address of the only file of the game whose path has this suffix.</summary>
    private static string FileOf(Workplace place, string ending) =>
        $"game/{Escape(place.InstalledGame.GameFiles.Single(file => file.EndsWith(ending, StringComparison.Ordinal)))}";

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
