using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Proxies;

/// <summary>Tests that requests to this machine are sent directly, whatever proxy is set.</summary>
[Platform("Linux", Reason = "On other systems .NET does not read trusted certificates from a file.")]
public sealed class LoopbackTests() : HttpsFixture("127.0.0.1", "127.0.0.1")
{
    [Test]
    public async Task DownloadAndPublishUseNoProxy()
    {
        // No program listens on the discard port.
        foreach (var variable in new[] { "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY" })
            SetVariable(variable, "http://127.0.0.1:9");

        await Console().DownloadsOnBuild().PublishesOnPublish().PublishAsync();

        Assert.That(Sandbox.Requests.Of(Origin.Storage), Is.Not.Empty);
        Assert.That(Publishes, Has.Count.EqualTo(1));
    }
}
