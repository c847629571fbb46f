using System.Text.Json.Nodes;
using Microsoft.Playwright;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>The size report of a generated game of 900 files and of an update of it, opened from the disk in a browser.</summary>
public sealed class SizeReportTests : ConsumerFixture
{
    private readonly List<string> complaints = [];
    private IPage page = null!;

    [SetUp]
    public async Task OpenPage()
    {
        page = await Chromium.OpenPageAsync();
        page.Request += (_, request) => ComplainIf(!request.Url.StartsWith("file:", StringComparison.Ordinal), request.Url);
        page.Console += (_, message) => ComplainIf(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => complaints.Add(error);
    }

    [TearDown]
    public async Task ClosePage() => await page.CloseAsync();

    [Test]
    public async Task A_report_is_legible_at_both_widths_and_in_both_schemes_and_is_used_by_keyboard()
    {
        var project = Console().DownloadsOnBuild().Set("PlayCanvasSizeReport", "true").Add("""
            <ItemGroup>
              <PlayCanvasBudget Include="initial" MaximumError="50 MB" Growth="10%" />
              <PlayCanvasBudget Include="total" MaximumWarning="40 MB" Growth="0%" />
              <PlayCanvasBudget Include="&lt;b&gt;the boss&lt;/b&gt; &quot;albedo&quot; with a long name" Assets="Boss*" MaximumWarning="3.5 MB" />
            </ItemGroup>
            """);
        Sandbox.World.ChangeGame(game => game.WithGeneratedAssets(60_000_000, 900));
        (await project.RunAsync("build")).AssertSucceeded();
        var first = await JsonOfAsync(project);
        await page.GotoAsync(AddressOf(project));
        await PictureAsync("first");
        Assert.That(await page.Locator("#budgets .state").AllInnerTextsAsync(), Is.EqualTo((string[])["within the limit", "not compared", "warning", "not compared", "within the limit"]));
        Sandbox.World.ChangeGame(Update);
        (await project.RunAsync("build", "--no-restore", "-p:PlayCanvasUpdate=true")).AssertSucceeded();
        var json = await JsonOfAsync(project);

        AssertSumsAreOnDisk(project, json);
        Assert.That((string?)json["previous"]!["contentId"], Is.EqualTo((string?)first["contentId"]));
        Assert.That(first["changes"], Is.Null);

        await page.GotoAsync(AddressOf(project));
        await PictureAsync("update");
        Assert.That(await page.Locator("#budgets .state").AllInnerTextsAsync(), Is.EqualTo((string[])["within the limit", "within the limit", "warning", "within the limit", "warning"]));
        Assert.That(await page.Locator("#budgets .name").AllInnerTextsAsync(), Does.Contain("<b>the boss</b> \"albedo\" with a long name"));
        await UseByKeyboardAsync();
        await UseSwitchesAsync(json);
        Assert.That(complaints, Is.Empty);
    }

    private static Game Update(Game game) => game
        .With(game.Find("Boss albedo.png")! with { Content = GameContent.FromBytes(new byte[1_900_000]), Revision = 2 })
        .With(game.Find("Castle.glb")! with { Content = GameContent.FromBytes(new byte[4_000_000]), Revision = 2 })
        .Without("Forest theme.mp3")
        .With("</script><b>bold", new byte[700_000], "texture");

    private async Task PictureAsync(string name)
    {
        foreach (var (width, height) in ((int, int)[])[(1280, 960), (400, 1500)])
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), Is.True, $"The page is wider than {width} pixels.");
                var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "screenshots", $"sizes-{name}-{width}-{scheme}.png");
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = file });
                TestContext.AddTestAttachment(file);
            }
        }

        await page.SetViewportSizeAsync(1280, 900);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
    }

    private async Task UseByKeyboardAsync()
    {
        await page.Locator("#search").FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        var start = await FocusedAsync();
        Assert.That(start, Does.Contain("Enter zooms in"), "Tab reaches the map.");
        Assert.That(await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"), Is.EqualTo("solid"));

        await page.Keyboard.PressAsync("ArrowRight");
        var right = await FocusedAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.That((right, await FocusedAsync()), Is.Not.EqualTo((start, "")).And.Matches<(string Right, string Left)>(pair => pair.Right != start && pair.Left == start));

        await page.Keyboard.PressAsync("Enter");
        Assert.That(await page.Locator("#path").InnerTextAsync(), Does.StartWith("Everything").And.Contain("›"));
        Assert.That(await FocusedAsync(), Is.Not.EqualTo(start), "The focus is on the largest part of what was zoomed into.");

        await page.Keyboard.PressAsync("Escape");
        Assert.That(await FocusedAsync(), Is.EqualTo(start));
        Assert.That(await page.Locator("#path").InnerTextAsync(), Does.Not.Contain("›"));

        await page.Keyboard.PressAsync("End");
        Assert.That(await FocusedAsync(), Is.Not.EqualTo(start));
        await page.Keyboard.PressAsync("Home");
        Assert.That(await FocusedAsync(), Is.EqualTo(start));
    }

    private async Task UseSwitchesAsync(JsonObject json)
    {
        var whole = await page.Locator("#path").InnerTextAsync();
        await page.Locator("[name=measure][value=served]").CheckAsync();
        Assert.That(await page.Locator("#path").InnerTextAsync(), Is.Not.EqualTo(whole));
        await page.Locator("#initial").CheckAsync();
        Assert.That(await page.Locator("#list-title").InnerTextAsync(), Is.EqualTo("Needed for the first frame"));
        await page.Locator("#initial").UncheckAsync();

        await page.Locator("#search").FillAsync("</script>");
        Assert.That(await page.Locator("#rows tr").CountAsync(), Is.EqualTo(1));
        Assert.That(await page.Locator("#rows .link").InnerTextAsync(), Is.EqualTo("</script><b>bold"));
        await page.Locator("#search").FillAsync("");

        await page.Locator("[data-sort=name]").ClickAsync();
        var names = json["entries"]!.AsArray().Select(entry => ((string)entry!["name"]!).ToLowerInvariant()).Order(StringComparer.Ordinal).ToList();
        Assert.That((await page.Locator("#rows .link").First.InnerTextAsync()).ToLowerInvariant(), Is.EqualTo(names[0]));
        Assert.That(await page.Locator("th[aria-sort=ascending]").InnerTextAsync(), Does.StartWith("Name"));

        var changes = json["changes"]!.AsArray().Select(change => $"{change!["change"]} {change["name"]}").ToList();
        Assert.That(changes, Is.SupersetOf((string[])["grown Boss albedo.png", "shrunk Castle.glb", "removed Forest theme.mp3", "added </script><b>bold"]));
        Assert.That(await page.Locator("#changes tr").CountAsync(), Is.EqualTo(changes.Count));
    }

    private static string AddressOf(ConsumerProject project) => new Uri(project.PathOf("bin/playcanvas/game.sizes.html")).AbsoluteUri;

    private async Task<string> FocusedAsync() => await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label') || ''");

    private void ComplainIf(bool wrong, string text)
    {
        if (wrong)
            complaints.Add(text);
    }

    private static async Task<JsonObject> JsonOfAsync(ConsumerProject project) =>
        JsonNode.Parse(await File.ReadAllTextAsync(project.PathOf("bin/playcanvas/game.sizes.json")))!.AsObject();

    private static void AssertSumsAreOnDisk(ConsumerProject project, JsonObject json)
    {
        var onDisk = Directory.EnumerateFiles(project.PathOf(project.ContentOf()), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        Assert.That((long)json["total"]!["bytes"]!, Is.EqualTo(onDisk));
        Assert.That(json["groups"]!.AsArray().Sum(group => (long)group!["bytes"]!), Is.EqualTo(onDisk));
        Assert.That(json["entries"]!.AsArray().SelectMany(entry => entry!["files"]!.AsArray()).Sum(file => (long)file!["bytes"]!), Is.EqualTo(onDisk));
    }
}
