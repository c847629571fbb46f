using System.Net;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Proxies;

/// <summary>Tests builds that can reach the API only through a real proxy.</summary>
[Platform("Linux", Reason = "On other systems .NET does not read trusted certificates from a file.")]
public sealed class ProxyTests() : HttpsFixture(Api, Storage)
{
    private const string Api = "api.playcanvas.test";
    private const string Storage = "storage.playcanvas.test";

    private static readonly NetworkCredential User = new("alice", $"p@ss:{Guid.NewGuid():N}");
    private static readonly NetworkCredential WrongUser = new(User.UserName, $"wrong-{Guid.NewGuid():N}");

    private Squid squid = null!;

    private protected override IEnumerable<string> OtherSecrets => [User.Password, WrongUser.Password];

    [TearDown]
    public async Task StopSquid()
    {
        if (squid is not null)
            await squid.DisposeAsync();
    }

    [TestCase(true)]
    [TestCase(false, Category = LongTests.Category)]
    public async Task DownloadAndPublishGoThroughIt(bool wantsCredentials)
    {
        await StartSquidAsync(user: wantsCredentials ? User : null);
        UseProxy(squid.Port, wantsCredentials ? User : null);
        var project = Console().DownloadsOnBuild().PublishesOnPublish().Save();

        (await RunLoggedAsync(project.Folder, "publish")).AssertSucceeded();

        Assert.That(Sandbox.Requests.Of(Origin.Storage), Is.Not.Empty);
        Assert.That(Publishes, Has.Count.EqualTo(1));
        foreach (var origin in new[] { Sandbox.ApiUrl, Sandbox.StorageUrl })
            Assert.That(Tunnels(), Has.Some.EqualTo($"200 CONNECT {origin.Authority} {(wantsCredentials ? User.UserName : "-")}"));
        AssertNoSecretInAnyFile(SquidsFiles());
    }

    [Test]
    [Category(LongTests.Category)]
    public async Task WantsOtherCredentials([Values] bool hasCredentials)
    {
        await StartSquidAsync(user: User);
        UseProxy(squid.Port, hasCredentials ? WrongUser : null);
        var project = Console().DownloadsOnBuild().Save();

        var error = (await RunLoggedAsync(project.Folder, "build")).AssertFailedWith("PLAYCANVAS2010");

        Assert.That(error.Text, Does.Contain($"GET https://{Sandbox.ApiUrl.Authority}/api/").And.Contain("https_proxy"));
        Assert.That(Tunnels(), Is.Not.Empty.And.All.StartsWith($"407 CONNECT {Sandbox.ApiUrl.Authority}"));
        AssertNothingSent();
        AssertNoSecretInAnyFile(SquidsFiles());
    }

    [TestCase(Api, "PLAYCANVAS2013")]
    [TestCase(Storage, "PLAYCANVAS4011")]
    [Category(LongTests.Category)]
    public async Task DoesNotLetAHostBeAsked(string host, string code)
    {
        await StartSquidAsync(refused: host, user: User);
        UseProxy(squid.Port, User);
        var project = Console().DownloadsOnBuild().Set("PlayCanvasMaxRetries", "1").Save();

        var error = (await RunLoggedAsync(project.Folder, "build")).AssertFailedWith(code);

        Assert.That(error.Text, Does.Contain(host).And.Contain($"http://127.0.0.1:{squid.Port} ").And.Contain("It responded with status 403."));
        AssertNoSecretInAnyFile(SquidsFiles());
    }

    [Test]
    [Category(LongTests.Category)]
    public async Task CannotReachTheServer()
    {
        await StartSquidAsync(user: User);
        UseProxy(squid.Port, User);
        // No program listens on the discard port.
        var project = Console().DownloadsOnBuild().Set("PlayCanvasMaxRetries", "1").Set("PlayCanvasApiUrl", $"https://{Api}:9/api").Save();

        var error = (await RunLoggedAsync(project.Folder, "build")).AssertFailedWith("PLAYCANVAS2013");

        Assert.That(error.Text, Does.Contain($"http://127.0.0.1:{squid.Port} ").And.Contain("It responded with status 503."));
        AssertNoSecretInAnyFile(SquidsFiles());
    }

    [Test]
    public async Task CannotBeReached()
    {
        UseProxy(9, User);
        var project = Console().DownloadsOnBuild().Set("PlayCanvasMaxRetries", "1").Save();

        var error = (await RunLoggedAsync(project.Folder, "build")).AssertFailedWith("PLAYCANVAS2013");

        Assert.That(error.Text, Does.StartWith("The proxy http://127.0.0.1:9 ").And.Contain("Connection refused"));
        AssertNothingSent();
        AssertNoSecretInAnyFile();
    }

    /// <summary>The address belongs to no host: .NET refuses to connect to it, but would send a request for it to a proxy.</summary>
    [TestCase("", "http://127.0.0.1:9 cannot be used")]
    [TestCase("0.0.0.0", "cannot be used as a target address")]
    public async Task IsNotAskedForWhatTheEnvironmentExcepts(string exceptions, string words)
    {
        UseProxy(9, user: null);
        SetVariable("NO_PROXY", exceptions);
        var project = Console().WithGame().Set("PlayCanvasMaxRetries", "0").Set("PlayCanvasApiUrl", "https://0.0.0.0:9/api");

        var result = await project.RunAsync("build", "-t:PlayCanvasListApps");

        Assert.That(result.Errors.Single().Text, Does.Contain(words));
    }

    private async Task StartSquidAsync(string? refused = null, NetworkCredential? user = null) =>
        squid = await Squid.StartAsync(Path.Combine(Folder, "squid"), [Api, Storage], refused, user);

    private void UseProxy(int port, NetworkCredential? user)
    {
        var credentials = user is null ? "" : $"{user.UserName}:{Uri.EscapeDataString(user.Password)}@";
        SetVariable("HTTPS_PROXY", $"http://{credentials}127.0.0.1:{port}");
    }

    /// <summary>The response status, the method, the host and the user of each request that the proxy received.</summary>
    private IReadOnlyList<string> Tunnels() =>
    [
        .. from line in squid.Log
           let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           where fields[5] == "CONNECT"
           select $"{fields[3].Split('/')[1]} {fields[5]} {fields[6]} {fields[7]}",
    ];

    /// <summary>The files of the proxy itself, which a build does not write.</summary>
    private string[] SquidsFiles() => [.. FilesIn(Path.Combine(Folder, "squid"))];
}
