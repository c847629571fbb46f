// Misspelt on purpose. cspell:ignore Timout Versoin

using Newtonsoft.Json.Linq;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests the way of an option from the project file to the request, and what happens to a name that is not one.</summary>
public sealed class OptionTests : ConsumerFixture
{
    /// <summary>The options that both requests have in common: the property, its value, and the field of the request.</summary>
    private static readonly (string Property, string Value, string Field)[] CommonOptions =
    [
        ("AppName", "My game", "name"),
        ("EngineVersion", "2.18.1", "engine_version"),
        ("ScriptsConcatenate", "true", "scripts_concatenate"),
        ("ScriptsMinify", "true", "scripts_minify"),
        ("ScriptsSourcemaps", "true", "scripts_sourcemaps"),
        ("OptimizeSceneFormat", "false", "optimize_scene_format"),
    ];

    private static readonly (string Property, string Value, string Field)[] DownloadOptions =
        [.. CommonOptions, ("PreloadBundle", "true", "preload_bundle"), ("Format", "static", "format")];

    private static readonly (string Property, string Value, string Field)[] PublishOptions =
        [.. CommonOptions, ("AppVersion", "7.1", "version"), ("AppDescription", "About it", "description"), ("ReleaseNotes", "New", "release_notes")];

    [Test]
    public async Task EachPropertyReachesTheRequest()
    {
        var project = Console().DownloadsOnBuild().Set("PlayCanvasBranch", "development").Set("PlayCanvasScenes", "Playground").Set("PlayCanvasPublishId", "false");
        foreach (var (property, value, _) in DownloadOptions.Union(PublishOptions))
            project.Set("PlayCanvas" + property, value);

        await project.BuildAsync("-t:Restore;PlayCanvasDownloadApp;PlayCanvasPublishApp");

        AssertSent("/api/apps/download", DownloadOptions);
        AssertSent("/api/apps", PublishOptions);
    }

    [Test]
    public async Task EachMetadataReachesTheRequest()
    {
        var metadata = DownloadOptions.Union(PublishOptions).Select(option => $"{option.Property}=\"{option.Value}\"");
        var project = Console().DownloadsOnBuild()
            .Add($"""<ItemGroup><PlayCanvasGame Include="game" Branch="development" Scenes="Playground" PublishId="false" {string.Join(' ', metadata)} /></ItemGroup>""");

        await project.BuildAsync("-t:Restore;PlayCanvasDownloadApp;PlayCanvasPublishApp");

        AssertSent("/api/apps/download", DownloadOptions);
        AssertSent("/api/apps", PublishOptions);
    }

    [Test]
    public async Task A_target_of_the_project_calls_each_task_with_the_games_alone()
    {
        var project = Console().DownloadsOnBuild().Set("Version", "3.2.1").Add("""
            <Target Name="Mine">
              <PlayCanvasDownloadApp Game="@(PlayCanvasGame)">
                <Output TaskParameter="Files" ItemName="MyFile" />
              </PlayCanvasDownloadApp>
              <PlayCanvasPublishApp Game="@(PlayCanvasGame)" />
              <PlayCanvasListApps Game="@(PlayCanvasGame)" Connection="@(PlayCanvasConnection)">
                <Output TaskParameter="Apps" ItemName="MyApp" />
              </PlayCanvasListApps>
              <Message Importance="high" Text="page: @(MyFile->WithMetadataValue('RelativePath', 'index.html')->Count()), apps: @(MyApp->Count())" />
            </Target>
            """);

        var result = await project.RunAsync("build", "-t:Restore;Mine");

        result.AssertClean();
        Assert.That(result.Output, Does.Contain("page: 1, apps: 3"));
        Assert.That(Sandbox.World.Apps[^1].Version, Is.EqualTo("3.2.1"));
        Sandbox.Requests.Clear();
        await project.BuildAsync();
        AssertNothingSent();
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty, "The game of the task's call must be up to date for the targets.");
    }

    [Test]
    public async Task AnotherSpellingOfAValueIsTheSameGame()
    {
        var project = Console().DownloadsOnBuild().Set("PlayCanvasScriptsMinify", "true");
        await project.BuildAsync();
        Sandbox.Requests.Clear();

        await project.Set("PlayCanvasScriptsMinify", " True ").Set("PlayCanvasScenes", "\n Main ;\n Level 2;\n").BuildAsync("--no-restore");

        AssertNothingSent();
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty);
    }

    [Test]
    public async Task AnUnknownNameIsAWarningWhereItStands()
    {
        var project = Console().DownloadsOnBuild().Set("PlayCanvasScene", "Main")
            .WithFile("Directory.Build.props", "<Project>\n  <PropertyGroup>\n    <PlayCanvasEngine>2</PlayCanvasEngine>\n  </PropertyGroup>\n</Project>\n");

        var result = await project.RunAsync("build", "-p:PlayCanvasJobTimout=5");

        result.AssertSucceeded();
        Assert.That(result.Warnings.Select(warning => warning.Code), Is.EqualTo(Enumerable.Repeat("PLAYCANVAS1027", 3)));
        Assert.That(result.Warnings.Select(warning => warning.Text.Split('?')[0]), Is.EquivalentTo(
        [
            "PlayCanvasScene: did you mean PlayCanvasScenes",
            "PlayCanvasEngine: did you mean PlayCanvasEngineVersion",
            "PlayCanvasJobTimout: did you mean PlayCanvasJobTimeout",
        ]));
        Assert.That(result.Warnings.Select(warning => warning.Line), Has.Some.Contains("Directory.Build.props(3"));
    }

    /// <summary>MSBuild never shows this attribute to a package.</summary>
    [Test]
    public async Task An_attribute_Exclude_of_a_game_is_a_warning_where_it_stands()
    {
        var project = Console().DownloadsOnBuild().Add("""<ItemGroup><PlayCanvasGame Include="second" Exclude="level data*" /></ItemGroup>""");

        var result = await project.RunAsync("build");
        var repaired = await project.Set("PlayCanvasKnownProperties", "Exclude").RunAsync("build", "--no-restore");

        result.AssertSucceeded();
        Assert.That(result.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS1042"]));
        Assert.That(result.Warnings[0].Line, Does.Contain(".csproj("));
        repaired.AssertClean();
    }

    [Test]
    public async Task NamesAreCheckedAgainOnlyAfterAChange()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty);

        var changed = await project.Set("PlayCanvasScene", "Main").RunAsync("build", "--no-restore");
        var known = await project.Set("PlayCanvasKnownProperties", "Another;PlayCanvasScene").RunAsync("build", "--no-restore");

        Assert.That(changed.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS1027"]));
        known.AssertClean();
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty);
    }

    [Test]
    public async Task A_misspelt_property_on_the_command_line_of_a_publish_is_found()
    {
        var project = Console().DownloadsOnBuild().Set("PlayCanvasPublishOnPublish", "true");
        await project.BuildAsync();

        var result = await project.RunAsync("publish", "-p:PlayCanvasAppVersoin=7.0");

        result.AssertSucceeded();
        Assert.That(result.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS1027"]));
    }

    private void AssertSent(string route, IEnumerable<(string Property, string Value, string Field)> options)
    {
        var body = JObject.Parse(Sandbox.Requests.Of("POST", route).Single().Body);
        foreach (var (_, value, field) in options)
            Assert.That($"{body[field]}", Is.EqualTo(value).IgnoreCase, field);
        Assert.That((string?)body["branch_id"], Is.EqualTo(World.DevelopmentBranchId));
        Assert.That(body["scenes"], Is.EqualTo(new JArray(Sandbox.World.Scenes.Single(scene => scene.Name == "Playground").Id)));
    }
}
