using System.Globalization;
using Moq;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

/// <summary>Tests that an app is published once, whatever happens to the request or its response. The project has app 5 and build 70 before.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AppPublisherTests : IDisposable
{
    private const string Publish = "POST /api/apps";
    private const string Apps = "GET /api/projects/7/apps";
    private const string Builds = "GET /api/projects/7/builds";

    private static readonly AppRequest Request = new() { ProjectId = 7, Name = "Game", Version = "1.0", Scenes = [1, 2], BranchId = "main-id" };

    private static readonly string Mark = PublishMark.Of("test", Request);

    private readonly ApiHarness api = new() { RequestTimeout = TimeSpan.FromMilliseconds(200) };
    private readonly MemoryIntents intents = new();

    public AppPublisherTests()
    {
        api.Server.Always(Apps, AppList(App(5)));
        api.Server.Always(Builds, BuildList());
        api.Server.Always("GET /api/apps/6", Replies.Json(App(6, "complete")));
    }

    public void Dispose() => api.Dispose();

    [Test]
    public void AnAnswerThatIsAnAppIsWaitedFor()
    {
        api.Server.On(Publish, Replies.Json(App(6, "running"), 201));
        api.Server.On("GET /api/apps/6", Replies.Json(App(6, "running")), Replies.Json(App(6, "complete")));

        var app = PublishOnce();

        Assert.That((app.Id, app.Status), Is.EqualTo((6, "complete")));
        Assert.That(intents.Content!.AppId, Is.EqualTo(6), "The intent must stay until all requested changes are done.");
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
    public void An_answer_that_is_a_build_names_the_app_once_it_has_one()
    {
        api.Server.On(Publish, Replies.Json(Build(80, null), 201));
        api.Server.On(Builds, BuildList(), BuildList(Build(80, null)), BuildList(Build(80, 6)));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void TheIntentIsWrittenBeforeTheRequestIsSent()
    {
        AppIntent? before = null;
        api.Server.On(Publish, Replies.Json(App(6), 201).After(() => before = intents.Content));

        PublishOnce();

        Assert.That(ApiJson.Write(before!.Request), Is.EqualTo(ApiJson.Write(Request)));
        Assert.That((before.HighestAppId, before.HighestBuildId, before.Mark), Is.EqualTo((5, 70, Mark)));
        Assert.That(before.AskedAt, Is.EqualTo(api.Connection.ServerTime));
        Assert.That(before.IsAccepted, Is.False);
    }

    [Test]
    public void The_intent_knows_the_app_as_soon_as_the_server_has_named_it()
    {
        AppIntent? while6IsBuilt = null;
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
    public void An_app_whose_answer_was_lost_is_found_among_the_builds(Delegate lost)
    {
        api.Server.On(Publish, (Reply)lost);
        api.Server.On(Builds, BuildList(), BuildList(Build(80, 6, Mark)));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [TestCaseSource(nameof(LostAnswers))]
    public void An_app_whose_answer_was_lost_is_found_among_the_apps(Delegate lost)
    {
        api.Server.On(Publish, (Reply)lost);
        api.Server.On(Apps, AppList(App(5)), AppList(App(5), App(6, notes: Mark)));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [TestCase(403)]
    [TestCase(404)]
    [TestCase(401)]
    public void WhereBuildsAreRefusedTheAppsAreEnough(int status)
    {
        api.Server.Always(Builds, Replies.Status(status));
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.On(Apps, AppList(App(5)), AppList(App(5), App(6, notes: Mark), App(7, version: "2.0"), App(8, name: "Other")));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    /// <summary>A build and an app whose records have neither release notes nor any difference from the request, together and separately.</summary>
    private static IEnumerable<TestCaseData> RecordsThatCannotBeToldApart()
    {
        yield return new TestCaseData(AppList(App(5), App(6, notes: null)), BuildList(), "app 6 https://apps.example.test/6").SetArgDisplayNames("an app");
        yield return new TestCaseData(AppList(App(5)), BuildList(Build(80, null)), "build 80").SetArgDisplayNames("a build");
        yield return new TestCaseData(AppList(App(5)), BuildList(Build(80, 6)), "app 6").SetArgDisplayNames("a build with an app");
        yield return new TestCaseData(AppList(App(5), App(6, notes: null)), BuildList(Build(80, 6)), "app 6 https://apps.example.test/6").SetArgDisplayNames("an app and its build");
        yield return new TestCaseData(AppList(App(6, notes: null), App(7, notes: null)), Replies.Status(403), "app 6 https://apps.example.test/6, app 7 https://apps.example.test/7").SetArgDisplayNames("two apps");
    }

    [TestCaseSource(nameof(RecordsThatCannotBeToldApart))]
    public void A_record_that_cannot_be_told_apart_makes_the_outcome_unknown(Delegate apps, Delegate builds, string candidates)
    {
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.On(Apps, [AppList(App(5)), .. Enumerable.Repeat((Reply)apps, 12)]);
        api.Server.On(Builds, [BuildList(), .. Enumerable.Repeat((Reply)builds, 12)]);

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>().With.Property("Candidates").EqualTo(candidates.Split(", ")));
        Assert.That(intents.Content!.IsAccepted, Is.False);
        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>(), "The next build must not know the outcome either.");
    }

    [Test]
    public void What_the_app_tells_completes_what_its_build_leaves_out()
    {
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.On(Apps, AppList(App(5)), AppList(App(5), App(6, notes: Mark), App(7, notes: "a colleague's")));
        api.Server.On(Builds, BuildList(), BuildList(Build(80, 6), Build(81, 7)));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void A_colleagues_app_of_the_same_name_and_version_is_not_taken()
    {
        api.Server.On(Publish, Replies.ConnectionLost, Replies.Json(App(7), 201));
        api.Server.On(Apps, AppList(App(5)));
        api.Server.Always(Apps, AppList(App(5), App(6, notes: "a colleague's")));
        api.Server.Always("GET /api/apps/7", Replies.Json(App(7)));

        Assert.That(Published().Id, Is.EqualTo(7));
        Assert.That(api.Server.Of(Publish), Has.Count.EqualTo(2), "The first request left no trace, so it must be repeated.");
    }

    [Test]
    public void ABuildThatFailedIsNoReasonToDoubt()
    {
        api.Server.On(Publish, Replies.ConnectionLost, Replies.Json(App(6), 201));
        api.Server.On(Builds, BuildList());
        api.Server.Always(Builds, BuildList(Build(80, null, status: "error")));

        Assert.That(Published().Id, Is.EqualTo(6));
    }

    [Test]
    public void WithoutAMarkNothingIsTaken()
    {
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.On(Builds, BuildList());
        api.Server.Always(Builds, BuildList(Build(80, 6)));

        Assert.That(() => PublishWith(Request, mark: null, again: false, CancellationToken.None), Throws.TypeOf<OutcomeUnknownException>());
    }

    [Test]
    public void A_mark_that_can_be_seen_before_the_request_is_sent_is_taken()
    {
        api.Server.Always(Apps, AppList(App(5), App(6, notes: Mark)));

        Assert.That(Published().Id, Is.EqualTo(6));
        Assert.That(api.Server.Of(Publish), Is.Empty);
    }

    [Test]
    public void AMarkedBuildThatRunsIsWaitedFor()
    {
        api.Server.On(Builds, BuildList(Build(80, null, Mark)), BuildList(Build(80, null, Mark)), BuildList(Build(80, 6, Mark)));

        Assert.That(Published().Id, Is.EqualTo(6));
        Assert.That(api.Server.Of(Publish), Is.Empty);
    }

    [Test]
    public void AMarkedBuildThatFailedIsPublishedAgain()
    {
        api.Server.Always(Builds, BuildList(Build(80, null, Mark, status: "error")));
        api.Server.On(Publish, Replies.Json(App(6), 201));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void APublishThatIsWantedAgainDoesNotLook()
    {
        intents.Content = Left();
        api.Server.Always(Apps, AppList(App(5), App(6, notes: Mark)));
        api.Server.On(Publish, Replies.Json(App(7), 201));
        api.Server.Always("GET /api/apps/7", Replies.Json(App(7)));

        var app = Bounded.Run(() => PublishWith(Request, Mark, again: true, CancellationToken.None));

        Assert.That(app.Id, Is.EqualTo(7));
    }

    [Test]
    public void AnAcceptedAppIsTheResult()
    {
        Assert.That(Accept(6)!.Id, Is.EqualTo(6));
        Assert.That(api.Server.Of(Publish), Is.Empty);
    }

    [TestCase("""{"id":6,"name":"Other","version":"1.0"}""", 200)]
    [TestCase("""{"id":6,"name":"Game","version":"1.1"}""", 200)]
    [TestCase("""{"id":6,"name":"Game","version":"1.0","project_id":8}""", 200)]
    [TestCase("""{"error":"no"}""", 404)]
    public void An_app_of_another_project_name_or_version_is_not_accepted(string answer, int status)
    {
        api.Server.Always("GET /api/apps/6", Replies.Json(answer, status));

        Assert.That(Accept(6), Is.Null);
    }

    [Test]
    public void A_server_that_lists_its_oldest_records_first_is_asked_for_all_pages()
    {
        var first = BuildPage(101, [.. Enumerable.Range(1, 100).Select(id => Build(id, null))]);
        var second = BuildPage(101, Build(180, 6, Mark));
        api.Server.Always(Builds, (sent, cancellationToken) => (sent.Uri.Query.Contains("skip=100", StringComparison.Ordinal) ? second : first)(sent, cancellationToken));

        Assert.That(Published().Id, Is.EqualTo(6));
        Assert.That(api.Server.Of(Publish), Is.Empty);
    }

    [Test]
    public void Without_a_branch_the_main_branch_is_meant_in_a_look()
    {
        api.Server.Always("GET /api/projects/7/branches", Replies.Json("""{"result":[{"id":"other-id"},{"id":"main-id","permanent":true}]}"""));
        api.Server.On(Publish, Replies.ConnectionLost, Replies.Json(App(6), 201));
        api.Server.On(Builds, BuildList());
        api.Server.Always(Builds, BuildList(Build(81, 7, branch: "other-id")));

        Assert.That(PublishWith(Request with { BranchId = null }, Mark, again: false, CancellationToken.None).Id, Is.EqualTo(6));
    }

    [Test]
    public void AnAppThatAppearsAfterAMomentIsFound()
    {
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.On(Builds, BuildList(), BuildList(), BuildList(), BuildList(Build(80, 6, Mark)));

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

        var app = Published();

        Assert.That(app.Id, Is.EqualTo(6));
        Assert.That(api.Server.Of(Publish), Has.Count.EqualTo(2));
        Assert.That(LooksBetweenPosts(), Is.EqualTo(6));
    }

    [Test]
    public void ARequestIsNotSentAThirdTime()
    {
        api.Server.On(Publish, Replies.ConnectionLost, Replies.ConnectionLost);

        Assert.That(() => Published(), Throws.TypeOf<OutcomeUnknownException>());
        Assert.That(api.Server.Of(Publish), Has.Count.EqualTo(2));
        Assert.That(intents.Content, Is.Not.Null);
    }

    [Test]
    public void A_second_request_that_is_refused_keeps_the_intent_of_the_first()
    {
        api.Server.On(Publish, Replies.ConnectionLost, Replies.Status(400));

        Assert.That(() => Published(), Throws.TypeOf<ApiResponseException>());
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
    public void A_request_that_may_still_be_worked_on_is_not_sent_again(Delegate lost)
    {
        api.Server.On(Publish, (Reply)lost);

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>());
        Assert.That(intents.Content, Is.Not.Null);
    }

    [Test]
    public void WhereLookingFailsTheOutcomeIsUnknown()
    {
        api.Server.On(Publish, Replies.ConnectionLost);
        api.Server.On(Builds, BuildList());
        api.Server.Always(Builds, Replies.Unreachable);

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>().With.InnerException.TypeOf<ApiConnectionLostException>());
        Assert.That(intents.Content, Is.Not.Null);
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
    public void A_server_that_cannot_be_reached_leaves_nothing_behind()
    {
        api.Server.Always(Publish, Replies.Unreachable);

        Assert.That(() => Published(), Throws.TypeOf<ApiUnreachableException>());
        Assert.That(intents.Content, Is.Null);
    }

    [Test]
    public void TheRateLimitIsWaitedFor()
    {
        api.Server.On(Publish, Replies.Status(429).With("Retry-After", "30"), Replies.Json(App(6), 201));

        Assert.That(Published().Id, Is.EqualTo(6));
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

        var app = Published();

        Assert.That(app.Id, Is.EqualTo(6));
        Assert.That(api.Server.Of(Publish), Is.Empty);
    }

    [Test]
    public void An_intent_of_a_build_that_was_killed_is_looked_for_first()
    {
        intents.Content = Left();
        api.Server.Always(Builds, BuildList(Build(80, 6, Mark)));

        var app = Published();

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

        Assert.That(() => Published(), Throws.TypeOf<ApiResponseException>());
        Assert.That(api.Server.Of(Publish), Is.Empty);
        Assert.That(intents.Content, Is.EqualTo(Left()));
    }

    [Test]
    public void AnIntentOfAnotherRequestIsNotTakenUp()
    {
        intents.Content = Left() with { Request = Request with { Version = "0.9" }, AppId = 4 };
        api.Server.On(Publish, Replies.Json(App(6), 201));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void AFailedAppIsToldInTheServersWords()
    {
        api.Server.On(Publish, Replies.Json(App(6), 201));
        api.Server.On("GET /api/apps/6", Replies.Json("""{"id":6,"task":{"status":"error","message":"Script\n error"}}"""));

        Assert.That(PublishOnce, Thrown.Job(JobFault.Failed).With.Property("Reason").EqualTo("Script error"));
        Assert.That(intents.Content, Is.Null);
    }

    [Test]
    public void AFailedJobIsToldInTheServersWords()
    {
        api.Server.On(Publish, Replies.Json("""{"id":90,"messages":[]}""", 201));
        api.Server.On("GET /api/jobs/90", Replies.Json("""{"id":90,"status":"error","messages":["one","two"]}"""));

        Assert.That(PublishOnce, Thrown.Job(JobFault.Failed).With.Property("Reason").EqualTo("one two"));
        Assert.That(intents.Content, Is.Null);
    }

    [Test]
    public void AFailedBuildIsToldInTheServersWords()
    {
        api.Server.On(Publish, Replies.Json(Build(80, null), 201));
        api.Server.On(Builds, BuildList(), BuildList("""{"id":80,"status":"error","message":"no"}"""));

        Assert.That(PublishOnce, Thrown.Job(JobFault.Failed).With.Property("Reason").EqualTo("no"));
    }

    [Test]
    public void An_app_that_takes_too_long_is_taken_up_by_the_next_build()
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

        Assert.That(() => Published(), Thrown.Job(JobFault.WithoutResult));
        Assert.That(intents.Content, Is.Null);
    }

    [Test]
    public void A_job_that_does_not_name_its_app_is_followed_by_a_look_at_the_new_apps()
    {
        api.Server.On(Publish, Replies.Json("""{"id":90,"messages":[]}""", 201));
        api.Server.On("GET /api/jobs/90", Replies.Json("""{"id":90,"status":"complete","messages":[],"data":{}}"""));
        api.Server.On(Apps, AppList(App(5)), AppList(App(5), App(6, notes: Mark)));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void A_job_that_does_not_name_its_app_among_several_keeps_the_intent()
    {
        api.Server.On(Publish, Replies.Json("""{"id":90,"messages":[]}""", 201));
        api.Server.On("GET /api/jobs/90", Replies.Json("""{"id":90,"status":"complete","messages":[],"data":{}}"""));
        api.Server.On(Apps, AppList(App(5)));
        api.Server.Always(Apps, AppList(App(6, notes: null), App(7, notes: null)));

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>().With.Property("Candidates").Count.EqualTo(2));
        Assert.That(intents.Content!.JobId, Is.EqualTo("90"));
    }

    [Test]
    public void An_app_that_is_too_new_for_the_server_that_is_asked_is_waited_for()
    {
        api.Server.On(Publish, Replies.Json(App(6, "running"), 201));
        api.Server.On("GET /api/apps/6", Replies.Status(404), Replies.Status(404), Replies.Json(App(6, "complete")));

        Assert.That(PublishOnce().Id, Is.EqualTo(6));
    }

    [Test]
    public void A_build_that_names_its_job_is_followed_where_builds_are_refused()
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

        Assert.That(PublishOnce, Thrown.Job(JobFault.WithoutResult));
    }

    [Test]
    public void AnAnswerThatNamesNothingIsALostOne()
    {
        api.Server.On(Publish, Replies.Json("{}", 201));

        Assert.That(PublishOnce, Throws.TypeOf<OutcomeUnknownException>());
        Assert.That(intents.Content, Is.Not.Null);
    }

    [Test]
    public void ACancelledPublishKeepsTheIntent()
    {
        using var cancellation = new CancellationTokenSource();
        api.Server.On(Publish, Replies.Never.After(cancellation.Cancel));

        Assert.That(() => Bounded.Run(() => PublishWith(Request, Mark, again: false, cancellation.Token)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(intents.Content, Is.Not.Null);
    }

    [Test]
    public void A_published_app_is_found_by_name_and_version_the_newest_first()
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

    private static AppIntent Left() => new()
    {
        Request = Request,
        Mark = Mark,
        AskedAt = new FakeClock().UtcNow,
        HighestAppId = 5,
        HighestBuildId = 70,
    };

    private static string App(long id, string status = "complete", string name = "Game", string version = "1.0", string? notes = "others") => new JObject
    {
        ["id"] = id,
        ["name"] = name,
        ["version"] = version,
        ["release_notes"] = notes,
        ["task"] = new JObject { ["status"] = status },
        ["url"] = $"https://apps.example.test/{id}",
    }.ToString();

    /// <summary>Returns a record as the service writes it. It contains the release notes only if a test sets them.</summary>
    private static string Build(int id, long? appId, string? notes = null, string branch = "main-id", string? status = null) => new JObject
    {
        ["id"] = id,
        ["type"] = "publish",
        ["status"] = status ?? (appId is null ? "running" : "complete"),
        ["app_id"] = appId,
        ["branch"] = new JObject { ["id"] = branch, ["name"] = branch },
        ["actor"] = new JObject { ["id"] = 1 },
        ["source"] = new JObject { ["type"] = "api" },
        ["settings"] = new JObject
        {
            ["name"] = Request.Name,
            ["version"] = Request.Version,
            ["release_notes"] = notes,
            ["scenes"] = new JArray(Request.Scenes.Select(scene => new JObject { ["id"] = scene, ["name"] = $"Scene {scene}" })),
            ["scripts_minify"] = false,
            ["format"] = "playcanvas",
        },
        ["created_at"] = new FakeClock().UtcNow.ToString("O", CultureInfo.InvariantCulture),
    }.ToString();

    private static Reply AppList(params string[] apps) =>
        Replies.Json($$"""{"result":[{{string.Join(",", apps)}}],"pagination":{"total":{{apps.Length}} } }""");

    /// <summary>Returns a list with the newest builds first, which always contains build 70.</summary>
    private static Reply BuildList(params string[] builds) => BuildPage(builds.Length + 1, [.. builds.Reverse(), Build(70, 4)]);

    private static Reply BuildPage(int total, params string[] builds) =>
        Replies.Json($$"""{"result":[{{string.Join(",", builds)}}],"pagination":{"total":{{total}} } }""");

    private App? FindPublished(AppRequest request) => MakePublisher().FindPublished(request, CancellationToken.None);

    private App? Accept(long appId)
    {
        var publisher = MakePublisher();
        return publisher.FindApp(appId, Request, CancellationToken.None) is { } app ? publisher.Accept(app, Request, CancellationToken.None) : null;
    }

    private AppPublisher MakePublisher() =>
        new(api.Client, intents, new JobWaiter(api.Clock, TimeSpan.FromSeconds(60), _ => { }), api.Clock, Mock.Of<IOnceObserver<AppIntent>>());

    private App PublishWith(AppRequest request, string? mark, bool again, CancellationToken cancellationToken)
    {
        var publisher = MakePublisher();
        return publisher.Publish(publisher.Prepare(request, mark, again, cancellationToken), cancellationToken);
    }

    private App Published() => Bounded.Run(() => PublishWith(Request, Mark, again: false, CancellationToken.None));

    /// <summary>Publishes, and asserts that the request was sent exactly once.</summary>
    private App PublishOnce()
    {
        try
        {
            return Published();
        }
        finally
        {
            Assert.That(api.Server.Of(Publish), Has.Count.EqualTo(1), "Number of publish requests");
        }
    }

    private int LooksBetweenPosts() => api.Server.Requests
        .SkipWhile(request => request.Route != Publish).Skip(1)
        .TakeWhile(request => request.Route != Publish)
        .Count(request => request.Route == Builds);

    private sealed class MemoryIntents : IIntentStore<AppIntent>
    {
        public AppIntent? Content { get; set; }

        public AppIntent? Read() => Content;

        public void Write(AppIntent intent) => Content = intent;

        public void Delete() => Content = null;
    }
}
