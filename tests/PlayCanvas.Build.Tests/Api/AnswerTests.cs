using System.Net;
using System.Text;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

/// <summary>Tests responses of all kinds, most of which an API should never return.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AnswerTests : IDisposable
{
    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    private readonly ApiHarness api = new() { MaxRetries = 0 };

    public void Dispose() => api.Dispose();

    [TestCase("""{"error":"Not your project"}""", "Not your project")]
    [TestCase("""{"error":{"message":"Not your project","code":7}}""", "Not your project")]
    [TestCase("""{"message":"Not your project"}""", "Not your project")]
    [TestCase("""{"error":"two\r\n\tlines"}""", "two lines")]
    [TestCase("""{"error":null}""", "")]
    [TestCase("""{"error":{"code":7}}""", "")]
    [TestCase("""{"status":"bad"}""", "")]
    [TestCase("<html><head><title>502\n Bad Gateway</title></head><body><h1>nginx</h1></body></html>", "502 Bad Gateway")]
    [TestCase("<html><body>no title</body></html>", "")]
    [TestCase("", "")]
    [TestCase("just words", "just words")]
    [TestCase("{ broken", "{ broken")]
    [TestCase("a {0} brace", "a {0} brace")]
    public void TheServersWordsAreFoundIn(string body, string words)
    {
        api.Server.Next(Replies.Text(body, "text/plain", 400));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiResponseException>().With.Property("ServerMessage").EqualTo(words));
    }

    [Test]
    public void An_error_tells_status_method_and_route_without_query()
    {
        api.Server.Next(Replies.Status(403, "no"));

        var error = Assert.Throws<ApiResponseException>(() => api.Get<JObject>("things/1?signature=secret"));

        Assert.That(error!.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(error.Request, Is.EqualTo("GET https://api.example.test/api/things/1"));
        Assert.That(error.Message, Does.Not.Contain("secret"));
    }

    [Test]
    public void AHugeErrorIsCut()
    {
        api.Server.Next(Replies.Text(new string('x', 10_000_000), "text/plain", 500));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiResponseException>().With.Property("ServerMessage").Length.LessThan(400));
    }

    [Test]
    public void AnEndlessErrorIsNotReadToItsEnd()
    {
        var reads = 0;
        api.Server.Next(Replies.Body(ScriptedStream.Endless(read => reads = read), status: 500));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiResponseException>());
        Assert.That(reads, Is.LessThan(100));
    }

    [Test]
    public void AnErrorInNoKnownEncodingIsStillAnError()
    {
        api.Server.Next(Replies.Bytes([0xFF, 0xFE, 0x80, 0xC3, 0x28], "text/plain", 500));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiResponseException>());
    }

    [Test]
    public void AnErrorMayStartWithAByteOrderMark()
    {
        api.Server.Next(Replies.Bytes([.. Bom, .. """{"error":"no"}"""u8], "application/json", 400));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiResponseException>().With.Property("ServerMessage").EqualTo("no"));
    }

    [Test]
    public void AnErrorWhoseBodyBreaksOffKeepsItsStatus()
    {
        api.Server.Next(Replies.Body(ScriptedStream.Breaking("{"u8.ToArray(), new IOException("reset")), status: 500));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiResponseException>().With.Property("Status").EqualTo(HttpStatusCode.InternalServerError));
    }

    [TestCase("<title", TestName = "Many titles that never begin are no trap")]
    [TestCase("<title>", TestName = "Many titles that never end are no trap")]
    public void APageMadeToBeSlowIsNot(string part)
    {
        api.Server.Next(Replies.Html(string.Concat(Enumerable.Repeat(part, 9_000)), 500));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiResponseException>());
    }

    [TestCase(400, "the secret is the-secret-token.")]
    [TestCase(200, "<html>the-secret-token</html>")]
    public void AnExceptionDoesNotRepeatTheToken(int status, string body)
    {
        api.Server.Next(Replies.Text(body, "text/plain", status));

        Assert.That(
            () => api.Get<JObject>(),
            Throws.InstanceOf<ApiException>().With.Message.Not.Contains(ApiHarness.Token).And.Message.Contains("***"));
    }

    [Test]
    public void ATokenAtTheCutLeavesNoPartBehind()
    {
        api.Server.Next(Replies.Text(new string('x', 295) + ApiHarness.Token, "text/plain", 400));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiResponseException>().With.Message.Not.Contains(ApiHarness.Token[..3]));
    }

    [TestCase("<!DOCTYPE html><html><title>Sign in</title></html>", "an HTML page instead of JSON")]
    [TestCase("", "not the expected JSON")]
    [TestCase("""{"id": 1, "na""", "not the expected JSON")]
    [TestCase("[1]", "not the expected JSON")]
    [TestCase("\"text\"", "not the expected JSON")]
    [TestCase("""{"id":{"a":1}}""", "not the expected JSON")]
    [TestCase("""{"id":"abc"}""", "not the expected JSON")]
    [TestCase("""{"id":99999999999999999999999}""", "not the expected JSON")]
    [TestCase("null", "not the expected JSON")]
    public void ASuccessThatIsNoAnswerIsToldAsSuch(string body, string reason)
    {
        api.Server.Next(Replies.Text(body, "application/json"));

        Assert.That(() => api.Get<App>(), Throws.TypeOf<ApiFormatException>().With.Property("Reason").EqualTo(reason));
    }

    [Test]
    public void TheExcerptOfWhatIsNoAnswerIsOneShortLine()
    {
        api.Server.Next(Replies.Html("<html>\r\n" + new string('x', 5_000)));

        var error = Assert.Throws<ApiFormatException>(() => api.Get<App>());

        Assert.That(error!.Excerpt, Does.StartWith("<html> xxx").And.Length.LessThan(320));
    }

    [Test]
    public void AnAnswerMayStartWithAByteOrderMark()
    {
        api.Server.Next(Replies.Bytes([.. Bom, .. """{"id":5}"""u8], "application/json"));

        Assert.That(api.Get<App>().Id, Is.EqualTo(5));
    }

    [Test]
    public void A_body_that_is_shorter_than_announced_is_a_lost_connection()
    {
        api.Server.Next(Replies.Body(new MemoryStream("""{"id":5}"""u8.ToArray()), length: 100));

        Assert.That(() => api.Get<App>(), Throws.TypeOf<ApiConnectionLostException>());
    }

    [Test]
    public void ABodyThatBreaksOffIsALostConnection()
    {
        api.Server.Next(Replies.Body(ScriptedStream.Breaking("""{"id":"""u8.ToArray(), new IOException("reset"))));

        Assert.That(() => api.Get<App>(), Throws.TypeOf<ApiConnectionLostException>().With.InnerException.Message.EqualTo("reset"));
    }

    [Test]
    public void ASuccessWithoutInterestNeedsNoBody()
    {
        api.Server.Next(Replies.Bytes([], status: 204));

        Assert.That(() => api.Connection.Send(new ApiRequest(HttpMethod.Delete, "thing"), CancellationToken.None), Throws.Nothing);
    }

    [Test]
    public void ARefusingProxyIsToldAsSuch()
    {
        api.Server.Next(Replies.Html("<title>Proxy</title>", 407));

        Assert.That(() => api.Get<App>(), Throws.TypeOf<ProxyException>().With.Property("RequiresCredentials").True);
    }

    [Test]
    public void ARefusedTunnelIsToldAsSuch()
    {
        api.Server.Next(Replies.Throw(Failures.TunnelRefused(407)));

        Assert.That(() => api.Get<App>(), Throws.TypeOf<ProxyException>().With.Property("RequiresCredentials").True);
    }

    [Test]
    public void ARefusedTunnelOfNETFrameworkIsToldAsSuch()
    {
        var inner = new WebException("The remote server returned an error: (407) Proxy Authentication Required.", WebExceptionStatus.ProtocolError);
        api.Server.Next(Replies.Throw(new HttpRequestException("An error occurred while sending the request.", inner)));

        Assert.That(() => api.Get<App>(), Throws.TypeOf<ProxyException>().With.Property("RequiresCredentials").True);
    }

    [Test]
    public void APortWith407InItIsNoProxy()
    {
        var refused = new HttpRequestException("Connection refused (127.0.0.1:40712)", ((HttpRequestException)Failures.Unreachable).InnerException);
        api.Server.Next(Replies.Throw(refused));

        Assert.That(() => api.Get<App>(), Throws.TypeOf<ApiUnreachableException>());
    }

    [Test]
    public void A_certificate_that_is_not_trusted_means_that_nothing_was_sent()
    {
        api.Server.Next(Replies.Throw(Failures.Untrusted));

        Assert.That(() => api.Get<App>(), Throws.TypeOf<ApiUnreachableException>());
    }

    [TestCase(WebExceptionStatus.NameResolutionFailure, false)]
    [TestCase(WebExceptionStatus.ConnectFailure, false)]
    [TestCase(WebExceptionStatus.TrustFailure, false)]
    [TestCase(WebExceptionStatus.ReceiveFailure, true)]
    [TestCase(WebExceptionStatus.KeepAliveFailure, true)]
    public void NETFrameworkTellsWhetherAnythingWasSent(WebExceptionStatus status, bool outcomeUnknown)
    {
        api.Server.Next(Replies.Throw(new HttpRequestException("An error occurred while sending the request.", new WebException("x", status))));

        Assert.That(
            () => api.Get<App>(),
            Throws.InstanceOf<ApiException>().With.Property(nameof(ApiException.OutcomeUnknown)).EqualTo(outcomeUnknown));
    }

    [Test]
    public void A_handler_that_gives_up_by_itself_is_no_cancellation()
    {
        api.Server.Next(Replies.Throw(new TaskCanceledException("The connection was given up.")));

        Assert.That(() => api.Get<App>(), Throws.TypeOf<ApiConnectionLostException>());
    }

    [Test]
    public void TheServerTimeFollowsItsAnswers()
    {
        api.Server.Next(Replies.Json("{}").With("Date", "Sun, 01 Mar 2026 15:00:00 GMT"));

        api.Get<JObject>();
        api.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That(api.Connection.ServerTime, Is.EqualTo(new DateTimeOffset(2026, 3, 1, 15, 1, 0, TimeSpan.Zero)));
    }

    [Test]
    public void Control_characters_and_line_separators_do_not_get_through()
    {
        api.Server.Next(Replies.Text("a\u001b[31mred\u0007\u0000 \u2028end", "text/plain", 400));

        Assert.That(() => api.Get<App>(), Throws.TypeOf<ApiResponseException>().With.Property("ServerMessage").EqualTo("a [31mred end"));
    }

    [Test]
    public void TheObserverHearsOfEachAnswer()
    {
        api.Server.Next(Replies.Json("{}"));

        api.Get<JObject>("things?secret=1");

        Assert.That(api.Observer.Answers, Is.EqualTo(new[] { ("GET https://api.example.test/api/things", HttpStatusCode.OK) }));
    }

    [Test]
    public void TextIsReadAsUtf8()
    {
        api.Server.Next(Replies.Bytes(Encoding.UTF8.GetBytes("""{"id":1,"name":"Übung 🎮"}"""), "application/json"));

        Assert.That(api.Get<App>().Name, Is.EqualTo("Übung 🎮"));
    }
}
