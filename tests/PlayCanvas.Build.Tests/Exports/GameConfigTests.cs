using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Exports;

[Parallelizable(ParallelScope.All)]
public sealed class GameConfigTests
{
    [TestCase("files/assets/1/1/box.png", "files/assets/1/1/box.png")]
    [TestCase("./files/box.png", "files/box.png")]
    [TestCase("files/box.png?t=0123", "files/box.png")]
    [TestCase("files/box.png#part", "files/box.png")]
    [TestCase("files/a%20b%20(1).png", "files/a b (1).png")]
    [TestCase("files/a b (1).png", "files/a b (1).png")]
    [TestCase("files/a%20b (1), c@d+e.png", "files/a b (1), c@d+e.png")]
    [TestCase("files/Armature%7CRun.glb", "files/Armature|Run.glb")]
    [TestCase("files/Armature|Run.glb", "files/Armature|Run.glb")]
    [TestCase("files/gr%C3%B6%C3%9Fe.png", "files/größe.png")]
    [TestCase("files/größe.png", "files/größe.png")]
    [TestCase("files/%F0%9F%98%80.png", "files/😀.png")]
    [TestCase("files/what%3F.png", "files/what?.png")]
    [TestCase("files/100%25.png", "files/100%.png")]
    [TestCase("files/100%.png", "files/100%.png")]
    [TestCase("a%2Fb.png", "a/b.png")]
    public void AnAddressMeansAPath(string url, string path) =>
        Assert.That(FilesOf(Asset(url)).Single().Path, Is.EqualTo(path));

    [TestCase("https://example.com/box.png")]
    [TestCase("http://example.com/box.png")]
    [TestCase("//example.com/box.png")]
    [TestCase("/box.png")]
    [TestCase("data:image/png;base64,AAAA")]
    [TestCase("")]
    [TestCase(null)]
    public void AnAddressThatLeadsElsewhereIsLeftOut(string? url) => Assert.That(FilesOf(Asset(url)), Is.Empty);

    [Test]
    public void AFileHasItsHash() => Assert.That(FilesOf(Asset("a.png", hash: "ABC")).Single().Hash, Is.EqualTo("ABC"));

    [Test]
    public void AnAssetWithoutAFileHasNone() => Assert.That(FilesOf(new JObject { ["file"] = null }), Is.Empty);

    [Test]
    public void AScriptThatWasRewrittenIsLeftOut() => Assert.That(FilesOf(Asset("./js/esm-scripts/a.mjs", hash: "0")), Is.Empty);

    [TestCase("js/esm-scripts/a.mjs")]
    [TestCase("./files/js/a.js")]
    public void OtherScriptsAreNot(string url) => Assert.That(FilesOf(Asset(url)), Has.Exactly(1).Items);

    [Test]
    public void A_texture_may_be_absent_where_there_is_a_Basis_variant()
    {
        var files = FilesOf(Asset("a.png", hash: "1", variants: new JObject { ["basis"] = Url("a.basis", "2") })).ToList();
        Assert.That(files, Is.EqualTo([
            new AssetFile("a.png", "1") { MayBeAbsent = true },
            new AssetFile("a.basis", "2") { Variant = "basis" },
        ]));
    }

    [TestCase("dxt")]
    [TestCase("etc1")]
    [TestCase("pvr")]
    public void ATextureMustBeThereBesideAnOlderVariant(string variant)
    {
        var files = FilesOf(Asset("a.png", hash: "1", variants: new JObject { [variant] = Url("a.dds", "2") }));
        Assert.That(files, Is.EqualTo([new AssetFile("a.png", "1"), new AssetFile("a.dds", "2") { Variant = variant }]));
    }

    [Test]
    public void A_texture_must_be_there_where_the_Basis_variant_is_null() =>
        Assert.That(FilesOf(Asset("a.png", variants: new JObject { ["basis"] = null })).Single().MayBeAbsent, Is.False);

    [TestCase("7")]
    [TestCase(7)]
    public void TheLoadingScreensScriptMayBeAbsent(object id)
    {
        var config = new JObject
        {
            ["application_properties"] = new JObject { ["loadingScreenScript"] = JToken.FromObject(id) },
            ["assets"] = new JObject { ["7"] = Asset("loading.js"), ["8"] = Asset("other.js") },
        };
        Assert.That(Parse(config).AssetFiles.Select(file => file.MayBeAbsent), Is.EqualTo([true, false]));
    }

    [TestCase(1, new[] { "files/Score.png" })]
    [TestCase(3, new[] { "files/Score.png", "files/Score1.png", "files/Score2.png" })]
    public void AFontHasItsPages(int pages, string[] paths) =>
        Assert.That(FilesOf(Font("files/Score.png", pages)).Single().PagePaths, Is.EqualTo(paths));

    [TestCase("files.d/Score", new[] { "files.d/Score", "files.d/Score1" })]
    [TestCase("Score.tar.png", new[] { "Score.tar.png", "Score.tar1.png" })]
    public void APagesNumberStandsBeforeTheExtension(string url, string[] paths) =>
        Assert.That(FilesOf(Font(url, 2)).Single().PagePaths, Is.EqualTo(paths));

    [Test]
    public void WhatIsNoFontHasNoPages()
    {
        var asset = Font("files/a.png", 2);
        asset["type"] = "sprite";
        Assert.That(FilesOf(asset).Single().Pages, Is.EqualTo(1));
    }

    [Test]
    public void AnAssetIsDescribed()
    {
        var asset = AssetOf(JObject.Parse("""
            {"name": "Boss albedo", "type": "texture", "tags": ["level2", "boss"], "preload": true,
             "file": {"url": "files/x.png", "hash": "1", "variants": {"dxt": {"url": "files/x.dds"}, "basis": {"url": "files/x.basis"}}}}
            """));
        Assert.That((asset.Id, asset.Name, asset.Type, asset.Preload), Is.EqualTo(("1", "Boss albedo", "texture", true)));
        Assert.That(asset.Tags, Is.EqualTo(["level2", "boss"]));
        Assert.That(asset.Bundled, Is.Empty);
        Assert.That(asset.Files.Select(file => (file.Path, file.Variant)), Is.EqualTo([("files/x.png", default(string)), ("files/x.dds", "dxt"), ("files/x.basis", "basis")]));
    }

    [Test]
    public void An_asset_without_a_file_is_listed()
    {
        var asset = AssetOf(JObject.Parse("""{"name": "Gold", "type": "material", "file": null, "data": {"assets": [5]}}"""));
        Assert.That((asset.Name, asset.Type, asset.Preload, asset.Tags, asset.Files, asset.Bundled), Is.EqualTo(
            ("Gold", "material", false, Array.Empty<string>(), Array.Empty<AssetFile>(), Array.Empty<string>())));
    }

    [Test]
    public void ABundleNamesItsAssets()
    {
        var bundle = AssetOf(JObject.Parse("""{"data": {"assets": [12, "13", null, {}]}, "type": "bundle", "file": {"url": "files/b.tar"}}"""));
        Assert.That(bundle.Bundled, Is.EqualTo(["12", "13"]));
        Assert.That(bundle.Files.Single().Path, Is.EqualTo("files/b.tar"));
    }

    [Test]
    public void A_script_that_was_rewritten_belongs_to_its_asset() =>
        Assert.That(AssetOf(Asset("./js/esm-scripts/a.mjs", hash: "0")).Files, Is.EqualTo([new AssetFile("js/esm-scripts/a.mjs", "0") { IsRewritten = true }]));

    [TestCase("""{"name": {}, "type": [], "tags": "level2", "preload": "yes"}""")]
    [TestCase("""{"name": null, "type": null, "tags": null, "preload": null}""")]
    [TestCase("""{"name": "", "type": "", "tags": [[], {}, null, ""], "preload": {"a": true}}""")]
    [TestCase("null")]
    [TestCase("5")]
    public void OddDetailsOfAnAssetAreLeftOut(string json)
    {
        var asset = AssetOf(JToken.Parse(json));
        Assert.That((asset.Name, asset.Type, asset.Tags, asset.Preload), Is.EqualTo((default(string), default(string), Array.Empty<string>(), false)));
    }

    [Test]
    public void ScenesAreInTheirOrder()
    {
        var config = new JObject { ["scenes"] = new JArray(Url("2.json"), Url("1.json"), Url("3.json")) };
        Assert.That(Parse(config).ScenePaths, Is.EqualTo(["2.json", "1.json", "3.json"]));
    }

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("42")]
    [TestCase("\"text\"")]
    [TestCase("{")]
    [TestCase("{\"assets\": {")]
    [TestCase("<!doctype html>")]
    [TestCase("\0\0\0\0")]
    public void WhatIsNoJsonObjectIsIncomplete(string text) =>
        Assert.That(() => Parse(text), Thrown.Export(ExportFault.Incomplete).With.Message.Contains("config.json"));

    [Test]
    public void NestingThatIsTooDeepIsIncomplete()
    {
        var text = "{\"a\":" + new string('[', 1_000) + new string(']', 1_000) + "}";
        Assert.That(() => Parse(text), Thrown.Export(ExportFault.Incomplete));
    }

    [TestCase("{}")]
    [TestCase("""{"scenes": null, "assets": null, "application_properties": null}""")]
    [TestCase("""{"scenes": 5, "assets": "text", "application_properties": []}""")]
    [TestCase("""{"scenes": [null, 1, "a", [], {}], "assets": [null, 1, "a", [], {}]}""")]
    [TestCase("""{"scenes": {"a": null}, "assets": {"1": null, "2": [], "3": 4, "4": "x"}}""")]
    [TestCase("""{"scenes": [{"url": {}}, {"url": []}, {"url": null}], "assets": {"1": {"file": []}, "2": {"file": {}}}}""")]
    [TestCase("""{"assets": {"1": {"file": {"url": {}, "hash": [], "variants": 5}}}}""")]
    [TestCase("""{"assets": {"1": {"file": {"url": [], "variants": {"basis": 5, "dxt": [], "etc1": null}}}}}""")]
    [TestCase("""{"application_properties": {"loadingScreenScript": {}}, "assets": {"1": {"type": {}, "file": {"url": null}, "data": []}}}""")]
    public void OddShapesNameNoFiles(string text)
    {
        var config = Parse(text);
        Assert.That((config.ScenePaths, config.AssetFiles, GameConfig.Rename(text, Changed(("a", "b")))), Is.EqualTo((Array.Empty<string>(), Array.Empty<AssetFile>(), default(string))));
    }

    [TestCase("""{"type": "font", "file": {"url": "a.png"}, "data": []}""")]
    [TestCase("""{"type": "font", "file": {"url": "a.png"}, "data": {"info": 5}}""")]
    [TestCase("""{"type": "font", "file": {"url": "a.png"}, "data": {"info": {"maps": {}}}}""")]
    [TestCase("""{"type": 5, "file": {"url": "a.png", "hash": null, "variants": []}}""")]
    public void OddDetailsDoNotHideAFile(string asset) =>
        Assert.That(FilesOf(JObject.Parse(asset)), Is.EqualTo([new AssetFile("a.png", null)]));

    [Test]
    public void ANumberInThePlaceOfATextIsThatText() =>
        Assert.That(FilesOf(Asset(5, hash: 6)), Is.EqualTo([new AssetFile("5", "6")]));

    [Test]
    public void AHashThatLooksLikeADateStaysAsItIs()
    {
        var config = Parse("""{"assets":{"1":{"file":{"url":"a.png","hash":"2026-01-01T00:00:00Z"}}}}""");
        Assert.That(config.AssetFiles.Single().Hash, Is.EqualTo("2026-01-01T00:00:00Z"));
    }

    [Test]
    public void AddressesFollowChangedPaths()
    {
        var config = new JObject
        {
            ["scenes"] = new JArray(Url("a|b.json")),
            ["assets"] = new JObject
            {
                ["1"] = Asset("files/Armature%7CRun.glb", hash: "1"),
                ["2"] = Asset("files/t%7C1.png", variants: new JObject { ["basis"] = Url("files/t%7C1.basis") }),
                ["3"] = Asset("files/same%20(1).png"),
            },
        };
        var adapted = JObject.Parse(GameConfig.Rename(config.ToString(), Changed(
            ("a|b.json", "a_b.json"),
            ("files/Armature|Run.glb", "files/Armature_Run.glb"),
            ("files/t|1.png", "files/t_1~2.png"),
            ("files/t|1.basis", "files/t_1 ä.basis")))!);
        Assert.That(adapted.SelectTokens("$..url").Select(url => (string?)url), Is.EqualTo([
            "a_b.json",
            "files/Armature_Run.glb",
            "files/t_1~2.png",
            "files/t_1%20%C3%A4.basis",
            "files/same%20(1).png",
        ]));
    }

    [Test]
    public void WhatIsNoAddressStaysAsItIs()
    {
        const string Text = """{"z":[1.50,"2026-01-01T00:00:00Z",null,true,{"a|b":"a|b"}],"assets":{"1":{"file":{"url":"a%7Cb","hash":"h","size":12345678901}}}}""";
        Assert.That(
            GameConfig.Rename(Text, Changed(("a|b", "a_b"))),
            Is.EqualTo("""{"z":[1.50,"2026-01-01T00:00:00Z",null,true,{"a|b":"a|b"}],"assets":{"1":{"file":{"url":"a_b","hash":"h","size":12345678901}}}}"""));
    }

    [Test]
    public void Configurations_that_name_no_changed_path_are_not_rewritten() =>
        Assert.That(GameConfig.Rename("""{"assets":{"1":{"file":{"url":"a.png"}}}}""", Changed(("b|c.png", "b_c.png"))), Is.Null);

    private static Dictionary<string, string> Changed(params (string From, string To)[] paths) => paths.ToDictionary(path => path.From, path => path.To);

    private static GameConfig Parse(JObject config) => Parse(config.ToString());

    private static GameConfig Parse(string config) => GameConfig.Parse(new StringReader(config));

    private static GameAsset AssetOf(JToken asset) => Parse(new JObject { ["assets"] = new JObject { ["1"] = asset } }).Assets.Single();

    private static IEnumerable<AssetFile> FilesOf(JObject asset) =>
        Parse(new JObject { ["assets"] = new JObject { ["1"] = asset } }).AssetFiles;

    private static JObject Url(JToken? url, JToken? hash = null) => new() { ["url"] = url, ["hash"] = hash };

    private static JObject Asset(JToken? url, JToken? hash = null, JToken? variants = null)
    {
        var file = Url(url, hash);
        file["variants"] = variants;
        return new JObject { ["file"] = file };
    }

    private static JObject Font(string url, int pages)
    {
        var font = Asset(url);
        font["type"] = "font";
        font["data"] = new JObject { ["info"] = new JObject { ["maps"] = new JArray(Enumerable.Range(0, pages).Select(_ => new JObject())) } };
        return font;
    }
}
