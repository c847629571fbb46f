using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests projects that publish a new version of their app when they are published.</summary>
public sealed class PublishTests : ConsumerFixture
{
    private App NewestApp => Sandbox.World.Apps[^1];

    [Test]
    public async Task PublishesOnceAfterTheSiteIsPublished()
    {
        var project = Web().PublishesOnPublish().Set("Version", "1.2.3");

        var result = await project.RunAsync("publish");

        result.AssertClean();
        Assert.That(Publishes, Has.Count.EqualTo(1));
        Assert.That(result.Lines[^1], Is.EqualTo($"Site -> {NewestApp.Url} (version 1.2.3, app {NewestApp.Id})"));
        var site = result.Lines.ToList().FindIndex(line => line.StartsWith("Site -> ", StringComparison.Ordinal) && line.EndsWith("/publish/", StringComparison.Ordinal));
        var app = result.Lines.ToList().FindIndex(line => line.Contains("publishing \"Site\" 1.2.3", StringComparison.Ordinal));
        Assert.That(site, Is.InRange(0, app - 1), result.Output);
    }

    [Test]
    public async Task A_lost_publish_is_remembered_when_the_projects_folders_are_emptied()
    {
        Sandbox.Faults.On("POST", "/api/apps", Fault.LoseAnswer);
        Sandbox.Faults.On("GET", "*/builds", Fault.Status(500), FaultScript.EveryCall);
        var project = Console().WithGame().Set("PlayCanvasMaxRetries", "0");
        var lost = await project.RunAsync("msbuild", "-restore", "-t:PlayCanvasPublishApp");
        Sandbox.Faults.Clear();
        Directory.Delete(project.PathOf("obj"), recursive: true);

        var next = await project.RunAsync("msbuild", "-restore", "-t:PlayCanvasPublishApp");

        Assert.That(lost.AssertFailedWith("PLAYCANVAS3004").Text, Does.Contain("build again"));
        next.AssertSucceeded();
        Assert.That(next.Output, Does.Contain($"as app {NewestApp.Id}"));
        Assert.That(Publishes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_step_of_a_CI_run_that_is_run_again_finds_what_its_first_run_published()
    {
        (string Name, string Value)[] github = [("GITHUB_ACTIONS", "true"), ("GITHUB_RUN_ID", "8123456789")];
        foreach (var (name, value) in github)
            SetVariable(name, value);
        var project = Console().PublishesOnPublish().Set("Version", "1.2.3").Set("PackageReleaseNotes", "what is new");
        await project.PublishAsync();
        SetVariable("XDG_DATA_HOME", UserData + " of a fresh agent");
        SetVariable("LOCALAPPDATA", UserData + " of a fresh agent");

        var again = await project.RunAsync("publish");

        again.AssertClean();
        Assert.That(NewestApp.ReleaseNotes, Does.Match(@"^what is new\n\nPlayCanvas-Publish-Id: github-8123456789 \([0-9a-f]{8}\)$"));
        Assert.That(Publishes, Has.Count.EqualTo(1));
        Assert.That(again.Output, Does.Contain($"app {NewestApp.Id} carries this publish's id").And.Contain("PlayCanvasPublishAgain"));

        await project.PublishAsync("-p:PlayCanvasPublishAgain=true", "-p:PlayCanvasPublishId=false");

        Assert.That(Publishes, Has.Count.EqualTo(2));
        Assert.That(NewestApp.ReleaseNotes, Is.EqualTo("what is new"));
    }

    [Test]
    public async Task PublishesWithoutBuilding()
    {
        var project = Console().PublishesOnPublish();
        await project.BuildAsync("-c", "Release");
        Assert.That(Publishes, Is.Empty, "A build must not publish.");

        await project.PublishAsync("--no-build");

        Assert.That(Publishes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task PublishesForARuntimeOnce()
    {
        var project = Console().PublishesOnPublish();

        await project.PublishAsync("-r", RuntimeInformation.RuntimeIdentifier, "--no-self-contained");

        Assert.That(Publishes, Has.Count.EqualTo(1));
    }

    /// <summary>
    /// The SDK's target builds one instance of the project for each architecture and one for all. The test does not create images: that would
    /// need a registry with base images, so no step after the publish of the files of an image is run here.
    /// </summary>
    [TestCase("-t:PublishContainer")]
    [TestCase("-p:PublishProfile=DefaultContainer")]
    public async Task Publishes_a_container_of_several_architectures_once(string how)
    {
        var project = Web().PublishesOnPublish().DownloadsOnBuild()
            .Set("ContainerRuntimeIdentifiers", "linux-x64;linux-arm64")
            .Set("RuntimeIdentifiers", "linux-x64;linux-arm64")
            .Set("UseAppHost", "false")
            .Set("LocalRegistry", "Podman")
            .Set("EnableRuntimePackDownload", "false")
            .Set("EnableAppHostPackDownload", "false")
            .Set("CustomAfterRazorSdkTargets", "$(MSBuildProjectDirectory)/WithoutImages.targets")
            .WithFile("WithoutImages.targets", """
                <Project>
                  <Target Name="_PublishSingleContainer">
                    <Message Importance="high" Text="image for $(ContainerRuntimeIdentifier) of $(PublishDir)" />
                  </Target>
                </Project>
                """);

        var result = await project.RunAsync("publish", how);

        result.AssertClean();
        Assert.That(result.Output, Does.Contain("image for linux-x64").And.Contain("image for linux-arm64"));
        Assert.That(Publishes, Has.Count.EqualTo(1));
        Assert.That(ExportsAskedFor, Is.EqualTo(1));
    }

    [Test]
    public async Task PublishesOneFrameworkOfSeveralOnce()
    {
        var project = Library().ForFrameworks("net10.0;netstandard2.0").Unset("ImplicitUsings").Set("LangVersion", "latest").PublishesOnPublish();

        await project.PublishAsync("-f", "net10.0");

        Assert.That(Publishes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Publishes_each_project_of_a_solution_that_opts_in_and_is_publishable()
    {
        ConsumerProject[] projects =
        [
            Web("Site").PublishesOnPublish().Save(),
            Console("Desk").PublishesOnPublish().Save(),
            Console("Tool").PublishesOnPublish().Set("IsPublishable", "false").Save(),
            Library("Parts").WithGame().Save(),
        ];
        await File.WriteAllTextAsync(Path.Combine(Folder, "All.slnx"), $"""
            <Solution>
            {string.Join('\n', projects.Select(project => $"  <Project Path=\"{project.Name}/{project.Name}.csproj\" />"))}
            </Solution>
            """);

        (await RunAsync(Folder, "publish", "All.slnx")).AssertClean();

        Assert.That(Publishes.Select(NameIn), Is.EquivalentTo(["Site", "Desk"]));
    }

    [Test]
    public async Task PublishesNothingWhereNobodyOptedIn()
    {
        var project = Console().WithGame().Set("PlayCanvasPublishOnPublish", "false");

        await project.PublishAsync();

        AssertNothingSent();
    }

    [Test]
    public async Task ASiteThatFailsToPublishPublishesNoApp()
    {
        var project = Web().PublishesOnPublish().Add("""<Target Name="Deploy" BeforeTargets="AfterPublish"><Error Code="DEPLOY1" Text="The site is not up." /></Target>""");

        (await project.RunAsync("publish")).AssertFailedWith("DEPLOY1");

        AssertNothingSent();
    }

    [Test]
    public async Task AnAppThatCannotBeBuiltFailsThePublish()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Error("The script compiler is unwell"));
        var project = Console().PublishesOnPublish();

        var error = (await project.RunAsync("publish")).AssertFailedWith("PLAYCANVAS3001");

        Assert.That(error.Text, Does.EndWith("The script compiler is unwell"));
        Assert.That(Publishes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task TakesTheDetailsOfTheAppFromTheProject()
    {
        var project = Console().WithGame().Set("PlayCanvasPublishId", "false");
        (await project.RunAsync("restore")).AssertClean();

        Assert.That(await PublishAsync(project, "-p:Version=1.2.3"), Is.EqualTo(("Desk", "1.2.3", "", "")));
        Assert.That(await PublishAsync(project, "-p:AssemblyName=Spinner"), Is.EqualTo(("Spinner", "1.0.0", "", "")));
        Assert.That(
            await PublishAsync(project, "-p:Description=Package Description"),
            Is.EqualTo(("Desk", "1.0.0", "", "")),
            "what templates fill in describes nothing");
        Assert.That(
            await PublishAsync(project, "-p:Product=Box", "-p:Description=A box", "-p:PackageReleaseNotes=It spins"),
            Is.EqualTo(("Box", "1.0.0", "A box", "It spins")));
        Assert.That(
            await PublishAsync(project, "-p:Product=Box", "-p:PlayCanvasAppName=Spinner", "-p:PlayCanvasAppVersion=9", "-p:PlayCanvasAppDescription=It spins", "-p:PlayCanvasReleaseNotes=Faster"),
            Is.EqualTo(("Spinner", "9", "It spins", "Faster")));
    }

    [Test]
    public async Task A_version_that_is_too_long_for_the_service_is_not_taken_for_another()
    {
        var project = Console().WithGame();

        var branch = await project.RunAsync("build", "-t:PlayCanvasPublishApp", "-p:Version=1.3.1-feature-branch.27");
        var other = await project.RunAsync("build", "-t:PlayCanvasPublishApp", "-p:Version=1.3.1-feature-other.3", "-p:PlayCanvasSkipPublishedVersion=true");
        await project.BuildAsync("-t:PlayCanvasPublishApp", "-p:Version=1.3.1+0123456789abcdef0", "-p:PlayCanvasSkipPublishedVersion=true");

        Assert.That(Sandbox.World.Apps.Skip(2).Select(app => app.Version), Is.EqualTo(["1.3.1-featu-6a7443e5", "1.3.1-featu-fcf23e52", "1.3.1"]));
        foreach (var result in new[] { branch, other })
        {
            result.AssertSucceeded();
            Assert.That(result.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS1026"]));
        }
    }

    [Test]
    public async Task Takes_the_details_of_the_app_that_a_target_of_the_project_sets()
    {
        var project = Console().PublishesOnPublish().Set("PlayCanvasPublishId", "false").Add("""
            <PropertyGroup>
              <PlayCanvasPublishAppDependsOn>$(PlayCanvasPublishAppDependsOn);ReadChanges</PlayCanvasPublishAppDependsOn>
            </PropertyGroup>
            <Target Name="ReadChanges">
              <PropertyGroup>
                <PlayCanvasAppVersion>7.8.9</PlayCanvasAppVersion>
                <PlayCanvasAppDescription>A box</PlayCanvasAppDescription>
                <PlayCanvasReleaseNotes>It spins</PlayCanvasReleaseNotes>
              </PropertyGroup>
            </Target>
            """);

        await project.PublishAsync();

        Assert.That((NewestApp.Version, NewestApp.Description, NewestApp.ReleaseNotes), Is.EqualTo(("7.8.9", "A box", "It spins")));
    }

    [Test]
    public async Task UsesAVersionThatATargetComputes()
    {
        var project = Console().PublishesOnPublish().Add("""
            <PropertyGroup>
              <GetPackageVersionDependsOn>$(GetPackageVersionDependsOn);ComputeVersion</GetPackageVersionDependsOn>
            </PropertyGroup>
            <Target Name="ComputeVersion">
              <PropertyGroup>
                <Version>7.8.9</Version>
              </PropertyGroup>
            </Target>
            """);

        await project.PublishAsync();
        await project.PublishAsync("--no-build");

        Assert.That(Sandbox.World.Apps.Skip(2).Select(app => app.Version), Is.EqualTo(["7.8.9", "7.8.9"]));
    }

    [Test]
    public async Task TakesAVersionThatIsPublishedAlready()
    {
        var project = Console().PublishesOnPublish().Set("PlayCanvasSkipPublishedVersion", "true");
        await project.PublishAsync();

        var second = await project.RunAsync("publish", "--no-build");
        var other = await project.RunAsync("publish", "--no-build", "-p:PlayCanvasAppVersion=2.0.0");

        second.AssertClean();
        other.AssertClean();
        Assert.That(second.Lines[^1], Is.EqualTo($"Desk -> {Sandbox.World.Apps[2].Url} (version 1.0.0, app {Sandbox.World.Apps[2].Id}, published before)"));
        Assert.That(Sandbox.World.Apps.Skip(2).Select(app => app.Version), Is.EqualTo(["1.0.0", "2.0.0"]));
    }

    [Test]
    public async Task MakesTheAppThePrimaryOneOnRequest()
    {
        var project = Console().WithGame();
        await project.BuildAsync("-t:PlayCanvasPublishApp");
        Assert.That(PrimaryApp, Is.Not.EqualTo(NewestApp.Id), "The app must not become the primary app without a request.");

        await project.BuildAsync("--no-restore", "-t:PlayCanvasPublishApp", "-p:PlayCanvasSetPrimaryApp=true", "-p:PlayCanvasAppVersion=2.0.0");

        Assert.That(NewestApp.Version, Is.EqualTo("2.0.0"));
        Assert.That(PrimaryApp, Is.EqualTo(NewestApp.Id));
    }

    [Test]
    public async Task ReturnsTheApp()
    {
        var project = Console().WithGame();
        (await project.RunAsync("restore")).AssertClean();

        var result = await project.RunAsync("msbuild", "-getTargetResult:PlayCanvasPublishApp");

        result.AssertSucceeded();
        var app = JsonNode.Parse(result.StandardOutput)!["TargetResults"]!["PlayCanvasPublishApp"]!["Items"]!.AsArray().Single()!;
        Assert.That(app["Identity"]!.GetValue<string>(), Is.EqualTo($"{NewestApp.Id}"));
        Assert.That(app["Url"]!.GetValue<string>(), Is.EqualTo(NewestApp.Url));
    }

    [TestCase("")]
    [TestCase("-f net10.0")]
    [TestCase("-r RID --no-self-contained")]
    [TestCase("-f net10.0 -r RID --no-self-contained")]
    public async Task A_publish_prints_its_app_as_an_item(string arguments)
    {
        var project = Console().PublishesOnPublish();
        var options = arguments.Replace("RID", RuntimeInformation.RuntimeIdentifier, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var result = await project.RunAsync(["publish", "-getItem:PlayCanvasApp", .. options]);

        result.AssertSucceeded();
        var app = JsonNode.Parse(result.StandardOutput)!["Items"]!["PlayCanvasApp"]!.AsArray().Single()!;
        Assert.That(app["Identity"]!.GetValue<string>(), Is.EqualTo($"{NewestApp.Id}"));
        Assert.That(app["Url"]!.GetValue<string>(), Is.EqualTo(NewestApp.Url));
        Assert.That(Publishes, Has.Count.EqualTo(1));
    }

    private int? PrimaryApp => Sandbox.World.Projects.First(project => project.Id == World.ProjectId).PrimaryAppId;

    private static string NameIn(RecordedRequest request) => JsonNode.Parse(request.Body)!["name"]!.GetValue<string>();

    private async Task<(string Name, string Version, string Description, string ReleaseNotes)> PublishAsync(ConsumerProject project, params string[] arguments)
    {
        await project.BuildAsync(["--no-restore", "-t:PlayCanvasPublishApp", .. arguments]);
        return (NewestApp.Name, NewestApp.Version ?? "", NewestApp.Description ?? "", NewestApp.ReleaseNotes ?? "");
    }
}
