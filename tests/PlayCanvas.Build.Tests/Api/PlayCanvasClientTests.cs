using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PlayCanvasClientTests : IDisposable
{
    private readonly MemoryRateLimits rateLimits = new();
    private readonly ApiHarness api;

    public PlayCanvasClientTests() => api = new ApiHarness { RateLimits = rateLimits };

    public void Dispose() => api.Dispose();

    private static IEnumerable<TestCaseData> Routes()
    {
        static TestCaseData Route(string name, Action<PlayCanvasClient> call, string answer, string sent, string rateLimitClass = "normal", string body = "") =>
            new TestCaseData(call, answer, sent, rateLimitClass, body).SetArgDisplayNames(name);

        var none = CancellationToken.None;
        yield return Route("GetApp", client => client.GetApp(5, none), "{}", "GET /api/apps/5");
        yield return Route("GetPrimaryApp", client => client.GetPrimaryApp(7, none), "{}", "GET /api/projects/7/app");
        yield return Route("GetJob", client => client.GetJob("5", none), "{}", "GET /api/jobs/5");
        yield return Route("GetJob of an odd id", client => client.GetJob("a/b?c", none), "{}", "GET /api/jobs/a%2Fb%3Fc");
        yield return Route("ListScenes", client => client.ListScenes(7, null, none), "{}", "GET /api/projects/7/scenes");
        yield return Route("ListScenes of a branch", client => client.ListScenes(7, "b 1", none), "{}", "GET /api/projects/7/scenes?branchId=b%201");
        yield return Route("ListBranches", client => client.ListBranches(7, none), "{}", "GET /api/projects/7/branches");
        yield return Route("ListCheckpoints", client => _ = client.ListCheckpoints("b/1", none).ToList(), "{}", "GET /api/branches/b%2F1/checkpoints?limit=50");
        yield return Route("ListAssets", client => client.ListAssets(7, null, new Paging(), none), "{}", "GET /api/projects/7/assets?limit=1000");
        yield return Route(
            "ListAssets of a branch, with paging",
            client => client.ListAssets(7, "b 1", new Paging { Limit = 3, Skip = 2, Sort = "name", Order = 1 }, none),
            "{}",
            "GET /api/projects/7/assets?branchId=b%201&limit=3&skip=2&sort=name&order=1");
        yield return Route("ListBuilds", client => client.ListBuilds(7, new BuildFilter(), new Paging(), none), "{}", "GET /api/projects/7/builds?limit=500");
        yield return Route(
            "ListBuilds with filters",
            client => client.ListBuilds(7, new BuildFilter { Type = "publish", Status = "error", Format = "npm", Branch = "b 1", Actor = 9 }, new Paging { Limit = 3 }, none),
            "{}",
            "GET /api/projects/7/builds?type=publish&status=error&format=npm&branch=b%201&actor=9&limit=3");
        yield return Route("ListNewestBuilds", client => client.ListNewestBuilds(7, "publish", none), "{}", "GET /api/projects/7/builds?type=publish&limit=100");
        yield return Route("GetBranches", client => client.GetBranches(7, "b", none), "{}", "GET /api/projects/7/branches?skip=b");
        yield return Route("GetCheckpoints", client => client.GetCheckpoints("b/1", "c", none), "{}", "GET /api/branches/b%2F1/checkpoints?limit=50&skip=c");
        yield return Route("GetNewestApps", client => client.GetNewestApps(7, none), "{}", "GET /api/projects/7/apps?sort=created_at&order=-1&limit=100");
        yield return Route("GetBuilds", client => client.GetBuilds(7, "publish", none), "{}", "GET /api/projects/7/builds?type=publish&limit=500");
        yield return Route("ListApps", client => client.ListApps(7, new Paging(), none), "{}", "GET /api/projects/7/apps?limit=100");
        yield return Route(
            "ListApps with paging",
            client => client.ListApps(7, new Paging { Limit = 3, Skip = 2, Sort = "created_at", Order = -1 }, none),
            "{}",
            "GET /api/projects/7/apps?limit=3&skip=2&sort=created_at&order=-1");
        yield return Route("SetPrimaryApp", client => client.SetPrimaryApp(7, 5, none), "{}", "PUT /api/projects/7", body: """{"primary_app":5}""");
        yield return Route(
            "RequestDownload",
            client => client.RequestDownload(new AppRequest { ProjectId = 7, Name = "Game", Scenes = [1] }, none),
            """{"id":1}""",
            "POST /api/apps/download",
            "strict",
            """{"project_id":7,"name":"Game","scenes":[1]}""");
        yield return Route(
            "RequestArchive", client => client.RequestArchive(7, "b", none), """{"id":1}""", "POST /api/projects/7/export", "strict", """{"branch_id":"b"}""");
        yield return Route("RequestArchive of the main branch", client => client.RequestArchive(7, null, none), """{"id":1}""", "POST /api/projects/7/export", "strict", "{}");
        yield return Route("ListEveryBranch", client => client.ListEveryBranch(7, none), "{}", "GET /api/projects/7/branches");
        yield return Route(
            "PublishApp",
            client => client.PublishApp(new AppRequest { ProjectId = 7, Name = "Game", Scenes = [1] }, none),
            """{"id":1}""",
            "POST /api/apps",
            "strict",
            """{"project_id":7,"name":"Game","scenes":[1]}""");
    }

    [TestCaseSource(nameof(Routes))]
    public void A_route_is_asked_by_its_method_path_query_body_and_class(Delegate call, string answer, string sent, string rateLimitClass, string body)
    {
        api.Server.Next(Replies.Json(answer));

        ((Action<PlayCanvasClient>)call)(api.Client);

        var request = api.Server.Requests.Single();
        Assert.That($"{request.Method} {request.Uri.PathAndQuery}", Is.EqualTo(sent));
        Assert.That(request.Body, Is.EqualTo(body));
        Assert.That(rateLimits.Windows.Keys.Single(), Is.EqualTo(rateLimitClass));
    }

    [Test]
    public void AllPagesAreListed()
    {
        api.Server.Next(AppPage(1, 100, total: 250), AppPage(101, 100, total: 250), AppPage(201, 50, total: 250));

        var apps = api.Client.ListApps(7, new Paging(), CancellationToken.None);

        Assert.That(apps.Select(app => app.Id), Is.EqualTo(Enumerable.Range(1, 250)));
        Assert.That(Queries(), Is.EqualTo("?limit=100 ?limit=100&skip=100 ?limit=100&skip=200"));
    }

    [Test]
    public void AServerThatGivesSmallPagesIsAskedOn()
    {
        api.Server.Next(AppPage(1, 16, total: 20), AppPage(17, 4, total: 20));

        Assert.That(api.Client.ListApps(7, new Paging(), CancellationToken.None), Has.Count.EqualTo(20));
        Assert.That(Queries(), Is.EqualTo("?limit=100 ?limit=100&skip=16"));
    }

    [Test]
    public void Without_a_total_it_goes_on_until_there_is_nothing_new()
    {
        api.Server.Next(AppPage(1, 16), AppPage(17, 4), AppPage(0, 0));

        Assert.That(api.Client.ListApps(7, new Paging(), CancellationToken.None), Has.Count.EqualTo(20));
    }

    [Test]
    public void AServerThatIgnoresSkipIsNotAskedForEver()
    {
        api.Server.Always("GET /api/projects/7/apps", AppPage(1, 16, total: 100));

        Assert.That(api.Client.ListApps(7, new Paging(), CancellationToken.None), Has.Count.EqualTo(16));
        Assert.That(api.Server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void AnAppThatMovesToTheNextPageIsListedOnce()
    {
        // Another user publishes between the requests for the two pages.
        api.Server.Next(AppPage(1, 100, total: 150), AppPage(100, 51, total: 151));

        Assert.That(api.Client.ListApps(7, new Paging(), CancellationToken.None).Select(app => app.Id), Is.EqualTo(Enumerable.Range(1, 150)));
    }

    [Test]
    public void ALimitIsReachedOverSeveralPages()
    {
        api.Server.Next(AppPage(1, 100, total: 500), AppPage(101, 30, total: 500));

        Assert.That(api.Client.ListApps(7, new Paging { Limit = 130 }, CancellationToken.None), Has.Count.EqualTo(130));
        Assert.That(Queries(), Is.EqualTo("?limit=100 ?limit=30&skip=100"));
    }

    [Test]
    public void A_server_that_ignores_the_limit_does_not_give_more()
    {
        api.Server.Next(AppPage(1, 16, total: 16));

        Assert.That(api.Client.ListApps(7, new Paging { Limit = 3 }, CancellationToken.None).Select(app => app.Id), Is.EqualTo(Enumerable.Range(1, 3)));
    }

    [Test]
    public void SkippingStartsWhereItIsTold()
    {
        api.Server.Next(AppPage(11, 100, total: 120), AppPage(111, 10, total: 120));

        api.Client.ListApps(7, new Paging { Skip = 10 }, CancellationToken.None);

        Assert.That(Queries(), Is.EqualTo("?limit=100&skip=10 ?limit=100&skip=110"));
    }

    [Test]
    public void BranchesAreListedByTheIdOfTheLastOne()
    {
        api.Server.Next(
            Replies.Json("""{"result":[{"id":"a"},{"id":"b"}],"pagination":{"hasMore":true}}"""),
            Replies.Json("""{"result":[{"id":"c","name":"x","closed":true,"permanent":false}],"pagination":{"hasMore":false}}"""));

        var branches = api.Client.ListBranches(7, CancellationToken.None);

        Assert.That(string.Join(",", branches.Select(branch => branch.Id)), Is.EqualTo("a,b,c"));
        Assert.That(branches[2], Is.EqualTo(new Branch { Id = "c", Name = "x", Closed = true, Permanent = false }));
        Assert.That(Queries(), Is.EqualTo(" ?skip=b"));
    }

    [TestCase("""{"result":[{"id":"a"}],"pagination":{"hasMore":true}}""", 2, Description = "A server that ignores skip")]
    [TestCase("""{"result":[],"pagination":{"hasMore":true}}""", 1)]
    [TestCase("""{"result":[{"name":"x"}],"pagination":{"hasMore":true}}""", 1)]
    [TestCase("""{"result":[{"id":"a"}]}""", 1)]
    [TestCase("""{"result":null}""", 1)]
    [TestCase("""{"result":[null]}""", 1)]
    public void A_cursor_that_leads_nowhere_is_not_followed_for_ever(string page, int requests)
    {
        api.Server.Always("GET /api/projects/7/branches", Replies.Json(page));

        api.Client.ListBranches(7, CancellationToken.None);

        Assert.That(api.Server.Requests, Has.Count.EqualTo(requests));
    }

    [TestCase("""{"result":[{"id":"a"}],"pagination":{"hasMore":true}}""", Description = "A server that ignores skip")]
    [TestCase("""{"result":[],"pagination":{"hasMore":true}}""")]
    [TestCase("""{"result":[{"id":"a"},{"name":"x"}],"pagination":{"hasMore":true}}""")]
    public void A_list_that_must_be_complete_has_an_end(string page)
    {
        api.Server.Always("GET /api/projects/7/branches", Replies.Json(page));

        Assert.That(() => api.Client.ListEveryBranch(7, CancellationToken.None), Throws.TypeOf<ApiFormatException>());
    }

    [Test]
    public void ABranchIsListedOnce()
    {
        api.Server.Next(
            Replies.Json("""{"result":[{"id":"a"},{"id":"b"}],"pagination":{"hasMore":true}}"""),
            Replies.Json("""{"result":[{"id":"b"},{"name":"without an id"},{"id":"c"}],"pagination":{"hasMore":false}}"""));

        Assert.That(api.Client.ListBranches(7, CancellationToken.None).Select(branch => branch.Id), Is.EqualTo(["a", "b", "c"]));
    }

    [Test]
    public void ARecordThatIsNoSceneIsLeftOut()
    {
        api.Server.Next(Replies.Json("""{"result":[null,{},{"id":null,"name":"Main"},{"id":1,"name":"Main"}]}"""));

        Assert.That(api.Client.ListScenes(7, null, CancellationToken.None), Is.EqualTo([new Scene { Id = 1, Name = "Main" }]));
    }

    [Test]
    public void AProjectWithoutAPrimaryAppHasNone()
    {
        api.Server.Next(Replies.Status(404));

        Assert.That(api.Client.GetPrimaryApp(7, CancellationToken.None), Is.Null);
    }

    [Test]
    public void AnotherRefusalOfThePrimaryAppIsAnError()
    {
        api.Server.Next(Replies.Status(403));

        Assert.That(() => api.Client.GetPrimaryApp(7, CancellationToken.None), Throws.TypeOf<ApiResponseException>());
    }

    [Test]
    public void AnAppIsReadWithAllItsFields()
    {
        api.Server.Next(Replies.Json("""
            {
              "id": 5, "project_id": 7, "owner_id": 9, "name": "Game", "description": "d", "version": "1.0", "release_notes": "n",
              "thumbnails": {"s": "S", "m": "M", "l": "L", "xl": "XL"}, "size": 5000000000, "views": 12,
              "completed_at": "2026-03-01T12:00:00.000Z", "created_at": "2026-03-01T11:00:00", "modified_at": "2026-03-01T14:00:00+02:00",
              "url": "https://playcanv.as/p/x/", "task": {"status": "complete", "message": "m"}, "build_job_id": 77, "unknown": {"x": []}
            }
            """));

        var app = api.Client.GetApp(5, CancellationToken.None);

        Assert.That(app, Is.EqualTo(new App
        {
            Id = 5,
            ProjectId = 7,
            OwnerId = 9,
            Name = "Game",
            Description = "d",
            Version = "1.0",
            ReleaseNotes = "n",
            Thumbnails = new Thumbnails { Small = "S", Medium = "M", Large = "L", ExtraLarge = "XL" },
            Size = 5_000_000_000,
            Views = 12,
            CompletedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            CreatedAt = new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero),
            ModifiedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            Url = "https://playcanv.as/p/x/",
            Task = new AppTask { Status = "complete", Message = "m" },
            BuildJobId = "77",
        }));
    }

    [Test]
    public void OldRecordsHaveNumbersAsTextsAndNulls()
    {
        api.Server.Next(Replies.Json("""{"id":"5","size":"10","views":null,"name":null,"thumbnails":null,"task":null,"completed_at":null,"created_at":"long ago"}"""));

        var app = api.Client.GetApp(5, CancellationToken.None);

        Assert.That(app, Is.EqualTo(new App { Id = 5, Size = 10 }));
    }

    [TestCase("""{"task":{"status":"error"},"completed_at":"2026-03-01"}""", "error")]
    [TestCase("""{"task":{"status":"running"}}""", "running")]
    [TestCase("""{"completed_at":"2026-03-01"}""", "complete")]
    [TestCase("{}", "running")]
    [TestCase("""{"task":{}}""", "running")]
    public void AnAppIsCompleteByItsTaskOrElseByItsDate(string json, string status)
    {
        api.Server.Next(Replies.Json(json));

        Assert.That(api.Client.GetApp(5, CancellationToken.None).Status, Is.EqualTo(status));
    }

    [TestCase("""{"id":5,"status":"complete","messages":["a",null],"data":{"download_url":"https://x"}}""", "https://x")]
    [TestCase("""{"id":"5","messages":null,"data":null}""", null)]
    [TestCase("""{"id":"5","data":"text"}""", null)]
    [TestCase("""{"id":"5","data":{"download_url":null}}""", null)]
    public void AJobTellsWhereItsDownloadIs(string json, string? url)
    {
        api.Server.Next(Replies.Json(json));

        var job = api.Client.GetJob("5", CancellationToken.None);

        Assert.That(job.Id, Is.EqualTo("5"));
        Assert.That(job.DownloadUrl, Is.EqualTo(url));
    }

    [TestCase("""{"id":5,"name":"Game","task":{"status":"running"},"build_job_id":8,"created_at":"2026-03-01"}""", 5L, null, "8")]
    [TestCase("""{"id":"5"}""", 5L, null, null)]
    [TestCase("""{"id":0,"build_job_id":"8"}""", null, null, "8")]
    [TestCase("""{"id":5,"status":"running","messages":[],"data":{"app_id":6}}""", null, "5", null)]
    [TestCase("""{"id":5,"type":"publish","status":"running","app_id":null}""", null, null, "5")]
    [TestCase("""{"id":5,"type":"publish","status":"running","app_id":6,"job_id":7}""", 6L, "7", "5")]
    public void ThePublishAnswerNamesWhatItLooksLike(string json, long? appId, string? jobId, string? buildId)
    {
        api.Server.Next(Replies.Json(json));

        var answer = api.Client.PublishApp(new AppRequest(), CancellationToken.None);

        Assert.That((answer.AppId, answer.JobId, answer.BuildId), Is.EqualTo((appId, jobId, buildId)));
    }

    [TestCase("{}")]
    [TestCase("""{"id":null}""")]
    [TestCase("""{"messages":[]}""")]
    [TestCase("""{"type":"publish"}""")]
    public void A_publish_answer_that_names_nothing_is_not_of_the_expected_shape(string json)
    {
        api.Server.Next(Replies.Json(json));

        Assert.That(() => api.Client.PublishApp(new AppRequest(), CancellationToken.None), Throws.TypeOf<ApiFormatException>());
    }

    [Test]
    public void ABuildIsReadWithWhatItIsRecognizedBy()
    {
        api.Server.Next(Replies.Json("""
            {"result":[{"id":8,"app_id":"5","job_id":9,"type":"publish","status":"complete","branch":{"id":"b","name":"main"},
            "source":{"type":"api"},"settings":{"name":"Game"},"message":null,"created_at":"2026-03-01T12:00:00","completed_at":"2026-03-01T12:00:01"}]}
            """));

        var build = api.Client.ListNewestBuilds(7, "publish", CancellationToken.None)!.Single();

        Assert.That(build with { Settings = null }, Is.EqualTo(new BuildRecord
        {
            Id = "8",
            AppId = 5,
            JobId = "9",
            Type = "publish",
            Status = "complete",
            Branch = new BuildBranch { Id = "b", Name = "main" },
            Source = new BuildSource { Type = "api" },
            CreatedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            CompletedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero),
        }));
        Assert.That(build.Settings, Is.EqualTo(new JObject { ["name"] = "Game" }).Using(JToken.EqualityComparer));
    }

    private static Reply AppPage(int firstId, int count, int? total = null)
    {
        var page = new JObject { ["result"] = new JArray(Enumerable.Range(firstId, count).Select(id => new JObject { ["id"] = id })) };
        if (total is not null)
            page["pagination"] = new JObject { ["total"] = total };
        return Replies.Json(page.ToString());
    }

    private string Queries() => string.Join(" ", api.Server.Requests.Select(request => request.Query));
}
