using System.Net;
using NUnit.Framework;
using PlayCanvas.Build.Tasks.Lists;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests the failures of servers, proxies and networks: each causes one error, which says what to change.</summary>
[TestFixture]
public sealed class ServerErrorTests : TaskFixture
{
    private const string Route = "GET /api/projects/1234567/apps";

    [Test]
    public void ATokenThatIsRefused()
    {
        EnvironmentVariables[TokenVariable] = "revoked";

        Assert.That(RunBadly(new PlayCanvasListApps(), "PLAYCANVAS2001"), Does.EndWith("Unauthorized"));
    }

    [Test]
    public void AProjectOfSomebodyElse()
    {
        Assert.That(RunBadly(new PlayCanvasListApps { ProjectId = $"{World.ForeignProjectId}" }, "PLAYCANVAS2002"), Does.Contain("PlayCanvasProjectId"));
    }

    [Test]
    public void AProjectThatIsNotThere()
    {
        var message = RunBadly(new PlayCanvasListApps { ProjectId = "42" }, "PLAYCANVAS2003");

        Assert.That(message, Does.Contain("PlayCanvasProjectId").And.Contain("/api/projects/42/apps").And.EndsWith("Project not found"));
    }

    [Test]
    public void A_token_of_another_account_that_is_asked_for_its_apps()
    {
        EnvironmentVariables[TokenVariable] = SandboxOptions.StrangerAccessToken;

        RunBadly(new PlayCanvasListApps(), "PLAYCANVAS2002");
    }

    [Test]
    public void AHostThatIsNotThere()
    {
        // No program listens on the discard port.
        var message = RunBadly(new PlayCanvasListApps { ApiUrl = "http://127.0.0.1:9/api", MaxRetries = "1" }, "PLAYCANVAS2007");

        Assert.That(message, Does.Contain("PlayCanvasApiUrl").And.Contain("http://127.0.0.1:9/api/projects/1234567/apps"));
        Assert.That(Engine.HighMessages, Has.Exactly(1).Contains("retry 1 of 1"));
    }

    private static IEnumerable<TestCaseData> Failures()
    {
        static TestCaseData Failure(string name, Reply reply, string code, string words) =>
            new TestCaseData(reply, code, words).SetArgDisplayNames(name);

        yield return Failure("400", Replies.Status(400, "limit {0} is odd"), "PLAYCANVAS2004", "limit {0} is odd");
        yield return Failure("409", Replies.Status(409, "busy"), "PLAYCANVAS2004", "(409, ");
        yield return Failure("429", Replies.Status(429), "PLAYCANVAS2005", "PlayCanvasMaxRetries");
        yield return Failure("500", Replies.Status(500, "boom"), "PLAYCANVAS2006", "boom");
        yield return Failure("502 with a page", Replies.Html("<title>502 Bad\nGateway</title>", 502), "PLAYCANVAS2006", "502 Bad Gateway");
        yield return Failure("no connection", Replies.Unreachable, "PLAYCANVAS2007", "PlayCanvasApiUrl");
        yield return Failure("no trust", Replies.Throw(Support.Failures.Untrusted), "PLAYCANVAS2007", "not trusted");
        yield return Failure("a page with 200", Replies.Html("<title>Sign in {0}</title>"), "PLAYCANVAS2009", "PlayCanvasApiUrl");
        yield return Failure("nothing with 200", Replies.Text("", "application/json"), "PLAYCANVAS2009", "PlayCanvasApiUrl");
        yield return Failure("half an answer", Replies.Json("""{"result":[{"id":1"""), "PLAYCANVAS2009", "not the expected JSON");
        yield return Failure("another shape", Replies.Json("""{"result":{"id":1}}"""), "PLAYCANVAS2009", "not the expected JSON");
        yield return Failure("407", Replies.Html("<title>Proxy</title>", 407), "PLAYCANVAS2010", "https_proxy");
        yield return Failure("407 of a tunnel", Replies.Throw(Support.Failures.TunnelRefused(407)), "PLAYCANVAS2010", "https_proxy");
        yield return Failure("a redirect to http", Replies.Redirect("http://other.example.test/"), "PLAYCANVAS2011", "PlayCanvasApiUrl");
        yield return Failure("a broken connection", Replies.ConnectionLost, "PLAYCANVAS2012", "Connection reset by peer");
    }

    [TestCaseSource(nameof(Failures))]
    public void AFailureHasItsCodeAndItsWords(Delegate reply, string code, string words)
    {
        Stub = new StubHandler();
        Stub.Always(Route, (Reply)reply);

        Assert.That(RunBadly(new PlayCanvasListApps { MaxRetries = "1" }, code), Does.Contain(words));
    }

    private static IEnumerable<TestCaseData> ProxyFailures()
    {
        yield return new TestCaseData(Support.Failures.Unreachable, "Connection refused").SetArgDisplayNames("no connection");
        yield return new TestCaseData(Support.Failures.TunnelRefused(403), "It responded with status 403.").SetArgDisplayNames("a host that is not allowed");
        yield return new TestCaseData(Support.Failures.TunnelRefused(503), "It responded with status 503.").SetArgDisplayNames("a host that it cannot reach");
    }

    [TestCaseSource(nameof(ProxyFailures))]
    public void A_failure_of_the_proxy_names_it_without_its_password(Exception failure, string words)
    {
        Stub = new StubHandler { Proxy = new WebProxy("http://user:hidden@proxy.example.test:8080") };
        Stub.Always(Route, Replies.Throw(failure));

        var message = RunBadly(new PlayCanvasListApps { MaxRetries = "1" }, "PLAYCANVAS2013");

        Assert.That(message, Does.StartWith("The proxy http://proxy.example.test:8080 ").And.Contain("https_proxy").And.EndsWith(words));
        Assert.That(Engine.HighMessages, Has.Exactly(1).Contains("retry 1 of 1"));
        Assert.That(Engine.AllTexts, Has.None.Contains("hidden"));
    }

    [Test]
    public void Silence_names_the_property_that_allows_more_of_it()
    {
        Stub = new StubHandler();
        Stub.Always(Route, Replies.Never);

        var message = RunBadly(new PlayCanvasListApps { MaxRetries = "0", RequestTimeout = "1" }, "PLAYCANVAS2008");

        Assert.That(message, Does.Contain("1 s").And.Contain("PlayCanvasRequestTimeout"));
    }

    [Test]
    public void AQueryIsNotShown()
    {
        Stub = new StubHandler();
        Stub.Always(Route, Replies.Status(400));

        RunBadly(new PlayCanvasListApps { Sort = "hidden" }, "PLAYCANVAS2004");

        Assert.That(Engine.AllTexts, Has.None.Contains("hidden"));
    }

    [Test]
    public void RetriesAndWaitsAreSaid()
    {
        Sandbox.Faults.On("GET", "*/apps", Fault.Status(503, "busy {0}"));
        Sandbox.Faults.On("GET", "*/app", Fault.Status(429).WithHeader("Retry-After", "7"));

        RunWell(new PlayCanvasListApps());

        Assert.That(Engine.HighMessages, Has.Exactly(1).Contains("failed (503 busy {0}); retry 1 of 5 in"));
        Assert.That(Engine.HighMessages, Has.Exactly(1).Contains("the rate limit (normal) is used up; waiting 7 s"));
    }

    [Test]
    public void AnUnexpectedErrorIsNotHidden()
    {
        Stub = new StubHandler();

        Assert.That(() => Run(new PlayCanvasListApps()), Throws.InvalidOperationException.With.Message.Contains("Unexpected request"));
    }

    [Test]
    public void AnUnexpectedErrorLosesTheToken()
    {
        Stub = new StubHandler();
        Stub.Next(Replies.Throw(new InvalidCastException("outside", new InvalidCastException($"it was Bearer {Token}"))));

        var error = Assert.Throws<InvalidOperationException>(() => Run(new PlayCanvasListApps()));

        Assert.That($"{error}", Does.Contain("it was Bearer ***").And.Contain(nameof(InvalidCastException)).And.Not.Contain(Token));
    }
}
