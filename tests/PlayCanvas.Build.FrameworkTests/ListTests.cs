using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.FrameworkTests;

public sealed class ListTests : FrameworkFixture
{
    [Test]
    public async Task EachAppIsAnItem()
    {
        Sandbox.World.AddApp("Größe; 100 % | ü", "3");

        var report = await RunWellAsync(ListApps);

        var items = report.Outputs["Apps"];
        Assert.That(items.Select(item => item.ItemSpec), Is.EquivalentTo(Sandbox.World.Apps.Select(app => $"{app.Id}")));
        Assert.That(items.Select(item => item.Metadata["Name"]), Is.EquivalentTo(Sandbox.World.Apps.Select(app => app.Name)));
        var primary = Sandbox.World.Projects.First(project => project.Id == World.ProjectId).PrimaryAppId;
        Assert.That(items.Single(item => item.Metadata["IsPrimary"] == "true").ItemSpec, Is.EqualTo($"{primary}"));
        Assert.That(report.Messages, Has.Some.StartsWith("Web Game -> 3 apps"));
    }

    [Test]
    public async Task AWrongTokenIsToldAsSuch()
    {
        EnvironmentVariables["PLAYCANVAS_ACCESS_TOKEN"] = "wrong-token";

        Assert.That(await RunBadlyAsync("PLAYCANVAS2001", ListApps), Does.Not.Contain("wrong-token"));
    }

    [Test]
    public async Task ABusyServerIsAskedAgain()
    {
        Sandbox.Faults.On("GET", "*/apps", Fault.Status(503));
        Sandbox.Faults.On("GET", "*/apps", Fault.ResetBefore, call: 2);

        await RunWellAsync(ListApps);

        Assert.That(Sandbox.Requests.Of("GET", "*/apps"), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task AServerThatIsNotThereIsToldAsSuch() =>
        Assert.That(
            await RunBadlyAsync("PLAYCANVAS2007", ListApps, ("ApiUrl", "http://127.0.0.1:9/api"), ("MaxRetries", "0")),
            Does.Contain("127.0.0.1:9"));

    [TestCase(false)]
    [TestCase(true)]
    public async Task ASilentServerIsGivenUp(bool afterItBegan)
    {
        Sandbox.Faults.On("GET", "*/apps", afterItBegan ? Fault.StallAfter(10) : Fault.Stall);

        await RunBadlyAsync("PLAYCANVAS2008", ListApps, ("RequestTimeout", "1"), ("MaxRetries", "0"));
    }
}
