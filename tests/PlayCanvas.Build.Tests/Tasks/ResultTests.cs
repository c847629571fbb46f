using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Build.Utilities;
using NUnit.Framework;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>What other programs read of a build: the result file, the items, and the files of GitHub Actions.</summary>
[TestFixture]
public sealed class ResultTests : TaskFixture
{
    private const string Odd = "a \"quoted\"; 100%25 $(X) @(Y) | <b>`🎮`</b>";

    private string ResultPath => Folder.File("out", "result.json");

    private JsonNode Results => JsonNode.Parse(File.ReadAllText(ResultPath))!;

    private JsonObject Download => Results["downloads"]!.AsArray().Single()!.AsObject();

    private JsonObject Publish => Results["publishes"]!.AsArray().Single()!.AsObject();

    private string OutputsPath => Folder.File("github output");

    private string SummaryPath => Folder.File("github summary");

    [Test]
    public void AFirstDownloadSaysWhatItInstalled()
    {
        var task = WithResult(DownloadTask());

        RunWell(task);

        Assert.That(Outcome(Download), Is.EqualTo("downloaded"));
        Assert.That((string?)Download["project"], Is.EqualTo("Web Game"));
        Assert.That((string?)Download["path"], Is.EqualTo("game"));
        Assert.That((long?)Download["projectId"], Is.EqualTo(World.ProjectId));
        Assert.That((string?)Download["contentId"], Does.Match("^[0-9a-f]{64}$"));
        Assert.That((int?)Download["files"], Is.EqualTo(task.Files.Length));
        Assert.That((long?)Download["bytes"], Is.EqualTo(task.Files.Sum(file => new FileInfo(file.ItemSpec).Length)));
        Assert.That((long?)Download["moved"], Is.GreaterThan(0).And.LessThanOrEqualTo(Sandbox.Requests.Of(Origin.Storage).Sum(request => request.BytesSent)));
        Assert.That((int?)Download["added"], Is.EqualTo(task.Files.Length));
        Assert.That((string?)Download["scenes"]![0]!["name"], Is.EqualTo("Main"));
        Assert.That((string?)Download["job"], Is.Not.Empty);
        Assert.That(Download["errors"]!.AsArray(), Is.Empty);
        Assert.That(Results["publishes"]!.AsArray(), Is.Empty);
    }

    [Test]
    public void AnUpdateSaysWhatChanged()
    {
        RunWell(WithResult(DownloadTask()));
        var before = (string?)Download["contentId"];
        Sandbox.World.ChangeGame(game => game.Without("Wood.jpg").With("new.txt", "new"));
        var update = WithResult(DownloadTask());
        update.Update = "true";

        RunWell(update);

        Assert.That(Outcome(Download), Is.EqualTo("downloaded"));
        Assert.That((string?)Download["contentId"], Is.Not.EqualTo(before));
        Assert.That((int?)Download["added"], Is.EqualTo(1));
        Assert.That((int?)Download["changed"], Is.EqualTo(1), "config.json");
        Assert.That((int?)Download["removed"], Is.GreaterThan(0));
        Assert.That((long?)Download["previousBytes"], Is.GreaterThan((long)Download["bytes"]!));
    }

    [Test]
    public void AGameThatIsThereIsUpToDate()
    {
        RunWell(WithResult(DownloadTask()));

        RunWell(WithResult(DownloadTask()));

        Assert.That(Outcome(Download), Is.EqualTo("up-to-date"));
        Assert.That((long?)Download["moved"], Is.Zero);
    }

    [Test]
    public void TheResultOfADownloadIsAnItemsMetadata()
    {
        var task = WithResult(DownloadTask());

        RunWell(task);

        var result = JsonNode.Parse(task.InstalledGames.Single().GetMetadata("Result"))!;
        Assert.That(JsonNode.DeepEquals(result, Download), Is.True);
    }

    [Test]
    public void AFailedUpdateSaysWhyAndWhichContentIsStillInUse()
    {
        RunWell(WithResult(DownloadTask()));
        var content = (string?)Download["contentId"];
        Sandbox.Faults.On("POST", "/api/apps/download", Fault.Status(403));
        Engine = new();
        var update = WithResult(DownloadTask());
        update.Update = "true";

        RunBadly(update, "PLAYCANVAS2002");

        Assert.That(Outcome(Download), Is.EqualTo("failed"));
        Assert.That((string?)Download["errors"]![0], Is.EqualTo("PLAYCANVAS2002"));
        Assert.That((string?)Download["contentId"], Is.EqualTo(content));
    }

    [Test]
    public void AFailedFirstDownloadHasNoContent()
    {
        Sandbox.Faults.On("POST", "/api/apps/download", Fault.Status(403));

        RunBadly(WithResult(DownloadTask()), "PLAYCANVAS2002");

        Assert.That(Outcome(Download), Is.EqualTo("failed"));
        Assert.That(Download.ContainsKey("contentId"), Is.False);
    }

    [Test]
    public void APublishSaysWhichAppItMade()
    {
        var task = WithResult(PublishTask());
        task.AppVersion = "1.2.0";

        RunWell(task);

        var app = Sandbox.World.Apps[^1];
        var branch = Sandbox.World.Branches.First(branch => branch.Permanent);
        Assert.That(Outcome(Publish), Is.EqualTo("published"));
        Assert.That((long?)Publish["app"]!["id"], Is.EqualTo(app.Id));
        Assert.That((string?)Publish["app"]!["version"], Is.EqualTo("1.2.0"));
        Assert.That((string?)Publish["app"]!["url"], Is.EqualTo(app.Url));
        Assert.That((string?)Publish["branch"]!["name"], Is.EqualTo(branch.Name));
        Assert.That((string?)Publish["checkpoint"], Is.EqualTo(branch.LatestCheckpointId));
        Assert.That((string?)Publish["scenes"]![0]!["name"], Is.EqualTo("Main"));
        Assert.That(task.App.GetMetadata("Outcome"), Is.EqualTo("published"));
        Assert.That(task.App.GetMetadata("Branch"), Is.EqualTo(branch.Name));
        Assert.That(task.App.GetMetadata("Checkpoint"), Is.EqualTo(branch.LatestCheckpointId));
        Assert.That(task.App.GetMetadata("Game"), Is.EqualTo("game"));
    }

    [Test]
    public void AVersionThatIsThereIsReused()
    {
        RunWell(Version("1.2.0"));
        var again = Version("1.2.0");
        again.SkipPublishedVersion = "true";

        RunWell(again);

        Assert.That(Outcome(Publish), Is.EqualTo("reused"));
        Assert.That(Publish.ContainsKey("checkpoint"), Is.False, "the branch may have moved on since the app was made");
        Assert.That(again.App.GetMetadata("Outcome"), Is.EqualTo("reused"));
    }

    [Test]
    public void ABranchThatCannotBeListedIsLeftOut()
    {
        Sandbox.Faults.On("GET", "*/branches", Fault.Status(500), FaultScript.EveryCall);

        RunWell(WithResult(PublishTask()));

        Assert.That(Outcome(Publish), Is.EqualTo("published"));
        Assert.That(Publish.ContainsKey("branch"), Is.False);
    }

    [Test]
    public void AFailedPublishHasItsCode()
    {
        Sandbox.Faults.On("POST", "/api/apps", Fault.Status(403));

        RunBadly(Version("1.2.0"), "PLAYCANVAS2002");

        Assert.That(Outcome(Publish), Is.EqualTo("failed"));
        Assert.That((string?)Publish["errors"]![0], Is.EqualTo("PLAYCANVAS2002"));
        Assert.That((string?)Publish["app"]!["version"], Is.EqualTo("1.2.0"));
        Assert.That(Publish["app"]!.AsObject().ContainsKey("id"), Is.False);
    }

    [Test]
    public void APublishKeepsWhatTheBuildSaidAboutTheGame()
    {
        RunWell(WithResult(DownloadTask()));
        var content = (string?)Download["contentId"];

        RunWell(WithResult(PublishTask()));

        Assert.That((string?)Download["contentId"], Is.EqualTo(content));
        Assert.That(Outcome(Download), Is.EqualTo("up-to-date"), "the publish is a later build");
        Assert.That(Outcome(Publish), Is.EqualTo("published"));
    }

    [Test]
    public void ADownloadKeepsWhatTheLastPublishPublished()
    {
        RunWell(Version("1.2.0"));
        var before = Publish.ToJsonString();

        RunWell(WithResult(DownloadTask()));

        Assert.That(Publish.ToJsonString(), Is.EqualTo(before));
    }

    [TestCase("2026-11-30T10:00:00")]
    [TestCase("1.0")]
    public void AVersionStaysAsItIs(string version)
    {
        RunWell(Version(version));

        RunWell(WithResult(DownloadTask()));

        Assert.That((string?)Publish["app"]!["version"], Is.EqualTo(version));
    }

    [TestCase("not JSON")]
    [TestCase("{}")]
    [TestCase("""{"version": 2, "publishes": [{"outcome": "published"}]}""")]
    [TestCase("""{"version": 1, "publishes": "?"}""")]
    public void AFileOfAnotherShapeIsReplaced(string text)
    {
        Folder.Write("out/result.json", text);

        RunWell(WithResult(DownloadTask()));

        Assert.That(Outcome(Download), Is.EqualTo("downloaded"));
        Assert.That(Results["publishes"]!.AsArray(), Is.Empty);
    }

    [Test]
    public void AFileThatCannotBeWrittenIsAWarning()
    {
        Directory.CreateDirectory(ResultPath);
        var task = WithResult(PublishTask());

        var succeeded = Run(task);

        Assert.That(succeeded, Is.True);
        Assert.That(Sandbox.World.Apps[^1].Name, Is.EqualTo("My game"));
        Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS4024"));
        Assert.That(Engine.Warnings.Single().Message, Does.Contain(ResultPath).And.Contain("PlayCanvasResultFile"));
    }

    [Test]
    public void ADefaultFileThatCannotBeWrittenIsNoWarning()
    {
        Directory.CreateDirectory(ResultPath);
        var task = PublishTask();
        task.OnlyGame.SetMetadata("DefaultResultFile", "out/result.json");

        RunWell(task);

        Assert.That(Engine.Warnings, Is.Empty);
        Assert.That(Engine.AllTexts, Has.Some.Contains(ResultPath));
    }

    [Test]
    public void NoPropertyAndNoTargetsMeanNoFile()
    {
        RunWell(DownloadTask());

        Assert.That(Directory.Exists(Path.GetDirectoryName(ResultPath)), Is.False);
    }

    [Test]
    public void EachGameOfTheProjectIsDescribed()
    {
        RunWell(WithResult(DownloadTask()));
        var second = WithResult(DownloadTask());
        second.GamePath = "second";
        second.Scenes = "Level 2";
        second.ProjectGames = [new TaskItem(second.OnlyGame) { ItemSpec = "game" }, second.OnlyGame];

        RunWell(second);

        var downloads = Results["downloads"]!.AsArray().Select(result => ((string?)result!["path"], Outcome(result!))).ToList();
        Assert.That(downloads, Is.EqualTo([("game", "up-to-date"), ("second", "downloaded")]));
    }

    [Test]
    public void AStepGetsTheAppAsOutputs()
    {
        GitHub();

        RunWell(Version("1.2.0"));

        var app = Sandbox.World.Apps[^1];
        Assert.That(Outputs["playcanvas-app-id"], Is.EqualTo($"{app.Id}"));
        Assert.That(Outputs["playcanvas-app-url"], Is.EqualTo(app.Url));
        Assert.That(Outputs["playcanvas-app-version"], Is.EqualTo("1.2.0"));
        Assert.That(Outputs["playcanvas-checkpoint"], Is.EqualTo(Sandbox.World.Branches[0].LatestCheckpointId));
        Assert.That(Outputs["playcanvas-outcome"], Is.EqualTo("published"));
        Assert.That((long?)JsonNode.Parse(Outputs["playcanvas-apps"])![0]!["app"]!["id"], Is.EqualTo(app.Id));
    }

    [Test]
    public void WithSeveralPublishesAStepGetsAllOfThemAndNoSingleOne()
    {
        GitHub();
        RunWell(Version("1.2.0"));
        var second = PublishTask();
        second.GamePath = "second";
        second.AppName = "Second";

        RunWell(second);

        Assert.That(JsonNode.Parse(Outputs["playcanvas-apps"])!.AsArray().Select(app => (string?)app!["app"]!["name"]), Is.EqualTo(["My game", "Second"]));
        Assert.That(Outputs["playcanvas-app-id"], Is.Empty);
        Assert.That(Outputs["playcanvas-outcome"], Is.Empty);
    }

    [Test]
    public void AStepThatIsPublishedAgainHasOneApp()
    {
        GitHub();
        RunWell(Version("1.2.0"));

        RunWell(Version("1.2.1"));

        Assert.That(JsonNode.Parse(Outputs["playcanvas-apps"])!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(Outputs["playcanvas-app-version"], Is.EqualTo("1.2.1"));
    }

    [Test]
    public void AStepOfAFailedPublishSaysSo()
    {
        GitHub();
        Sandbox.Faults.On("POST", "/api/apps", Fault.Status(403));

        RunBadly(Version("1.2.0"), "PLAYCANVAS2002");

        Assert.That(Outputs["playcanvas-outcome"], Is.EqualTo("failed"));
        Assert.That(Outputs["playcanvas-app-id"], Is.Empty);
        Assert.That(File.ReadAllText(SummaryPath), Does.Contain("| failed My game 1.2.0 | ").And.Contain("; PLAYCANVAS2002 |"));
    }

    [Test]
    public void OddTextsStayAsTheyAreInEveryForm()
    {
        GitHub();
        var task = WithResult(PublishTask());
        task.OnlyGame.SetMetadata("AppName", EscapeForMSBuild(Odd));

        RunWell(task);

        Assert.That((string?)Publish["app"]!["name"], Is.EqualTo(Odd));
        Assert.That((string?)JsonNode.Parse(Outputs["playcanvas-apps"])![0]!["app"]!["name"], Is.EqualTo(Odd));
        Assert.That(task.App.GetMetadata("Name"), Is.EqualTo(Odd));
        Assert.That(File.ReadAllText(SummaryPath), Does.Contain("a \\\"quoted\\\"\\; 100\\%25 \\$\\(X\\) \\@\\(Y\\) \\| \\<b\\>\\`🎮\\`\\</b\\>"));
    }

    [Test]
    public void TheSummaryIsOneTable()
    {
        GitHub();
        RunWell(DownloadTask());

        RunWell(Version("1.2.0"));

        var lines = File.ReadAllLines(SummaryPath);
        Assert.That(lines.Count(line => line.StartsWith("### ", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(lines[^2], Does.StartWith("| Web Game | game | downloaded `").And.Contain(" added, 0 changed, 0 removed; ").And.Contain($"; branch {World.MainBranchId}; "));
        Assert.That(lines[^1], Does.StartWith("| Web Game | game | published [My game 1.2.0](<http"));
    }

    [Test]
    public void TextThatFollowsTheTableBeginsANewOne()
    {
        GitHub();
        RunWell(DownloadTask());
        File.AppendAllText(SummaryPath, "\nTests: green\n");

        RunWell(Version("1.2.0"));

        Assert.That(File.ReadAllLines(SummaryPath).Count(line => line.StartsWith("### ", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public void AFileWithoutALineBreakAtItsEndIsContinuedOnANewLine()
    {
        GitHub();
        File.WriteAllText(OutputsPath, "mine=1");

        RunWell(Version("1.2.0"));

        Assert.That(File.ReadAllText(OutputsPath), Does.StartWith("mine=1\nplaycanvas-apps<<"));
    }

    [Test]
    public void AGameThatIsUpToDateIsNotInTheSummary()
    {
        RunWell(DownloadTask());
        GitHub();

        RunWell(DownloadTask());

        Assert.That(File.ReadAllText(SummaryPath), Is.Empty);
    }

    [Test]
    public void AFileOfTheRunnerThatDoesNotExistIsAWarning()
    {
        EnvironmentVariables["GITHUB_OUTPUT"] = OutputsPath;

        var succeeded = Run(Version("1.2.0"));

        Assert.That(succeeded, Is.True);
        Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS4024"));
        Assert.That(Engine.Warnings.Single().Message, Does.Contain("GITHUB_OUTPUT names: the file does not exist. The work itself is done."));
        Assert.That(File.Exists(OutputsPath), Is.False);
    }

    [Test]
    public void ASwitchTurnsTheFilesOfTheRunnerOff()
    {
        GitHub();
        var task = Version("1.2.0");
        task.CiOutput = "false";

        RunWell(task);

        Assert.That(File.ReadAllText(OutputsPath) + File.ReadAllText(SummaryPath), Is.Empty);
    }

    [Test]
    public void NoFileContainsTheToken()
    {
        GitHub();
        Sandbox.Faults.On("GET", "/api/apps/*", Fault.Rewrite(app => (app["name"], app["url"]) = ($"I am {Token}", $"https://x/?t={Token}")), FaultScript.EveryCall);

        RunWell(Version("1.2.0"));

        foreach (var path in new[] { ResultPath, OutputsPath, SummaryPath })
            Assert.That(File.ReadAllText(path), Does.Not.Contain(Token).And.Contain("I am"), path);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows does not replace a file that another program has open without sharing it.")]
    public void AReaderNeverSeesHalfAFile()
    {
        RunWell(WithResult(DownloadTask()));
        using var reader = File.OpenText(ResultPath);

        RunWell(Version("1.2.0"));

        Assert.That(JsonNode.Parse(reader.ReadToEnd())!["publishes"]!.AsArray(), Is.Empty);
        Assert.That(Outcome(Publish), Is.EqualTo("published"));
    }

    private static string? Outcome(JsonNode result) => (string?)result["outcome"];

    private static string EscapeForMSBuild(string text) => MSBuildItemList.Escape(text);

    private static T WithResult<T>(T task)
        where T : PlayCanvasGameTask
    {
        task.ResultFile = "out/result.json";
        return task;
    }

    private static PlayCanvasPublishApp Version(string version)
    {
        var task = WithResult(PublishTask());
        task.AppVersion = version;
        return task;
    }

    private void GitHub()
    {
        File.WriteAllText(OutputsPath, "");
        File.WriteAllText(SummaryPath, "");
        EnvironmentVariables["GITHUB_OUTPUT"] = OutputsPath;
        EnvironmentVariables["GITHUB_STEP_SUMMARY"] = SummaryPath;
    }

    /// <summary>The outputs as the runner reads them: the last value of each name counts.</summary>
    private Dictionary<string, string> Outputs
    {
        get
        {
            var outputs = new Dictionary<string, string>();
            foreach (Match match in Regex.Matches(File.ReadAllText(OutputsPath), @"^([\w-]+)<<(\S+)\n(.*?)\n\2$", RegexOptions.Multiline | RegexOptions.Singleline))
                outputs[match.Groups[1].Value] = match.Groups[3].Value;
            return outputs;
        }
    }
}
