using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Publish;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Games.Publish;

public sealed class PublishedGamesTests : GameFixture
{
    private const string WebRoot = "wwwroot/";

    private static readonly string Script = string.Concat(Enumerable.Repeat("console.log('a line of a script');\n", 100));

    private string Publish => Root.File("publish");

    [SetUp]
    public void MakeFolder() => Directory.CreateDirectory(Publish);

    [Test]
    public void AGameIsPublishedWithItsCompressedFormsAndItsList()
    {
        var content = Install(Game());

        PublishAll(("game", content));

        var files = FilesIn(Publish);
        Assert.That(files.Keys, Is.SupersetOf(
            ["playcanvas.json", "playcanvas/game.json", "wwwroot/game/index.html", "wwwroot/game/app.js", "wwwroot/game/app.js.br", "wwwroot/game/app.js.gz"]));
        Assert.That(files["wwwroot/game/app.js"], Is.EqualTo(Script));
        Assert.That(files.Keys, Has.None.EndsWith(".tmp").And.None.EndsWith(EntryPaths.MirrorIgnore));
    }

    [Test]
    public void The_file_beside_the_program_says_what_is_published()
    {
        var content = Install(Game());

        PublishAll(("games/first", content));

        var game = JObject.Parse(File.ReadAllText(Path.Combine(Publish, "playcanvas.json")));
        Assert.That((int)game["version"]!, Is.EqualTo(1));
        Assert.That(game["games"]!.Single(), Is.EqualTo(new JObject
        {
            ["path"] = "games/first",
            ["directory"] = "wwwroot/games/first/",
            ["manifest"] = "playcanvas/games/first.json",
            ["contentId"] = content.Manifest.ContentId,
            ["engine"] = "2.18.1",
            ["branch"] = new JObject { ["id"] = SampleGame.BranchId },
            ["checkpoints"] = new JArray(),
            ["files"] = content.Manifest.Files.Count,
            ["bytes"] = content.Manifest.TotalSize,
        }).Using(JToken.EqualityComparer));
        Assert.That(File.ReadAllText(Path.Combine(Publish, "playcanvas/games/first.json")), Does.Contain(content.Manifest.ContentId).And.Not.Contain("exportedAt"));
    }

    [Test]
    public void TheLockEntryTellsTheProjectAndTheBranch()
    {
        var content = Install(Game());
        var entry = new LockEntry { Content = content.Manifest.ContentId, Project = 7, Branch = new LockedName("id", "main") };
        var inUse = new GameInUse { ContentId = content.Manifest.ContentId, LockEntry = JsonFile.Format(entry) };

        var game = PublishedGames.Describe("game", null, content, inUse);

        Assert.That((game.Project, game.Branch, game.Directory, game.Manifest), Is.EqualTo(((long?)7, entry.Branch, (string?)null, (string?)null)));
        Assert.That(PublishedGames.Describe("game", null, content, inUse with { ContentId = new string('a', 64) }).Project, Is.Null, "The entry of another content");
    }

    [Test]
    public void AnUnchangedPublishWritesNothing()
    {
        var content = Install(Game());
        PublishAll(("game", content));
        var before = FolderSnapshot.Take(Publish);

        PublishAll(("game", content));

        Assert.That(FolderSnapshot.Take(Publish), Is.EquivalentTo(before));
    }

    [Test]
    public void TwoMachinesPublishTheSameBytes()
    {
        var first = Install(Game(), new ExportExpectation { ExportedAt = DateTimeOffset.UnixEpoch });
        PublishAll(("game", first));
        var expected = FilesIn(Publish);
        Directory.Delete(Publish, recursive: true);
        Bases.Clear();
        Directory.Move(Root.File("store"), Root.File("store of the other machine"));
        var second = Install(Game(), new ExportExpectation { ExportedAt = DateTimeOffset.UtcNow });

        PublishAll(("game", second));

        Assert.That(FilesIn(Publish), Is.EquivalentTo(expected));
    }

    [Test]
    public void ANewContentReplacesTheOldOneWithItsForms()
    {
        var old = Game();
        old.Add("late.js", Script);
        PublishAll(("game", Install(old)));

        PublishAll(("game", Install(Game())));

        Assert.That(FilesIn(Path.Combine(Publish, "wwwroot")).Keys, Has.None.Contains("late"));
        Assert.That(FilesIn(Path.Combine(Publish, "wwwroot")).Keys, Does.Contain("game/app.js.br"));
    }

    [Test]
    public void OneContentThenAnotherThenTheFirstAgain()
    {
        var (one, two) = (Game(), Game());
        two.Add("app.js", Script.Replace('a', 'A'));
        var (first, second) = (Install(one), Install(two));
        PublishAll(("game", first));
        var expected = FilesIn(Publish);

        PublishAll(("game", second));
        PublishAll(("game", first));

        Assert.That(FilesIn(Publish), Is.EquivalentTo(expected));
    }

    [Test]
    public void AGameThatIsNoLongerPublishedIsRemoved()
    {
        var content = Install(Game());
        PublishAll(("one", content), ("deep/two", content));
        Root.Write("publish/wwwroot/site.css", "the site's own");

        PublishAll(("one", content));

        var files = FilesIn(Publish).Keys;
        Assert.That(files, Has.None.Contains("two").And.Some.EqualTo("wwwroot/one/index.html").And.Some.EqualTo("wwwroot/site.css"));
    }

    [TestCase("../../outside")]
    [TestCase("../outside")]
    public void A_list_of_games_that_leads_out_deletes_nothing(string path)
    {
        PublishAll(("game", Install(Game())));
        var victim = Root.Write("outside/index.html", "precious");
        Root.Write("outside.files.txt", "index.html\n");
        Root.Write("publish/playcanvas.json", $$"""{"version":1,"games":[{"path":"{{path}}","directory":"wwwroot/{{path}}/"}]}""");

        PublishAll();

        Assert.That(victim, Does.Exist);
    }

    [Test]
    public void OtherFilesOfTheSiteInTheGamesFolderAreNotReplaced()
    {
        Root.Write("publish/wwwroot/game/index.html", "the site's own");

        Assert.That(() => PublishAll(("game", Install(Game()))), Throws.TypeOf<FolderNotOursException>());

        Assert.That(File.ReadAllText(Path.Combine(Publish, "wwwroot/game/index.html")), Is.EqualTo("the site's own"));
    }

    [Test]
    public void A_file_of_the_game_that_is_called_like_a_compressed_form_wins()
    {
        var game = Game();
        game.Add("app.js.gz", "the game's own");

        PublishAll(("game", Install(game)));

        Assert.That(File.ReadAllText(Path.Combine(Publish, "wwwroot/game/app.js.gz")), Is.EqualTo("the game's own"));
        Assert.That(Path.Combine(Publish, "wwwroot/game/app.js.br"), Does.Exist);
    }

    [Test]
    public void ADamagedContentIsNotPublished([Values("app.js", "index.html")] string path)
    {
        var content = Install(Game());
        PublishAll(("game", content));
        Directory.Delete(Publish, recursive: true);
        var file = content.Manifest.Files.Single(file => file.Path == path);
        Damage(content.PathOf(file), new string('x', (int)file.Size));

        Assert.That(() => PublishAll(("game", content)), Throws.TypeOf<DamagedContentException>());

        Assert.That(Path.Combine(Publish, "wwwroot/game", path), Does.Not.Exist);
        Assert.That(Path.Combine(Publish, "playcanvas.json"), Does.Not.Exist);
    }

    private PublishedGames Games => new(Publish);

    private IReadOnlyList<IReadOnlyList<CompressedFile>> Compressed(GameContent content) =>
        new CompressedFiles(Store, CancellationToken.None).Of(content, static (_, _) => { });

    private void PublishAll(params (string Path, GameContent Content)[] games)
    {
        foreach (var (path, content) in games)
            Games.Copy(path, WebRoot, content, Compressed(content), CancellationToken.None);
        Directory.CreateDirectory(Publish);
        Games.Write([.. games.Select(game => PublishedGames.Describe(game.Path, WebRoot, game.Content, null))], CancellationToken.None);
    }

    private static SampleGame Game()
    {
        var game = new SampleGame();
        game.Add("app.js", Script);
        return game;
    }
}
