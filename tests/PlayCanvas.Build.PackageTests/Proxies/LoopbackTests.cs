using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Proxies;

/// <summary>This machine is asked directly, whatever proxy is set.</summary>
[Platform("Linux", Reason = "Elsewhere .NET takes no trusted certificates from a file.")]
public sealed class LoopbackTests() : HttpsFixture("127.0.0.1", "127.0.0.1")
{
    [Test]
    public async Task DownloadAndPublishUseNoProxy()
    {
        // Nothing listens on the port that says what a discarded packet is.
        foreach (var variable in new[] { "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY" })
            SetVariable(variable, "http://127.0.0.1:9");

        await Console().DownloadsOnBuild().PublishesOnPublish().PublishAsync();

        Assert.That(Sandbox.Requests.Of(Origin.Storage), Is.Not.Empty);
        Assert.That(Publishes, Has.Count.EqualTo(1));
    }
}
