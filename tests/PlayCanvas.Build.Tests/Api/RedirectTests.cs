using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RedirectTests : IDisposable
{
    private readonly ApiHarness api = new();

    public void Dispose() => api.Dispose();

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(303)]
    [TestCase(307)]
    [TestCase(308)]
    public void AGetFollowsWithinTheOriginAndKeepsTheToken(int status)
    {
        api.Server.Next(Replies.Redirect("/api/moved", status), Replies.Json("""{"id":1}"""));

        var answer = api.Get<JObject>();

        Assert.That((int?)answer["id"], Is.EqualTo(1));
        Assert.That(api.Server.Requests[1].Uri.AbsoluteUri, Is.EqualTo("https://api.example.test/api/moved"));
        Assert.That(api.Server.Requests[1].Authorization, Is.Not.Null);
    }

    [TestCase("https://other.example.test/thing")]
    [TestCase("https://api.example.test:8443/thing")]
    [TestCase("//other.example.test/thing")]
    public void TheTokenStaysBehindWhenARedirectLeavesTheOrigin(string location)
    {
        api.Server.Next(Replies.Redirect(location), Replies.Json("{}"));

        api.Get<JObject>();

        Assert.That(api.Server.Requests[1].Authorization, Is.Null);
    }

    [Test]
    public void ARedirectToHttpIsRefused()
    {
        api.Server.Next(Replies.Redirect("http://api.example.test/thing"));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiRedirectException>().With.Property("Reason").Contains("https"));
        Assert.That(api.Server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void ALoopIsLeftAfterFiveRedirects()
    {
        api.Server.Always("GET /api/thing", Replies.Redirect("/api/thing"));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiRedirectException>().With.Property("Reason").Contains("5 redirects"));
        Assert.That(api.Server.Requests, Has.Count.EqualTo(6));
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    public void ARequestThatChangesSomethingIsNotRedirected(string method)
    {
        api.Server.Next(Replies.Redirect("/api/moved", 307));

        Assert.That(
            () => api.Connection.Send(new ApiRequest(new HttpMethod(method), "thing"), CancellationToken.None),
            Throws.TypeOf<ApiRedirectException>());
        Assert.That(api.Server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(301, true)]
    [TestCase(302, true)]
    [TestCase(303, true)]
    [TestCase(307, false)]
    [TestCase(308, false)]
    public void OnlyARedirectThatRepeatsTheRequestSaysThatNothingWasDone(int status, bool outcomeUnknown)
    {
        api.Server.Next(Replies.Redirect("/api/apps/5", status));

        Assert.That(
            () => api.Post<JObject>(new { }),
            Throws.TypeOf<ApiRedirectException>().With.Property(nameof(ApiException.OutcomeUnknown)).EqualTo(outcomeUnknown));
    }

    [Test]
    public void ARedirectToNowhereIsAnAnswerLikeAny()
    {
        api.Server.Next(Replies.Status(302));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiResponseException>());
    }
}
