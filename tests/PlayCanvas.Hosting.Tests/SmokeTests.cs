using System.Net;
using Microsoft.AspNetCore.Builder;
using NUnit.Framework;
using PlayCanvas.Hosting.Tests.Support;

namespace PlayCanvas.Hosting.Tests;

public sealed class SmokeTests
{
    [Test]
    public async Task Serves([Values] Layout layout, [Values] Activation activation, [Values] bool isClassic)
    {
        using var game = new TestGame(layout);
        await using var site = isClassic
            ? await TestSite.StartClassicAsync(
                game,
                app =>
                {
                    app.UseStaticFiles();
                    app.UseRouting();
                    app.UseEndpoints(endpoints =>
                    {
                        if (activation != Activation.ZeroCode)
                            endpoints.MapPlayCanvasGames();
                    });
                },
                activation)
            : await TestSite.StartAsync(
                game,
                app =>
                {
                    app.UseStaticFiles();
                    if (activation != Activation.ZeroCode)
                        app.MapPlayCanvasGames();
                },
                activation);
        var page = await site.GetAsync("/game/", "Accept-Encoding: gzip, br");
        TestContext.Out.WriteLine(page);
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK), string.Join("\n", site.Log));
        foreach (var file in game.Files.Keys)
        {
            var answer = await site.GetAsync("/game/" + TestGame.Url(file));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), file);
            Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(game.Files[file]));
            Assert.That(answer.Headers.ETag?.Tag, Is.EqualTo(game.TagOf(file)));
        }
    }
}
