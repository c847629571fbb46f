using Microsoft.Build.Utilities;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tasks.Lists;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Games and connections as items: what the tasks read from their metadata, and what becomes of it.</summary>
public sealed class GameItemTests : TaskFixture
{
    /// <summary>The options that are sent, each with a value that is not its default, and with the options that it requires.</summary>
    private static IEnumerable<TestCaseData> SentOptions()
    {
        var looked = new[] { Options.ProjectId, Options.Branch, Options.Scenes };
        return
            from option in Options.All.Except(looked)
            from use in new[] { OptionUse.Download, OptionUse.Publish }
            where (option.Use & use) != 0
            select new TestCaseData(option, use).SetArgDisplayNames(option.Name, use.ToString());
    }

    [TestCaseSource(nameof(SentOptions))]
    public void AnOptionReachesTheRequest(object row, object use)
    {
        var option = (Option)row;
        var (value, sent) = option.Kind switch
        {
            OptionKind.Switch => ("true", "True"),
            OptionKind.Choice => (option.Choices[^1], option.Choices[^1]),
            _ => ("1.77.1", "1.77.1"),
        };
        PlayCanvasServiceTask task = (OptionUse)use == OptionUse.Publish ? PublishTask() : DownloadTask();
        (task.ScriptsConcatenate, task.ScriptsMinify, task.PublishId) = ("true", "true", "false");
        task.OnlyGame.SetMetadata(option.Name, value);

        Run(task);

        var body = JObject.Parse(Sandbox.Requests.Of("POST", "*").Single().Body);
        Assert.That($"{body[option.Field!]}", Is.EqualTo(sent));
    }

    [Test]
    public void AnExplicitConnectionDecides()
    {
        var task = new PlayCanvasListApps { ApiUrl = "http://127.0.0.1:9/api" };
        var connection = new TaskItem("PlayCanvas");
        connection.SetMetadata("ApiUrl", Sandbox.ApiUrl.AbsoluteUri);
        task.Connection = connection;

        RunWell(task);

        Assert.That(task.Apps, Is.Not.Empty);
    }

    [Test]
    public void EachGameMayHaveItsOwnConnection()
    {
        EnvironmentVariables["OTHER"] = "an-unknown-token";
        var first = PublishTask().OnlyGame;
        var second = new TaskItem(Prepare(PublishTask()).OnlyGame) { ItemSpec = "second" };
        second.SetMetadata("AccessTokenVariable", "OTHER");
        second.SetMetadata("AppName", "Second");
        var task = new PlayCanvasPublishApp { Game = [first, second] };

        Assert.That(RunBadly(task, "PLAYCANVAS2001"), Is.Not.Empty);
        Assert.That(task.Apps.Single().GetMetadata("Name"), Is.EqualTo("My game"));
        Assert.That(Engine.HighMessages[^1], Does.StartWith($"Web Game -> {first.ItemSpec}: http"), "The first app is published.");
    }

    [Test]
    public void All_games_are_validated_before_the_first_is_published()
    {
        var first = PublishTask().OnlyGame;
        var second = new TaskItem(Prepare(PublishTask()).OnlyGame) { ItemSpec = "second" };
        second.SetMetadata("AppName", "Second");
        second.SetMetadata("AppVersion", new string('1', 21));

        RunBadly(new PlayCanvasPublishApp { Game = [first, second] }, "PLAYCANVAS1014");

        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [Test]
    public void TheResultNamesEachGame()
    {
        var first = Prepare(PublishTask()).OnlyGame;
        var second = new TaskItem(first) { ItemSpec = "second" };
        second.SetMetadata("AppName", "Second");

        RunWell(new PlayCanvasPublishApp { Game = [first, second] });

        var apps = Sandbox.World.Apps.TakeLast(2).Select(app => $"{app.Url} (app {app.Id})").ToList();
        Assert.That(Engine.HighMessages[^1], Is.EqualTo($"Web Game -> {first.ItemSpec}: {apps[0]}; second: {apps[1]}"));
    }

    [Test]
    public void TwoGamesAreNotTheSameApp()
    {
        var first = Prepare(PublishTask()).OnlyGame;

        RunBadly(new PlayCanvasPublishApp { Game = [first, new TaskItem(first) { ItemSpec = "second" }] }, "PLAYCANVAS1023");

        Assert.That(Sandbox.Requests, Is.Empty);
    }

    /// <summary>Each game would replace the primary app that the one before has set.</summary>
    [TestCase("true", 0)]
    [TestCase("false", 2)]
    public void AProjectHasOnePrimaryApp(string second, int apps)
    {
        var task = PublishTask();
        task.SetPrimaryApp = "true";
        var first = Prepare(task).OnlyGame;
        var other = new TaskItem(first) { ItemSpec = "second" };
        (string Name, string Value)[] different = [("AppName", "Second"), ("SetPrimaryApp", second)];
        foreach (var (name, value) in different)
            other.SetMetadata(name, value);
        var before = Sandbox.World.Apps.Count;
        task = new PlayCanvasPublishApp { Game = [first, other] };

        if (apps > 0)
            RunWell(task);
        else
            Assert.That(RunBadly(task, "PLAYCANVAS1037"), Does.Contain("several games make their app the only primary one of project 1234567. Set PlayCanvasSetPrimaryApp for one of these games."));

        Assert.That(Sandbox.World.Apps, Has.Count.EqualTo(before + apps));
    }

    [Test]
    public void AGameThatIsNotToBePublishedIsSkipped()
    {
        var first = Prepare(PublishTask()).OnlyGame;
        var second = new TaskItem(first) { ItemSpec = "second" };
        second.SetMetadata("Publish", " False ");
        var task = new PlayCanvasPublishApp { Game = [first, second] };

        RunWell(task);

        Assert.That(task.Apps, Has.Length.EqualTo(1));
    }

    [Test]
    public void A_scene_name_may_contain_a_semicolon()
    {
        Sandbox.World.AddScene("Part 1; 2", id: 99);
        var task = PublishTask();
        task.Scenes = "Part 1%3B 2;Main";

        RunWell(task);

        Assert.That(JObject.Parse(Sandbox.Requests.Of("POST", "*").Single().Body)["scenes"], Is.EqualTo(new JArray(99, World.MainSceneId)));
    }

    [Test]
    public void Escaped_semicolons_separate_scenes_that_no_scene_contains()
    {
        var task = PublishTask();
        task.Scenes = "Level 2%3BMain";

        RunWell(task);

        Assert.That(JObject.Parse(Sandbox.Requests.Of("POST", "*").Single().Body)["scenes"], Is.EqualTo(new JArray(World.Level2SceneId, World.MainSceneId)));
    }
}
