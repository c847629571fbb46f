using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Games.Locking;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[SuppressMessage("Design", "CA1001", Justification = "The teardown disposes of what the fixture makes.")]
public sealed class LockFileTests
{
    private const string Debug = "Scenes=Main\nScriptsMinify=false";
    private const string Release = "Scenes=Main\nScriptsMinify=true";

    private readonly TemporaryFolder folder = new();

    private LockFile File => new(folder.File("playcanvas.lock.json"));

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void AFileThatDoesNotExistHasNoEntries()
    {
        Assert.That((File.Find("game", Debug), File.Text), Is.EqualTo(((LockEntry?)null, "")));
        Assert.That(File.ContentsOf("game"), Is.Empty);
    }

    [Test]
    public void AnEntryIsReadAsItWasWritten()
    {
        var entry = Entry('a');

        Assert.That(File.Write("game", Debug, entry), Is.SameAs(entry));

        Assert.That(JObject.FromObject(File.Find("game", Debug)!), Is.EqualTo(JObject.FromObject(entry)).Using(JToken.EqualityComparer));
    }

    /// <summary>People read the file in reviews, and other tools may read it too.</summary>
    [Test]
    public void The_text_is_indented_JSON_with_line_feeds_and_without_times_and_addresses()
    {
        File.Write("game", Debug, Entry('a'));

        var text = System.IO.File.ReadAllText(File.FullPath);
        Assert.That(text, Does.StartWith("{\n  \"version\": 1,\n  \"games\": {\n    \"game\": {\n").And.EndsWith("}\n").And.Not.Contain("\r").And.Not.Contain("http").And.Not.Match(@"\d\d:\d\d"));
        Assert.That(JObject.Parse(text).SelectToken("games.game.*")!.Children<JProperty>().Select(property => property.Name), Is.EqualTo(
            ["project", "branch", "scenes", "settings", "engine", "build", "checkpoints", "files", "bytes", "content", "parts"]));
    }

    [Test]
    public void Entries_of_other_games_and_parameters_stay_as_they_are()
    {
        File.Write("game", Release, Entry('r'));
        File.Write("second", Debug, Entry('s'));
        File.Write("game", Debug, Entry('d'));

        Assert.That(
            new[] { File.Find("game", Release), File.Find("second", Debug), File.Find("game", Debug), File.Find("second", Release), File.Find("third", Debug) }.Select(entry => entry?.Content[0]),
            Is.EqualTo(new char?[] { 'b', 'c', 'd', null, null }));
        Assert.That(File.ContentsOf("game"), Is.EquivalentTo([Entry('r').Content, Entry('d').Content]));
    }

    [Test]
    public void TheOrderDoesNotDependOnWhatWasWrittenFirst()
    {
        var other = new LockFile(folder.File("other.json"));
        File.Write("b", Debug, Entry('a'));
        File.Write("a", Release, Entry('a'));
        File.Write("a", Debug, Entry('a'));
        other.Write("a", Debug, Entry('a'));
        other.Write("a", Release, Entry('a'));
        other.Write("b", Debug, Entry('a'));

        Assert.That(other.Text, Is.EqualTo(File.Text));
    }

    /// <summary>A member that a newer package of the same version wrote is not lost.</summary>
    [Test]
    public void Unknown_members_of_other_entries_stay()
    {
        File.Write("game", Release, Entry('r'));
        var root = JObject.Parse(File.Text);
        root.SelectToken("games.game.*")!["note"] = "kept";
        System.IO.File.WriteAllText(File.FullPath, root.ToString());

        File.Write("game", Debug, Entry('d'));

        Assert.That(File.Text, Does.Contain("\"note\": \"kept\""));
    }

    /// <summary>Otherwise each developer's build would change the build id and the names in the file.</summary>
    [Test]
    public void AnEntryWhoseContentStaysTheSameIsNotRewritten()
    {
        var first = Entry('a');
        File.Write("game", Debug, first);
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        System.IO.File.SetLastWriteTimeUtc(File.FullPath, time);

        var written = File.Write("game", Debug, first with { Build = "9", Engine = "3.0.0" });

        Assert.That((written.Build, written.Engine), Is.EqualTo((first.Build, first.Engine)));
        Assert.That(System.IO.File.GetLastWriteTimeUtc(File.FullPath), Is.EqualTo(time));
    }

    [Test]
    public void AnotherContentReplacesTheEntry()
    {
        File.Write("game", Debug, Entry('a'));
        File.Write("game", Debug, Entry('b') with { Engine = null });

        Assert.That((File.Find("game", Debug)!.Content, File.Find("game", Debug)!.Engine), Is.EqualTo((Entry('b').Content, (string?)null)));
    }

    /// <summary>Git on Windows may convert the ends of lines.</summary>
    [Test]
    public void AFileWithCarriageReturnsIsTheSame()
    {
        File.Write("game", Debug, Entry('a'));
        var text = File.Text;
        System.IO.File.WriteAllText(File.FullPath, text.Replace("\n", "\r\n"));

        Assert.That(File.Text, Is.EqualTo(text));
        Assert.That(File.Find("game", Debug)?.Content, Is.EqualTo(Entry('a').Content));
    }

    [TestCase("", "is not JSON", TestName = "An empty file")]
    [TestCase("text", "is not JSON", TestName = "Text")]
    [TestCase("[]", "is not JSON", TestName = "An array")]
    [TestCase("{\"version\":1", "is not JSON", TestName = "A truncated file")]
    [TestCase("{\n<<<<<<< HEAD\n\"version\":1,\n=======\n\"version\":1\n>>>>>>> branch\n}", "markers of a merge conflict", TestName = "A merge conflict")]
    [TestCase("{\"version\":2}", "its version is \"2\", and this package reads version 1", TestName = "A newer version")]
    [TestCase("{\"version\":\"1\"}", "its version is \"1\"", TestName = "A version that is a text")]
    [TestCase("{\"version\":99999999999999999999}", "", TestName = "A version that is no number of ours")]
    [TestCase("{}", "its version is \"\"", TestName = "No version")]
    [TestCase("{\"version\":1}}", "is not JSON", TestName = "A brace too many")]
    [TestCase("{\"version\":1,\"games\":[]}", "games is not an object", TestName = "An array of games")]
    [TestCase("{\"version\":1,\"games\":{\"game\":3}}", "games.game is not an object", TestName = "A number instead of a game")]
    [TestCase("{\"version\":1,\"games\":null}", "games is null", TestName = "No games")]
    [TestCase("{\"version\":1,\"games\":{\"game\":{\"0\":{},\"0\":{}}}}", "'0' already exists", TestName = "Both sides of a merge")]
    public void AFileThatCannotBeReadIsAnError(string text, string reason)
    {
        folder.Write("playcanvas.lock.json", text);

        Assert.That(() => File.Find("game", Debug), Throws.TypeOf<LockFileException>().With.Property("Path").EqualTo(File.FullPath).And.Property("Reason").Contains(reason));
        Assert.That(() => File.Write("game", Debug, Entry('a')), Throws.TypeOf<LockFileException>());
        Assert.That(() => File.ContentsOf("game"), Throws.TypeOf<LockFileException>());
        Assert.That(System.IO.File.ReadAllText(File.FullPath), Is.EqualTo(text));
    }

    [TestCase("null", " is null")]
    [TestCase("{}", "cannot be read")]
    [TestCase("[]", "cannot be read")]
    [TestCase("\"text\"", "cannot be read")]
    [TestCase("{\"content\":\"../..\"}", "does not name a content")]
    [TestCase("{\"content\":null}", "content is null")]
    [TestCase("{\"content\":\"{0}\",\"parts\":null}", "parts is null")]
    [TestCase("{\"content\":\"{0}\",\"scenes\":[null]}", "scenes[0] is null")]
    [TestCase("{\"content\":\"{0}\",\"scenes\":5}", "cannot be read")]
    [TestCase("{\"content\":\"{0}\",\"files\":\"many\"}", "cannot be read")]
    [TestCase("{\"content\":\"{0}\",\"project\":99999999999999999999}", "cannot be read")]
    public void AnEntryThatCannotBeReadIsAnError(string entry, string reason)
    {
        folder.Write("playcanvas.lock.json", EntryText(entry.Replace("{0}", Entry('a').Content)));

        Assert.That(() => File.Find("game", Debug), Throws.TypeOf<LockFileException>().With.Property("Reason").Contains(reason));
    }

    [Test]
    public void AFolderInItsPlaceIsAnError()
    {
        Directory.CreateDirectory(File.FullPath);

        Assert.That(() => File.Find("game", Debug), Throws.TypeOf<LockFileException>().With.Property("Reason").EqualTo("it is a folder"));
    }

    [Test]
    public void NamesThatLookLikeDatesStay()
    {
        var dated = Entry('a') with { Branch = new LockedName("branch-id", "2026-01-02T03:04:05") };
        File.Write("game", Debug, dated);
        File.Write("game", Release, Entry('b'));

        Assert.That(File.Text, Does.Contain("\"name\": \"2026-01-02T03:04:05\""));
        Assert.That(File.Find("game", Debug)!.Branch, Is.EqualTo(dated.Branch));
    }

    /// <summary>An entry may come from a branch that was merged, whose members another package wrote.</summary>
    [Test]
    public void AnEntryWithAContentAloneIsEnough()
    {
        folder.Write("playcanvas.lock.json", EntryText($$"""{"content":"{{Entry('a').Content}}","new":true}"""));

        var entry = File.Find("game", Debug)!;

        Assert.That((entry.Content, entry.Build, entry.Branch, entry.Engine), Is.EqualTo((Entry('a').Content, (string?)null, (LockedName?)null, (string?)null)));
        Assert.That((entry.Scenes.Count, entry.Checkpoints.Count, entry.Parts.Count), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public void AFileThatCannotBeWrittenIsAnError()
    {
        using var mount = Mount.ReadOnly(folder.FullPath);

        Assert.That(() => File.Write("game", Debug, Entry('a')), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
    }

    [Test]
    public void NoTemporaryFileIsLeft()
    {
        File.Write("game", Debug, Entry('a'));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.FullPath), Is.EqualTo([File.FullPath]));
    }

    [Test]
    public void BuildsThatHoldTheLockLoseNoEntry()
    {
        string[] games = [.. Enumerable.Range(0, 20).Select(number => $"game{number}")];

        Parallel.ForEach(games, game =>
        {
            using (Locks.Patient.Acquire(folder.File(File.LockKey), CancellationToken.None))
                File.Write(game, Debug, Entry('a'));
        });

        Assert.That(games.Select(game => File.Find(game, Debug)), Has.None.Null);
    }

    /// <summary>Returns a lock file with one entry.</summary>
    private static string EntryText(string entry) => $$"""{"version":1,"games":{"game":{"{{LockFile.KeyOf(Debug)}}":""" + entry + "}}}";

    /// <summary>The content's id is one hexadecimal digit, from a to d, 64 times.</summary>
    private static LockEntry Entry(char name) => new()
    {
        Project = 1234567,
        Branch = new LockedName("branch-id", "main"),
        Scenes = [new LockedName("1001", "Main")],
        Settings = new Dictionary<string, string> { ["ScriptsMinify"] = "true" },
        Engine = "2.18.1",
        Build = "42",
        Checkpoints = ["checkpoint-id"],
        Files = 6,
        Bytes = 1_000,
        Content = new string(name switch { 'r' => 'b', 's' => 'c', _ => name }, 64),
        Parts = new Dictionary<string, string> { ["page"] = "0123456789abcdef" },
    };
}
