using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests several games in one project.</summary>
public sealed class SeveralGamesTests : ConsumerFixture
{
    private const string Games = """
        <ItemGroup>
          <PlayCanvasGame Include="first" Scenes="Main" AppName="First" />
          <PlayCanvasGame Include="more/second" Scenes="Level 2" AppName="Second" />
        </ItemGroup>
        """;

    [Test]
    public async Task AreAllInstalled()
    {
        var project = Console().DownloadsOnBuild().Add(Games);

        await project.BuildAsync();

        Assert.That(ExportsAskedFor, Is.EqualTo(2));
        Assert.That(await ConfigOf(project, "first"), Does.Contain("\"Main\"").And.Not.Contain("Level 2"));
        Assert.That(await ConfigOf(project, "more/second"), Does.Contain("Level 2").And.Not.Contain("\"Main\""));
        Sandbox.Requests.Clear();
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty);
        AssertNothingSent();
    }

    [Test]
    public async Task OnlyTheOneThatChangedIsFetched()
    {
        var project = Console().DownloadsOnBuild().Add(Games);
        await project.BuildAsync();
        Sandbox.Requests.Clear();
        project.Add("""<ItemGroup><PlayCanvasGame Update="more/second" ScriptsMinify="true" /></ItemGroup>""");

        await project.BuildAsync("--no-restore");

        Assert.That(Sandbox.Requests.Of("POST", "/api/apps/download").Single().Body, Does.Contain("\"Second\""));
        Assert.That(project.Has("bin/Debug/net10.0/more/second/config.json"));
    }

    [Test]
    public async Task AreAllPublished()
    {
        var project = Console().PublishesOnPublish().Add(Games);

        await project.PublishAsync();

        Assert.That(Sandbox.World.Apps.Skip(2).Select(app => app.Name), Is.EqualTo(["First", "Second"]));
    }

    [Test]
    public async Task ArePublishedWhereTheySaySo()
    {
        var project = Console().PublishesOnPublish().Add(Games).Add("""<ItemGroup><PlayCanvasGame Update="first" Publish="false" /></ItemGroup>""");

        await project.PublishAsync();

        Assert.That(Sandbox.World.Apps.Skip(2).Select(app => app.Name), Is.EqualTo(["Second"]));
    }

    [Test]
    public async Task MustNotPublishTheSameApp()
    {
        var project = Console().PublishesOnPublish().Add(Games.Replace("Second", "First", StringComparison.Ordinal));

        (await project.RunAsync("publish")).AssertFailedWith("PLAYCANVAS1023");

        AssertNothingSent();
    }

    private static Task<string> ConfigOf(ConsumerProject project, string game) =>
        File.ReadAllTextAsync(project.PathOf($"bin/Debug/net10.0/{game}/config.json"));
}
