using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api.Publishing;

/// <summary>Tests the deletion of one app under each answer of the service.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AppDeletionTests : IDisposable
{
    private const string GetPrimary = "GET /api/projects/7/app";
    private const string DeleteBuild = "DELETE /api/projects/7/builds/112";
    private const string DeleteApp = "DELETE /api/apps/12";
    private const string GetApp = "GET /api/apps/12";

    private readonly ApiHarness api = new() { MaxRetries = 1 };

    public void Dispose() => api.Dispose();

    [SetUp]
    public void AnotherAppIsPrimary() => api.Server.Always(GetPrimary, Replies.Json("""{"id":99}"""));

    [Test]
    public void The_build_is_deleted_with_its_app()
    {
        api.Server.On(DeleteBuild, Replies.Json("{}")).On(GetApp, Replies.Status(404));

        Assert.That(Delete(), Is.True);
        Assert.That(Sent, Is.EqualTo([GetPrimary, DeleteBuild, GetApp]));
    }

    [Test]
    public void An_app_without_a_known_build_is_deleted_itself()
    {
        api.Server.On(DeleteApp, Replies.Text("", "text/plain", 204));

        Assert.That(Delete(build: null), Is.True);
        Assert.That(Sent, Is.EqualTo([GetPrimary, DeleteApp]));
    }

    [Test]
    public void An_app_that_outlives_its_build_is_deleted_itself()
    {
        api.Server.On(DeleteBuild, Replies.Json("{}")).On(GetApp, Replies.Json("""{"id":12}""")).On(DeleteApp, Replies.Json("{}"));

        Assert.That(Delete(), Is.True);
    }

    [TestCase(401)]
    [TestCase(403)]
    [TestCase(404)]
    [TestCase(405)]
    public void If_the_builds_route_refuses_the_app_is_deleted_itself(int status)
    {
        api.Server.On(DeleteBuild, Replies.Status(status)).On(GetApp, Replies.Json("""{"id":12}""")).On(DeleteApp, Replies.Json("{}"));

        Assert.That(Delete(), Is.True);
    }

    [Test]
    public void The_primary_app_is_not_deleted()
    {
        api.Server.On(GetPrimary, Replies.Json("""{"id":12}"""));

        Assert.That(Delete(), Is.False);
        Assert.That(Sent, Is.EqualTo([GetPrimary]));
    }

    [Test]
    public void A_project_without_a_primary_app_is_no_obstacle()
    {
        api.Server.On(GetPrimary, Replies.Status(404)).On(DeleteApp, Replies.Json("{}"));

        Assert.That(Delete(build: null), Is.True);
    }

    [TestCase(403)]
    [TestCase(500)]
    public void Nothing_is_deleted_if_the_primary_app_is_not_known(int status)
    {
        api.Server.On(GetPrimary, Replies.Status(status), Replies.Status(status));

        Assert.That(() => Delete(), Throws.TypeOf<ApiResponseException>());
        Assert.That(Sent, Has.All.EqualTo(GetPrimary));
    }

    [Test]
    public void A_lost_answer_is_followed_by_a_second_attempt_that_finds_nothing()
    {
        api.Server.On(DeleteApp, Replies.ConnectionLost, Replies.Status(404)).On(GetApp, Replies.Status(404));

        Assert.That(Delete(build: null), Is.True);
        Assert.That(Sent, Is.EqualTo([GetPrimary, DeleteApp, DeleteApp, GetApp]));
    }

    [Test]
    public void After_lost_answers_the_app_is_looked_for()
    {
        api.Server.On(DeleteBuild, Replies.ConnectionLost, Replies.ConnectionLost).On(GetApp, Replies.Status(404));

        Assert.That(Delete(), Is.True);
    }

    [Test]
    public void A_response_404_for_an_app_that_is_there_is_a_failure()
    {
        api.Server.On(DeleteApp, Replies.Status(404, "no such route")).On(GetApp, Replies.Json("""{"id":12}"""));

        Assert.That(() => Delete(build: null), Throws.TypeOf<ApiResponseException>().With.Message.Contains("no such route"));
    }

    [Test]
    public void A_service_that_does_not_work_is_not_asked_twice()
    {
        api.Server.On(DeleteBuild, Replies.Status(503), Replies.Status(503)).Always(GetApp, Replies.Status(503));

        Assert.That(() => Delete(), Throws.TypeOf<ApiResponseException>());
        Assert.That(Sent, Has.None.EqualTo(DeleteApp));
    }

    [Test]
    public void The_rate_limit_is_waited_for()
    {
        api.Server.On(DeleteApp, Replies.Status(429), Replies.Json("{}"));

        Assert.That(Delete(build: null), Is.True);
    }

    private IEnumerable<string> Sent => api.Server.Requests.Select(request => request.Route);

    private bool Delete(string? build = "112") =>
        Bounded.Run(() => new AppDeletion(api.Client, 7, CancellationToken.None).Delete(new App { Id = 12 }, build is null ? null : new BuildRecord { Id = build }));
}
