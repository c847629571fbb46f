using System.Net;
using Microsoft.AspNetCore.Builder;
using NUnit.Framework;
using PlayCanvas.Hosting.Tests.Support;

namespace PlayCanvas.Hosting.Tests;

/// <summary>Games whose files change while the site runs, or are not as the package left them.</summary>
public sealed class ContentTests
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    [Test]
    public async Task A_new_game_is_served_without_a_restart([Values] Activation activation)
    {
        using var game = new TestGame(Layout.Built);
        await using var site = await StartAsync(game, activation);
        Assert.That(await site.Client.GetStringAsync("/game/"), Is.EqualTo(TestGame.PageText));

        game.Number = 2;
        game.Add(TestGame.Page, "a new page");
        game.Add("files/added.json", "{}");
        game.Files.Remove(TestGame.Model);
        game.Install();
        Assert.That(await site.Client.GetStringAsync("/game/"), Is.EqualTo(TestGame.PageText), "the disk is looked at once a second");

        TestSite.Clock.Advance(BetweenLooks);
        Assert.That(await site.Client.GetStringAsync("/game/"), Is.EqualTo("a new page"));
        Assert.That((await site.GetAsync("/game/files/added.json")).Headers.ETag?.Tag, Is.EqualTo(game.TagOf("files/added.json")));
        Assert.That((await site.GetAsync("/game/" + TestGame.Model)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(site.Log, Is.Empty);
    }

    [Test]
    public async Task A_manifest_that_changes_in_place_is_read_again()
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await StartAsync(game);
        Assert.That((await site.GetAsync("/game/")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        game.Add(TestGame.Page, "a page of another length");
        game.Add("other.json", "{}");
        game.Install();
        TestSite.Clock.Advance(BetweenLooks);
        var page = await site.GetAsync("/game/", "Accept-Encoding: br");
        Assert.That(page.Headers.ETag?.Tag, Is.EqualTo(game.TagOf(TestGame.Page, "-br")));
        Assert.That((await site.GetAsync("/game/other.json")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_game_at_a_new_path_needs_a_restart()
    {
        using var game = new TestGame(Layout.Built);
        await using var site = await StartAsync(game);
        game.OtherPaths = ["second"];
        game.WriteIndex();
        TestSite.Clock.Advance(BetweenLooks);
        Assert.That((await site.GetAsync("/game/")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await site.GetAsync("/second/")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(site.Log, Has.One.Items.And.One.Contains("/second/"));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("""{ "version": 2, "games": [] }""")]
    [TestCase(null)]
    public async Task A_list_that_cannot_be_read_leaves_the_game_as_it_is(string? text)
    {
        using var game = new TestGame(Layout.Built);
        await using var site = await StartAsync(game);
        if (text is null)
            File.Delete(game.Index);
        else
            File.WriteAllText(game.Index, text);
        TestSite.Clock.Advance(BetweenLooks);
        Assert.That(await site.Client.GetStringAsync("/game/"), Is.EqualTo(TestGame.PageText));
        Assert.That(site.Log, Has.One.Items.And.One.Contains("could not be read"));

        game.Number = 2;
        game.Add(TestGame.Page, "a new page");
        game.Install();
        TestSite.Clock.Advance(BetweenLooks);
        Assert.That(await site.Client.GetStringAsync("/game/"), Is.EqualTo("a new page"));
    }

    [TestCase("", true)]
    [TestCase("{ \"manifestVersion\": 1, \"files\": [ [", true)]
    [TestCase("{ \"manifestVersion\": 2, \"files\": [] }", true)]
    [TestCase("{ \"files\": [] }", true)]
    [TestCase("{ \"manifestVersion\": 1, \"files\": [ [\"index.html\", 1, \"x\", \"y\", 0] ] }", true)]
    [TestCase("{ \"manifestVersion\": 1, \"files\": [ [\"index.html\", -1] ] }", true)]
    [TestCase("{ \"manifestVersion\": 1, \"files\": {} }", true)]
    [TestCase(null, true)]
    [TestCase("{ \"manifestVersion\": 1, \"files\": [] }", false)]
    public async Task Without_a_manifest_the_folder_is_served(string? manifest, bool isServed)
    {
        using var game = new TestGame(Layout.Published);
        if (manifest is null)
            File.Delete(game.Manifest);
        else
            File.WriteAllText(game.Manifest, manifest);
        File.WriteAllText(game.PathOf(".hidden"), "state");
        await using var site = await StartAsync(game);
        foreach (var file in game.Files.Keys)
        {
            var response = await site.GetAsync($"/game/{TestGame.Url(file)}?t={game.Md5Of(file)}", "Accept-Encoding: br");
            Assert.That(response.StatusCode, Is.EqualTo(isServed ? HttpStatusCode.OK : HttpStatusCode.NotFound));
            if (!isServed)
                continue;
            Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("no-cache"));
            Assert.That(response.Content.Headers.ContentEncoding, Is.Empty);
            Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(game.Files[file]));
            var known = await site.GetAsync($"/game/{TestGame.Url(file)}", $"If-None-Match: {response.Headers.ETag}");
            Assert.That(known.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        }

        foreach (var path in (string[])["/game/..%2findex.html", "/game/../site.css", "/game/%2e%2e/site.css", "/game//index.html", "/game/.hidden", "/game/files", "/game/nothing"])
            Assert.That(await site.GetRawAsync(path), Does.StartWith(path == "/game/../site.css" || path == "/game/%2e%2e/site.css" ? "HTTP/1.1 200 " : "HTTP/1.1 404 "), path);
        Assert.That(site.Log, isServed ? Has.One.Items.And.One.Contains("manifest") : Is.Empty);
    }

    [Test]
    public async Task Names_that_lead_out_of_the_folder_are_ignored()
    {
        using var game = new TestGame(Layout.Published);
        var secret = Path.Combine(game.Root, "1.txt");
        File.WriteAllText(secret, "1");
        const string Hash = "\"0000000000000000000000000000000000000000000000000000000000000000\", \"00000000000000000000000000000000\", 0";
        File.WriteAllText(game.Manifest, $$"""{ "manifestVersion": 1, "files": [ ["..%2f..%2f1.txt", 1, {{Hash}}], ["../../1.txt", 1, {{Hash}}], ["{{secret}}", 1, {{Hash}}], ["config.json", 2, {{Hash}}] ] }""");
        await using var site = await StartAsync(game);
        foreach (var path in (string[])["/game/..%2f..%2f1.txt", "/game/..%252f..%252f1.txt", "/game/" + secret, "/game/%2e%2e/%2e%2e/1.txt"])
            Assert.That(await site.GetRawAsync(path), Does.StartWith("HTTP/1.1 404 "));
        Assert.That(await site.GetRawAsync("/game/config.json"), Does.StartWith("HTTP/1.1 200 "));
    }

    [Test]
    public async Task A_file_that_was_replaced_by_hand_is_served_but_never_immutable()
    {
        using var game = new TestGame(Layout.Published);
        File.WriteAllText(game.PathOf(TestGame.Engine), "edited on the server");
        await using var site = await StartAsync(game);
        foreach (var encoding in (string[])["br", "identity"])
        {
            var response = await site.GetAsync($"/game/{TestGame.Engine}?t={game.Md5Of(TestGame.Engine)}", "Accept-Encoding: " + encoding);
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("edited on the server"));
            Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("no-cache"));
            Assert.That(response.Headers.ETag?.Tag, Is.Not.EqualTo(game.TagOf(TestGame.Engine)));
        }

        Assert.That(site.Log, Has.One.Items.And.One.Contains(TestGame.Engine));
    }

    [Test]
    public async Task A_file_that_is_replaced_later_is_noticed_within_a_second()
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await StartAsync(game);
        await site.GetAsync("/game/" + TestGame.Engine);
        File.WriteAllText(game.PathOf(TestGame.Engine), "edited on the server");
        TestSite.Clock.Advance(BetweenLooks);
        Assert.That(await site.Client.GetStringAsync("/game/" + TestGame.Engine), Is.EqualTo("edited on the server"));
    }

    [Test]
    public async Task Variants_may_be_deleted()
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await StartAsync(game);
        var headers = "Accept-Encoding: br;q=1, gzip;q=0.5";
        Assert.That((await site.GetAsync("/game/" + TestGame.Engine, headers)).Headers.ETag?.Tag, Is.EqualTo(game.TagOf(TestGame.Engine, "-br")));

        // Noticed at once, since the file is missing when it is sent.
        File.Delete(game.PathOf(TestGame.Engine) + ".br");
        var response = await site.GetAsync("/game/" + TestGame.Engine, headers);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.ETag?.Tag, Is.EqualTo(game.TagOf(TestGame.Engine, "-gz")));
        Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo(["gzip"]));

        File.Delete(game.PathOf(TestGame.Engine) + ".gz");
        response = await site.GetAsync("/game/" + TestGame.Engine, headers);
        Assert.That(response.Content.Headers.ContentEncoding, Is.Empty);
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(game.Files[TestGame.Engine]));

        File.Delete(game.PathOf(TestGame.Engine));
        response = await site.GetAsync("/game/" + TestGame.Engine, headers);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(response.Headers.ETag, Is.Null);
        Assert.That(response.Headers.CacheControl, Is.Null);
        Assert.That(response.Content.Headers.ContentLength, Is.Zero);
        Assert.That(site.Log, Has.One.Items.And.One.Contains("does not exist"));
    }

    [Test]
    public async Task A_missing_folder_is_logged()
    {
        using var game = new TestGame(Layout.Built);
        Directory.Delete(game.Folder, recursive: true);
        await using var site = await StartAsync(game);
        Assert.That((await site.GetAsync("/game/")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await site.GetAsync("/game/index.html")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(site.Log, Has.One.Items.And.One.Contains(game.Folder));
    }

    [Test]
    public async Task Mapping_without_games_logs_what_to_do([Values] bool isUnreadable)
    {
        using var game = new TestGame(Layout.Built);
        if (isUnreadable)
            File.WriteAllText(game.Index, "{");
        else
            File.Delete(game.Index);
        await using var site = await TestSite.StartAsync(game, app => app.MapPlayCanvasGames().RequireAuthorization(), Activation.Map, isSlim: true);
        Assert.That((await site.GetAsync("/game/")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(site.Log, Has.One.Contains("No PlayCanvas games were found"));
        Assert.That(site.Log, Has.Exactly(isUnreadable ? 2 : 1).Items);
    }

    [Test]
    public async Task Requests_during_an_update_get_one_of_the_contents()
    {
        using var game = new TestGame(Layout.Built);
        game.Add(TestGame.Engine, new string('1', 300_000));
        game.Install();
        await using var site = await StartAsync(game);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            while (!done.IsCancellationRequested)
            {
                var text = await site.Client.GetStringAsync("/game/" + TestGame.Engine);
                Assert.That(text.Distinct().Count(), Is.EqualTo(1));
                Assert.That(text, Has.Length.EqualTo(300_000 + text[0] - '1'));
                count++;
            }

            return count;
        })).ToList();
        for (var number = 2; number < 10; number++)
        {
            game.Number = number;
            game.Add(TestGame.Engine, new string((char)('0' + number), 300_000 + number - 1));
            game.Install();
            TestSite.Clock.Advance(BetweenLooks);
            await site.Client.GetStringAsync("/game/" + TestGame.Engine);
        }

        await done.CancelAsync();
        Assert.That(await Task.WhenAll(readers), Has.All.Positive);
        Assert.That(await site.Client.GetStringAsync("/game/" + TestGame.Engine), Does.StartWith("9"));
    }

    private static Task<TestSite> StartAsync(TestGame game, Activation activation = Activation.ZeroCode) => TestSite.StartAsync(
        game,
        app =>
        {
            app.UseStaticFiles();
            if (activation != Activation.ZeroCode)
                app.MapPlayCanvasGames();
        },
        activation);
}
