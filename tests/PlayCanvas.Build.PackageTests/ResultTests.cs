using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Results as data: the items and the file that programs read after a build.</summary>
public sealed class ResultTests : ConsumerFixture
{
    private static readonly string[] Facts =
        ["Identity", "ContentId", "ProjectId", "Branch", "BranchId", "Checkpoint", "Files", "Bytes"];

    private static readonly string[] Movements = ["Moved", "Added", "Changed", "Removed"];

    /// <summary>The members of a download that a later build repeats.</summary>
    private static readonly string[] Members = ["project", "path", "projectId", "branch", "checkpoint", "scenes", "build", "contentId", "files", "bytes"];

    private App NewestApp => Sandbox.World.Apps[^1];

    [TestCase("-getItem:PlayCanvasApp")]
    [TestCase("-getTargetResult:PlayCanvasPublishApp")]
    [TestCase("-getItem:PlayCanvasApp", "-f", "net10.0")]
    [TestCase("-getItem:PlayCanvasApp", "-r", "linux-x64", "--no-self-contained")]
    [TestCase("-getTargetResult:PlayCanvasPublishApp", "-f", "net10.0", "-r", "linux-x64", "--no-self-contained")]
    public async Task A_publish_prints_its_app_and_happens_once(params string[] arguments)
    {
        var project = Console().PublishesOnPublish().ForFrameworks("net10.0");
        if (!arguments.Contains("-f"))
            project = Console("Single").PublishesOnPublish();

        var result = await project.RunAsync(["publish", .. arguments]);

        result.AssertSucceeded();
        var app = Items(result).Single();
        Assert.That((string?)app["Identity"], Is.EqualTo($"{NewestApp.Id}"));
        Assert.That((string?)app["Outcome"], Is.EqualTo("published"));
        Assert.That(Publishes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_target_after_the_publish_sees_the_apps_of_all_games()
    {
        var project = Console().PublishesOnPublish()
            .Add("""
                <ItemGroup>
                  <PlayCanvasGame Include="first" />
                  <PlayCanvasGame Include="second" AppName="Second" />
                </ItemGroup>
                <Target Name="Announce" AfterTargets="PlayCanvasPublishApp">
                  <Message Importance="high" Text="announce %(PlayCanvasApp.Game) %(PlayCanvasApp.Outcome) %(PlayCanvasApp.Identity)" Condition="'@(PlayCanvasApp)' != ''" />
                </Target>
                """);

        var result = await project.RunAsync("publish", "-r", "linux-x64", "--no-self-contained");

        result.AssertSucceeded();
        var apps = Sandbox.World.Apps.TakeLast(2).ToList();
        Assert.That(
            result.Lines.Where(line => line.StartsWith("announce ", StringComparison.Ordinal)),
            Is.EqualTo([$"announce first published {apps[0].Id}", $"announce second published {apps[1].Id}"]));
    }

    [Test]
    public async Task An_up_to_date_build_says_the_same_about_the_game_as_the_task_that_installed_it()
    {
        var project = Console().DownloadsOnBuild();
        Sandbox.World.ChangeBranch(World.MainBranchId, branch => branch with { Name = "a \"b\"; 100%25 $(X) é" });
        var first = Items(await project.RunAsync("build", "-t:Build", "-getItem:PlayCanvasGameResult")).Single();
        var firstFile = Results(project);

        var second = Items(await project.RunAsync("build", "-t:Build", "-getItem:PlayCanvasGameResult")).Single();

        Assert.That((string?)first["Outcome"], Is.EqualTo("downloaded"));
        Assert.That((string?)first["Branch"], Is.EqualTo("a \"b\"; 100%25 $(X) é"));
        Assert.That((string?)second["Outcome"], Is.EqualTo("up-to-date"));
        Assert.That(Facts.Select(fact => (string?)second[fact]), Is.EqualTo(Facts.Select(fact => (string?)first[fact])).And.None.Empty);
        Assert.That(Movements.Select(fact => (string?)second[fact]), Has.All.EqualTo("0"));
        var download = Results(project)["downloads"]!.AsArray().Single()!;
        Assert.That((string?)download["outcome"], Is.EqualTo("up-to-date"));
        foreach (var member in Members)
            Assert.That(JsonNode.DeepEquals(download[member], firstFile["downloads"]![0]![member]) && download[member] is not null, Is.True, member);
    }

    [Test]
    public async Task An_up_to_date_build_writes_what_the_task_would_write()
    {
        var project = Console().DownloadsOnBuild().PublishesOnPublish().Set("PlayCanvasAppName", "100%2525 \"fun\" %3B $(X)");
        await project.PublishAsync();
        await project.RunAsync("publish", "-p:PlayCanvasSkipPublishedVersion=true");
        var byTask = await File.ReadAllTextAsync(ResultPath(project, "Release"));

        (await project.RunAsync("build", "-c", "Release")).AssertClean();

        Assert.That(await File.ReadAllTextAsync(ResultPath(project, "Release")), Is.EqualTo(byTask), "the publish, which ran a task, had an up-to-date game");
        Assert.That(byTask, Does.Contain(@"""100%25 \""fun\"" ;"""));
    }

    [Test]
    public async Task Each_framework_of_a_project_has_the_result_of_the_one_download()
    {
        var project = Library().ForFrameworks("net10.0;netstandard2.0").Set("LangVersion", "latest").Unset("ImplicitUsings").DownloadsOnBuild()
            .Add("""
                <Target Name="Say" AfterTargets="Build" Condition="'$(TargetFramework)' != ''">
                  <Message Importance="high" Text="say $(TargetFramework) %(PlayCanvasGameResult.Outcome) %(PlayCanvasGameResult.Files)" />
                </Target>
                """);

        var result = await project.RunAsync("build");

        result.AssertSucceeded();
        var files = project.GameFiles().Count;
        Assert.That(
            result.Lines.Where(line => line.StartsWith("say ", StringComparison.Ordinal)),
            Is.EquivalentTo([$"say net10.0 downloaded {files}", $"say netstandard2.0 downloaded {files}"]));
        Assert.That((string?)Items(await project.RunAsync("build", "-t:Build", "-getItem:PlayCanvasGameResult")).Single()["Outcome"], Is.EqualTo("up-to-date"));
        Assert.That(ExportsAskedFor, Is.EqualTo(1));
    }

    [Test]
    public async Task A_publish_that_does_not_get_to_the_app_leaves_no_earlier_one_in_the_file()
    {
        var project = Console().PublishesOnPublish();
        await project.PublishAsync();
        Assert.That(Results(project, "Release")["publishes"]!.AsArray(), Has.Count.EqualTo(1));
        project.WithFile("Broken.cs", "this is not C#");

        var broken = await project.RunAsync("publish");

        Assert.That(broken.ExitCode, Is.Not.Zero);
        Assert.That(File.Exists(ResultPath(project, "Release")), Is.False);
    }

    [Test]
    public async Task A_build_keeps_what_the_last_publish_published()
    {
        var project = Console().DownloadsOnBuild().PublishesOnPublish();
        await project.PublishAsync();

        (await project.RunAsync("build", "-c", "Release")).AssertClean();

        Assert.That((long?)Results(project, "Release")["publishes"]![0]!["app"]!["id"], Is.EqualTo(NewestApp.Id));
    }

    [Test]
    public async Task The_file_is_where_the_property_says()
    {
        var project = Console().DownloadsOnBuild();

        (await project.RunAsync("build", "-p:PlayCanvasResultFile=out put/result.json")).AssertClean();
        (await project.RunAsync("build", "-p:PlayCanvasResultFile=out put/up to date.json")).AssertClean();

        Assert.That((string?)JsonNode.Parse(File.ReadAllText(project.PathOf("out put/result.json")))!["downloads"]![0]!["outcome"], Is.EqualTo("downloaded"));
        Assert.That((string?)JsonNode.Parse(File.ReadAllText(project.PathOf("out put/up to date.json")))!["downloads"]![0]!["outcome"], Is.EqualTo("up-to-date"));
    }

    [Test]
    public async Task A_folder_in_place_of_the_file_is_a_warning_in_an_up_to_date_build()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Directory.CreateDirectory(project.PathOf("result.json"));

        var build = await project.RunAsync("build", "--no-restore", "-p:PlayCanvasResultFile=result.json");

        Assert.That(build.ExitCode, Is.Zero, build.ToString());
        Assert.That(build.StandardOutput, Does.Contain("warning MSB3491").And.Contain("result.json"));
    }

    private static string ResultPath(ConsumerProject project, string configuration) => project.PathOf($"obj/{configuration}/net10.0/playcanvas.result.json");

    private static JsonNode Results(ConsumerProject project, string configuration = "Debug") => JsonNode.Parse(File.ReadAllText(ResultPath(project, configuration)))!;

    /// <summary>Returns the items of the only list that a command printed.</summary>
    private static IReadOnlyList<JsonNode> Items(CommandResult result)
    {
        var json = JsonNode.Parse(result.StandardOutput)!.AsObject();
        var only = json.Single().Value!.AsObject().Single().Value!;
        return [.. (only as JsonArray ?? only["Items"]!.AsArray()).Select(item => item!)];
    }
}
