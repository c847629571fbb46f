using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests the sources of the token.</summary>
public sealed class TokenTests : ConsumerFixture
{
    private readonly string token = "secret-" + Guid.NewGuid().ToString("N");

    [Test]
    public async Task IsReadFromAFile()
    {
        Token = null;
        var project = Console().WithGame().Set("PlayCanvasAccessTokenFile", "../token.txt").WithFile("../token.txt", token + "\n");

        await project.BuildAsync("-t:PlayCanvasListApps");

        Assert.That(Sandbox.Requests[0].Status, Is.EqualTo(200));
    }

    [Test]
    public async Task IsReadFromAnotherVariable()
    {
        Token = null;
        SetVariable("OUR_PLAYCANVAS_TOKEN", token);

        await Console().WithGame().Set("PlayCanvasAccessTokenVariable", "OUR_PLAYCANVAS_TOKEN").BuildAsync("-t:PlayCanvasListApps");

        Assert.That(Sandbox.Requests[0].Status, Is.EqualTo(200));
    }

    [Test]
    public async Task IsReadFromUserSecrets()
    {
        Token = null;
        var project = Console().WithGame().Set("UserSecretsId", token[^32..]);
        (await project.RunAsync("user-secrets", "set", "PlayCanvas:AccessToken", token)).AssertSucceeded();

        await project.BuildAsync("-t:PlayCanvasListApps");

        Assert.That(Sandbox.Requests[0].Status, Is.EqualTo(200));
    }

    private protected override SandboxOptions MakeOptions()
    {
        var options = base.MakeOptions();
        options.AccessTokens[token] = "sandbox/organization";
        return options;
    }
}
