using NUnit.Framework;
using PlayCanvas.Build.Tasks.Lists;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

[TestFixture]
public sealed class ListAppsTests : TaskFixture
{
    private const string Apps = "GET /api/projects/1234567/apps";
    private const string PrimaryApp = "GET /api/projects/1234567/app";

    [Test]
    public void EachAppIsAnItem()
    {
        var task = new PlayCanvasListApps();

        RunWell(task);

        var world = Sandbox.World.Apps.ToDictionary(app => $"{app.Id}");
        Assert.That(task.Apps.Select(item => item.ItemSpec), Is.EquivalentTo(world.Keys));
        Assert.That(task.Apps.Select(item => item.GetMetadata("Url")), Is.EqualTo(task.Apps.Select(item => world[item.ItemSpec].Url)));
    }

    [Test]
    public void OneAppIsThePrimaryOne()
    {
        var task = new PlayCanvasListApps();

        RunWell(task);

        var primary = Sandbox.World.Projects.First(project => project.Id == World.ProjectId).PrimaryAppId;
        Assert.That(task.Apps.Single(item => item.GetMetadata("IsPrimary") == "true").ItemSpec, Is.EqualTo($"{primary}"));
        Assert.That(task.Apps.Count(item => item.GetMetadata("IsPrimary") == "false"), Is.EqualTo(task.Apps.Length - 1));
    }

    [TestCase("ProjectId", "7")]
    [TestCase("OwnerId", "9")]
    [TestCase("Name", "100% fun; a*b? %3B $(X) @(Y)")]
    [TestCase("Description", "two\nlines")]
    [TestCase("Version", "1.0")]
    [TestCase("ReleaseNotes", "n")]
    [TestCase("ThumbnailS", "https://x/s.png?a=1;2")]
    [TestCase("ThumbnailM", "M")]
    [TestCase("ThumbnailL", "L")]
    [TestCase("ThumbnailXl", "XL")]
    [TestCase("Size", "5000000000")]
    [TestCase("Views", "12")]
    [TestCase("CompletedAt", "2026-03-01T12:00:00Z")]
    [TestCase("CreatedAt", "2026-03-01T11:00:00Z")]
    [TestCase("ModifiedAt", "2026-03-01T12:00:00Z")]
    [TestCase("Url", "https://playcanv.as/p/x/")]
    [TestCase("Status", "complete")]
    [TestCase("IsPrimary", "false")]
    public void EachFieldIsMetadataAsItIs(string metadata, string value)
    {
        Answer("""
            {"id": 5, "project_id": 7, "owner_id": 9, "name": "100% fun; a*b? %3B $(X) @(Y)", "description": "two\nlines", "version": "1.0",
             "release_notes": "n", "thumbnails": {"s": "https://x/s.png?a=1;2", "m": "M", "l": "L", "xl": "XL"}, "size": 5000000000, "views": 12,
             "completed_at": "2026-03-01T12:00:00.000Z", "created_at": "2026-03-01T11:00:00", "modified_at": "2026-03-01T14:00:00+02:00",
             "url": "https://playcanv.as/p/x/"}
            """);
        var task = new PlayCanvasListApps();

        RunWell(task);

        Assert.That(task.Apps.Single().ItemSpec, Is.EqualTo("5"));
        Assert.That(task.Apps.Single().GetMetadata(metadata), Is.EqualTo(value));
    }

    [Test]
    public void WhatTheServerLeavesOutIsEmpty()
    {
        Answer("""{"id":5}""");
        var task = new PlayCanvasListApps();

        RunWell(task);

        Assert.That(task.Apps.Single().GetMetadata("Size"), Is.Empty);
        Assert.That(task.Apps.Single().GetMetadata("Name"), Is.Empty);
        Assert.That(task.Apps.Single().GetMetadata("CompletedAt"), Is.Empty);
    }

    [Test]
    public void PagingIsSent()
    {
        RunWell(new PlayCanvasListApps { Limit = "1", Skip = "1", Sort = "name", Order = "-1" });

        Assert.That(Sandbox.Requests.Of("GET", "*/apps").Single().Query, Is.EqualTo("?limit=1&skip=1&sort=name&order=-1"));
    }

    [Test]
    public void WithoutALimitAllPagesAreListed()
    {
        for (var app = 0; app < 120; app++)
            Sandbox.World.AddApp($"App {app}");
        var task = new PlayCanvasListApps();

        RunWell(task);

        Assert.That(task.Apps, Has.Length.EqualTo(Sandbox.World.Apps.Count));
    }

    [TestCase("""{"id":5,"version":"1.0","created_at":"2026-01-01"},{"id":6,"version":"1.1","created_at":"2026-02-01"}""", """{"id":5,"version":"1.0"}""", "2 apps (newest 1.1, primary 1.0)")]
    [TestCase("""{"id":5,"version":"1.0"}""", null, "1 app (newest 1.0)")]
    [TestCase("""{"id":5}""", """{"id":5}""", "1 app (newest 5, primary 5)")]
    [TestCase("", null, "0 apps")]
    public void TheResultIsOneLine(string apps, string? primary, string line)
    {
        Answer(apps, primary);

        RunWell(new PlayCanvasListApps());

        Assert.That(Engine.HighMessages[^1], Is.EqualTo($"Web Game -> {line}"));
    }

    [Test]
    public void TheTableHasALineForEachAppUnderItsTitles()
    {
        Answer(
            """
            {"id":5,"name":"Game","version":"1.0","size":1500,"views":1234567,"completed_at":"2026-03-01T12:00:00Z","url":"https://x/5"},
            {"id":123456,"name":"A name that is so long that nobody would ever want to read all of it","size":2500000,"task":{"status":"running"}}
            """,
            """{"id":5}""");

        RunWell(new PlayCanvasListApps());

        Assert.That(Engine.HighMessages.Take(3), Is.EqualTo(Table));
    }

    private static readonly string[] Table =
    [
        "    Id  Name                                                                  Version    Size      Views  Completed         Primary  URL",
        "     5  Game                                                                  1.0      1.5 kB  1,234,567  2026-03-01 12:00  yes      https://x/5",
        "123456  A name that is so long that nobody would ever want to read all of it           2.5 MB             running",
    ];

    private void Answer(string apps, string? primary = null)
    {
        Stub = new StubHandler();
        Stub.Always(Apps, Replies.Json($$"""{"result":[{{apps}}],"pagination":{"total":1} }"""));
        Stub.Always(PrimaryApp, primary is null ? Replies.Status(404) : Replies.Json(primary));
    }
}
