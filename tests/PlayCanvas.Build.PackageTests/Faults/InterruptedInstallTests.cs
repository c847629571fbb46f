using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>Tests that an install that was interrupted while it changed files is finished by the next command that uses the game.</summary>
public sealed class InterruptedInstallTests : ConsumerFixture
{
    private const string Game = "obj/playcanvas/game";
    private const string Output = "bin/Release/net10.0";

    private static readonly string[] Lists = [".files.txt", ".parameters.txt", ".exported.txt", ".manifest.json"];

    [TestCase("build", "-c", "Release", "-p:PlayCanvasEnabled=false")]
    [TestCase("build", "-c", "Release", "-p:PlayCanvasDownloadOnBuild=false")]
    [TestCase("publish", "--no-build")]
    [TestCase("publish", "--no-build", "-p:PlayCanvasEnabled=false")]
    public async Task IsFinishedWithoutNetworkAndToken(params string[] command)
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync("-c", "Release");
        Interrupt(project.PathOf(Game));
        Directory.Delete(project.PathOf($"{Output}/game"), recursive: true);
        Sandbox.Requests.Clear();
        Token = null;

        (await project.RunAsync([.. command, "--no-restore"])).AssertClean();

        var output = project.FilesIn($"{Output}/{(command[0] == "publish" ? "publish/" : "")}game");
        Assert.That(output, Has.Member("config.json").And.Not.Member("styles.css"));
        Assert.That(project.FilesIn($"{Game}/.playcanvas"), Is.EquivalentTo([.. Lists, ".lock", ".owner.txt"]));
        AssertNothingSent();
    }

    [Test]
    public async Task IsNotFinishedByADesignTimeBuild()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Interrupt(project.PathOf(Game));

        (await project.RunAsync("msbuild", "-t:AssignTargetPaths", "-p:DesignTimeBuild=true")).AssertClean();

        Assert.That(project.Has($"{Game}/config.json"), Is.False);
    }

    [Test]
    public async Task Is_finished_when_it_was_the_first_of_one_of_several_games()
    {
        var project = Web().DownloadsOnBuild().Add("""<ItemGroup><PlayCanvasGame Include="first" AppName="First" /><PlayCanvasGame Include="more/second" AppName="Second" /></ItemGroup>""");
        await project.BuildAsync();
        Interrupt(project.PathOf("wwwroot/more/second"));
        foreach (var list in Lists)
            File.Delete(project.PathOf($"wwwroot/more/second/.playcanvas/{list}"));
        Sandbox.Requests.Clear();

        await project.BuildAsync("--no-restore");

        Assert.That(project.Has("wwwroot/more/second/config.json"));
        AssertNothingSent();
    }

    /// <summary>Creates the state of a build that was killed during an install: one file has yet to be moved into place, and another to be deleted.</summary>
    private static void Interrupt(string game)
    {
        var state = Path.Combine(game, ".playcanvas");
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(state, ".manifest.json")))!;
        var files = manifest["Files"]!.AsArray();
        files.Remove(files.First(file => file![0]!.GetValue<string>() == "styles.css"));
        var journal = new JsonObject { ["Moves"] = new JsonArray("config.json"), ["Deletions"] = new JsonArray("styles.css"), ["Manifest"] = manifest };
        Directory.CreateDirectory(Path.Combine(state, "staging"));
        File.Move(Path.Combine(game, "config.json"), Path.Combine(state, "staging", "config.json"));
        File.WriteAllText(Path.Combine(state, ".journal.json"), journal.ToJsonString());
    }
}
