using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests what a build reports when something is wrong: one error, on one line, that names the property to change. Nothing is left half done.</summary>
public sealed class ErrorTests : ConsumerFixture
{
    // A change is "property=value"; "token=" sets the token in the environment.
    [TestCase("build", "PLAYCANVAS1004", "PLAYCANVAS_ACCESS_TOKEN", "token=")]
    [TestCase("build", "PLAYCANVAS2001", "PlayCanvasApiUrl", "token=refused-token")]
    [TestCase("build", "PLAYCANVAS2003", "PlayCanvasProjectId", "PlayCanvasProjectId=999")]
    [TestCase("build", "PLAYCANVAS1001", "PlayCanvasProjectId", "PlayCanvasProjectId=")]
    [TestCase("build", "PLAYCANVAS1002", "PlayCanvasProjectId", "PlayCanvasProjectId=box")]
    [TestCase("build", "PLAYCANVAS1003", "PlayCanvasScenes", "PlayCanvasScenes=")]
    [TestCase("build", "PLAYCANVAS1009", "PlayCanvasScenes names the scene \"Man\", but the project does not contain it. Existing scenes: \"Main\", \"Level 2\".", "PlayCanvasScenes=Man")]
    [TestCase("build", "PLAYCANVAS1012", "PlayCanvasBranch is \"master\", but the project does not have this branch. Existing branches: \"main\", \"development\".", "PlayCanvasBranch=master")]
    [TestCase("build", "PLAYCANVAS1008", "PlayCanvasApiUrl", "PlayCanvasApiUrl=http://playcanvas.example/api")]
    [TestCase("build", "PLAYCANVAS2007", "PlayCanvasApiUrl", "PlayCanvasApiUrl=https://127.0.0.1:1/api", "PlayCanvasMaxRetries=0")]
    [TestCase("build", "PLAYCANVAS1005", "PLAYCANVAS_ACCESS_TOKEN", "PlayCanvasAccessToken=sandbox-token")]
    [TestCase("build", "PLAYCANVAS1025", "PlayCanvasGamePath", "PlayCanvasGamePath=../game")]
    [TestCase("build", "PLAYCANVAS1025", "PlayCanvasGamePath is \"a\"b\"", "PlayCanvasGamePath=a\"b")]
    [TestCase("build", "PLAYCANVAS1025", "PlayCanvasGamePath is \"100%\"", "PlayCanvasGamePath=100%25")]
    [TestCase("build", "PLAYCANVAS1021", "PlayCanvasFormat", "PlayCanvasExportFile=Desk.csproj", "PlayCanvasFormat=zip")]
    [TestCase("build", "PLAYCANVAS1019", "PlayCanvasDownloadOnBuild is \"1\"", "PlayCanvasDownloadOnBuild=1")]
    [TestCase("build", "PLAYCANVAS4010", "PlayCanvasExportFile", "PlayCanvasExportFile=no.zip")]
    [TestCase("publish", "PLAYCANVAS1004", "PLAYCANVAS_ACCESS_TOKEN", "token=")]
    [TestCase("publish", "PLAYCANVAS1014", "PlayCanvasAppVersion", "PlayCanvasAppVersion=1.2.3-beta.4.of.twelve")]
    [TestCase("publish", "PLAYCANVAS1009", "PlayCanvasScenes", "PlayCanvasScenes=Man")]
    [TestCase("publish", "PLAYCANVAS1005", "PLAYCANVAS_ACCESS_TOKEN", "PlayCanvasAccessToken=sandbox-token")]
    public async Task SaysInOneLineWhatToChange(string command, string code, string words, params string[] changes)
    {
        var project = command == "build" ? Console().DownloadsOnBuild() : Console().PublishesOnPublish();
        foreach (var change in changes.Select(change => change.Split('=', 2)))
        {
            if (change[0] == "token")
                Token = change[1].Length == 0 ? null : change[1];
            else
                project.Set(change[0], change[1]);
        }

        var result = await project.RunAsync(command);

        var error = result.AssertFailedWith(code);
        Assert.That(error.Line, Does.Contain($"Desk.csproj : error {code}: ").And.Contain(words));
        Assert.That(result.Warnings, Is.Empty);
        Assert.That(result.Output, Does.Not.Contain("sandbox-token").And.Not.Contain("refused-token"));
        Assert.That(project.FilesIn("obj/playcanvas").Where(file => !file.EndsWith("/game.lock", StringComparison.Ordinal)), Is.Empty, "files");
        Assert.That(project.Has("playcanvas.lock.json"), Is.False);
        Assert.That(ExportsAskedFor, Is.Zero);
        Assert.That(Publishes, Is.Empty);
    }

    [Test]
    public async Task AJobThatFailsLeavesTheInstalledGame()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        var game = project.GameHashes();
        Sandbox.Faults.NextJobs(PlayCanvas.Sandbox.JobOutcome.Error("Out of memory"));

        var result = await project.RunAsync("build", "--no-restore", "-p:PlayCanvasUpdate=true");

        Assert.That(result.AssertFailedWith("PLAYCANVAS3001").Text, Does.EndWith("Out of memory"));
        Assert.That(project.GameHashes(), Is.EqualTo(game));
    }

    [Test]
    public async Task Nothing_in_a_folder_that_holds_a_file_of_the_same_name_is_touched()
    {
        var project = Console().DownloadsOnBuild().Set("PlayCanvasDownloadDirectory", ".").Set("PlayCanvasGamePath", "mine");
        Directory.CreateDirectory(project.PathOf("mine"));
        project.WithFile("mine/index.html", "precious");

        var error = (await project.RunAsync("build")).AssertFailedWith("PLAYCANVAS4007");

        Assert.That(error.Text, Does.Contain("index.html").And.Contain("PlayCanvasGamePath"));
        Assert.That(project.FilesIn("mine"), Is.EqualTo(["index.html"]));
    }
}
