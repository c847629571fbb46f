using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
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
    public void A_get_follows_within_the_origin_and_keeps_the_token(int status)
    {
        api.Server.Next(Replies.Redirect("/api/moved", status), Replies.Json("""{"id":1}"""));

        var answer = api.Get<JObject>();

        Assert.That((int?)answer["id"], Is.EqualTo(1));
        Assert.That(api.Server.Requests[1].Uri.AbsoluteUri, Is.EqualTo("https://api.example.test/api/moved"));
        Assert.That(api.Server.Requests[1].Authorization, Is.Not.Null);
    }

    [TestCase("https://api.example.test/elsewhere")]
    [TestCase("HTTPS://API.Example.TEST/thing")]
    [TestCase("https://api.example.test:443/thing")]
    [TestCase("//api.example.test/thing")]
    [TestCase("https://user:password@api.example.test/thing")]
    public void AnOriginCanBeWrittenInSeveralWays(string location)
    {
        api.Server.Next(Replies.Redirect(location), Replies.Json("{}"));

        api.Get<JObject>();

        Assert.That(api.Server.Requests[1].Authorization, Is.EqualTo("Bearer " + ApiHarness.Token));
    }

    [TestCase("https://other.example.test/thing")]
    [TestCase("//other.example.test/thing")]
    [TestCase("https://api.example.test:8443/thing")]
    [TestCase("https://example.test/thing")]
    [TestCase("https://sub.api.example.test/thing")]
    [TestCase("https://api.example.test.evil.test/thing")]
    [TestCase("https://evil-api.example.test/thing")]
    [TestCase("https://api.example.test@evil.test/thing")]
    [TestCase("https://api.example.test:443@evil.test/thing")]
    [TestCase("https://evil.test/https://api.example.test/thing")]
    [TestCase("https://evil.test#@api.example.test/thing")]
    [TestCase("https://api.example.test./thing")]
    [TestCase("https://\uFF41pi.example.test/thing", Description = "a full-width character, which a resolver treats as the ASCII character")]
    [TestCase("https://\u0430pi.example.test/thing", Description = "a Cyrillic character that looks like a Latin one")]
    [TestCase("https://xn--pi-6kc.example.test/thing", Description = "the same host name, as it is sent")]
    [TestCase("https://127.0.0.1/thing")]
    [TestCase("http://127.0.0.1/thing")]
    [TestCase("https://[::1]/thing")]
    public void The_token_stays_behind_when_a_redirect_leaves_the_origin(string location)
    {
        api.Server.Next(Replies.Redirect(location), Replies.Json("{}"));

        api.Get<JObject>();

        Assert.That(api.Server.Requests[1].Authorization, Is.Null);
    }

    [TestCase("http://[::1]:5000/thing", true)]
    [TestCase("http://[0:0:0:0:0:0:0:1]:5000/thing", true)]
    [TestCase("http://[::1]/thing", false)]
    [TestCase("https://[::1]:5000/thing", false)]
    [TestCase("http://localhost:5000/thing", false)]
    [TestCase("http://127.0.0.1:5000/thing", false)]
    public void NamesOfThisMachineAreOriginsOfTheirOwn(string location, bool getsToken)
    {
        using var local = new ApiHarness { Address = "http://[::1]:5000/api" };
        local.Server.Next(Replies.Redirect(location), Replies.Json("{}"));

        local.Get<JObject>();

        Assert.That(local.Server.Requests[1].Authorization, getsToken ? Is.Not.Null : Is.Null);
    }

    [Test]
    public void The_token_does_not_come_back_with_a_redirect_from_elsewhere()
    {
        api.Server.Next(Replies.Redirect("https://other.example.test/thing"), Replies.Redirect(ApiHarness.BaseAddress + "/apps/1"), Replies.Json("{}"));

        api.Get<JObject>();

        Assert.That(api.Server.Requests[2].Uri.AbsoluteUri, Is.EqualTo(ApiHarness.BaseAddress + "/apps/1"));
        Assert.That(api.Server.Requests.Select(request => request.Authorization is not null), Is.EqualTo([true, false, false]));
    }

    [Test]
    public void A_signed_address_that_leads_to_the_API_gets_no_token()
    {
        api.Server.Next(Replies.Redirect(ApiHarness.BaseAddress + "/apps/1"), Replies.Json("{}"));

        api.Fetch("https://storage.example.test/game.zip?signature=1");

        Assert.That(api.Server.Requests.Select(request => request.Authorization), Has.Exactly(2).Items.And.All.Null);
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
    public void A_request_that_changes_something_is_not_redirected(string method)
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
    public void Only_a_redirect_that_repeats_the_request_says_that_nothing_was_done(int status, bool outcomeUnknown)
    {
        api.Server.Next(Replies.Redirect("/api/apps/5", status));

        Assert.That(
            () => api.Post<JObject>(new { }),
            Throws.TypeOf<ApiRedirectException>().With.Property(nameof(ApiException.OutcomeUnknown)).EqualTo(outcomeUnknown));
    }

    [TestCase("")]
    [TestCase("https://evil.test\\@api.example.test/thing", Description = "parsers disagree about the host")]
    public void ARedirectToNowhereIsAnAnswerLikeAny(string location)
    {
        api.Server.Next(Replies.Redirect(location));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiResponseException>());
    }
}
