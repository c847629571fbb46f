using System.Globalization;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using NUnit.Framework;
using PlayCanvas.Hosting.Tests.Support;
using static PlayCanvas.Hosting.Tests.Support.TestGame;

namespace PlayCanvas.Hosting.Tests;

/// <summary>The responses of a published site, one header at a time.</summary>
public sealed class HttpTests
{
    private const string Hour = "Mon, 02 Mar 2026 03:04:05 GMT";
    private const string HourBefore = "Mon, 02 Mar 2026 02:04:05 GMT";
    private const string HourAfter = "Mon, 02 Mar 2026 04:04:05 GMT";

    private TestGame game = null!;
    private TestSite site = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        game = new TestGame(Layout.Published);
        foreach (var file in game.Files.Keys)
            File.SetLastWriteTimeUtc(game.PathOf(file), DateTime.Parse(Hour, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal).AddMilliseconds(600));
        site = await TestSite.StartAsync(game, app => app.UseStaticFiles());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await site.DisposeAsync();
        game.Dispose();
    }

    [TestCase(Page, "text/html")]
    [TestCase("config.json", "application/json")]
    [TestCase(Engine, "text/javascript")]
    [TestCase(Texture, "image/png")]
    [TestCase(Model, "model/gltf-binary")]
    [TestCase(NoExtension, "application/octet-stream")]
    [TestCase(Empty, "text/plain")]
    public async Task Each_file_arrives_with_its_type(string file, string contentType)
    {
        var response = await site.GetAsync("/game/" + Url(file));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(game.Files[file]));
        Assert.That(Header(response, "Content-Type"), Is.EqualTo(contentType));
        Assert.That(Header(response, "Content-Length"), Is.EqualTo($"{game.Files[file].Length}"));
        Assert.That(Header(response, "ETag"), Is.EqualTo(game.TagOf(file)));
        Assert.That(Header(response, "Last-Modified"), Is.EqualTo(Hour));
        Assert.That(Header(response, "Cache-Control"), Is.EqualTo("no-cache"));
        Assert.That(Header(response, "Vary"), Is.EqualTo("Accept-Encoding"));
        Assert.That(Header(response, "Accept-Ranges"), Is.EqualTo("bytes"));
    }

    [TestCase("gzip, deflate, br, zstd", "br")]
    [TestCase("br", "br")]
    [TestCase("BR", "br")]
    [TestCase("gzip", "gzip")]
    [TestCase("x-gzip", "gzip")]
    [TestCase("gzip;q=1, br;q=0.5", "gzip")]
    [TestCase("gzip;q=0.5, br;q=0.5", "br")]
    [TestCase("gzip ; q=0.2 , br ; q=0.1", "gzip")]
    [TestCase("br;q=0, gzip;q=0.001", "gzip")]
    [TestCase("*", "br")]
    [TestCase("*, br;q=0", "gzip")]
    [TestCase("*;q=0.5, gzip", "gzip")]
    [TestCase("identity;q=0, gzip", "gzip")]
    [TestCase("identity, br;q=0.5", null)]
    [TestCase("identity", null)]
    [TestCase("", null)]
    [TestCase("br;q=0", null)]
    [TestCase("br;q=0, gzip;q=0", null)]
    [TestCase("*;q=0, identity", null)]
    [TestCase("zstd", null)]
    [TestCase("brotli, gz", null)]
    [TestCase(";;,q=1,=", null)]
    [TestCase("br;q=nonsense", "br")]
    public async Task The_best_encoding_is_sent(string accepted, string? encoding)
    {
        var response = await site.GetAsync("/game/" + Engine, "Accept-Encoding: " + accepted);
        Assert.That(Header(response, "Content-Encoding"), Is.EqualTo(encoding));
        Assert.That(Header(response, "ETag"), Is.EqualTo(game.TagOf(Engine, encoding switch { "br" => "-br", "gzip" => "-gz", _ => "" })));
        Assert.That(Header(response, "Vary"), Is.EqualTo("Accept-Encoding"));
        Assert.That(Header(response, "Accept-Ranges"), Is.EqualTo(encoding is null ? "bytes" : null));
        Assert.That(Header(response, "Content-Type"), Is.EqualTo("text/javascript"));
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.That(Header(response, "Content-Length"), Is.EqualTo($"{body.Length}"));
        Assert.That(Decode(body, encoding), Is.EqualTo(game.Files[Engine]));
    }

    [TestCase("identity;q=0", 406)]
    [TestCase("*;q=0", 406)]
    [TestCase("identity;q=0, br", 406)]
    [TestCase("br", 200)]
    public async Task A_file_without_variants_is_sent_unless_that_is_refused(string accepted, int status)
    {
        var response = await site.GetAsync("/game/" + Model, "Accept-Encoding: " + accepted);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(Header(response, "Content-Encoding"), Is.Null);
        Assert.That(Header(response, "Vary"), Is.EqualTo("Accept-Encoding"));
    }

    [TestCase("", "no-cache")]
    [TestCase("?t=@", "public, max-age=31536000, immutable")]
    [TestCase("?t=@&x=1", "no-cache")]
    [TestCase("?x=1&t=@", "no-cache")]
    [TestCase("?t=", "no-cache")]
    [TestCase("?t=d41d8cd98f00b204e9800998ecf8427e", "no-cache")]
    [TestCase("?t=+1234567890123456789012345678901", "no-cache")]
    [TestCase("?T=@", "no-cache")]
    [TestCase("?v=@", "no-cache")]
    public async Task Only_the_hash_of_these_bytes_is_immutable(string query, string cacheControl)
    {
        foreach (var digits in (string[])[game.Md5Of(Engine), game.Md5Of(Engine).ToUpperInvariant()])
        {
            foreach (var encoding in (string[])["identity", "br"])
            {
                var response = await site.GetAsync($"/game/{Engine}{query.Replace("@", digits, StringComparison.Ordinal)}", "Accept-Encoding: " + encoding);
                Assert.That(Header(response, "Cache-Control"), Is.EqualTo(cacheControl));
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            }
        }
    }

    [TestCase("If-Match: \"x\"", 412, "no-cache")]
    [TestCase("Range: bytes=1000000-", 416, "no-cache")]
    [TestCase("Range: bytes=0-0", 206, "public, max-age=31536000, immutable")]
    [TestCase("If-None-Match: *", 304, "public, max-age=31536000, immutable")]
    public async Task An_error_is_never_immutable(string header, int status, string cacheControl)
    {
        var response = await site.GetAsync($"/game/{Engine}?t={game.Md5Of(Engine)}", header);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(Header(response, "Cache-Control"), Is.EqualTo(cacheControl));
    }

    [Test]
    public async Task The_hash_of_another_file_is_not_immutable()
    {
        var response = await site.GetAsync($"/game/config.json?t={game.Md5Of(Engine)}");
        Assert.That(Header(response, "Cache-Control"), Is.EqualTo("no-cache"));
    }

    // @ is the file's own tag, @-br that of its variant.
    [TestCase("", "If-None-Match: \"@\"", 304)]
    [TestCase("", "If-None-Match: W/\"@\"", 304)]
    [TestCase("", "If-None-Match: \"x\", \"@\"", 304)]
    [TestCase("", "If-None-Match: *", 304)]
    [TestCase("", "If-None-Match: \"@-br\"", 200)]
    [TestCase("", "If-None-Match: \"x\"", 200)]
    [TestCase("", "If-None-Match: nonsense", 200)]
    [TestCase("br", "If-None-Match: \"@-br\"", 304)]
    [TestCase("br", "If-None-Match: W/\"@-br\"", 304)]
    [TestCase("br", "If-None-Match: \"@\"", 200)]
    [TestCase("", "If-Modified-Since: " + Hour, 304)]
    [TestCase("", "If-Modified-Since: " + HourAfter, 304)]
    [TestCase("", "If-Modified-Since: " + HourBefore, 200)]
    [TestCase("", "If-Modified-Since: yesterday", 200)]
    [TestCase("", "If-None-Match: \"x\"\nIf-Modified-Since: " + HourAfter, 200)]
    [TestCase("", "If-None-Match: \"@\"\nIf-Modified-Since: " + HourBefore, 304)]
    [TestCase("", "If-Match: \"@\"", 200)]
    [TestCase("", "If-Match: *", 200)]
    [TestCase("", "If-Match: \"x\", \"@\"", 200)]
    [TestCase("", "If-Match: W/\"@\"", 412)]
    [TestCase("", "If-Match: \"x\"", 412)]
    [TestCase("br", "If-Match: \"@\"", 412)]
    [TestCase("", "If-Unmodified-Since: " + Hour, 200)]
    [TestCase("", "If-Unmodified-Since: " + HourBefore, 412)]
    [TestCase("", "If-Match: \"@\"\nIf-Unmodified-Since: " + HourBefore, 200)]
    [TestCase("", "If-Match: \"x\"\nIf-None-Match: \"@\"", 412)]
    [TestCase("", "Range: bytes=0-1\nIf-None-Match: \"@\"", 304)]
    public async Task Conditions_are_evaluated_in_order(string accepted, string lines, int status)
    {
        var headers = lines.Replace("@", game.TagOf(Engine).Trim('"'), StringComparison.Ordinal).Split('\n').Append("Accept-Encoding: " + accepted).ToArray();
        foreach (var method in (string[])["GET", "HEAD"])
        {
            var response = await site.SendAsync(method, "/game/" + Engine, headers);
            Assert.That((int)response.StatusCode, Is.EqualTo(status), method);
            Assert.That(Header(response, "ETag"), Is.EqualTo(game.TagOf(Engine, accepted == "br" ? "-br" : "")));
            Assert.That(Header(response, "Vary"), Is.EqualTo("Accept-Encoding"));
            Assert.That(Header(response, "Cache-Control"), Is.EqualTo("no-cache"));
            var length = (await response.Content.ReadAsByteArrayAsync()).Length;
            Assert.That(length == 0, Is.EqualTo(status != 200 || method == "HEAD"));
            if (status != 200)
                Assert.That(Header(response, "Content-Encoding") ?? Header(response, "Content-Type"), Is.Null);
        }
    }

    // The page has 37 bytes.
    [TestCase("bytes=0-3", "bytes 0-3/37", "<!do")]
    [TestCase("bytes=2-2", "bytes 2-2/37", "d")]
    [TestCase("bytes=-8", "bytes 29-36/37", "</title>")]
    [TestCase("bytes=-100", "bytes 0-36/37", PageText)]
    [TestCase("bytes=33-", "bytes 33-36/37", "tle>")]
    [TestCase("bytes=33-100", "bytes 33-36/37", "tle>")]
    [TestCase("bytes=37-", "bytes */37", null)]
    [TestCase("bytes=100-200", "bytes */37", null)]
    [TestCase("bytes=-0", "bytes */37", null)]
    [TestCase("bytes=0-3,6-7", null, PageText)]
    [TestCase("bytes=5-3", null, PageText)]
    [TestCase("lines=0-3", null, PageText)]
    [TestCase("nonsense", null, PageText)]
    public async Task Ranges_are_parts_of_the_file_itself(string range, string? contentRange, string? text)
    {
        Assert.That(PageText, Has.Length.EqualTo(37));
        foreach (var path in (string[])["/game/", "/game/index.html"])
        {
            var response = await site.GetAsync(path, "Range: " + range, "Accept-Encoding: br, gzip");
            Assert.That(response.StatusCode, Is.EqualTo(text is null ? HttpStatusCode.RequestedRangeNotSatisfiable : contentRange is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent));
            Assert.That(Header(response, "Content-Range"), Is.EqualTo(contentRange));
            Assert.That(Header(response, "Content-Encoding"), Is.Null);
            Assert.That(Header(response, "ETag"), Is.EqualTo(game.TagOf(Page)));
            Assert.That(Header(response, "Vary"), Is.EqualTo("Accept-Encoding"));
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(text ?? ""));
        }
    }

    [TestCase("\"@\"", 206)]
    [TestCase("W/\"@\"", 200)]
    [TestCase("\"@-br\"", 200)]
    [TestCase("\"x\"", 200)]
    [TestCase("nonsense", 200)]
    [TestCase(Hour, 206)]
    [TestCase(HourBefore, 200)]
    [TestCase(HourAfter, 200)]
    public async Task A_range_of_another_version_is_not_sent(string ifRange, int status)
    {
        var response = await site.GetAsync("/game/" + Engine, "Range: bytes=0-3", "If-Range: " + ifRange.Replace("@", game.TagOf(Engine).Trim('"'), StringComparison.Ordinal));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That((await response.Content.ReadAsByteArrayAsync()).Length, Is.EqualTo(status == 206 ? 4 : game.Files[Engine].Length));
    }

    [TestCase("identity;q=0, br", "br")]
    [TestCase("br", null)]
    public async Task A_range_is_ignored_if_the_file_itself_is_refused(string accepted, string? encoding)
    {
        var response = await site.GetAsync("/game/" + Engine, "Range: bytes=0-3", "Accept-Encoding: " + accepted);
        Assert.That(response.StatusCode, Is.EqualTo(encoding is null ? HttpStatusCode.PartialContent : HttpStatusCode.OK));
        Assert.That(Header(response, "Content-Encoding"), Is.EqualTo(encoding));
    }

    [TestCase("/game/" + Engine, "br")]
    [TestCase("/game/" + Engine, "identity")]
    [TestCase("/game/", "gzip")]
    [TestCase("/game/" + Empty, "gzip")]
    public async Task Head_has_the_headers_of_get(string path, string accepted)
    {
        var (get, head) = (await site.GetAsync(path, "Accept-Encoding: " + accepted), await site.SendAsync("HEAD", path, "Accept-Encoding: " + accepted));
        Assert.That(head.StatusCode, Is.EqualTo(get.StatusCode));
        Assert.That(Headers(head), Is.EqualTo(Headers(get)));
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task Head_ignores_ranges()
    {
        var response = await site.SendAsync("HEAD", "/game/" + Engine, "Range: bytes=0-3");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Header(response, "Content-Length"), Is.EqualTo($"{game.Files[Engine].Length}"));
    }

    [Test]
    public async Task Other_methods_are_not_allowed([Values("POST", "PUT", "DELETE", "OPTIONS", "PATCH")] string method, [Values("/game/", "/game", "/game/index.html")] string path)
    {
        var response = await site.SendAsync(method, path);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(Header(response, "Allow"), Is.EqualTo("GET, HEAD"));
    }

    [TestCase("/game", "/game/")]
    [TestCase("/game?level=2&x=%C3%BC", "/game/?level=2&x=%C3%BC")]
    [TestCase("/GAME", "/GAME/")]
    public async Task The_folder_without_a_slash_redirects(string path, string location)
    {
        foreach (var method in (string[])["GET", "HEAD"])
        {
            var response = await site.SendAsync(method, path);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Found));
            Assert.That(response.Headers.Location?.OriginalString, Is.EqualTo(location));
        }
    }

    [TestCase("/game/../wwwroot/site.css")]
    [TestCase("/game/../playcanvas.json")]
    [TestCase("/game/..%2f..%2fplaycanvas.json")]
    [TestCase("/game/%2e%2e/%2e%2e/playcanvas.json")]
    [TestCase("/game/..\\..\\playcanvas.json")]
    [TestCase("/game/..%5c..%5cplaycanvas.json")]
    [TestCase("/game/%2e%2e%2fsite.css")]
    [TestCase("/game//etc/passwd")]
    [TestCase("/game/%2fetc%2fpasswd")]
    [TestCase("/game//index.html")]
    [TestCase("/game//")]
    [TestCase("/game/index.html/")]
    [TestCase("/game/./nothing")]
    [TestCase("/game/files")]
    [TestCase("/game/files/")]
    [TestCase("/game/INDEX.HTML")]
    [TestCase("/game/index.html.br")]
    [TestCase("/game/index.html.gz")]
    [TestCase("/game/index.html.slash-missing")]
    [TestCase("/game/game.json")]
    [TestCase("/game/.playcanvas.json")]
    [TestCase("/game/files/assets/1%2f1/box.glb")]
    [TestCase("/gamer/index.html")]
    [TestCase("/playcanvas.json")]
    [TestCase("/playcanvas/game.json")]
    public async Task Nothing_but_the_files_is_served(string path)
    {
        var response = await site.GetRawAsync(path);
        Assert.That(response, Does.StartWith("HTTP/1.1 404 "));
    }

    [Test]
    public async Task Dots_inside_the_folder_are_resolved_before()
    {
        var response = await site.GetRawAsync("/game/files/../index.html");
        Assert.That(response, Does.StartWith("HTTP/1.1 200 "));
        Assert.That(response, Does.EndWith(PageText));
    }

    [Test]
    public async Task The_sites_own_files_are_served_as_before()
    {
        var response = await site.GetAsync("/site.css");
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("body {}"));
        Assert.That(Header(response, "Cache-Control"), Is.Null);
    }

    private static byte[] Decode(byte[] body, string? encoding)
    {
        using var input = new MemoryStream(body);
        using Stream decoder = encoding switch { "br" => new BrotliStream(input, CompressionMode.Decompress), "gzip" => new GZipStream(input, CompressionMode.Decompress), _ => input };
        using var output = new MemoryStream();
        decoder.CopyTo(output);
        return output.ToArray();
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    private static string Headers(HttpResponseMessage response) => string.Join(
        "\n",
        response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order());
}
