using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.FrameworkTests;

public sealed class PublishTests : FrameworkFixture
{
    private const string Apps = "/api/apps";

    private IEnumerable<App> Published => Sandbox.World.Apps.Where(app => app.Version == "2.0.0");

    [Test]
    public async Task TheAppIsPublishedOnce()
    {
        var report = await RunWellAsync(PublishApp, ("ReleaseNotes", "Größer; und 100 % „schöner“\nals | zuvor"), ("PublishId", "test"), ("SetPrimaryApp", "true"));

        var app = Published.Single();
        Assert.That(app.Name, Is.EqualTo("My game"));
        Assert.That(app.ReleaseNotes, Does.StartWith("Größer; und 100 % „schöner“\nals | zuvor\n\nPlayCanvas-Publish-Id: test ("));
        var item = report.Outputs["Apps"].Single();
        Assert.That((item.ItemSpec, item.Metadata["Url"], item.Metadata["IsPrimary"]), Is.EqualTo(($"{app.Id}", app.Url, "true")));
        Assert.That(Sandbox.World.Projects.First(project => project.Id == World.ProjectId).PrimaryAppId, Is.EqualTo(app.Id));
        Assert.That(report.Messages, Has.Some.EqualTo($"Web Game -> {app.Url} (version 2.0.0, app {app.Id})"));
    }

    [TestCase(PublishAnswer.Job)]
    [TestCase(PublishAnswer.Build)]
    public async Task EveryAnswerLeadsToTheApp(PublishAnswer answer)
    {
        Sandbox.Options.PublishAnswer = answer;

        var report = await RunWellAsync(PublishApp);

        Assert.That(report.Outputs["Apps"].Single().ItemSpec, Is.EqualTo($"{Published.Single().Id}"));
    }

    /// <summary>Whether the package recognizes the app or leaves the decision to a person, it does not publish a second app.</summary>
    [Test]
    public async Task ALostAnswerDoesNotLeadToASecondApp()
    {
        Sandbox.Faults.On("POST", Apps, Fault.LoseAnswer);

        var report = await RunAsync(PublishApp);

        Assert.That(report.Exception, Is.Null);
        Assert.That(report.Errors.Select(error => error.Code), report.Succeeded ? Is.Empty : Is.EqualTo(["PLAYCANVAS3004"]));
        Assert.That(Published.ToList(), Has.Count.EqualTo(1));
        Assert.That(Sandbox.Requests.Of("POST", Apps), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AFailureIsToldInTheServersWords()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Error("Script „größe.js“ is broken"));

        Assert.That(await RunBadlyAsync("PLAYCANVAS3001", PublishApp), Does.EndWith("Script „größe.js“ is broken"));
    }
}
