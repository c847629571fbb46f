using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tasks.Lists;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests that errors that can be detected without a server are reported before a request is sent.</summary>
[TestFixture]
public sealed class ValidationTests : TaskFixture
{
    [SetUp]
    public void ExpectNoRequest() => Stub = new StubHandler();

    [TearDown]
    public void CheckThatNothingWasSent() => Assert.That(Stub!.Requests, Is.Empty);

    [TestCase("", "PLAYCANVAS1001")]
    [TestCase("  ", "PLAYCANVAS1001")]
    [TestCase("my game", "PLAYCANVAS1002")]
    [TestCase("0", "PLAYCANVAS1002")]
    [TestCase("-5", "PLAYCANVAS1002")]
    [TestCase("1.5", "PLAYCANVAS1002")]
    [TestCase("1,234", "PLAYCANVAS1002")]
    [TestCase("99999999999999999999", "PLAYCANVAS1002")]
    [TestCase("1\n2", "PLAYCANVAS1002")]
    public void TheProjectIdIsANumber(string projectId, string code)
    {
        var message = RunBadly(new PlayCanvasListApps { ProjectId = projectId }, code);

        Assert.That(message, Does.Contain("PlayCanvasProjectId"));
    }

    [TestCase("http://playcanvas.example.test/api")]
    [TestCase("ftp://playcanvas.example.test/api")]
    [TestCase("playcanvas.example.test/api")]
    [TestCase("/api")]
    [TestCase("https://")]
    [TestCase("not an address")]
    [TestCase("https://playcanvas.example.test/api?key=1")]
    [TestCase("https://playcanvas.example.test/api#part")]
    public void TheAddressIsHttpsAndNothingElse(string apiUrl)
    {
        var message = RunBadly(new PlayCanvasListApps { ApiUrl = apiUrl }, "PLAYCANVAS1008");

        Assert.That(message, Does.Contain("PlayCanvasApiUrl"));
    }

    [TestCase("https://user:hidden@playcanvas.example.test/api")]
    [TestCase("https://hidden@playcanvas.example.test/api")]
    [TestCase("https://playcanvas.example.test/api?token=hidden")]
    public void An_address_with_a_secret_is_refused_without_telling_it(string apiUrl)
    {
        var message = RunBadly(new PlayCanvasListApps { ApiUrl = apiUrl }, "PLAYCANVAS1008");

        Assert.That(message, Does.Contain("playcanvas.example.test").And.Not.Contain("hidden"));
    }

    [TestCase("RequestTimeout", "0")]
    [TestCase("RequestTimeout", "-1")]
    [TestCase("RequestTimeout", "soon")]
    [TestCase("RequestTimeout", "1.5")]
    [TestCase("RequestTimeout", "86401")]
    [TestCase("JobTimeout", "0")]
    [TestCase("JobTimeout", "9999999999999")]
    [TestCase("MaxRetries", "-1")]
    [TestCase("MaxRetries", "101")]
    public void NumbersHaveBounds(string property, string value)
    {
        var task = new PlayCanvasListApps();
        task.OnlyGame.SetMetadata(property, value);

        var message = RunBadly(task, "PLAYCANVAS1020");

        Assert.That(message, Does.Contain($"PlayCanvas{property} is \"{value}\""));
    }

    [TestCase("Limit", "0", "PLAYCANVAS1020")]
    [TestCase("Limit", "all", "PLAYCANVAS1020")]
    [TestCase("Skip", "-1", "PLAYCANVAS1020")]
    [TestCase("Order", "up", "PLAYCANVAS1021")]
    [TestCase("Order", "0", "PLAYCANVAS1021")]
    public void PagingHasBounds(string property, string value, string code)
    {
        var task = new PlayCanvasListApps();
        typeof(PlayCanvasListApps).GetProperty(property)!.SetValue(task, value);

        var message = RunBadly(task, code);

        Assert.That(message, Does.Contain($"PlayCanvasList{property} is \"{value}\""));
    }

    [Test]
    public void APublishAndADownloadNeedTheProjectId()
    {
        foreach (var task in new PlayCanvasServiceTask[] { PublishTask(), DownloadTask() })
        {
            Engine = new();
            task.ProjectId = " ";
            Assert.That(RunBadly(task, "PLAYCANVAS1001"), Does.Contain("PlayCanvasProjectId"));
        }

        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" ; ;")]
    public void ScenesAreNeeded(string? scenes)
    {
        var task = PublishTask();
        task.Scenes = scenes;

        Assert.That(RunBadly(task, "PLAYCANVAS1003"), Does.Contain("PlayCanvasScenes"));
    }

    [TestCase(0)]
    [TestCase(1_001)]
    public void TheNameHasALength(int length)
    {
        var task = PublishTask();
        task.AppName = new string('x', length);

        Assert.That(RunBadly(task, "PLAYCANVAS1014"), Does.Contain("PlayCanvasAppName"));
    }

    [TestCase("AppVersion", 21, "PLAYCANVAS1014", "PlayCanvasAppVersion")]
    [TestCase("AppDescription", 10_001, "PLAYCANVAS1014", "PlayCanvasAppDescription")]
    [TestCase("ReleaseNotes", 10_001, "PLAYCANVAS1017", "PlayCanvasReleaseNotes")]
    public void TextsHaveALength(string parameter, int length, string code, string property)
    {
        var task = PublishTask();
        task.OnlyGame.SetMetadata(parameter, new string('x', length));

        Assert.That(RunBadly(task, code), Does.Contain(property));
    }

    [TestCase("true", null, null)]
    [TestCase("true", "true", null)]
    [TestCase("true", null, "true")]
    [TestCase("true", "true", "false")]
    [TestCase("true", "false", "true")]
    public void SourceMapsNeedOneMinifiedScript(string sourcemaps, string? concatenate, string? minify)
    {
        var task = PublishTask();
        (task.ScriptsSourcemaps, task.ScriptsConcatenate, task.ScriptsMinify) = (sourcemaps, concatenate, minify);

        Assert.That(
            RunBadly(task, "PLAYCANVAS1018"),
            Does.Contain("PlayCanvasScriptsSourcemaps").And.Contain("PlayCanvasScriptsConcatenate").And.Contain("PlayCanvasScriptsMinify"));
    }

    [TestCase("ScriptsConcatenate")]
    [TestCase("ScriptsMinify")]
    [TestCase("ScriptsSourcemaps")]
    [TestCase("OptimizeSceneFormat")]
    [TestCase("SkipPublishedVersion")]
    [TestCase("SetPrimaryApp")]
    public void PublishSwitchesAreTrueOrFalse(string property)
    {
        var task = PublishTask();
        task.OnlyGame.SetMetadata(property, "1");

        Assert.That(RunBadly(task, "PLAYCANVAS1019"), Does.Contain($"PlayCanvas{property} is \"1\""));
    }

    [TestCase("Update")]
    [TestCase("Verify")]
    public void DownloadParametersAreTrueOrFalse(string property)
    {
        var task = DownloadTask();
        typeof(PlayCanvasDownloadApp).GetProperty(property)!.SetValue(task, "1");

        Assert.That(RunBadly(task, "PLAYCANVAS1019"), Does.Contain($"PlayCanvas{property} is \"1\""));
    }

    [Test]
    public void DownloadSwitchesAreTrueOrFalse()
    {
        var task = DownloadTask();
        task.PreloadBundle = "1";

        Assert.That(RunBadly(task, "PLAYCANVAS1019"), Does.Contain("PlayCanvasPreloadBundle is \"1\""));
    }

    [Test]
    public void TheFormatIsOneOfTwo()
    {
        var task = DownloadTask();
        task.Format = "zip";

        Assert.That(RunBadly(task, "PLAYCANVAS1021"), Does.Contain("PlayCanvasFormat is \"zip\""));
    }

    [Test]
    public void TheFormatOfAnExportFileIsOneOfTwoAsWell()
    {
        Folder.Write("game.zip", "");
        var task = DownloadTask();
        (task.ExportFile, task.Format) = ("game.zip", " zip\n");

        Assert.That(RunBadly(task, "PLAYCANVAS1021"), Does.Contain("PlayCanvasFormat is \"zip\""));
    }

    [Test]
    public void ASwitchOfTheTargetsIsTrueOrFalse()
    {
        var task = new PlayCanvasCheckSwitch { Property = "PlayCanvasDownloadOnBuild", Value = "1" };

        Assert.That(RunBadly(task, "PLAYCANVAS1019"), Does.Contain("PlayCanvasDownloadOnBuild is \"1\""));
    }

    [TestCase("..")]
    [TestCase("../game")]
    [TestCase("games/../../game")]
    [TestCase("/game")]
    [TestCase(".")]
    [TestCase("./")]
    [TestCase("a\"b")]
    [TestCase("a;b")]
    [TestCase("game%20x")]
    [TestCase("game.")]
    [TestCase("con")]
    public void The_games_path_stays_in_its_folder_and_can_be_used_everywhere(string gamePath)
    {
        var task = DownloadTask();
        task.GamePath = gamePath;

        Assert.That(RunBadly(task, "PLAYCANVAS1025"), Does.Contain($"PlayCanvasGamePath is \"{gamePath}\""));
        Assert.That(Directory.EnumerateFileSystemEntries(Folder.FullPath), Is.Empty);
    }

    [Test]
    public void AnExportFileIsThere()
    {
        var task = DownloadTask();
        task.ExportFile = "missing.zip";

        Assert.That(RunBadly(task, "PLAYCANVAS4010"), Does.Contain("PlayCanvasExportFile").And.Contain(Folder.File("missing.zip")));
    }

    [Test]
    public void BracesInAValueDoNoHarm()
    {
        Assert.That(RunBadly(new PlayCanvasListApps { ProjectId = "{0} {1} {" }, "PLAYCANVAS1002"), Does.Contain("{0} {1} {"));
    }
}
