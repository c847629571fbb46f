using System.Reflection;
using System.Text.Json;
using NUnit.Framework;
using PlayCanvas.Hosting.Content;

namespace PlayCanvas.Hosting.Tests;

/// <summary>How the list of games is found and read.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GameIndexTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("playcanvas-hosting-");

    private static string EntryAssembly => Assembly.GetEntryAssembly()!.GetName().Name!;

    public void Dispose() => folder.Delete(recursive: true);

    [TestCase("Site", "Site.playcanvas.json playcanvas.json Other.playcanvas.json", "Site.playcanvas.json")]
    [TestCase("Site", "@.playcanvas.json Other.playcanvas.json playcanvas.json", "@.playcanvas.json")]
    [TestCase("Site", "Site.playcanvas.json @.playcanvas.json", "Site.playcanvas.json")]
    [TestCase("A custom name", "Site.playcanvas.json playcanvas.json", "Site.playcanvas.json")]
    [TestCase("A/custom/name", "Site.playcanvas.json", "Site.playcanvas.json")]
    [TestCase("../Site", "playcanvas.json", "playcanvas.json")]
    [TestCase(null, "Site.playcanvas.json", "Site.playcanvas.json")]
    [TestCase("", "playcanvas.json", "playcanvas.json")]
    [TestCase("A custom name", "One.playcanvas.json Two.playcanvas.json playcanvas.json", "playcanvas.json")]
    [TestCase("A custom name", "One.playcanvas.json Two.playcanvas.json", null)]
    [TestCase("Site", "playcanvas.json", "playcanvas.json")]
    [TestCase("Site", "", null)]
    public void The_list_is_found(string? applicationName, string files, string? found)
    {
        foreach (var file in files.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            File.WriteAllText(Path.Combine(folder.FullName, file.Replace("@", EntryAssembly, StringComparison.Ordinal)), "{}");
        var index = GameIndex.Find(folder.FullName, applicationName);
        Assert.That(index?.FullPath, Is.EqualTo(found is null ? null : Path.Combine(folder.FullName, found.Replace("@", EntryAssembly, StringComparison.Ordinal))));
    }

    [Test]
    public void A_folder_that_does_not_exist_has_no_list() => Assert.That(GameIndex.Find(Path.Combine(folder.FullName, "nothing"), "Site"), Is.Null);

    [Test]
    public void Paths_are_relative_to_the_list()
    {
        var games = Read("""{ "version": 1, "games": [ { "path": "/games/first/", "directory": "wwwroot/games/first/", "manifest": "/elsewhere/1.json" }, { "path": "b", "directory": "x", "manifest": "y", "isFlat": true, "z": 1 } ], "z": [] }""");
        Assert.That(games, Is.EqualTo(
        [
            new GameEntry("games/first", Path.Combine(folder.FullName, "wwwroot/games/first/"), "/elsewhere/1.json", IsFlat: false),
            new GameEntry("b", Path.Combine(folder.FullName, "x"), Path.Combine(folder.FullName, "y"), IsFlat: true),
        ]));
    }

    [TestCase("""{ "version": 1 }""")]
    [TestCase("""{ "version": 1, "games": [] }""")]
    public void A_list_may_be_empty(string json) => Assert.That(Read(json), Is.Empty);

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{ "version": "1" }""")]
    [TestCase("""{ "version": 2, "games": [] }""")]
    [TestCase("""{ "version": 1, "games": [ 1 ] }""")]
    [TestCase("""{ "version": 1, "games": [ { } ] }""")]
    [TestCase("""{ "version": 1, "games": [ { "path": "game", "directory": 1, "manifest": "y" } ] }""")]
    [TestCase("""{ "version": 1, "games": [ { "path": "/", "directory": "x", "manifest": "y" } ] }""")]
    public void Another_text_is_refused(string json) => Assert.That(() => Read(json), Throws.InstanceOf<JsonException>());

    private IReadOnlyList<GameEntry> Read(string json)
    {
        var path = Path.Combine(folder.FullName, "playcanvas.json");
        File.WriteAllText(path, json);
        return new GameIndex(path).Read();
    }
}
