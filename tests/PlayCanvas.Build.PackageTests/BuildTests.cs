using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests a console project that downloads its game during a build.</summary>
public sealed class BuildTests : ConsumerFixture
{
    private const string Output = "bin/Debug/net10.0/game";
    private const string PublishOutput = "bin/Release/net10.0/publish/game";

    /// <summary>An MSBuild without its own Newtonsoft.Json uses the package's copy.</summary>
    [TestCase("net8.0")]
    [TestCase("netstandard2.0")]
    public async Task Each_copy_of_the_tasks_works(string folder)
    {
        var project = Console().DownloadsOnBuild();

        await project.BuildAsync($"-p:_PlayCanvasTaskFolder={folder}");

        Assert.That(project.FilesIn("bin/Debug/net10.0/game"), Is.EqualTo(project.GameFiles()).And.Not.Empty);
        Assert.That(project.Has("playcanvas.lock.json"));
    }

    /// <summary>The others compile the tasks while they run.</summary>
    [TestCase("linux-x64", "net8.0/linux-x64")]
    [TestCase("linux-musl-arm64", "net8.0")]
    public async Task An_SDK_gets_the_tasks_that_are_compiled_for_it(string sdk, string folder)
    {
        var project = Console();
        await project.RunAsync("restore");

        var result = await project.RunAsync("msbuild", "-getProperty:_PlayCanvasTaskFolder", $"-p:NETCoreSdkPortableRuntimeIdentifier={sdk}");

        Assert.That(result.StandardOutput.Trim(), Is.EqualTo(folder));
    }

    [Test]
    public async Task Brings_the_game_into_the_output_of_a_clean_checkout()
    {
        var project = Console().DownloadsOnBuild();

        await project.BuildAsync();

        Assert.That(project.FilesIn(Output), Does.Contain("index.html").And.Contain("config.json"));
        Assert.That(project.FilesIn(Output), Is.EqualTo(GameFilesOf(project)));
        Assert.That(Asked(), Is.EqualTo(
        [
            "Api GET /api/projects/1234567/scenes",
            "Api GET /api/projects/1234567/builds?type=download&limit=100",
            "Api POST /api/apps/download",
            "Api GET /api/jobs/*",
            "Storage GET /exports/*/Desk.zip",
            // The lock file names the branch.
            "Api GET /api/projects/1234567/branches",
        ]));
        var wish = JsonNode.Parse(Sandbox.Requests.Of("POST", "/api/apps/download")[0].Body)!;
        Assert.That(wish["project_id"]!.GetValue<int>(), Is.EqualTo(1234567));
        Assert.That(ScenesOf(wish), Is.EqualTo([2000001, 2000002]));
    }

    [Test]
    public async Task Publishes_the_game_of_the_first_build_that_a_clean_checkout_sees()
    {
        var project = Console().DownloadsOnBuild();

        await project.PublishAsync();

        Assert.That(project.FilesIn(PublishOutput), Does.Contain("index.html"));
        Assert.That(project.FilesIn(PublishOutput), Is.EqualTo(GameFilesOf(project)));
        Assert.That(ExportsAskedFor, Is.EqualTo(1));
    }

    [Test]
    public async Task ASecondBuildSendsNothingAndStartsNoTask()
    {
        var project = Console().DownloadsOnBuild();
        Assert.That(await project.TasksOfAsync("build"), Is.EqualTo(["PlayCanvasCheckNames", "PlayCanvasRequestExport", "PlayCanvasWaitForExport", "PlayCanvasInstallGame"]));
        Sandbox.Requests.Clear();

        var tasks = await project.TasksOfAsync("build");

        Assert.That(tasks, Is.Empty);
        AssertNothingSent();
    }

    [Test]
    public async Task AnotherConfigurationUsesTheSameGame()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Sandbox.Requests.Clear();

        await project.BuildAsync("-c", "Release");

        Assert.That(project.FilesIn("bin/Release/net10.0/game"), Is.EqualTo(GameFilesOf(project)));
        AssertNothingSent();
    }

    [Test]
    public async Task RepairsADeletedFile()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        File.Delete(project.PathOf($"{project.ContentOf()}/index.html"));

        await project.BuildAsync("--no-restore", "-p:PlayCanvasVerify=true");

        Assert.That(project.Has($"{project.ContentOf()}/index.html"));
        Assert.That(project.FilesIn(Output), Is.EqualTo(GameFilesOf(project)));
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty, "Tasks of the build after the repair");
    }

    [Test]
    public async Task ACopyMissingFromTheOutputCostsNoRequest()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Sandbox.Requests.Clear();
        File.Delete(project.PathOf($"{Output}/index.html"));

        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty);

        Assert.That(project.Has($"{Output}/index.html"));
        AssertNothingSent();
    }

    /// <summary>The file is a link into the store, so the content there is damaged as well.</summary>
    [Test]
    public async Task AFileThatWasChangedIsPutRight()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        var page = project.PathOf($"{project.ContentOf()}/index.html");
        var original = await File.ReadAllTextAsync(page);
        File.SetAttributes(page, FileAttributes.Normal);
        await File.WriteAllTextAsync(page, new string('x', original.Length));

        await project.BuildAsync("--no-restore", "-p:PlayCanvasVerify=true");

        Assert.That(await File.ReadAllTextAsync(project.PathOf($"{project.ContentOf()}/index.html")), Is.EqualTo(original));
        Assert.That(await File.ReadAllTextAsync(project.PathOf($"{Output}/index.html")), Is.EqualTo(original));
    }

    [Test]
    public async Task ChangedScenesAreFetched()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        project.Set("PlayCanvasScenes", "Level 2");

        await project.BuildAsync();

        Assert.That(ExportsAskedFor, Is.EqualTo(2));
        Assert.That(ScenesOf(JsonNode.Parse(Sandbox.Requests.Of("POST", "/api/apps/download")[1].Body)!), Is.EqualTo([2000002]));
        Assert.That(await File.ReadAllTextAsync(project.PathOf($"{Output}/config.json")), Does.Contain("Level 2").And.Not.Contain("\"Main\""));
    }

    [Test]
    public async Task AnUpdateFetchesWhatChangedInTheEditor()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();

        await project.BuildAsync("-p:PlayCanvasUpdate=true");

        Assert.That(ExportsAskedFor, Is.EqualTo(2));
        Assert.That(project.FilesIn(Output), Is.EqualTo(GameFilesOf(project)));
    }

    [Test]
    public async Task An_export_file_needs_no_token_network_project_or_scenes()
    {
        Token = null;
        var project = Console().Set("PlayCanvasDownloadOnBuild", "true").Set("PlayCanvasExportFile", "export/game.zip");
        await ExportToAsync(project.PathOf("export/game.zip"));

        await project.BuildAsync();

        Assert.That(project.FilesIn(Output), Does.Contain("index.html"));
        Assert.That(project.FilesIn(Output), Is.EqualTo(GameFilesOf(project)));
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty, "Tasks of the second build");
        AssertNothingSent();
    }

    /// <summary>MSBuild itself turns logged warnings into errors. A task can find out about the properties that cause this, but not about the switch.</summary>
    [Test]
    public async Task An_export_that_lacks_a_file_is_a_warning_that_can_be_silenced_and_promoted()
    {
        Sandbox.Faults.MutateZip = zip =>
        {
            using var bytes = new MemoryStream();
            bytes.Write(zip);
            using (var archive = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
                archive.Entries.Single(entry => entry.Name.EndsWith(".glb", StringComparison.Ordinal)).Delete();
            return bytes.ToArray();
        };
        var project = Console().DownloadsOnBuild();

        foreach (var promotion in new[] { "WarningsAsErrors=PLAYCANVAS4014", "MSBuildTreatWarningsAsErrors=true" })
        {
            (await project.RunAsync("build", $"-p:{promotion}")).AssertFailedWith("PLAYCANVAS4014");
            Assert.That(project.GameFiles(), Is.Empty, promotion);
        }

        (await project.RunAsync("build", "-warnaserror")).AssertFailedWith("PLAYCANVAS4014");
        Sandbox.Requests.Clear();
        (await project.RunAsync("build", "-warnaserror")).AssertFailedWith("PLAYCANVAS4014");
        for (var build = 1; build <= 2; build++)
        {
            var raised = await project.RunAsync("build", "--no-restore");
            raised.AssertSucceeded();
            Assert.That(raised.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS4014"]));
            Assert.That(raised.Warnings[0].Text, Does.Match(@"files/assets/\S+\.glb is missing"));
        }

        await project.BuildAsync("--no-restore", "-p:NoWarn=PLAYCANVAS4014");
        Assert.That(project.FilesIn(Output), Is.EqualTo(GameFilesOf(project)));
        AssertNothingSent();

        var files = project.GameFiles();
        (await project.RunAsync("build", "--no-restore", "-p:PlayCanvasUpdate=true", "-p:WarningsAsErrors=PLAYCANVAS4014")).AssertFailedWith("PLAYCANVAS4014");
        Assert.That(project.GameFiles(), Is.EqualTo(files), "The game that was installed before");
    }

    [TestCase(1, TestName = "ANewerExportFileIsInstalled")]
    [TestCase(-1, TestName = "AnOlderExportFileIsInstalled")]
    [TestCase(0, TestName = "AnExportFileOfTheSameTimeAndAnotherLengthIsInstalled")]
    public async Task AnotherExportFileIsInstalled(int hours)
    {
        var project = Console().Set("PlayCanvasDownloadOnBuild", "true").Set("PlayCanvasExportFile", "game.zip");
        await ExportToAsync(project.PathOf("game.zip"));
        await project.BuildAsync();
        var time = File.GetLastWriteTimeUtc(project.PathOf("game.zip"));
        await ExportToAsync(project.PathOf("game.zip"), "Level 2");
        File.SetLastWriteTimeUtc(project.PathOf("game.zip"), time.AddHours(hours));

        await project.BuildAsync("--no-restore");

        Assert.That(await File.ReadAllTextAsync(project.PathOf($"{Output}/config.json")), Does.Contain("Level 2").And.Not.Contain("\"Main\""));
    }

    [Test]
    public async Task Switched_off_sends_nothing_and_keeps_the_installed_game()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Sandbox.Requests.Clear();
        Directory.Delete(project.PathOf("bin"), recursive: true);

        await project.BuildAsync("--no-restore", "-p:PlayCanvasEnabled=false", "-p:PlayCanvasScenes=Main");

        Assert.That(project.FilesIn(Output), Does.Contain("index.html"));
        Assert.That(project.FilesIn(Output), Is.EqualTo(GameFilesOf(project)));
        AssertNothingSent();
    }

    [Test]
    public async Task SwitchedOffBuildsWithoutAGame()
    {
        Token = null;
        var project = Console().DownloadsOnBuild().PublishesOnPublish().Set("PlayCanvasEnabled", "false");

        await project.PublishAsync();

        Assert.That(project.FilesIn("bin/Release/net10.0/publish"), Does.Contain("Desk.dll"));
        AssertNothingSent();
    }

    [Test]
    public async Task NeedsNoTokenForAGameThatIsComplete()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Sandbox.Requests.Clear();
        Token = null;

        await project.BuildAsync("-c", "Release");

        AssertNothingSent();
    }

    [Test]
    public async Task Without_a_token_a_game_of_other_parameters_stays_and_the_build_warns()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Token = null;
        project.Set("PlayCanvasScenes", "Main");

        var warned = await project.RunAsync("build", "--no-restore");
        var silenced = await project.RunAsync("build", "--no-restore", "-p:NoWarn=PLAYCANVAS4012");
        var raised = await project.RunAsync("build", "--no-restore", "-p:WarningsAsErrors=PLAYCANVAS4012");

        warned.AssertSucceeded();
        Assert.That(warned.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS4012"]));
        Assert.That(warned.Warnings[0].Text, Does.Contain("PLAYCANVAS_ACCESS_TOKEN"));
        silenced.AssertClean();
        raised.AssertFailedWith("PLAYCANVAS4012");
        Assert.That(project.FilesIn(Output), Is.EqualTo(GameFilesOf(project)));
    }

    [Test]
    public async Task Without_a_token_and_a_game_the_error_names_all_ways_out()
    {
        Token = null;
        var project = Console().DownloadsOnBuild();

        var error = (await project.RunAsync("build")).AssertFailedWith("PLAYCANVAS1004");

        Assert.That(error.Text, Does.Contain("PLAYCANVAS_ACCESS_TOKEN").And.Contain("PlayCanvasEnabled=false").And.Contain("PlayCanvasExportFile"));
    }

    [Test]
    public async Task CleanRemovesTheCopiesAndKeepsTheGame()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Sandbox.Requests.Clear();
        var game = GameFilesOf(project);

        (await project.RunAsync("clean")).AssertClean();

        Assert.That(project.FilesIn(Output), Is.Empty);
        Assert.That(GameFilesOf(project), Is.EqualTo(game).And.Not.Empty);
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty);
        Assert.That(project.FilesIn(Output), Is.EqualTo(game));
        AssertNothingSent();
    }

    [Test]
    public async Task ARebuildCostsNoExport()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Sandbox.Requests.Clear();

        await project.BuildAsync("--no-restore", "-t:Rebuild");

        Assert.That(project.FilesIn(Output), Is.EqualTo(GameFilesOf(project)).And.Not.Empty);
        AssertNothingSent();
    }

    [Test]
    public async Task TheGameIsRemovedOnRequest()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        await File.WriteAllTextAsync(project.PathOf("obj/playcanvas/mine.txt"), "mine");
        Sandbox.Requests.Clear();

        await project.BuildAsync("--no-restore", "-t:PlayCanvasClean");

        Assert.That(project.FilesIn("obj/playcanvas"), Is.EqualTo(["mine.txt"]));
        Assert.That(project.Has("playcanvas.lock.json"), "The lock file stays.");
        await project.BuildAsync("--no-restore");
        Assert.That(project.GameFiles(), Does.Contain("index.html"));
        AssertNothingSent();
    }

    [Test]
    public async Task Downloads_on_request_in_a_project_that_does_not_opt_in()
    {
        var project = Console().WithGame();

        await project.BuildAsync("-t:PlayCanvasDownloadApp");

        Assert.That(GameFilesOf(project), Does.Contain("index.html"));
        Assert.That(ExportsAskedFor, Is.EqualTo(1));
    }

    [Test]
    public async Task ReturnsTheFilesOfTheGame()
    {
        var project = Console().WithGame();
        await project.BuildAsync("-t:PlayCanvasDownloadApp");

        var result = await project.RunAsync("msbuild", "-getTargetResult:PlayCanvasDownloadApp");

        result.AssertSucceeded();
        var items = JsonNode.Parse(result.StandardOutput)!["TargetResults"]!["PlayCanvasDownloadApp"]!["Items"]!.AsArray();
        Assert.That(
            items.Select(item => ConsumerProject.GamePath(Path.GetRelativePath(project.PathOf(project.ContentOf()), item!["FullPath"]!.GetValue<string>()))),
            Is.EquivalentTo(GameFilesOf(project)));
        Assert.That(
            items.Select(item => item!["TargetPath"]!.GetValue<string>().Replace('\\', '/')),
            Is.EquivalentTo(GameFilesOf(project).Select(path => "game/" + path)));
    }

    [Test]
    public async Task The_sources_of_a_game_are_installed_and_kept_and_not_copied()
    {
        var project = Console().DownloadsOnBuild().Set("PlayCanvasFormat", "npm");

        await project.BuildAsync();

        var sources = GameFilesOf(project);
        Assert.That(sources, Does.Contain("package.json"));
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty, "Tasks of the second build");
        File.Delete(project.PathOf($"{project.ContentOf()}/package.json"));
        await project.BuildAsync("--no-restore", "-p:PlayCanvasVerify=true");
        Assert.That(GameFilesOf(project), Is.EqualTo(sources));
        Assert.That(project.FilesIn(Output), Is.Empty);
    }

    [Test]
    public async Task WhatBuildsNothingAsksForNothing()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync("-p:PlayCanvasEnabled=false");
        string[] designTime = ["-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true"];
        string[][] commands =
        [
            ["restore", "--force"],
            ["pack", "--no-build", "-c", "Debug"],
            ["msbuild", "-t:Compile", .. designTime],
            ["msbuild", "-t:ResolveReferences;AssignTargetPaths;GetCopyToOutputDirectoryItems", .. designTime],
            ["msbuild", "-getItem:Content"],
            ["run", "--no-build"],
            ["clean"],
        ];

        foreach (var command in commands)
        {
            (await project.RunAsync(command)).AssertClean();

            Assert.That(Sandbox.Requests.Select(request => request.ToString()), Is.Empty, string.Join(' ', command));
            Assert.That(project.FilesIn("obj/playcanvas"), Is.Empty, string.Join(' ', command));
        }
    }

    [TestCase]
    [TestCase("-m:2")]
    [TestCase("-mt")]
    public async Task A_project_for_several_frameworks_downloads_once(params string[] arguments)
    {
        var project = Library().ForFrameworks("net10.0;netstandard2.0").Set("LangVersion", "latest").Unset("ImplicitUsings").DownloadsOnBuild();

        await project.BuildAsync(arguments);

        Assert.That(ExportsAskedFor, Is.EqualTo(1));
        Assert.That(project.FilesIn("bin/Debug/net10.0/game"), Is.EqualTo(GameFilesOf(project)).And.Not.Empty);
        Assert.That(project.FilesIn("bin/Debug/netstandard2.0/game"), Is.EqualTo(GameFilesOf(project)));
        Sandbox.Requests.Clear();
        Assert.That(await project.TasksOfAsync(["build", "--no-restore", .. arguments]), Is.Empty);
        AssertNothingSent();
    }

    [Test]
    public async Task A_program_that_refers_to_the_project_gets_the_game_too()
    {
        var library = Library().DownloadsOnBuild().Save();
        var program = Console().WithoutPackage().RefersTo(library);

        await program.PublishAsync();

        Assert.That(ExportsAskedFor, Is.EqualTo(1));
        Assert.That(program.FilesIn(PublishOutput), Is.EqualTo(GameFilesOf(library)).And.Not.Empty);
    }

    [Test]
    public async Task NothingOfTheStateLeavesTheGameFolder()
    {
        var project = Library().DownloadsOnBuild();

        await project.PublishAsync();
        (await project.RunAsync("pack", "-c", "Release", "-o", "packed")).AssertClean();

        Assert.That(project.FilesIn("bin").Where(file => file.Contains("playcanvas", StringComparison.Ordinal) && !file.Contains("/game/", StringComparison.Ordinal)), Is.EqualTo(["Release/net10.0/publish/playcanvas.json"]));
        Assert.That(project.FilesIn("bin/Release/net10.0/game"), Is.EqualTo(GameFilesOf(project)));
        using var package = await ZipFile.OpenReadAsync(Directory.GetFiles(project.PathOf("packed"), "*.nupkg").Single());
        Assert.That(package.Entries.Select(entry => entry.FullName), Has.None.Contains("playcanvas").And.None.Contains("game/"));
    }

    /// <summary>The game is below the web root of what is published, with compressed forms, and nowhere in the project except in <c>obj/</c>.</summary>
    [Test]
    public async Task A_site_publishes_the_game_below_its_web_root()
    {
        var project = Web().DownloadsOnBuild();

        await project.PublishAsync();

        var published = project.FilesIn("bin/Release/net10.0/publish/wwwroot/game");
        Assert.That(published, Is.SupersetOf(GameFilesOf(project)).And.Contain("index.html.br"));
        Assert.That(project.HashesIn("bin/Release/net10.0/publish/wwwroot/game"), Is.EqualTo(project.GameHashes()));
        Assert.That(project.Has("wwwroot"), Is.False);
        Assert.That(Directory.Exists(project.PathOf("bin/Release/net10.0/game")), Is.False);
        Assert.That(ExportsAskedFor, Is.EqualTo(1));
        Assert.That(await project.TasksOfAsync("publish", "--no-restore"), Is.EquivalentTo(["PlayCanvasPublishGameFiles", "PlayCanvasSayAge"]), "Tasks of the second publish");
    }

    [Test]
    public async Task A_site_publishes_fewer_files_after_the_game_lost_some()
    {
        var project = Web().DownloadsOnBuild();
        Sandbox.World.ChangeGame(game => game.WithGeneratedFiles(4000, 4));
        await project.PublishAsync();
        var before = project.FilesIn("bin/Release/net10.0/publish/wwwroot/game");
        Sandbox.World.ChangeGame(_ => PlayCanvas.Sandbox.Game.SpinningBox);

        await project.PublishAsync("--no-restore", "-p:PlayCanvasUpdate=true");

        Assert.That(project.FilesIn("bin/Release/net10.0/publish/wwwroot/game"), Is.SubsetOf(before).And.Count.LessThan(before.Count));
        Assert.That(project.HashesIn("bin/Release/net10.0/publish/wwwroot/game"), Is.EqualTo(project.GameHashes()));
    }

    private static IReadOnlyList<string> GameFilesOf(ConsumerProject project) => project.GameFiles();

    [SuppressMessage("Performance", "CA1859", Justification = "Any part of a JSON document may be given.")]
    private static IReadOnlyList<int> ScenesOf(JsonNode wish) => [.. wish["scenes"]!.AsArray().Select(scene => int.Parse(scene!.ToString(), null))];
}
