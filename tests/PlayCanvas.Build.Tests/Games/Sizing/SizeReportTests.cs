using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Games.Sizing;
using PlayCanvas.Build.Tests.Exports;

namespace PlayCanvas.Build.Tests.Games.Sizing;

public sealed class SizeReportTests : GameFixture
{
    [Test]
    public void TheSumsOfTheJsonFileAreTheBytesOnTheDisk()
    {
        var content = Install(new SampleGame());
        var json = JObject.Parse(SizeReport.Of(GameSizes.Of(content), before: null).ToJson());

        var onDisk = content.Manifest.Files.Sum(file => new FileInfo(content.PathOf(file)).Length);
        Assert.That((long)json["total"]!["bytes"]!, Is.EqualTo(onDisk));
        Assert.That(json.SelectTokens("groups[*].bytes").Sum(bytes => (long)bytes), Is.EqualTo(onDisk));
        Assert.That(json.SelectTokens("entries[*].files[*].bytes").Sum(bytes => (long)bytes), Is.EqualTo(onDisk));
        Assert.That(json.SelectTokens("entries[*].files[?(@.initial == true)].bytes").Sum(bytes => (long)bytes), Is.EqualTo((long)json["initial"]!["bytes"]!));
        Assert.That((json["previous"], json["changes"]), Is.EqualTo((default(JToken), default(JToken))));
    }

    /// <summary>The names of the members that docs/size.md promises.</summary>
    [Test]
    public void TheSchemaIsStable()
    {
        var before = GameSizes.Of(Install(new SampleGame()));
        var game = new SampleGame();
        game.AddAsset(1, SampleGame.BoxPath, "a larger box", "texture");
        game.Asset(1).Merge(JObject.Parse("""{"tags": ["a"], "preload": true}"""));
        var after = GameSizes.Of(Install(game), file => new ServedSize(file.Size / 2, "br"));

        var json = JObject.Parse((SizeReport.Of(after, ("0123", before)) with { Engine = "2.18.1" }).ToJson());

        Assert.That(NamesOf(json), Is.EqualTo("version project path contentId engine total initial groups previous changes entries"));
        Assert.That((int)json["version"]!, Is.EqualTo(1));
        Assert.That(NamesOf(json["total"]!), Is.EqualTo("files bytes served"));
        Assert.That(NamesOf(json["groups"]![0]!), Is.EqualTo("name files bytes served"));
        Assert.That(NamesOf(json["previous"]!), Is.EqualTo("contentId files bytes initial"));
        Assert.That(NamesOf(json.SelectToken("changes[?(@.name == 'box.png')]")!), Is.EqualTo("change name group id before after"));
        var box = json.SelectToken("entries[?(@.name == 'box.png')]")!;
        Assert.That(NamesOf(box), Is.EqualTo("name group id type tags preload files"));
        Assert.That(NamesOf(box["files"]![0]!), Is.EqualTo("path bytes served encoding initial"));
    }

    [Test]
    public void EachKindOfChangeIsNamed()
    {
        var before = new SampleGame();
        before.AddAsset(2, "files/assets/2/1/gone.png", "gone");
        before.AddAsset(3, "files/assets/3/1/small.png", "12");
        before.AddAsset(4, "files/assets/4/1/large.png", "1234");
        before.AddAsset(5, "files/assets/5/1/other.png", "ab");
        var after = new SampleGame();
        after.AddAsset(3, "files/assets/3/2/small.png", "12345");
        after.AddAsset(4, "files/assets/4/2/renamed.png", "1");
        after.AddAsset(5, "files/assets/5/2/other.png", "xy");
        after.AddAsset(6, "files/assets/6/1/new.png", "new");

        var changes = SizeChange.Between(GameSizes.Of(Install(before)), GameSizes.Of(Install(after)));

        Assert.That(changes.Where(change => change.Name != "config.json").Select(change => $"{change.Change} {change.Name} {change.Before} {change.After}"), Is.EqualTo([
            "added new.png 0 3", "grown small.png 2 5", "changed other.png 2 2", "shrunk renamed.png 4 1", "removed gone.png 4 0",
        ]));
    }

    [Test]
    public void The_same_content_has_not_changed()
    {
        var sizes = GameSizes.Of(Install(new SampleGame()));
        Assert.That(SizeChange.Between(sizes, sizes), Is.Empty);
    }

    [TestCase("</script><script>alert(1)</script>")]
    [TestCase("<!--")]
    [TestCase("'\"&\u2028\0")]
    public void No_name_ends_the_data(string name)
    {
        var game = new SampleGame();
        game.Asset(1)["name"] = name;
        var path = Root.File("report/game.sizes.html");

        SizeReportPage.Write(path, SizeReport.Of(GameSizes.Of(Install(game)), before: null));

        var page = File.ReadAllText(path);
        var data = page.Split("""<script id="data" type="application/json">""")[1].Split("</script>")[0];
        Assert.That(data, Does.Not.Contain("<"));
        Assert.That(JToken.Parse(data), Is.EqualTo(JToken.Parse(File.ReadAllText(SizeReportPage.JsonPathOf(path)))).Using(JToken.EqualityComparer));
        Assert.That(JToken.Parse(data).SelectTokens("entries[*].name").Select(entry => (string?)entry), Does.Contain(name));
    }

    [Test]
    public void ThePageNeedsNoNetwork()
    {
        var path = Root.File("game.sizes.html");
        SizeReportPage.Write(path, SizeReport.Of(GameSizes.Of(Install(new SampleGame())), before: null));
        Assert.That(File.ReadAllText(path), Does.Contain("default-src 'none'").And.Not.Contain("http://").And.Not.Contain("https://").And.Not.Contain("src=").And.Not.Contain("@import"));
    }

    private static string NamesOf(JToken json) => string.Join(' ', ((JObject)json).Properties().Select(property => property.Name));
}
