using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>Opens a page with a game, and watches it until the game runs.</summary>
internal sealed class GamePlayer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly IPage page;
    private readonly IPage pictureReader;
    private readonly List<string> complaints = [];

    private GamePlayer(IPage page, IPage pictureReader)
    {
        this.page = page;
        this.pictureReader = pictureReader;
        page.RequestFailed += (_, request) => Complain($"{request.Method} {request.Url}: {request.Failure}");
        page.Response += (_, response) => ComplainIf(response.Status >= 400, $"{response.Request.Method} {response.Url}: {response.Status}");
        // The browser requests an icon even if the page does not have one.
        page.Console += (_, message) => ComplainIf(message.Type == "error" && !message.Location.Contains("/favicon.ico", StringComparison.Ordinal), $"console: {message.Text} {message.Location}");
        page.PageError += (_, error) => Complain($"script: {error}");
    }

    public IPage Page => page;

    public static async Task<GamePlayer> OpenAsync() => new(await Chromium.OpenPageAsync(), await Chromium.OpenPageAsync());

    /// <summary>
    /// Asserts that the engine has started, frames advance, the picture has the colors of the game, and no request or script failed.
    /// Attaches the picture to the test.
    /// </summary>
    /// <param name="url">The page with the game.</param>
    /// <param name="inFrame">Whether the game is in a frame of that page.</param>
    public async Task AssertPlaysAsync(Uri url, bool inFrame = false)
    {
        await page.GotoAsync(url.AbsoluteUri, new PageGotoOptions { Timeout = Milliseconds(Patience) });
        var canvas = inFrame ? page.FrameLocator("iframe").Locator("canvas[data-engine]") : page.Locator("canvas[data-engine]");
        try
        {
            await canvas.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached, Timeout = Milliseconds(Patience) });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"No engine started at {url}:\n{string.Join('\n', Complaints)}\n{await page.ContentAsync()}");
        }

        Assert.That(await canvas.GetAttributeAsync("data-engine"), Does.Match(@"^PlayCanvas \d+\.\d+\.\d+"));
        var first = await LookAsync(canvas, async picture => (await ColorsOfAsync(picture)).IsOfTheGame, "the colors of the game");
        await LookAsync(canvas, picture => Task.FromResult(!picture.AsSpan().SequenceEqual(first)), "a frame that differs from the first one");
        await AttachAsync();
        Assert.That(Complaints, Is.Empty, $"Errors at {url}");
    }

    public async ValueTask DisposeAsync()
    {
        await page.CloseAsync();
        await pictureReader.CloseAsync();
    }

    private IReadOnlyList<string> Complaints
    {
        get
        {
            lock (complaints)
                return [.. complaints];
        }
    }

    private static string FileName(string test) => string.Join('-', test.Split([' ', '/', '"', '(', ')', ',', '.'], StringSplitOptions.RemoveEmptyEntries));

    private static float Milliseconds(TimeSpan time) => (float)time.TotalMilliseconds;

    /// <summary>Takes pictures until one is as expected.</summary>
    private async Task<byte[]> LookAsync(ILocator canvas, Func<byte[], Task<bool>> isRight, string expected)
    {
        var watch = Stopwatch.StartNew();
        byte[] picture;
        do
        {
            picture = await canvas.ScreenshotAsync(new LocatorScreenshotOptions { Timeout = Milliseconds(Patience) });
            if (await isRight(picture))
                return picture;
        }
        while (watch.Elapsed < Patience);

        await AttachAsync();
        Assert.Fail($"The picture never showed {expected}; the last picture: {await ColorsOfAsync(picture)}\n{string.Join('\n', Complaints)}");
        return picture;
    }

    private async Task AttachAsync()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "screenshots", FileName(TestContext.CurrentContext.Test.Name) + ".png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = file, FullPage = true });
        TestContext.AddTestAttachment(file);
    }

    /// <summary>Decodes the picture in the browser that took it.</summary>
    private async Task<PictureColors> ColorsOfAsync(byte[] picture)
    {
        var counted = await pictureReader.EvaluateAsync<JsonElement>(
            """
            async ([picture, background]) => {
                const image = new Image();
                image.src = 'data:image/png;base64,' + picture;
                await image.decode();
                const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
                context.drawImage(image, 0, 0);
                const pixels = context.getImageData(0, 0, image.width, image.height).data;
                const count = { background: 0, orange: 0, green: 0 };
                for (let i = 0; i < pixels.length; i += 4) {
                    const [r, g, b] = [pixels[i], pixels[i + 1], pixels[i + 2]];
                    if (Math.abs(r - background[0]) + Math.abs(g - background[1]) + Math.abs(b - background[2]) <= 3) count.background++;
                    else if (r > g && g > b && r - b >= 24) count.orange++;
                    else if (g > b && b > r && g - r >= 24) count.green++;
                }
                const all = image.width * image.height;
                return { background: count.background / all, orange: count.orange / all, green: count.green / all };
            }
            """,
            new object[] { Convert.ToBase64String(picture), Convert.FromHexString(GameColors.Background[1..]).Select(channel => (int)channel).ToArray() });
        return new PictureColors(Share("background"), Share("orange"), Share("green"));

        double Share(string name) => counted.GetProperty(name).GetDouble();
    }

    private void ComplainIf(bool wrong, string text)
    {
        if (wrong)
            Complain(text);
    }

    private void Complain(string text)
    {
        lock (complaints)
            complaints.Add(text);
    }

    /// <summary>Shows which colors of the first scene occur in a picture: its background and its orange box.</summary>
    private sealed record PictureColors(double Background, double Orange, double Green)
    {
        public bool IsOfTheGame => Background > 0.5 && Orange > 0.02 && Green < 0.001 && Background + Orange > 0.97;
    }
}
