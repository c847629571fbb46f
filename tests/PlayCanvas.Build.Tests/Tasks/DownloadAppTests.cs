using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Folder;
using PlayCanvas.Build.Exports.Install;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>The face of the download. What becomes of the files is the installer's and tested there.</summary>
[TestFixture]
public sealed class DownloadAppTests : TaskFixture
{
    private string GameFolder => Folder.File("wwwroot", "game");

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
        foreach (var step in new[] { "Ask", "Wait", "Install" })
        {
            var task = DownloadTask();
            task.Step = step;
            RunWell(task);
            Assert.That(File.Exists(Path.Combine(GameFolder, "index.html")), Is.EqualTo(step == "Install"), step);
        }

        Assert.That(Sandbox.Requests.Of("POST", "*"), Has.Count.EqualTo(1));
    }

    [Test]
    public void ABuildThatGaveUpWaitingIsFollowedByOneThatWaitsForTheSameJob()
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
    public void AnInterruptedInstallIsFinishedWithoutATokenAndWithoutANetwork()
    {
        RunWell(DownloadTask());
        InterruptInstall();
        Sandbox.Requests.Clear();
        EnvironmentVariables.Clear();
        var task = new PlayCanvasDownloadApp { GameDirectory = "wwwroot/game", Step = "Finish" };

        RunWell(task);

        Assert.That(task.Files.Select(file => file.ItemSpec), Has.All.Matches<string>(File.Exists));
        Assert.That(Engine.HighMessages[^1], Does.Contain("finished the install that was interrupted"));
        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [TestCase("true")]
    [TestCase("false")]
    public void AnInstallThatIsFinishedIsTheUpdateThatWasAskedFor(string update)
    {
        RunWell(DownloadTask());
        InterruptInstall();
        Sandbox.Requests.Clear();
        var task = DownloadTask();
        task.Update = update;

        RunWell(task);

        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(task.Files.Select(file => file.ItemSpec), Has.All.Matches<string>(File.Exists));
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
    public void WithoutATokenAndAGameTheErrorTellsEveryWayOut()
    {
        EnvironmentVariables.Clear();

        var message = RunBadly(DownloadTask(), "PLAYCANVAS1004");

        Assert.That(message, Does.Contain(TokenVariable).And.Contain("PlayCanvasEnabled=false").And.Contain("PlayCanvasExportFile"));
    }

    [Test]
    public void WithoutANetworkAndAGameTheErrorTellsEveryWayOut()
    {
        var task = DownloadTask();
        (task.ApiUrl, task.MaxRetries) = ("http://127.0.0.1:9/api", "0");

        var message = RunBadly(task, "PLAYCANVAS2007");

        Assert.That(message, Does.Contain("PlayCanvasEnabled=false").And.Contain("PlayCanvasExportFile"));
    }

    [Test]
    public void WithoutATokenAnOlderGameStaysWithAWarning()
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
    public void AFolderWithOtherFilesIsRefusedBeforeAnythingIsSent()
    {
        Folder.Write("wwwroot/game/mine.txt", "mine");

        var message = RunBadly(DownloadTask(), "PLAYCANVAS4007");

        Assert.That(message, Does.Contain("mine.txt").And.Contain("PlayCanvasGamePath"));
        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [Test]
    public void CleaningRemovesTheGameAndNothingElse()
    {
        RunWell(DownloadTask());
        Folder.Write("wwwroot/game/mine.txt", "mine");

        RunWell(new PlayCanvasClean { GameDirectory = "wwwroot/game" });

        Assert.That(Directory.EnumerateFileSystemEntries(GameFolder).Select(Path.GetFileName).Single(), Is.EqualTo("mine.txt"));
    }

    [Test]
    public void CleaningWhereThereIsNoGameDoesNothing()
    {
        Folder.Write("wwwroot/game/mine.txt", "mine");

        RunWell(new PlayCanvasClean { GameDirectory = "wwwroot/game" });

        Assert.That(File.Exists(Path.Combine(GameFolder, "mine.txt")), Is.True);
        Assert.That(Engine.HighMessages, Is.Empty);
    }

    /// <summary>Leaves what a build leaves that is killed before the last move of its install.</summary>
    private void InterruptInstall()
    {
        var folder = new GameFolder(GameFolder);
        var journal = new InstallJournal { Moves = [GameConfig.FileName], Manifest = GameManifest.TryRead(folder.ManifestPath)! };
        Directory.CreateDirectory(folder.StagingPath);
        File.Move(folder.PathOf(GameConfig.FileName), folder.StagedPathOf(GameConfig.FileName));
        File.WriteAllText(folder.JournalPath, JsonConvert.SerializeObject(journal));
    }
}
