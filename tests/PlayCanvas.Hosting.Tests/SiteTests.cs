using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using PlayCanvas.Hosting.Tests.Support;

namespace PlayCanvas.Hosting.Tests;

/// <summary>What a site's own code does to a game, and a game to the site's own code.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SiteTests
{
    private const string Site = "the site";
    private const string File = "/game/index.html";

    /// <summary>Routes of a site that compete with a game: the route, and who responds to "/game", "/game/", a file, another path in the folder.</summary>
    private static readonly object[][] Routes =
    [
        // The site's own page at the game's path.
        ["game", Site, Site, "game", "404"],
        ["game/{id?}", Site, Site, "game", Site],
        ["Game/{page=index}", Site, Site, "game", Site],
        // The site's own content for one file.
        ["game/index.html", "302", "game", "game", "404"],
        // Less specific routes, or routes that happen to match the game's files.
        ["game/{id}", "302", "game", "game", Site],
        ["game/{**rest}", "302", "game", "game", Site],
        ["game/{name}.{extension}", "302", "game", "game", Site],
        ["{page}", "302", "game", "game", "404"],
        ["{controller}/{action=Index}", "302", "game", "game", Site],
        ["{**path}", "302", "game", "game", Site],
        ["{*path:nonfile}", "302", "game", "game", "404"],
    ];

    [TestCaseSource(nameof(Routes))]
    public async Task A_route_of_the_site_and_the_game(string route, string folder, string page, string file, string other)
    {
        foreach (var activation in Enum.GetValues<Activation>())
        {
            using var game = new TestGame(Layout.Published);
            await using var site = await TestSite.StartAsync(game, app => MapGames(app, activation).MapGet(route, () => Site), activation);
            Assert.That(await WhoRespondsAsync(site, "/game"), Is.EqualTo(folder));
            Assert.That(await WhoRespondsAsync(site, "/game/"), Is.EqualTo(page));
            Assert.That(await WhoRespondsAsync(site, File), Is.EqualTo(file));
            Assert.That(await WhoRespondsAsync(site, "/game/other.txt"), Is.EqualTo(other));
        }
    }

    [Test]
    public async Task The_order_of_files_is_a_convention()
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartAsync(game, app =>
        {
            app.MapPlayCanvasGames().WithOrder(0);
            app.MapGet("game/index.html", () => Site);
        });
        Assert.That(await WhoRespondsAsync(site, File), Is.EqualTo(Site));
        Assert.That(await WhoRespondsAsync(site, "/game/"), Is.EqualTo("game"));
    }

    [Test]
    public async Task A_controller_at_the_path_of_the_game_stays_reachable([Values] Activation activation)
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartAsync(
            game,
            app => MapGames(app, activation).MapControllers(),
            activation,
            builder => builder.Services.AddControllers().ConfigureApplicationPartManager(parts => parts.ApplicationParts.Add(new AssemblyPart(typeof(FrameController).Assembly))));
        Assert.That(await WhoRespondsAsync(site, "/game"), Is.EqualTo(Site));
        Assert.That(await WhoRespondsAsync(site, "/game/"), Is.EqualTo(Site));
        Assert.That(await WhoRespondsAsync(site, "/game/scores"), Is.EqualTo(Site));
        Assert.That(await WhoRespondsAsync(site, File), Is.EqualTo("game"));
    }

    [Test]
    public async Task A_fallback_gets_what_is_not_a_file_of_the_game([Values] Layout layout, [Values] Activation activation)
    {
        using var game = new TestGame(layout);
        await using var site = await TestSite.StartAsync(game, app => MapGames(app, activation).MapFallbackToFile("index.html"), activation);
        Assert.That(await WhoRespondsAsync(site, "/game"), Is.EqualTo("302"));
        Assert.That(await WhoRespondsAsync(site, "/game/"), Is.EqualTo("game"));
        Assert.That(await WhoRespondsAsync(site, "/game/" + TestGame.NoExtension), Is.EqualTo("game"));
        Assert.That(await WhoRespondsAsync(site, "/game/level/2"), Is.EqualTo("the site's own page"));
        Assert.That(await WhoRespondsAsync(site, "/game/other.txt"), Is.EqualTo("404"));
        Assert.That(await WhoRespondsAsync(site, "/anything"), Is.EqualTo("the site's own page"));
        Assert.That(site.Log, Is.Empty);
    }

    [Test]
    public async Task A_catch_all_route_never_sees_an_internal_name()
    {
        var seen = new List<string>();
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartAsync(game, app =>
        {
            app.Use((context, next) =>
            {
                seen.Add(context.Request.Path.Value!);
                return next(context);
            });
            app.Map("{**path}", (string path) => path);
        });
        var other = await site.GetAsync("/game/level/2");
        Assert.That(await other.Content.ReadAsStringAsync(), Is.EqualTo("game/level/2"));
        await site.GetAsync("/game");
        await site.GetAsync("/game/");
        Assert.That(string.Join(" ", seen), Is.EqualTo("/game/level/2 /game /game/"));
    }

    [Test]
    public async Task Other_methods_reach_the_sites_own_endpoints([Values] Activation activation)
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartAsync(
            game,
            app =>
            {
                MapGames(app, activation).MapPost("game/scores", () => Site);
                app.MapPost("game", () => Site);
            },
            activation);
        Assert.That(await WhoRespondsAsync(site, "/game/scores", "POST"), Is.EqualTo(Site));
        Assert.That(await WhoRespondsAsync(site, "/game", "POST"), Is.EqualTo(Site));
        Assert.That(await WhoRespondsAsync(site, "/game/"), Is.EqualTo("game"));
        Assert.That(await WhoRespondsAsync(site, File, "POST"), Is.EqualTo("405"));
        Assert.That(await WhoRespondsAsync(site, "/game/other", "POST"), Is.EqualTo("404"));
    }

    [Test]
    public async Task A_fallback_policy_applies_to_the_game([Values] Activation activation, [Values] bool isAllowed, [Values] bool isClassic)
    {
        if (activation == Activation.ZeroCode && isAllowed)
            return;

        using var game = new TestGame(Layout.Published);
        await using var site = isClassic
            ? await TestSite.StartClassicAsync(
                game,
                app => app.UseStaticFiles().UseRouting().UseAuthentication().UseAuthorization().UseEndpoints(endpoints => Map(endpoints)),
                activation,
                AddFallbackPolicy)
            : await TestSite.StartAsync(game, app => Map(app), activation, builder => AddFallbackPolicy(builder.Services));
        foreach (var path in (string[])["/game", "/game/", File])
        {
            Assert.That(await WhoRespondsAsync(site, path), Is.EqualTo(isAllowed ? path == "/game" ? "302" : "game" : "401"));
            var user = await site.GetAsync(path, "X-User: someone");
            Assert.That(user.StatusCode, Is.EqualTo(path == "/game" ? HttpStatusCode.Found : HttpStatusCode.OK));
        }

        void Map(IEndpointRouteBuilder endpoints)
        {
            if (activation == Activation.ZeroCode)
                return;
            var games = endpoints.MapPlayCanvasGames();
            if (isAllowed)
                games.AllowAnonymous();
        }
    }

    [Test]
    public async Task A_fallback_policy_applies_in_a_site_without_endpoints()
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartClassicAsync(game, app => app.UseStaticFiles().UseAuthentication().UseAuthorization(), configure: AddFallbackPolicy);
        Assert.That(await WhoRespondsAsync(site, File), Is.EqualTo("401"));
        Assert.That((await site.GetAsync(File, "X-User: someone")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Conventions_apply_to_files_and_page()
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartAsync(game, app => app.MapPlayCanvasGames().RequireAuthorization(), Activation.Both, builder => AddAuthentication(builder.Services));
        foreach (var path in (string[])["/game", "/game/", File])
            Assert.That(await WhoRespondsAsync(site, path), Is.EqualTo("401"));

        await using var other = await TestSite.StartAsync(game, app => app.MapPlayCanvasGames().RequireHost("play.example.com"), Activation.Both);
        foreach (var path in (string[])["/game", "/game/", File])
        {
            Assert.That(await WhoRespondsAsync(other, path), Is.EqualTo("404"));
            Assert.That((await other.GetAsync(path, "Host: play.example.com")).StatusCode, Is.EqualTo(path == "/game" ? HttpStatusCode.Found : HttpStatusCode.OK));
        }
    }

    [TestCase(Activation.ZeroCode, false)]
    [TestCase(Activation.ZeroCode, true)]
    [TestCase(Activation.Map, false)]
    [TestCase(Activation.Both, false)]
    public async Task Several_games_are_served(Activation activation, bool isClassic)
    {
        using var game = new TestGame(Layout.Built, "games") { OtherPaths = ["games/first", "GAMES/FIRST", "second"] };
        game.WriteIndex();
        await using var site = isClassic
            ? await TestSite.StartClassicAsync(game, app => app.UseStaticFiles())
            : await TestSite.StartAsync(game, app => MapGames(app, activation), activation);
        foreach (var path in (string[])["/games", "/games/first", "/second"])
        {
            Assert.That((await site.GetAsync(path)).Headers.Location?.OriginalString, Is.EqualTo(path + "/"));
            Assert.That(await WhoRespondsAsync(site, path + "/"), Is.EqualTo("game"));
            Assert.That(await WhoRespondsAsync(site, path + "/" + TestGame.Model), Is.EqualTo("game"));
            Assert.That(await WhoRespondsAsync(site, path + "/nothing"), Is.EqualTo("404"));
        }
    }

    [Test]
    public async Task A_page_of_Blazor_at_the_path_of_the_game_stays_reachable([Values] Activation activation)
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartAsync(
            game,
            app =>
            {
                app.UseAntiforgery();
                MapGames(app, activation).MapRazorComponents<FrameApp>();
            },
            activation,
            builder => builder.Services.AddRazorComponents());
        Assert.That(await WhoRespondsAsync(site, "/game"), Is.EqualTo(Site), string.Join("\n", site.Log));
        Assert.That(await WhoRespondsAsync(site, "/game/"), Is.EqualTo(Site));
        Assert.That(await WhoRespondsAsync(site, File), Is.EqualTo("game"));
    }

    [Test]
    public async Task A_prefix_that_a_proxy_removes_stays_in_the_address([Values] Activation activation)
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartAsync(
            game,
            app =>
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedPrefix });
                MapGames(app, activation);
            },
            activation);
        Assert.That((await site.GetAsync("/game?x=1", "X-Forwarded-Prefix: /behind")).Headers.Location?.OriginalString, Is.EqualTo("/behind/game/?x=1"));
    }

    [Test]
    public async Task A_fallback_that_responds_in_place_of_the_game_is_logged()
    {
        using var game = new TestGame(Layout.Built);
        await using var site = await TestSite.StartAsync(game, app =>
        {
            app.UsePathBase("/base");
            app.MapFallbackToFile("index.html");
        });
        Assert.That(await WhoRespondsAsync(site, "/base/game/level"), Is.EqualTo("the site's own page"));
        Assert.That(site.Log, Is.Empty);
        Assert.That(await WhoRespondsAsync(site, "/base/game/"), Is.EqualTo("the site's own page"));
        Assert.That(site.Log, Has.One.Items.And.One.Contains("after app.UsePathBase"));
        Assert.That(await WhoRespondsAsync(site, "/base" + File), Is.EqualTo("game"));
    }

    [Test]
    public async Task A_group_has_the_game_at_its_prefix()
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartAsync(game, app => app.MapGroup("/fun/{player}").MapPlayCanvasGames(), Activation.Both);
        Assert.That(await WhoRespondsAsync(site, "/fun/x/game/"), Is.EqualTo("game"));
        Assert.That(await WhoRespondsAsync(site, "/fun/x/game/" + TestGame.Model), Is.EqualTo("game"));
        Assert.That((await site.GetAsync("/fun/x/game")).Headers.Location?.OriginalString, Is.EqualTo("/fun/x/game/"));
        Assert.That(await WhoRespondsAsync(site, "/game/"), Is.EqualTo("404"));
    }

    [Test]
    public async Task Security_headers_and_redirects_of_the_site_come_first()
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartAsync(game, app =>
        {
            app.Use((context, next) =>
            {
                if (!context.Request.Query.ContainsKey("inside"))
                {
                    context.Response.Redirect("/login");
                    return Task.CompletedTask;
                }

                context.Response.Headers.CacheControl = "private";
                context.Response.Headers.Vary = "Origin";
                context.Response.Headers["Cross-Origin-Opener-Policy"] = "unsafe-none";
                return next(context);
            });
        });
        Assert.That((await site.GetAsync("/game/")).Headers.Location?.OriginalString, Is.EqualTo("/login"));
        var response = await site.GetAsync("/game/?inside");
        Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo("private"));
        Assert.That(string.Join(", ", response.Headers.Vary), Is.EqualTo("Origin, Accept-Encoding"));
    }

    // The routing that WebApplication adds by itself comes before the site's own middleware, so it sees the path base.
    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    public async Task A_path_base_stays_in_the_address(bool isZeroCode, bool callsUseRouting)
    {
        using var game = new TestGame(Layout.Published, path: "Spiel ü/1 & 100%");
        await using var site = await TestSite.StartAsync(
            game,
            app =>
            {
                app.UsePathBase("/Büro 1");
                if (callsUseRouting)
                    app.UseRouting();
                if (!isZeroCode)
                    app.MapPlayCanvasGames();
            },
            isZeroCode ? Activation.ZeroCode : Activation.Map);
        const string Folder = "/B%C3%BCro%201/Spiel%20%C3%BC/1%20&%20100%25";
        var response = await site.GetAsync(Folder + "?x=%25");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Found), string.Join("\n", site.Log));
        Assert.That(response.Headers.Location?.OriginalString, Is.EqualTo(Folder + "/?x=%25"));
        Assert.That(await WhoRespondsAsync(site, Folder + "/"), Is.EqualTo("game"));
        Assert.That(await WhoRespondsAsync(site, Folder + "/" + TestGame.Url(TestGame.Texture)), Is.EqualTo("game"));
    }

    [TestCase("game")]
    [TestCase("games/first")]
    [TestCase("my game")]
    [TestCase("jeu/é/日本")]
    [TestCase("100%")]
    [TestCase("a%41b")]
    [TestCase("{id}/[x]")]
    [TestCase("a+b@c;d,e=f&g")]
    [TestCase("it's")]
    public async Task A_game_may_have_any_path(string path)
    {
        foreach (var (layout, isClassic) in ((Layout, bool)[])[(Layout.Built, false), (Layout.Published, true)])
        {
            using var game = new TestGame(layout, path);
            await using var site = isClassic
                ? await TestSite.StartClassicAsync(game, app => app.UseStaticFiles())
                : await TestSite.StartAsync(game, app => app.UseStaticFiles());
            var url = "/" + TestGame.Url(path);
            var redirect = await site.GetAsync(url);
            Assert.That(redirect.StatusCode, Is.EqualTo(HttpStatusCode.Found), string.Join("\n", site.Log));
            Assert.That(redirect.Headers.Location!.OriginalString, Does.Match("^[!-~]+$"));
            Assert.That(await WhoRespondsAsync(site, redirect.Headers.Location!.OriginalString), Is.EqualTo("game"));
            Assert.That(Uri.UnescapeDataString(redirect.Headers.Location!.OriginalString), Is.EqualTo($"/{path}/"));
            var texture = await site.GetAsync($"{url}/{TestGame.Url(TestGame.Texture)}");
            Assert.That(await texture.Content.ReadAsByteArrayAsync(), Is.EqualTo(game.Files[TestGame.Texture]));
        }
    }

    [Test]
    public async Task A_sub_application_serves_the_game_below_its_path()
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartClassicAsync(
            game,
            app => app.Map("/sub", sub => sub.UseStaticFiles().UseRouting().UseEndpoints(endpoints => endpoints.MapPlayCanvasGames())));
        Assert.That((await site.GetAsync("/sub/game")).Headers.Location?.OriginalString, Is.EqualTo("/sub/game/"));
        Assert.That(await WhoRespondsAsync(site, "/sub/game/"), Is.EqualTo("game"));
        Assert.That(await WhoRespondsAsync(site, "/game/"), Is.EqualTo("404"));
    }

    [Test]
    public async Task Another_provider_of_the_same_files_loses_to_the_endpoints([Values] Activation activation)
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartAsync(
            game,
            app =>
            {
                app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Path.Combine(game.Root, "wwwroot")), ServeUnknownFileTypes = true });
                MapGames(app, activation);
            },
            activation);
        Assert.That((await site.GetAsync(File)).Headers.CacheControl?.ToString(), Is.EqualTo("no-cache"));
        Assert.That(await WhoRespondsAsync(site, "/site.css"), Is.EqualTo("body {}"));
    }

    [Test]
    public async Task The_web_root_hides_the_game_from_the_start()
    {
        using var game = new TestGame(Layout.Published);
        IFileProvider? captured = null;
        await using var site = await TestSite.StartAsync(
            game,
            app =>
            {
                // The site routes after its static files, and passes the provider on before the pipeline is built.
                app.UseStaticFiles(new StaticFileOptions { FileProvider = captured });
                app.UseRouting();
            },
            configure: builder => captured = builder.Environment.WebRootFileProvider);
        Assert.That((await site.GetAsync(File)).Headers.CacheControl?.ToString(), Is.EqualTo("no-cache"));
        Assert.That(captured!.GetFileInfo("/game/index.html").Exists, Is.False);
        Assert.That(captured.GetFileInfo("/site.css").Exists, Is.True);
        Assert.That(site.Services.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider, Is.SameAs(captured));
    }

    [TestCase("identity", null)]
    [TestCase("gzip", "gzip")]
    [TestCase("br", "br")]
    public async Task Response_compression_of_the_site_leaves_the_game_alone(string accepted, string? encoding)
    {
        foreach (var layout in Enum.GetValues<Layout>())
        {
            using var game = new TestGame(layout);
            await using var site = await TestSite.StartAsync(
                game,
                app =>
                {
                    app.UseResponseCompression();
                    app.UseStaticFiles();
                },
                configure: builder => builder.Services.AddResponseCompression(options => options.MimeTypes = ResponseCompressionDefaults.MimeTypes.Append("model/gltf-binary")));
            foreach (var file in (string[])[TestGame.Engine, TestGame.Model])
            {
                var response = await site.GetAsync("/game/" + file, "Accept-Encoding: " + accepted);
                var expected = layout == Layout.Published && file == TestGame.Engine ? encoding : null;
                Assert.That(string.Join(",", response.Content.Headers.ContentEncoding), Is.EqualTo(expected ?? ""));
                Assert.That(response.Headers.ETag?.Tag, Is.EqualTo(game.TagOf(file, expected switch { "br" => "-br", "gzip" => "-gz", _ => "" })));
                var body = await response.Content.ReadAsByteArrayAsync();
                Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(body.Length));
                if (expected is null)
                    Assert.That(body, Is.EqualTo(game.Files[file]));
            }

            var own = await site.GetAsync("/site.css", "Accept-Encoding: " + accepted);
            Assert.That(string.Join(",", own.Content.Headers.ContentEncoding), Is.EqualTo(encoding ?? ""));
        }
    }

    [Test]
    public async Task Output_caching_of_the_site_does_not_mix_encodings([Values] Activation activation)
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartAsync(
            game,
            app =>
            {
                app.UseOutputCache();
                MapGames(app, activation);
            },
            activation,
            builder => builder.Services.AddOutputCache(options => options.AddBasePolicy(policy => policy.Cache())));
        await site.GetAsync(File, "Accept-Encoding: br");
        var response = await site.GetAsync(File, "Accept-Encoding: identity");
        Assert.That(response.Content.Headers.ContentEncoding, Is.Empty);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(TestGame.PageText));
    }

    [Test]
    public async Task A_game_with_shared_memory_is_isolated([Values] bool sharedMemory, [Values] Activation activation)
    {
        using var game = new TestGame(Layout.Published, sharedMemory: sharedMemory);
        await using var site = await TestSite.StartAsync(game, app => MapGames(app, activation), activation);
        foreach (var (path, opener, embedder) in ((string, bool, bool)[])
            [("/game/", true, true), (File, true, true), ("/game/" + TestGame.Engine, false, true), ("/game/" + TestGame.Model, false, false)])
        {
            foreach (var tag in (string[])["x", "*"])
            {
                var response = await site.GetAsync(path, $"If-None-Match: {(tag == "x" ? "\"x\"" : tag)}");
                Assert.That(response.Headers.TryGetValues("Cross-Origin-Opener-Policy", out var value) ? value.Single() : null, Is.EqualTo(sharedMemory && opener ? "same-origin" : null));
                Assert.That(response.Headers.TryGetValues("Cross-Origin-Embedder-Policy", out value) ? value.Single() : null, Is.EqualTo(sharedMemory && embedder ? "require-corp" : null));
            }
        }
    }

    [Test]
    public async Task Terminal_middleware_wins_and_is_logged_in_development([Values] Layout layout, [Values] bool isClassic)
    {
        using var game = new TestGame(layout);
        await using var site = isClassic
            ? await TestSite.StartClassicAsync(game, app => app.Run(context => context.Response.WriteAsync(Site)))
            : await TestSite.StartAsync(game, app => app.Run(context => context.Response.WriteAsync(Site)));
        foreach (var path in (string[])["/", "/game/nothing", "/other"])
            Assert.That(await WhoRespondsAsync(site, path), Is.EqualTo(Site));
        Assert.That(site.Log, Is.Empty);
        foreach (var path in (string[])["/game/", File, "/game/"])
            Assert.That(await WhoRespondsAsync(site, path), Is.EqualTo(Site));
        if (layout == Layout.Built)
            Assert.That(site.Log, Has.One.Items.And.One.Contains("app.UseEndpoints(endpoints => endpoints.MapPlayCanvasGames())"));
        else
            Assert.That(site.Log, Is.Empty);
    }

    [Test]
    public async Task The_lines_in_the_warning_help([Values] Layout layout, [Values] bool isClassic, [Values] Activation activation)
    {
        using var game = new TestGame(layout);
        await using var site = isClassic
            ? await TestSite.StartClassicAsync(game, Build, activation)
            : await TestSite.StartAsync(game, Build, activation);
        Assert.That(await WhoRespondsAsync(site, "/base/game/"), Is.EqualTo("game"));
        Assert.That(await WhoRespondsAsync(site, "/base" + File), Is.EqualTo("game"));
        Assert.That(await WhoRespondsAsync(site, "/game/nothing"), Is.EqualTo(Site));
        Assert.That(site.Log, Is.Empty);

        static void Build(IApplicationBuilder app)
        {
            app.UsePathBase("/base");
            app.UseRouting();
#pragma warning disable ASP0014 // The warning says to map at the top level, which comes after terminal middleware.
            app.UseEndpoints(endpoints => endpoints.MapPlayCanvasGames());
#pragma warning restore ASP0014
            app.Run(context => context.Response.WriteAsync(Site));
        }
    }

    [Test]
    public async Task A_refusal_of_the_site_is_not_logged()
    {
        using var game = new TestGame(Layout.Built);
        await using var site = await TestSite.StartAsync(game, app => app.Run(context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        }));
        Assert.That(await WhoRespondsAsync(site, File), Is.EqualTo("403"));
        Assert.That(site.Log, Is.Empty);
    }

    [Test]
    public async Task A_builder_that_runs_no_hosting_startups_serves_nothing_by_itself()
    {
        using var game = new TestGame(Layout.Built);
        await using var site = await TestSite.StartAsync(game, app => app.UseStaticFiles(), Activation.ZeroCode, isSlim: true);
        Assert.That(await WhoRespondsAsync(site, File), Is.EqualTo("404"));
    }

    [Test]
    public async Task Two_endpoints_serve_a_game_of_any_size()
    {
        using var game = new TestGame(Layout.Published);
        await using var site = await TestSite.StartAsync(game, app => app.MapPlayCanvasGames());
        Assert.That(site.Services.GetRequiredService<EndpointDataSource>().Endpoints, Has.Exactly(2).Items);
    }

    private static WebApplication MapGames(WebApplication app, Activation activation)
    {
        if (activation != Activation.ZeroCode)
            app.MapPlayCanvasGames();
        return app;
    }

    /// <summary>Returns "game" for a response with a file of the game, the body of a successful response of the site, or the status of another response.</summary>
    private static async Task<string> WhoRespondsAsync(TestSite site, string path, string method = "GET")
    {
        using var response = await site.SendAsync(method, path);
        return !response.IsSuccessStatusCode ? $"{(int)response.StatusCode}"
            : response.Headers.Vary.Contains("Accept-Encoding") ? "game"
            : await response.Content.ReadAsStringAsync();
    }

    private static void AddFallbackPolicy(IServiceCollection services)
    {
        AddAuthentication(services);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static void AddAuthentication(IServiceCollection services)
    {
        services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("Test", _ => { });
        services.AddAuthorization();
    }

    /// <summary>A user is who the request says.</summary>
    private sealed class HeaderAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers["X-User"] is [var user]
                ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, user!)], "Test")), "Test"))
                : AuthenticateResult.NoResult());
    }
}

/// <summary>A page of Blazor around a game.</summary>
[Microsoft.AspNetCore.Components.Route("/game")]
public sealed class FramePage : ComponentBase;

/// <summary>The root component of that site.</summary>
public sealed class FrameApp : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(0, "the site");
}

/// <summary>A page of a site around a game.</summary>
[Microsoft.AspNetCore.Mvc.Route("game")]
public sealed class FrameController : Controller
{
    [HttpGet]
    public IActionResult Index() => Content("the site");

    [HttpGet("{id}")]
    public IActionResult Details(string id) => id.Length > 0 ? Content("the site") : NotFound();
}
