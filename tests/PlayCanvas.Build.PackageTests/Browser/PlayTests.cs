using System.Diagnostics;
using Microsoft.Playwright;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>Plays the published samples in a browser.</summary>
public sealed class PlayTests
{
    [Test]
    public async Task WebGamePlays()
    {
        await using var player = await GamePlayer.OpenAsync();
        var place = await Workshop.WebGame.Value;
        await using var site = await place.StartPublishedAsync("WebGame");

        await player.AssertPlaysAsync(new Uri(site.Url, "game"));

        Assert.That(player.Page.Url, Is.EqualTo(new Uri(site.Url, "game/").AbsoluteUri));
        Assert.That(await player.Page.TitleAsync(), Is.EqualTo("Main"), "the scene that starts");
    }

    [TestCase("static assets")]
    [TestCase("static files", Category = LongTests.Category)]
    [TestCase("neither", Category = LongTests.Category)]
    [TestCase("fallback", Category = LongTests.Category)]
    [TestCase("path base, neither", "base/game/", Category = LongTests.Category)]
    public async Task WebGamePlaysOnASiteWith(string kind, string page = "game/")
    {
        await using var player = await GamePlayer.OpenAsync();
        var place = await Workshop.Variants.Value;
        await using var site = await place.StartPublishedAsync("Served", kind);

        await player.AssertPlaysAsync(new Uri(site.Url, page));
    }

    /// <summary>The files are old, so without a Cache-Control header a browser caches them for days.</summary>
    [TestCase("neither", Category = LongTests.Category)]
    [TestCase("static files")]
    public async Task ABrowserSeesTheNewGameAfterADeployment(string kind)
    {
        var page = await Chromium.OpenPageAsync();
        var place = await Workshop.Variants.Value;
        var folder = place.PathOf($"deployed {kind}");
        CopyFolder(place.PublishedFolder("Served"), folder);
        var script = Path.Combine(folder, "wwwroot", "game", "__loading__.js");
        await using var site = await Site.StartPublishedAsync(folder, "Served", TestRun.Current.ConsumerEnvironment, kind);
        await page.GotoAsync(site.Url.AbsoluteUri);
        Deploy("first", daysOld: 100);
        var first = await FetchAsync();

        Deploy("second", daysOld: 90);

        // The site looks at the disk once a second.
        var watch = Stopwatch.StartNew();
        var second = await FetchAsync();
        while (second == first && watch.Elapsed < TimeSpan.FromMinutes(1))
            second = await FetchAsync();
        Assert.That((first, second), Is.EqualTo(("first", "second")));
        await page.CloseAsync();

        void Deploy(string content, int daysOld)
        {
            foreach (var form in new[] { ".br", ".gz" })
                File.Delete(script + form);
            File.WriteAllText(script, content);
            File.SetLastWriteTimeUtc(script, DateTime.UtcNow.AddDays(-daysOld));
        }

        Task<string> FetchAsync() => page.EvaluateAsync<string>("async () => (await fetch('/game/__loading__.js')).text()");
    }

    [TestCase("Served", "slim, static assets, line", Category = LongTests.Category)]
    [TestCase("Unserved", "static assets, line")]
    [TestCase("Unserved", "path base, static assets, line", "base/game", Category = LongTests.Category)]
    public async Task WebGamePlaysWithTheLineThatItsHostNeeds(string project, string kind, string page = "game")
    {
        await using var player = await GamePlayer.OpenAsync();
        var place = await Workshop.Variants.Value;
        await using var site = await place.StartPublishedAsync(project, kind);

        await player.AssertPlaysAsync(new Uri(site.Url, page));
    }

    [TestCase("", "")]
    [TestCase("", "game/index.html")]
    [TestCase("/base", "base/")]
    [TestCase("/base", "base/game/index.html")]
    [Category(LongTests.Category)]
    public async Task BlazorWasmGamePlaysOnAStaticHost(string pathBase, string page)
    {
        await using var player = await GamePlayer.OpenAsync();
        var place = await Workshop.Kinds["Blazor WebAssembly"].Value;
        var published = Path.Combine(place.PublishedFolder("BlazorWasmGame"), "wwwroot");
        if (pathBase.Length > 0)
            published = WithBase(published, place.PathOf($"base {page.Length}"), pathBase + "/");
        await using var host = await StaticHost.StartAsync(published, pathBase);

        await player.AssertPlaysAsync(new Uri(host.Url, page), inFrame: !page.EndsWith("index.html", StringComparison.Ordinal));
    }

    /// <summary>Once its service worker is active, a progressive web app answers from its cache, and for pages that it does not know with its own.</summary>
    [Test]
    [Category(LongTests.Category)]
    public async Task The_game_of_a_progressive_web_app_plays_while_its_service_worker_is_active()
    {
        await using var player = await GamePlayer.OpenAsync();
        var place = await Workshop.ProgressiveWebApp.Value;
        await using var host = await StaticHost.StartAsync(Path.Combine(place.PublishedFolder("Pwa"), "wwwroot"));
        await player.Page.GotoAsync(host.Url.AbsoluteUri);
        await player.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await player.Page.ReloadAsync();
        Assert.That(await player.Page.EvaluateAsync<bool>("() => navigator.serviceWorker.controller !== null"), "The service worker must be active.");

        await player.AssertPlaysAsync(new Uri(host.Url, "game/index.html"));

        Assert.That(await player.Page.EvaluateAsync<bool>("() => navigator.serviceWorker.controller !== null"), "The worker must control the page of the game.");
    }

    [Test]
    public async Task LibrarySitePlays()
    {
        await using var player = await GamePlayer.OpenAsync();
        var place = await Workshop.Kinds["class library + site"].Value;
        await using var site = await place.StartPublishedAsync("LibrarySite");
        await player.Page.GotoAsync(site.Url.AbsoluteUri);
        var link = await player.Page.Locator("a").GetAttributeAsync("href");

        await player.AssertPlaysAsync(new Uri(site.Url, link!));
    }

    /// <summary>Serves the game as WebView2 does, which maps a host name to the folder beside the program.</summary>
    [Test]
    public async Task DesktopHostPlaysInAWebView()
    {
        await using var player = await GamePlayer.OpenAsync();
        var place = await Workshop.Kinds["console"].Value;
        var folder = Path.Combine(place.PublishedFolder("DesktopHost"), "game");
        await player.Page.RouteAsync("https://game.local/**", route => route.FulfillAsync(new RouteFulfillOptions { Path = Path.Combine(folder, Uri.UnescapeDataString(new Uri(route.Request.Url).AbsolutePath)[1..]) }));

        await player.AssertPlaysAsync(new Uri("https://game.local/index.html"));
    }

    /// <summary>The base element of a published Blazor app moves it under a path, and the compressed copies of its page are then useless.</summary>
    private static string WithBase(string published, string folder, string href)
    {
        CopyFolder(published, folder);
        var page = Path.Combine(folder, "index.html");
        var content = File.ReadAllText(page);
        Assert.That(content, Does.Contain("<base href=\"/\" />"));
        File.WriteAllText(page, content.Replace("<base href=\"/\" />", $"<base href=\"{href}\" />", StringComparison.Ordinal));
        return folder;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
