using System.Globalization;
using Moq;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

/// <summary>An app is published once, whatever happens to the request or to its answer. The project has an app 5 before.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AppPublisherTests : IDisposable
{
    private const string Publish = "POST /api/apps";
    private const string Apps = "GET /api/projects/7/apps";
    private const string Builds = "GET /api/projects/7/builds";
    private const string NoneYet = """{"result":[]}""";

    private static readonly AppRequest Request = new() { ProjectId = 7, Name = "Game", Version = "1.0", Scenes = [1, 2], BranchId = "main-id" };

    private readonly ApiHarness api = new() { RequestTimeout = TimeSpan.FromMilliseconds(200) };
    private readonly MemoryIntents intents = new();

    public AppPublisherTests()
    {
        api.Server.Always(Apps, AppList(App(5)));
        api.Server.Always(Builds, Replies.Json(NoneYet));
        api.Server.Always("GET /api/apps/6", Replies.Json(App(6, "complete")));
        api.Server.Always("GET /api/id", Replies.Json("""{"id":1}"""));
    }

    public void Dispose() => api.Dispose();

    [Test]
    public void AnAnswerThatIsAnAppIsWaitedFor()
    {
        api.Server.On(Publish, Replies.Json(App(6, "running"), 201));
        api.Server.On("GET /api/apps/6", Replies.Json(App(6, "running")), Replies.Json(App(6, "complete")));

        var app = PublishOnce();

        Assert.That((app.Id, app.Status), Is.EqualTo((6, "complete")));
        Assert.That(intents.Content!.AppId, Is.EqualTo(6), "it stays until everything is done that was asked for");
    }

    [TestCase("""{"app_id":6}""")]
    [TestCase("""{"appId":"6"}""")]
    [TestCase("""{"app":{"id":6}}""")]
    [TestCase("""{"id":6}""")]
    public void AnAnswerThatIsAJobNamesTheApp(string data)
    {
        api.Server.On(Publish, Replies.Json("""{"id":90,"status":"running","messages":[]}""", 201));
        api.Server.On(
            "GET /api/jobs/90",
            Replies.Json("""{"id":90,"status":"running","messages":[]}"""),
            Replies.Json($$"""{"id":90,"status":"complete","messages":[],"data":{{data}}}"""));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
        Assert.That(intents.Content!.AppId, Is.EqualTo(6));
    }

    [Test]
    public void AnAnswerThatIsABuildNamesTheAppOnceItHasOne()
    {
        api.Server.On(Publish, Replies.Json(Build(80, null), 201));
        api.Server.On(Builds, BuildList(Build(80, null)), BuildList(Build(80, 6)));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void TheIntentIsWrittenBeforeTheRequestIsSent()
    {
        PublishIntent? before = null;
        api.Server.On(Publish, Replies.Json(App(6), 201).After(() => before = intents.Content));

        PublishOnce();

        Assert.That(before!.Request, Is.EqualTo(ApiJson.Write(Request)));
        Assert.That(before.HighestAppId, Is.EqualTo(5));
        Assert.That(before.AskedAt, Is.EqualTo(api.Connection.ServerTime));
        Assert.That(before.IsAccepted, Is.False);
    }

    [Test]
    public void TheIntentKnowsTheAppAsSoonAsTheServerHasNamedIt()
    {
        PublishIntent? while6IsBuilt = null;
        api.Server.On(Publish, Replies.Json(App(6, "running"), 201));
        api.Server.On("GET /api/apps/6", Replies.Json(App(6, "complete")).After(() => while6IsBuilt = intents.Content));

        PublishOnce();

        Assert.That(while6IsBuilt!.AppId, Is.EqualTo(6));
    }

    private static IEnumerable<TestCaseData> LostAnswers()
    {
        yield return new TestCaseData(Replies.ConnectionLost).SetArgDisplayNames("reset");
        yield return new TestCaseData(Replies.Status(502)).SetArgDisplayNames("502");
        yield return new TestCaseData(Replies.Status(504)).SetArgDisplayNames("504");
        yield return new TestCaseData(Replies.Status(408)).SetArgDisplayNames("408");
        yield return new TestCaseData(Replies.Never).SetArgDisplayNames("silence");
        yield return new TestCaseData(Replies.Html("<html>")).SetArgDisplayNames("a page with 200");
        yield return new TestCaseData(Replies.Json("[]")).SetArgDisplayNames("JSON of another shape");
        yield return new TestCaseData(Replies.Redirect("/api/apps/6", 303)).SetArgDisplayNames("a redirect to the result");
        yield return new TestCaseData(Replies.Body(ScriptedStream.Breaking("{"u8.ToArray(), new IOException("reset")), status: 201)).SetArgDisplayNames("an answer that breaks off");
    }

    [TestCaseSource(nameof(LostAnswers))]
    public void AnAppWhoseAnswerWasLostIsFoundAmongTheBuilds(Delegate lost)
    {
        api.Server.On(Publish, (Reply)lost);
        api.Server.On(Builds, BuildList(Build(80, 6)));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [TestCase(403)]
    [TestCase(404)]
    [TestCase(401)]
    public void WhereBuildsAreRefusedTheOneNewAppOfNameAndVersionIsTaken(int status)
    {
        api.Server.Always(Builds, Replies.Status(status));
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.On(Apps, AppList(App(5)), AppList(App(5), App(6), App(7, version: "2.0"), App(8, name: "Other")));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [TestCase("description", "another's")]
    [TestCase("release_notes", "another's")]
    [TestCase("created_at", "2026-03-01T12:05:01Z")]
    public void WhereBuildsAreRefusedAnAppThatDiffersIsNamedAndNotTaken(string field, string value)
    {
        var other = JObject.Parse(App(6));
        other[field] = value;
        api.Server.Always(Builds, Replies.Status(403));
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.On(Apps, AppList(App(5)), AppList(other.ToString()));

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>()
            .With.Property("LookAt").EqualTo("app 6 https://apps.example.test/6").And.Property("NamesCandidates").True);
        Assert.That(intents.Content, Is.Not.Null);
    }

    [Test]
    public void WhereBuildsAreRefusedTheAppThatFitsBestIsTaken()
    {
        var other = JObject.Parse(App(7));
        other["release_notes"] = "another's";
        api.Server.Always(Builds, Replies.Status(403));
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.On(Apps, AppList(App(5)), AppList(other.ToString(), App(6)));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [TestCase("""{"id":1}""", 200)]
    [TestCase("""{"id":"1"}""", 200)]
    [TestCase("""{"error":"no"}""", 403)]
    [TestCase("""{"error":"no"}""", 404)]
    public void ABuildOfOurAccountIsOurs(string answer, int status)
    {
        api.Server.Always("GET /api/id", Replies.Json(answer, status));
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.Always(Builds, BuildList(Build(80, 6)));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void ABuildOfAnotherAccountIsNotOurs()
    {
        api.Server.Always("GET /api/id", Replies.Json("""{"id":2}"""));
        api.Server.On(Publish, Replies.Never);
        api.Server.Always(Builds, BuildList(Build(80, 6)));

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>().With.Property("LookAt").EqualTo("the project's builds and apps"));
    }

    [Test]
    public void WithoutABranchABuildOfTheMainBranchIsOurs()
    {
        api.Server.Always("GET /api/projects/7/branches", Replies.Json("""{"result":[{"id":"other-id"},{"id":"main-id","permanent":true}]}"""));
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.Always(Builds, BuildList(Build(81, 7, branch: "other-id"), Build(80, 6)));

        Assert.That(MakePublisher().Publish(Request with { BranchId = null }, CancellationToken.None).Id, Is.EqualTo(6));
    }

    [Test]
    public void AnAppThatAppearsAfterAMomentIsFound()
    {
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.On(Builds, Replies.Json(NoneYet), Replies.Json(NoneYet), BuildList(Build(80, 6)));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
        Assert.That(api.Clock.Waits, Does.Contain(TimeSpan.FromSeconds(2)));
    }

    private static IEnumerable<TestCaseData> RequestsThatAreOver()
    {
        yield return new TestCaseData(Replies.ConnectionLost).SetArgDisplayNames("reset");
        yield return new TestCaseData(Replies.Status(500)).SetArgDisplayNames("500");
        yield return new TestCaseData(Replies.Status(502)).SetArgDisplayNames("502");
        yield return new TestCaseData(Replies.Status(408)).SetArgDisplayNames("408");
    }

    [TestCaseSource(nameof(RequestsThatAreOver))]
    public void ARequestThatLeftNoTraceIsSentOnceMore(Delegate lost)
    {
        api.Server.On(Publish, (Reply)lost, Replies.Json(App(6), 201));

        var app = MakePublisher().Publish(Request, CancellationToken.None);

        Assert.That(app.Id, Is.EqualTo(6));
        Assert.That(api.Server.Of(Publish), Has.Count.EqualTo(2));
        Assert.That(LooksBetweenPosts(), Is.EqualTo(6));
    }

    [Test]
    public void ARequestIsNotSentAThirdTime()
    {
        api.Server.On(Publish, Replies.ConnectionLost, Replies.ConnectionLost);

        Assert.That(() => MakePublisher().Publish(Request, CancellationToken.None), Throws.TypeOf<OutcomeUnknownException>());
        Assert.That(api.Server.Of(Publish), Has.Count.EqualTo(2));
        Assert.That(intents.Content, Is.Not.Null);
    }

    [Test]
    public void ASecondRequestThatIsRefusedKeepsTheIntentOfTheFirst()
    {
        api.Server.On(Publish, Replies.ConnectionLost, Replies.Status(400));

        Assert.That(() => MakePublisher().Publish(Request, CancellationToken.None), Throws.TypeOf<ApiResponseException>());
        Assert.That(intents.Content, Is.Not.Null);
    }

    private static IEnumerable<TestCaseData> RequestsThatMayGoOn()
    {
        yield return new TestCaseData(Replies.Never).SetArgDisplayNames("silence");
        yield return new TestCaseData(Replies.Status(504)).SetArgDisplayNames("a gateway's silence");
        yield return new TestCaseData(Replies.Html("<html>")).SetArgDisplayNames("a page with 200");
        yield return new TestCaseData(Replies.Redirect("/api/apps/6", 303)).SetArgDisplayNames("a redirect to the result");
        yield return new TestCaseData(Replies.Body(ScriptedStream.Breaking("{"u8.ToArray(), new IOException("reset")), status: 201)).SetArgDisplayNames("an answer that breaks off");
    }

    [TestCaseSource(nameof(RequestsThatMayGoOn))]
    public void ARequestThatMayStillBeWorkedOnIsNotSentAgain(Delegate lost)
    {
        api.Server.On(Publish, (Reply)lost);

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>());
        Assert.That(intents.Content, Is.Not.Null);
    }

    [Test]
    public void WhereLookingFailsNobodyCanTell()
    {
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.Always(Builds, Replies.Unreachable);

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>().With.InnerException.TypeOf<ApiConnectionLostException>());
        Assert.That(intents.Content, Is.Not.Null);
    }

    [Test]
    public void TwoCandidatesAmongTheBuildsAreTooMany()
    {
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.On(Builds, BuildList(Build(80, 6), Build(81, null)));

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>().With.Property("LookAt").EqualTo("app 6, build 81"));
        Assert.That(intents.Content, Is.Not.Null);
    }

    [Test]
    public void TwoCandidatesAmongTheAppsAreTooMany()
    {
        api.Server.Always(Builds, Replies.Status(403));
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.On(Apps, AppList(App(5)), AppList(App(6), App(7)));

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>().With.Property("LookAt").EqualTo("app 6 https://apps.example.test/6, app 7 https://apps.example.test/7"));
    }

    [TestCase("source", """{"type":"editor"}""")]
    [TestCase("branch", """{"id":"other-id"}""")]
    [TestCase("settings", """{"name":"Other","version":"1.0","scenes":[1,2]}""")]
    [TestCase("settings", """{"name":"Game","version":"2.0","scenes":[1,2]}""")]
    [TestCase("settings", """{"name":"Game","version":"1.0","scenes":[2,1]}""")]
    [TestCase("created_at", "\"2026-03-01T11:59:50Z\"")]
    [TestCase("app_id", "5")]
    public void ABuildThatDiffersIsNotOurs(string field, string value)
    {
        var other = JObject.Parse(Build(80, 4));
        other["app_id"] = 6;
        other[field] = JToken.Parse(value);
        api.Server.On(Publish, Replies.Never);
        api.Server.Always(Builds, BuildList(other.ToString()));

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>().With.Property("LookAt").EqualTo("the project's builds and apps"));
    }

    [TestCase("source", "null")]
    [TestCase("branch", "null")]
    [TestCase("settings", "null")]
    [TestCase("settings", """{"version":null,"description":"","release_notes":null}""")]
    [TestCase("settings", """{"name":"Game","version":"1.0","scenes":["1","2"],"description":"what the service fills in"}""")]
    [TestCase("created_at", "null")]
    [TestCase("created_at", "\"2026-03-01T11:59:59Z\"")]
    public void WhatABuildLeavesOutDoesNotMakeItAnothers(string field, string value)
    {
        var ours = JObject.Parse(Build(80, 6));
        ours[field] = JToken.Parse(value);
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.Always(Builds, BuildList(ours.ToString()));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [TestCase(400)]
    [TestCase(401)]
    [TestCase(403)]
    [TestCase(404)]
    public void ARefusalLeavesNothingBehind(int status)
    {
        api.Server.On(Publish, Replies.Status(status));

        Assert.That(PublishOnce, Throws.TypeOf<ApiResponseException>());
        Assert.That(intents.Content, Is.Null);
    }

    [Test]
    public void AServerThatCannotBeReachedLeavesNothingBehind()
    {
        api.Server.Always(Publish, Replies.Unreachable);

        Assert.That(() => MakePublisher().Publish(Request, CancellationToken.None), Throws.TypeOf<ApiUnreachableException>());
        Assert.That(intents.Content, Is.Null);
    }

    [Test]
    public void TheRateLimitIsWaitedFor()
    {
        api.Server.On(Publish, Replies.Status(429).With("Retry-After", "30"), Replies.Json(App(6), 201));

        Assert.That(MakePublisher().Publish(Request, CancellationToken.None).Id, Is.EqualTo(6));
        Assert.That(api.Clock.Waits, Does.Contain(TimeSpan.FromSeconds(30)));
    }

    [TestCase(6L, null, null)]
    [TestCase(null, "90", null)]
    [TestCase(null, null, "80")]
    public void AnIntentThatWasAcceptedIsTakenUp(long? appId, string? jobId, string? buildId)
    {
        intents.Content = Left() with { AppId = appId, JobId = jobId, BuildId = buildId };
        api.Server.Always("GET /api/jobs/90", Replies.Json("""{"id":90,"status":"complete","messages":[],"data":{"app_id":6}}"""));
        api.Server.Always(Builds, BuildList(Build(80, 6)));

        var app = MakePublisher().Publish(Request, CancellationToken.None);

        Assert.That(app.Id, Is.EqualTo(6));
        Assert.That(api.Server.Of(Publish), Is.Empty);
    }

    [Test]
    public void AnIntentOfABuildThatWasKilledIsLookedForFirst()
    {
        intents.Content = Left();
        api.Server.Always(Builds, BuildList(Build(80, 6)));

        var app = MakePublisher().Publish(Request, CancellationToken.None);

        Assert.That(app.Id, Is.EqualTo(6));
        Assert.That(api.Server.Of(Publish), Is.Empty);
    }

    [Test]
    public void AnIntentThatLeftNoTraceIsPublished()
    {
        intents.Content = Left();
        api.Server.On(Publish, Replies.Json(App(6), 201));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void AnIntentThatCannotBeLookedForStays()
    {
        intents.Content = Left();
        api.Server.Always(Builds, Replies.Status(500));

        Assert.That(() => MakePublisher().Publish(Request, CancellationToken.None), Throws.TypeOf<ApiResponseException>());
        Assert.That(api.Server.Of(Publish), Is.Empty);
        Assert.That(intents.Content, Is.EqualTo(Left()));
    }

    [Test]
    public void AnIntentOfAnotherRequestIsNotTakenUp()
    {
        intents.Content = Left() with { Request = ApiJson.Write(Request with { Version = "0.9" }), AppId = 4 };
        api.Server.On(Publish, Replies.Json(App(6), 201));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void AFailedAppIsToldInTheServersWords()
    {
        api.Server.On(Publish, Replies.Json(App(6), 201));
        api.Server.On("GET /api/apps/6", Replies.Json("""{"id":6,"task":{"status":"error","message":"Script\n error"}}"""));

        Assert.That(PublishOnce, Throws.TypeOf<JobFailedException>().With.Property("ServerMessage").EqualTo("Script error"));
        Assert.That(intents.Content, Is.Null);
    }

    [Test]
    public void AFailedJobIsToldInTheServersWords()
    {
        api.Server.On(Publish, Replies.Json("""{"id":90,"messages":[]}""", 201));
        api.Server.On("GET /api/jobs/90", Replies.Json("""{"id":90,"status":"error","messages":["one","two"]}"""));

        Assert.That(PublishOnce, Throws.TypeOf<JobFailedException>().With.Property("ServerMessage").EqualTo("one two"));
        Assert.That(intents.Content, Is.Null);
    }

    [Test]
    public void AFailedBuildIsToldInTheServersWords()
    {
        api.Server.On(Publish, Replies.Json(Build(80, null), 201));
        api.Server.On(Builds, BuildList("""{"id":80,"status":"error","message":"no"}"""));

        Assert.That(PublishOnce, Throws.TypeOf<JobFailedException>().With.Property("ServerMessage").EqualTo("no"));
    }

    [Test]
    public void AnAppThatTakesTooLongIsTakenUpByTheNextBuild()
    {
        api.Server.On(Publish, Replies.Json(App(6, "running"), 201));
        api.Server.Always("GET /api/apps/6", Replies.Json(App(6, "running")));

        Assert.That(PublishOnce, Throws.TypeOf<JobTimeoutException>());
        Assert.That(intents.Content!.AppId, Is.EqualTo(6));
    }

    [Test]
    public void AnAppThatIsGoneDoesNotHoldUpTheNextBuild()
    {
        intents.Content = Left() with { AppId = 6 };
        api.Server.Always("GET /api/apps/6", Replies.Status(404));

        Assert.That(() => MakePublisher().Publish(Request, CancellationToken.None), Throws.TypeOf<JobWithoutResultException>());
        Assert.That(intents.Content, Is.Null);
    }

    [Test]
    public void AJobThatDoesNotNameItsAppIsFollowedByALookAtTheNewApps()
    {
        api.Server.On(Publish, Replies.Json("""{"id":90,"messages":[]}""", 201));
        api.Server.On("GET /api/jobs/90", Replies.Json("""{"id":90,"status":"complete","messages":[],"data":{}}"""));
        api.Server.On(Apps, AppList(App(5)), AppList(App(5), App(6, "complete")));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void AJobThatDoesNotNameItsAppAmongSeveralKeepsTheIntent()
    {
        api.Server.On(Publish, Replies.Json("""{"id":90,"messages":[]}""", 201));
        api.Server.On("GET /api/jobs/90", Replies.Json("""{"id":90,"status":"complete","messages":[],"data":{}}"""));
        api.Server.On(Apps, AppList(App(5)), AppList(App(6), App(7)));

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>().With.Property("LookAt").Contains("app 6").And.Property("LookAt").Contains("app 7"));
        Assert.That(intents.Content!.JobId, Is.EqualTo("90"));
    }

    [Test]
    public void AnAppThatIsTooNewForTheServerThatIsAskedIsWaitedFor()
    {
        api.Server.On(Publish, Replies.Json(App(6, "running"), 201));
        api.Server.On("GET /api/apps/6", Replies.Status(404), Replies.Status(404), Replies.Json(App(6, "complete")));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void ABuildThatNamesItsJobIsFollowedWhereBuildsAreRefused()
    {
        var build = JObject.Parse(Build(80, null));
        build["job_id"] = 90;
        api.Server.On(Publish, Replies.Json(build.ToString(), 201));
        api.Server.Always("GET /api/jobs/90", Replies.Json("""{"id":90,"status":"complete","messages":[],"data":{"app_id":6}}"""));
        api.Server.Always(Builds, Replies.Status(403));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void AJobWithoutAnAppIsToldAsSuch()
    {
        api.Server.On(Publish, Replies.Json("""{"id":90,"messages":[]}""", 201));
        api.Server.On("GET /api/jobs/90", Replies.Json("""{"id":90,"status":"complete","messages":[],"data":{}}"""));

        Assert.That(PublishOnce, Throws.TypeOf<JobWithoutResultException>());
    }

    [Test]
    public void AnAnswerThatNamesNothingKeepsTheIntent()
    {
        api.Server.On(Publish, Replies.Json("{}", 201));

        Assert.That(PublishOnce, Throws.TypeOf<JobWithoutResultException>());
        Assert.That(intents.Content, Is.Not.Null);
    }

    [Test]
    public void ACancelledPublishKeepsTheIntent()
    {
        using var cancellation = new CancellationTokenSource();
        api.Server.On(Publish, Replies.Never.After(cancellation.Cancel));

        Assert.That(() => Bounded.Run(() => MakePublisher().Publish(Request, cancellation.Token)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(intents.Content, Is.Not.Null);
    }

    [Test]
    public void APublishedAppIsFoundByNameAndVersionTheNewestFirst()
    {
        api.Server.Always(Builds, Replies.Status(403));
        api.Server.Always(Apps, AppList(App(4), App(5), App(6, version: "2.0"), App(8, name: "Other"), App(9, "running")));

        Assert.That(FindPublished(Request)!.Id, Is.EqualTo(5));
    }

    [Test]
    public void AnAppOfAnotherBranchIsNotTheOnePublished()
    {
        api.Server.Always(Apps, AppList(App(5), App(6)));
        api.Server.Always(Builds, BuildList(Build(80, 6, branch: "other-id"), Build(79, 5)));

        Assert.That(FindPublished(Request)!.Id, Is.EqualTo(5));
    }

    [Test]
    public void WithoutABranchTheMainBranchIsMeant()
    {
        api.Server.Always(Apps, AppList(App(5), App(6)));
        api.Server.Always(Builds, BuildList(Build(80, 6, branch: "other-id"), Build(79, 5)));
        api.Server.Always("GET /api/projects/7/branches", Replies.Json("""{"result":[{"id":"other-id"},{"id":"main-id","permanent":true}]}"""));

        Assert.That(FindPublished(Request with { BranchId = null })!.Id, Is.EqualTo(5));
    }

    [Test]
    public void AnAppWhoseBuildIsNotListedAnyMoreCounts()
    {
        Assert.That(FindPublished(Request)!.Id, Is.EqualTo(5));
    }

    [TestCase("3.0", "Game")]
    [TestCase("1.0", "game")]
    [TestCase(null, "Game")]
    public void WhatIsNotPublishedIsNotFound(string? version, string name)
    {
        Assert.That(FindPublished(Request with { Version = version, Name = name }), Is.Null);
    }

    [Test]
    public void AnEmptyVersionIsNone()
    {
        api.Server.Always(Apps, AppList(App(5, version: "")));

        Assert.That(FindPublished(Request with { Version = null })!.Id, Is.EqualTo(5));
    }

    private static PublishIntent Left() => new()
    {
        Request = ApiJson.Write(Request),
        AskedAt = new FakeClock().UtcNow,
        HighestAppId = 5,
    };

    private static string App(long id, string status = "complete", string name = "Game", string version = "1.0") =>
        new JObject { ["id"] = id, ["name"] = name, ["version"] = version, ["task"] = new JObject { ["status"] = status }, ["url"] = $"https://apps.example.test/{id}" }.ToString();

    private static string Build(int id, long? appId, string branch = "main-id") => new JObject
    {
        ["id"] = id,
        ["type"] = "publish",
        ["status"] = appId is null ? "running" : "complete",
        ["app_id"] = appId,
        ["branch"] = new JObject { ["id"] = branch },
        ["actor"] = new JObject { ["id"] = 1 },
        ["source"] = new JObject { ["type"] = "api" },
        ["settings"] = JObject.Parse(ApiJson.Write(Request)),
        ["created_at"] = new FakeClock().UtcNow.ToString("O", CultureInfo.InvariantCulture),
    }.ToString();

    private static Reply AppList(params string[] apps) =>
        Replies.Json($$"""{"result":[{{string.Join(",", apps)}}],"pagination":{"total":{{apps.Length}} } }""");

    private static Reply BuildList(params string[] builds) => Replies.Json($$"""{"result":[{{string.Join(",", builds)}}]}""");

    private App? FindPublished(AppRequest request) => MakePublisher().FindPublished(request, CancellationToken.None);

    private AppPublisher MakePublisher() =>
        new(api.Client, intents, new JobWaiter(api.Clock, TimeSpan.FromSeconds(60), _ => { }), api.Clock, Mock.Of<IPublishObserver>());

    /// <summary>Publishes, and makes sure that the request was sent once and no more.</summary>
    private App PublishOnce()
    {
        try
        {
            return Bounded.Run(() => MakePublisher().Publish(Request, CancellationToken.None));
        }
        finally
        {
            Assert.That(api.Server.Of(Publish), Has.Count.EqualTo(1), "the number of publishes");
        }
    }

    private int LooksBetweenPosts() => api.Server.Requests
        .SkipWhile(request => request.Route != Publish).Skip(1)
        .TakeWhile(request => request.Route != Publish)
        .Count(request => request.Route == Builds);

    private sealed class MemoryIntents : IPublishIntentStore
    {
        public PublishIntent? Content { get; set; }

        public PublishIntent? Read() => Content;

        public void Write(PublishIntent intent) => Content = intent;

        public void Delete() => Content = null;
    }
}
