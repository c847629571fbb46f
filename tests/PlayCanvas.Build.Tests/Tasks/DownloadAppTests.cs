using Microsoft.Build.Framework;
using Moq;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Exports.Zip;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests the download task. The tests of the installer cover the installed files.</summary>
[TestFixture]
public sealed class DownloadAppTests : TaskFixture
{
    [Test]
    public void EachParameterIsAFieldOfTheRequest()
    {
        var task = DownloadTask();
        task.Scenes = "Level 2;*";
        task.Branch = "main";
        task.ScriptsConcatenate = "true";
        task.ScriptsMinify = "true";
        task.ScriptsSourcemaps = "true";
        task.OptimizeSceneFormat = "false";
        task.EngineVersion = "2.20.6";
        task.Format = " static ";
        task.PreloadBundle = "false";

        RunWell(task);

        Assert.That(JObject.Parse(Sandbox.Requests.Of("POST", "/api/apps/download").Single().Body), Is.EqualTo(new JObject
        {
            ["project_id"] = World.ProjectId,
            ["name"] = "My game",
            ["scenes"] = new JArray(World.Level2SceneId, World.MainSceneId),
            ["branch_id"] = World.MainBranchId,
            ["scripts_concatenate"] = true,
            ["scripts_minify"] = true,
            ["scripts_sourcemaps"] = true,
            ["optimize_scene_format"] = false,
            ["engine_version"] = "2.20.6",
            ["format"] = "static",
            ["preload_bundle"] = false,
        }).Using(JToken.EqualityComparer));
    }

    [Test]
    public void TheFilesAreItemsWithTheirPathInTheGame()
    {
        var task = DownloadTask();

        RunWell(task);

        Assert.That(task.Files.Select(file => file.GetMetadata("RelativePath")), Does.Contain("index.html").And.Contain("config.json"));
        Assert.That(task.Files.Select(file => file.ItemSpec), Has.All.Matches<string>(path => File.Exists(path) && path.StartsWith(GameFolder, StringComparison.Ordinal)));
    }

    [TestCase("game")]
    [TestCase("games/./first")]
    [TestCase("..game")]
    public void AGamePathThatLeadsInsideIsTaken(string gamePath)
    {
        var task = DownloadTask();
        task.GamePath = gamePath;

        RunWell(task);

        Assert.That(task.Files, Is.Not.Empty);
    }

    [Test]
    public void AGameThatIsThereIsNotAskedForAgain()
    {
        RunWell(DownloadTask());
        Sandbox.Requests.Clear();
        EnvironmentVariables.Clear();
        var again = DownloadTask();

        RunWell(again);

        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(again.Files, Is.Not.Empty);
    }

    [Test]
    public void AnotherParameterAsksForAnotherGame()
    {
        RunWell(DownloadTask());
        var other = DownloadTask();
        other.Scenes = "Level 2";

        RunWell(other);

        Assert.That(Sandbox.Requests.Of("POST", "/api/apps/download"), Has.Count.EqualTo(2));
    }

    [Test]
    public void AnUpdateAsksAgain()
    {
        RunWell(DownloadTask());
        var update = DownloadTask();
        update.Update = "true";

        RunWell(update);

        Assert.That(Sandbox.Requests.Of("POST", "/api/apps/download"), Has.Count.EqualTo(2));
        Assert.That(Engine.HighMessages, Has.Some.Contains("PlayCanvasUpdate"));
    }

    [Test]
    public void TheStepsTogetherAreTheWholeDownload()
    {
        foreach (var step in new PlayCanvasDownloadTask[] { new PlayCanvasRequestExport(), new PlayCanvasWaitForExport(), new PlayCanvasInstallGame() })
        {
            step.Game = DownloadTask().Game;
            RunWell(step);
            Assert.That(File.Exists(Path.Combine(ContentFolder, "index.html")), Is.EqualTo(step is PlayCanvasInstallGame), step.GetType().Name);
        }

        Assert.That(Sandbox.Requests.Of("POST", "*"), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_build_that_gave_up_waiting_is_followed_by_one_that_waits_for_the_same_job()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);
        var first = DownloadTask();
        first.JobTimeout = "5";
        var message = RunBadly(first, "PLAYCANVAS3002");
        var second = DownloadTask();
        second.JobTimeout = "5";

        Run(second);

        Assert.That(message, Does.Contain("PlayCanvasJobTimeout"));
        Assert.That(Sandbox.Requests.Of("POST", "*"), Has.Count.EqualTo(1));
    }

    [Test]
    public void AFailedExportIsToldInTheServersWords()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Error("Script {0} is broken"));

        Assert.That(RunBadly(DownloadTask(), "PLAYCANVAS3001"), Does.EndWith("Script {0} is broken"));
    }

    [Test]
    public void AnExportWithoutAnAddressIsToldAsSuch()
    {
        Sandbox.Faults.NextJobs(JobOutcome.NoUrl);

        RunBadly(DownloadTask(), "PLAYCANVAS3003");
    }

    [Test]
    public void Without_a_token_and_a_game_the_error_tells_every_way_out()
    {
        EnvironmentVariables.Clear();

        var message = RunBadly(DownloadTask(), "PLAYCANVAS1004");

        Assert.That(message, Does.Contain(TokenVariable).And.Contain("PlayCanvasEnabled=false").And.Contain("PlayCanvasExportFile"));
    }

    [Test]
    public void Without_a_network_and_a_game_the_error_tells_every_way_out()
    {
        var task = DownloadTask();
        (task.ApiUrl, task.MaxRetries) = ("http://127.0.0.1:9/api", "0");

        var message = RunBadly(task, "PLAYCANVAS2007");

        Assert.That(message, Does.Contain("PlayCanvasEnabled=false").And.Contain("PlayCanvasExportFile"));
    }

    [Test]
    public void Without_a_token_an_older_game_stays_with_a_warning()
    {
        RunWell(DownloadTask());
        EnvironmentVariables.Clear();
        var other = DownloadTask();
        other.Scenes = "Level 2";

        var succeeded = Run(other);

        Assert.That(succeeded, Is.True);
        Assert.That(other.Files, Is.Not.Empty);
        var warning = Engine.Warnings.Single();
        Assert.That(warning.Code, Is.EqualTo("PLAYCANVAS4012"));
        Assert.That(warning.HelpLink, Does.EndWith("/docs/diagnostics/PLAYCANVAS4012.md"));
        Assert.That(warning.File, Is.EqualTo(ProjectFile));
        Assert.That(warning.Message, Does.Contain(TokenVariable));
    }

    [Test]
    public void WithoutANetworkAnUpdateFails()
    {
        RunWell(DownloadTask());
        var update = DownloadTask();
        (update.Update, update.ApiUrl, update.MaxRetries) = ("true", "http://127.0.0.1:9/api", "0");

        RunBadly(update, "PLAYCANVAS2007");
    }

    [Test]
    public void An_export_that_lacks_a_file_is_installed_with_one_warning()
    {
        WriteExport(game => game.Files.Remove(SampleGame.BoxPath));

        RunWell(FileTask());

        var warning = Engine.Warnings.Single();
        Assert.That(warning.Code, Is.EqualTo("PLAYCANVAS4014"));
        Assert.That(warning.HelpLink, Does.EndWith("/docs/diagnostics/PLAYCANVAS4014.md"));
        Assert.That(warning.File, Is.EqualTo(ProjectFile));
        Assert.That(warning.Message, Does.Contain($"{SampleGame.BoxPath} is missing.").And.Contain("NoWarn"));
        Assert.That(Path.Combine(ContentFolder, "index.html"), Does.Exist);
    }

    [Test]
    public void A_build_that_looks_at_such_a_game_again_warns_again()
    {
        WriteExport(game => game.Files.Remove(SampleGame.BoxPath));
        RunWell(FileTask());
        File.SetLastWriteTimeUtc(ExportFile, DateTime.UtcNow.AddMinutes(-1));
        Engine = new RecordingBuildEngine();

        RunWell(FileTask());

        Assert.That(Engine.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS4014"]));
    }

    [Test]
    public void Where_the_warning_is_an_error_the_old_game_stays_and_each_build_says_so()
    {
        WriteExport(_ => { });
        RunWell(FileTask());
        var before = FolderSnapshot.Take(ContentFolder);
        WriteExport(game => game.Add(SampleGame.BoxPath, "another box"));

        AssertIsAnErrorTwice(FileTask);

        Assert.That(FolderSnapshot.Take(ContentFolder), Is.EquivalentTo(before));
    }

    [Test]
    public void Where_the_warning_is_an_error_a_game_that_is_there_already_is_one_at_each_build()
    {
        WriteExport(game => game.Add(SampleGame.BoxPath, "another box"));
        RunWell(FileTask());
        File.SetLastWriteTimeUtc(ExportFile, DateTime.UtcNow.AddMinutes(-1));
        var upToDate = Path.Combine(GameFolder, ProjectFiles.UpToDate);
        var text = File.ReadAllText(upToDate);

        AssertIsAnErrorTwice(FileTask);

        Assert.That(File.ReadAllText(upToDate), Is.EqualTo(text).And.EqualTo(Path.GetFileName(ContentFolder) + "\n"), "With the parameters in this file, MSBuild would skip the next build.");
    }

    [Test]
    public void Where_the_warning_is_an_error_the_next_build_asks_for_another_export()
    {
        Sandbox.Faults.MutateZip = zip => Zips.Pack(Zips.ReadAll(zip).Where(file => !file.Key.EndsWith(".glb", StringComparison.Ordinal)));

        AssertIsAnErrorTwice(DownloadTask);

        Assert.That(Sandbox.Requests.Of("POST", "/api/apps/download"), Has.Count.EqualTo(2));
        Assert.That(Path.Combine(ContentFolder, "index.html"), Does.Not.Exist);
    }

    [TestCase(0, "it is an empty file, not a zip file")]
    [TestCase(200, "it is a truncated zip file: its end is missing")]
    public void AFileThatIsNotWholeIsCalledThat(int length, string reason)
    {
        WriteExport(_ => { });
        File.WriteAllBytes(ExportFile, File.ReadAllBytes(ExportFile)[..length]);

        Assert.That(RunBadly(FileTask(), "PLAYCANVAS4001"), Does.Contain(reason));
    }

    [Test]
    public void ADownloadThatIsTruncatedIsCalledThat([Values] bool givesParts)
    {
        SandboxOptions.SupportsRanges = givesParts;
        Sandbox.Faults.MutateZip = zip => zip[..(zip.Length / 2)];

        Assert.That(RunBadly(DownloadTask(), "PLAYCANVAS4001"), Does.Contain("truncated zip file"));
    }

    [Test]
    public void AFolderAroundAllFilesIsLeftOut([Values] bool givesParts)
    {
        SandboxOptions.SupportsRanges = givesParts;
        Sandbox.Faults.MutateZip = zip => Zips.Pack(Zips.ReadAll(zip).Select(file => new KeyValuePair<string, byte[]>("Game/" + file.Key, file.Value)));

        RunWell(DownloadTask());

        Assert.That(Path.Combine(ContentFolder, "index.html"), Does.Exist);
        Assert.That(Path.Combine(ContentFolder, "Game"), Does.Not.Exist);
        Assert.That(Engine.Warnings, Is.Empty);
    }

    [Test]
    public void TheResultCountsFiles()
    {
        WriteExport(game => game.AddAsset(2, SampleGame.BoxPath, "a box"));
        RunWell(FileTask());
        WriteExport(game => game.Add("late.txt", "late"));
        RunWell(FileTask());
        WriteExport(game => game.Add("late.txt", "late"));
        RunWell(FileTask());

        Assert.That(Engine.HighMessages, Is.EqualTo(
        [
            "PlayCanvas: game: 6 files added, 0 changed, 0 removed; 6 files, 0.8 kB, engine 2.18.1; 1 matches the hashes in config.json",
            "PlayCanvas: game: 1 file added, 1 changed, 0 removed; 7 files, 0.5 kB, engine 2.18.1; 1 matches the hashes in config.json",
            "PlayCanvas: game: unchanged; 7 files, 0.5 kB, engine 2.18.1; 1 matches the hashes in config.json",
        ]));
    }

    [Test]
    public void AnUpdateThatFindsNothingNewSaysUnchanged()
    {
        RunWell(DownloadTask());
        var update = DownloadTask();
        update.Update = "true";

        RunWell(update);

        Assert.That(Engine.HighMessages[^1], Does.Match(@"^PlayCanvas: game: unchanged; downloaded [\d.]+ kB of [\d.]+ kB"));
    }

    private string ExportFile => Folder.File("export.zip");

    private static PlayCanvasDownloadApp FileTask() => new() { ExportFile = "export.zip" };

    /// <summary>Writes an export file that is newer than the installed game.</summary>
    private void WriteExport(Action<SampleGame> change)
    {
        var game = new SampleGame();
        change(game);
        File.WriteAllBytes(ExportFile, game.ToZip());
        File.SetLastWriteTimeUtc(ExportFile, DateTime.UtcNow.AddMinutes(1));
    }

    /// <summary>Asserts the error in two consecutive builds that treat warnings as errors.</summary>
    private void AssertIsAnErrorTwice(Func<PlayCanvasDownloadApp> makeTask)
    {
        for (var build = 1; build <= 2; build++)
        {
            var codes = new List<string?>();
            var engine = new Mock<IBuildEngine8>();
            engine.Setup(engine => engine.ShouldTreatWarningAsError(It.IsAny<string>())).Returns(true);
            engine.Setup(engine => engine.LogErrorEvent(It.IsAny<BuildErrorEventArgs>())).Callback<BuildErrorEventArgs>(error => codes.Add(error.Code));
            var task = Prepare(makeTask());
            task.BuildEngine = engine.Object;

            Assert.That(Bounded.Run(task.Execute), Is.False);
            Assert.That(codes, Is.EqualTo(["PLAYCANVAS4014"]), $"Build {build}");
        }
    }
}
