namespace PlayCanvas.Build.FrameworkTests;

/// <summary>Tests proxies that refuse requests. The address of the server leads nowhere, so only the proxy can respond.</summary>
public sealed class ProxyTests : FrameworkFixture
{
    private const string Api = "https://api.playcanvas.test/api";

    [TestCase("")]
    [TestCase("alice:secret-password@")]
    public async Task AProxyThatWantsOtherCredentials(string user)
    {
        using var proxy = new StubbornProxy("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"proxy\"");
        EnvironmentVariables["http_proxy"] = $"http://{user}{proxy.Authority}";

        var message = await RunBadlyAsync("PLAYCANVAS2010", ListApps, ("ApiUrl", Api), ("MaxRetries", "0"));

        Assert.That(message, Does.Contain($"GET {Api}/").And.Not.Contains("secret-password"));
        CheckRequests(proxy);
    }

    /// <summary>Mono passes such a refusal on as the response of the server, so the error has the code of that response.</summary>
    [TestCase("403 Forbidden", "PLAYCANVAS2002")]
    [TestCase("503 Service Unavailable", "PLAYCANVAS2006")]
    public async Task AProxyThatDoesNotLetTheServerBeAsked(string refusal, string code)
    {
        using var proxy = new StubbornProxy(refusal);
        EnvironmentVariables["http_proxy"] = $"http://alice:secret-password@{proxy.Authority}";

        var message = await RunBadlyAsync(code, ListApps, ("ApiUrl", Api), ("MaxRetries", "0"));

        Assert.That(message, Does.Contain($"{refusal[..3]}, GET {Api}/").And.Not.Contains("secret-password"));
        CheckRequests(proxy);
    }

    [Test]
    public async Task AProxyThatIsNotThere()
    {
        EnvironmentVariables["http_proxy"] = "http://alice:secret-password@127.0.0.1:9";

        var message = await RunBadlyAsync("PLAYCANVAS2013", ListApps, ("ApiUrl", Api), ("MaxRetries", "0"));

        Assert.That(message, Does.StartWith("The proxy http://127.0.0.1:9 ").And.Not.Contains("secret-password"));
    }

    [Test]
    public async Task Loopback_addresses_are_not_asked_through_a_proxy()
    {
        EnvironmentVariables["http_proxy"] = "http://127.0.0.1:9";

        await RunWellAsync(ListApps);
    }

    private static void CheckRequests(StubbornProxy proxy)
    {
        Assert.That(proxy.Requests, Is.Not.Empty.And.All.StartsWith("CONNECT api.playcanvas.test:443 "));
        Assert.That(proxy.Requests, Has.None.Contains(PlayCanvas.Sandbox.SandboxOptions.DefaultAccessToken), "The token was sent to the proxy.");
    }
}
