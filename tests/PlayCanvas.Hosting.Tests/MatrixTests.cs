using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using PlayCanvas.Hosting.Tests.Support;

namespace PlayCanvas.Hosting.Tests;

/// <summary>The same responses in every kind of site, as a browser sees them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MatrixTests
{
    /// <summary>What serves the static files of a site.</summary>
    public enum StaticFiles
    {
        BeforeAuthentication,
        AfterAuthentication,
        DefaultFiles,
        Assets,
        Both,
        Neither,
    }

    /// <summary>How a site is written.</summary>
    public enum Style
    {
        Minimal,
        MinimalWithRouting,
        Slim,
        StartupClass,
        StartupClassWithoutRouting,
    }

    private static IEnumerable<object[]> Sites =>
        from style in Enum.GetValues<Style>()
        from files in Enum.GetValues<StaticFiles>()
        from layout in Enum.GetValues<Layout>()
        from activation in Enum.GetValues<Activation>()
        where style switch
        {
            // CreateSlimBuilder does not run hosting startups.
            Style.Slim => activation == Activation.Map,
            // Without routing there are no endpoints.
            Style.StartupClassWithoutRouting => activation == Activation.ZeroCode && files is not (StaticFiles.Assets or StaticFiles.Both),
            _ => true,
        }
        select new object[] { style, files, layout, activation };

    [TestCaseSource(nameof(Sites))]
    public async Task Headers_are_the_same_everywhere(Style style, StaticFiles files, Layout layout, Activation activation)
    {
        using var game = new TestGame(layout);
        await using var site = style is Style.StartupClass or Style.StartupClassWithoutRouting
            ? await TestSite.StartClassicAsync(game, app => BuildClassic(app, game, files, style, activation), activation)
            : await TestSite.StartAsync(game, app => BuildMinimal(app, game, files, style, activation), activation, isSlim: style == Style.Slim);

        Assert.That(await DescribeAsync(site, "/game"), Is.EqualTo("302 location=/game/ site=1"));
        Assert.That(await DescribeAsync(site, "/game?x=1"), Is.EqualTo("302 location=/game/?x=1 site=1"));
        foreach (var (path, file) in ((string, string)[])[("/game/", TestGame.Page), ($"/game/{TestGame.Engine}", TestGame.Engine), ($"/game/{TestGame.Model}", TestGame.Model)])
        {
            var isCompressed = layout == Layout.Published && file != TestGame.Model;
            var type = file == TestGame.Page ? "text/html" : file == TestGame.Engine ? "text/javascript" : "model/gltf-binary";
            foreach (var (query, caching) in ((string, string)[])[("", "no-cache"), ($"?t={game.Md5Of(file)}", "public, max-age=31536000, immutable"), ("?t=0", "no-cache")])
            {
                var encoding = isCompressed ? " encoding=br" : " ranges=bytes";
                var tag = game.TagOf(file, isCompressed ? "-br" : "");
                Assert.That(
                    await DescribeAsync(site, path + query, "Accept-Encoding: gzip, deflate, br"),
                    Is.EqualTo($"200 type={type} cache={caching} vary=Accept-Encoding tag={tag}{encoding} site=1"));
                Assert.That(
                    await DescribeAsync(site, path + query, "Accept-Encoding: gzip, deflate, br", $"If-None-Match: {tag}"),
                    Is.EqualTo($"304 cache={caching} vary=Accept-Encoding tag={tag} site=1"));
            }
        }

        Assert.That(await DescribeAsync(site, "/game/nothing.js"), Is.EqualTo("404 site=1"));
        Assert.That(site.Log, Is.Empty);
    }

    private static void BuildMinimal(WebApplication app, TestGame game, StaticFiles files, Style style, Activation activation)
    {
        app.Use(OwnHeader);
        if (files is StaticFiles.BeforeAuthentication or StaticFiles.Both)
            app.UseStaticFiles();
        if (files == StaticFiles.DefaultFiles)
            app.UseDefaultFiles().UseStaticFiles();
        if (style == Style.MinimalWithRouting)
            app.UseRouting();
        app.Use(Authentication);
        if (files == StaticFiles.AfterAuthentication)
            app.UseStaticFiles();
        if (files is StaticFiles.Assets or StaticFiles.Both)
            app.MapStaticAssets(EmptyAssets(game));
        if (activation != Activation.ZeroCode)
            app.MapPlayCanvasGames();
    }

    private static void BuildClassic(IApplicationBuilder app, TestGame game, StaticFiles files, Style style, Activation activation)
    {
        app.Use(OwnHeader);
        if (files is StaticFiles.BeforeAuthentication or StaticFiles.Both)
            app.UseStaticFiles();
        if (files == StaticFiles.DefaultFiles)
            app.UseDefaultFiles().UseStaticFiles();
        if (style == Style.StartupClass)
            app.UseRouting();
        app.Use(Authentication);
        if (files == StaticFiles.AfterAuthentication)
            app.UseStaticFiles();
        if (style == Style.StartupClassWithoutRouting)
            return;
        app.UseEndpoints(endpoints =>
        {
            if (files is StaticFiles.Assets or StaticFiles.Both)
                endpoints.MapStaticAssets(EmptyAssets(game));
            if (activation != Activation.ZeroCode)
                endpoints.MapPlayCanvasGames();
        });
    }

    private static Task OwnHeader(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers["X-Site"] = "1";
        return next(context);
    }

    // Stands for authentication: whatever it lets through goes on.
    private static Task Authentication(HttpContext context, RequestDelegate next) => next(context);

    private static string EmptyAssets(TestGame game)
    {
        var manifest = Path.Combine(game.Root, "site.staticwebassets.endpoints.json");
        File.WriteAllText(manifest, """{ "Version": 1, "ManifestType": "Build", "Endpoints": [] }""");
        return manifest;
    }

    private static async Task<string> DescribeAsync(TestSite site, string path, params string[] headers)
    {
        using var response = await site.GetAsync(path, headers);
        var text = $"{(int)response.StatusCode}";
        foreach (var (label, name) in ((string, string)[])
            [
                ("location", "Location"), ("type", "Content-Type"), ("cache", "Cache-Control"), ("vary", "Vary"), ("tag", "ETag"), ("encoding", "Content-Encoding"),
                ("ranges", "Accept-Ranges"), ("site", "X-Site"),
            ])
        {
            if (response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values))
                text += $" {label}={string.Join(", ", values)}";
        }

        if (response.StatusCode == HttpStatusCode.OK)
            Assert.That(response.Content.Headers.ContentLength, Is.EqualTo((await response.Content.ReadAsByteArrayAsync()).Length));
        return text;
    }
}
