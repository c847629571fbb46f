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

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(new Uri(site.Url, answer.Headers.Location!), Is.EqualTo(new Uri(site.Url, "game/?level=2")));
    }

    [Test]
    public async Task RedirectsUnderAPathBase()
    {
        var place = await Workshop.Variants.Value;
        await using var site = await place.StartPublishedAsync("Served", "path base, neither");

        using var answer = await site.GetAsync("base/game?level=2");
        using var state = await site.GetAsync("base/game/.playcanvas/manifest.json");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(new Uri(site.Url, answer.Headers.Location!), Is.EqualTo(new Uri(site.Url, "base/game/?level=2")));
        Assert.That(state.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
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
            }
        }
    }

    [Test]
    public async Task KeepsTheStateToItself(
        [ValueSource(nameof(Kinds))] string kind,
        [Values("game/.playcanvas/manifest.json", "game/.playcanvas/files.txt", "game/.playcanvas/parameters.txt", "GAME/%2Eplaycanvas/manifest.json", "game/.gitignore", "game/nothing.png")] string path)
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

    /// <summary>Includes files of unknown types. Only a fallback route takes a path without an extension for one of the site's own addresses.</summary>
    [TestCase("Served", "neither")]
    [TestCase("Served", "static files")]
    [TestCase("Served", "static assets")]
    [TestCase("Served", "fallback")]
    [TestCase("Served", "static files, fallback")]
    [TestCase("Served", "static assets, fallback")]
    [TestCase("Served", "slim, static assets")]
    [TestCase("Unserved", "static assets")]
    [TestCase("Unserved", "slim, static assets")]
    [TestCase("Served", "path base, neither", "base/")]
    [TestCase("Served", "path base, static files", "base/")]
    [TestCase("Served", "path base, static assets", "base/")]
    [TestCase("Served", "path base, fallback", "base/")]
    [TestCase("Served", "path base, static files, fallback", "base/")]
    [TestCase("Served", "path base, static assets, fallback", "base/")]
    public async Task ServesTheWholeGame(string project, string kind, string pathBase = "")
    {
        var place = await Workshop.Variants.Value;
        await using var site = await place.StartPublishedAsync(project, kind);
        var game = place.InstalledGames.Single(game => game.Path.StartsWith(project, StringComparison.Ordinal));
        Assert.That(game.GameFiles, Has.Some.EndsWith(".custom").And.Some.EndsWith("/NOTICE"));

        using (Assert.EnterMultipleScope())
        {
            var takesBareNames = kind.Contains("fallback", StringComparison.Ordinal) && !kind.Contains("static assets", StringComparison.Ordinal);
            foreach (var file in game.GameFiles.Where(file => Path.HasExtension(file) || !takesBareNames))
            {
                using var content = await site.Client.GetAsync(new Uri(site.Url, $"{pathBase}game/{Escape(file)}?t=0123456789abcdef"));
                Assert.That(content.StatusCode, Is.EqualTo(HttpStatusCode.OK), file);
                Assert.That(await content.Content.ReadAsByteArrayAsync(), Is.EqualTo(await File.ReadAllBytesAsync(place.PathOf($"{game.Path}/{file}"))), file);
            }
        }
    }

    [TestCase("Development", "neither")]
    [TestCase("Development", "static files")]
    [TestCase("Development", "static assets")]
    [TestCase("Production", "neither")]
    [TestCase("Production", "static files")]
    [TestCase("Production", "static assets")]
    [TestCase("Production", "fallback")]
    [TestCase("Production", "static files, fallback")]
    [TestCase("Production", "path base, neither", "base/")]
    [TestCase("Production", "path base, static files", "base/")]
    [TestCase("Production", "path base, static assets", "base/")]
    public async Task EveryFileOfTheGameIsToBeAskedForAgain(string environment, string kind, string pathBase = "")
    {
        var place = await Workshop.Variants.Value;
        await using var site = environment == "Production"
            ? await place.StartPublishedAsync("Served", kind)
            : await place.StartAsync("Served", environment, "--no-build", "-c", "Release", "--", kind);
        var unknown = place.InstalledGames.Single(game => game.Path.StartsWith("Served", StringComparison.Ordinal)).GameFiles.Single(file => file.EndsWith(".custom", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            foreach (var file in new[] { "", "index.html", "config.json", "playcanvas-stable.min.js", Escape(unknown), "config.json?t=0123456789abcdef" })
            {
                using var first = await site.GetAsync($"{pathBase}game/{file}");
                Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.OK), file);
                Assert.That(CacheControlOf(first), Is.EqualTo("no-cache"), file);

                using var again = new HttpRequestMessage(HttpMethod.Get, first.RequestMessage!.RequestUri);
                again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
                using var unchanged = await site.Client.SendAsync(again);
                Assert.That(unchanged.StatusCode, Is.EqualTo(HttpStatusCode.NotModified), file);
            }

            using var own = await site.GetAsync(kind.Contains("fallback", StringComparison.Ordinal) ? "shop/game/index" : "");
            Assert.That(CacheControlOf(own), Is.Null, "the site's own page");
        }
    }

    [Test]
    public async Task ASitesOwnCacheControlStays()
    {
        var place = await Workshop.Variants.Value;
        await using var site = await place.StartPublishedAsync("Served", "cached static files");

        using var answer = await site.GetAsync("game/config.json");

        Assert.That(CacheControlOf(answer), Is.EqualTo("max-age=60"));
    }

    [Test]
    public async Task ASinglePageSiteKeepsItsFallback()
    {
        var place = await Workshop.Variants.Value;
        await using var site = await place.StartPublishedAsync("Served", "static files, fallback");

        Assert.That(await site.Client.GetStringAsync(new Uri(site.Url, "shop/basket")), Does.Contain("The site's own page"));
        Assert.That(await site.Client.GetStringAsync(new Uri(site.Url, "game/")), Does.Contain("__start__.js"));
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

    [Test]
    public async Task A_site_that_prevents_hosting_startups_has_the_files_and_the_line()
    {
        var place = await Workshop.Variants.Value;
        await using var site = await Site.StartPublishedAsync(place.PublishedFolder("Served"), "Served", place.With("ASPNETCORE_PREVENTHOSTINGSTARTUP", "true"), "static assets, line");

        using var folder = await site.GetAsync("game/");
        using var page = await site.GetAsync("game/index.html");

        Assert.That(folder.Headers.Location?.OriginalString, Is.EqualTo("/game/index.html"));
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
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
    public async Task AnFSharpSiteServesTheFilesAndTheLine()
    {
        var site = await Sites["F#"].Value;
        var place = await Workshop.FSharp.Value;

        using var folder = await site.GetAsync("game");
        using var page = await site.GetAsync("game/index.html");
        using var model = await site.GetAsync(FileOf(place, "Site", ".glb"));

        Assert.That(folder.Headers.Location?.OriginalString, Is.EqualTo("/game/index.html"));
        Assert.That(page.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"));
        Assert.That(model.Content.Headers.ContentType?.MediaType, Is.EqualTo("model/gltf-binary"));
    }

    private static string? CacheControlOf(HttpResponseMessage answer) => answer.Headers.CacheControl?.ToString();

    private static async Task<string> FileAsync(string ending) => FileOf(await Workshop.WebGame.Value, "WebGame", ending);

    /// <summary>Returns the address of the only file of the game whose path has this suffix.</summary>
    private static string FileOf(Workplace place, string project, string ending)
    {
        var root = place.PathOf($"{project}/wwwroot");
        var file = Directory.EnumerateFiles(Path.Combine(root, "game"), "*", SearchOption.AllDirectories).Single(file => file.EndsWith(ending, StringComparison.Ordinal));
        return Escape(Path.GetRelativePath(root, file).Replace('\\', '/'));
    }

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
