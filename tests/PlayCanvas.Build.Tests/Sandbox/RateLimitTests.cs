using NUnit.Framework;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Sandbox;

public class RateLimitTests : SandboxFixture
{
    protected override void Configure(SandboxOptions options)
    {
        options.NormalLimit = 3;
        options.StrictLimit = 1;
        options.RateLimitWindow = TimeSpan.FromSeconds(10);
    }

    [Test]
    public async Task EveryAnswerSaysHowTheAccountStands()
    {
        using var response = await Api.GetAsync("id");

        Assert.That(Header(response, "X-RateLimit-Limit"), Is.EqualTo("3"));
        Assert.That(Header(response, "X-RateLimit-Remaining"), Is.EqualTo("2"));
        Assert.That(Header(response, "X-RateLimit-Reset"), Is.EqualTo($"{Start.AddSeconds(10).ToUnixTimeSeconds() + 1}"), "The reset time must be rounded up.");
        Assert.That(response.Headers.Date, Is.EqualTo(Start.AddMilliseconds(-500)));
    }

    [Test]
    public async Task The_window_starts_with_the_first_request_and_ends_on_time()
    {
        await SpendAsync(3);
        using var refused = await Api.GetAsync("id");
        Clock.Advance(TimeSpan.FromSeconds(9.999));
        using var stillRefused = await Api.GetAsync("id");
        Clock.Advance(TimeSpan.FromSeconds(0.001));
        using var accepted = await Api.GetAsync("id");

        Assert.That((int[])[(int)refused.StatusCode, (int)stillRefused.StatusCode, (int)accepted.StatusCode], Is.EqualTo((int[])[429, 429, 200]));
        Assert.That(Error(await ReadAsync(refused)), Is.EqualTo("Too many requests"));
        Assert.That(Header(refused, "X-RateLimit-Remaining"), Is.EqualTo("0"));
        Assert.That(Header(accepted, "X-RateLimit-Remaining"), Is.EqualTo("2"));
    }

    [Test]
    public async Task ClassesAreCountedApart()
    {
        using var first = await PostAsync("apps/download", AppBody());
        using var second = await PostAsync("apps/download", AppBody());
        using var normal = await Api.GetAsync("id");

        Assert.That((int[])[(int)first.StatusCode, (int)second.StatusCode, (int)normal.StatusCode], Is.EqualTo((int[])[201, 429, 200]));
    }

    [Test]
    public async Task ARefusedRequestDoesNothing()
    {
        using var first = await PostAsync("apps", AppBody());
        using var second = await PostAsync("apps", AppBody());

        Assert.That(Server.World.Apps, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task AccountsAreCountedApart()
    {
        await SpendAsync(3);
        Api.DefaultRequestHeaders.Authorization = new("Bearer", SandboxOptions.StrangerAccessToken);

        using var response = await Api.GetAsync("id");

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task LimitsCanBeReset()
    {
        await SpendAsync(3);
        Server.ResetRateLimits();

        using var response = await Api.GetAsync("id");

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private async Task SpendAsync(int requests)
    {
        for (var i = 0; i < requests; i++)
            (await Api.GetAsync("id")).Dispose();
    }
}

public class ServerClockTests : SandboxFixture
{
    protected override void Configure(SandboxOptions options) => options.ServerClockOffset = TimeSpan.FromHours(-3);

    [Test]
    public async Task AServerWithAWrongClockAgreesWithItself()
    {
        using var response = await Api.GetAsync("id");

        Assert.That(response.Headers.Date, Is.EqualTo(Start.AddHours(-3).AddMilliseconds(-500)));
        Assert.That(response.Headers.GetValues("X-RateLimit-Reset").Single(), Is.EqualTo($"{Start.AddHours(-3).AddMinutes(1).ToUnixTimeSeconds() + 1}"));
    }
}
