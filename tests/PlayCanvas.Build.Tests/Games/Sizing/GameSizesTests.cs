using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Publish;
using PlayCanvas.Build.Games.Sizing;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Exports.Zip;

namespace PlayCanvas.Build.Tests.Games.Sizing;

/// <summary>The sizes of contents in the layouts of docs/exports: what each file is called, what it is, and whether the first frame needs it.</summary>
public sealed class GameSizesTests : GameFixture
{
    private readonly SampleGame game = new();

    [Test]
    public void TheSumsAreTheBytesOnTheDisk()
    {
        AddEverything();
        var content = Install(game);

        var sizes = GameSizes.Of(content);

        var onDisk = content.Manifest.Files.Sum(file => new FileInfo(content.PathOf(file)).Length);
        Assert.That((sizes.Total.Files, sizes.Total.Bytes), Is.EqualTo((content.Manifest.Files.Count, onDisk)));
        Assert.That(sizes.Groups.Sum(group => group.Sum.Bytes), Is.EqualTo(onDisk));
        Assert.That(sizes.Entries.Sum(entry => entry.Bytes), Is.EqualTo(onDisk));
        Assert.That(sizes.Files.Select(file => file.Path), Is.EquivalentTo(content.Manifest.Files.Select(file => file.Path)));
    }

    [Test]
    public void AnAssetHasItsNameItsTypeAndItsTags()
    {
        game.AddAsset(7, "files/assets/7/1/x.png", "123456", "texture");
        game.Asset(7).Merge(JObject.Parse("""{"name": "Boss albedo", "tags": ["level2"], "preload": true}"""));

        var entry = Entry("Boss albedo");

        Assert.That((entry.Id, entry.Group, entry.Type, entry.Preload, entry.Bytes, string.Join(",", entry.Tags!)), Is.EqualTo(("7", "textures", "texture", true, 6L, "level2")));
    }

    [TestCase("texture", "textures")]
    [TestCase("textureatlas", "textures")]
    [TestCase("cubemap", "textures")]
    [TestCase("model", "models")]
    [TestCase("container", "models")]
    [TestCase("render", "models")]
    [TestCase("animation", "animations")]
    [TestCase("audio", "audio")]
    [TestCase("font", "fonts")]
    [TestCase("text", "texts")]
    [TestCase("json", "texts")]
    [TestCase("shader", "texts")]
    [TestCase("script", "scripts")]
    [TestCase("wasm", "modules")]
    [TestCase("bundle", "other")]
    [TestCase("binary", "other")]
    [TestCase("of the future", "other")]
    public void AnAssetIsInTheGroupOfItsType(string type, string group)
    {
        game.AddAsset(7, "files/assets/7/1/a.glb", "x", type);
        Assert.That(Entry("a.glb").Group, Is.EqualTo(group));
    }

    [TestCase("playcanvas-stable.min.js", "engine")]
    [TestCase("1001.json", "scenes")]
    [TestCase("index.html", "other")]
    [TestCase("config.json", "other")]
    [TestCase("__start__.js", "scripts")]
    [TestCase("js/esm-scripts/a.mjs", "scripts")]
    [TestCase("js/ammo.wasm", "modules")]
    [TestCase("preload-android.zip", "other")]
    [TestCase("__game-scripts.js.map", "other")]
    public void AFileThatIsNoAssetIsInTheGroupOfItsPart(string path, string group)
    {
        if (!game.Files.ContainsKey(path) && path != "config.json")
            game.Add(path, "x");
        Assert.That(Sizes().Entries.Single(entry => entry.Files[0].Path == path).Group, Is.EqualTo(group));
    }

    [Test]
    public void VariantsBelongToTheirTexture()
    {
        AddTexture(7, ("basis", "files/assets/7/1/a.basis", "basis"), ("dxt", "files/assets/7/1/a.dds", "the dxt"));
        var entry = Entry("a.png");
        Assert.That(entry.Files.Select(file => (file.Variant, file.Bytes)), Is.EquivalentTo([(default(string), 3L), ("basis", 5L), ("dxt", 7L)]));
    }

    [TestCase("dxt basis", "a.dxt")]
    [TestCase("basis dxt", "a.dxt")]
    [TestCase("basis etc1", "a.basis")]
    [TestCase("etc1 pvr", "a.png")]
    [TestCase("", "a.png")]
    public void OneVariantOfAPreloadedTextureIsNeededFirst(string variants, string needed)
    {
        AddTexture(7, [.. variants.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(variant => (variant, $"files/assets/7/1/a.{variant}", variant))]);
        game.Asset(7)["preload"] = true;
        Assert.That(Entry("a.png").Files.Where(file => file.Initial).Select(file => Path.GetFileName(file.Path)), Is.EqualTo([needed]));
    }

    [Test]
    public void A_texture_whose_original_is_not_exported_is_named_by_its_asset()
    {
        AddTexture(7, ("basis", "files/assets/7/1/a.basis", "basis"));
        game.Asset(7)["preload"] = true;
        game.Files.Remove("files/assets/7/1/a.png");
        Assert.That(Entry("a.png").Files.Select(file => (file.Variant, file.Initial)), Is.EqualTo([("basis", true)]));
    }

    [Test]
    public void AllPagesOfAFontBelongToIt()
    {
        game.AddAsset(7, "files/assets/7/1/f.png", "12", "font");
        game.Add("files/assets/7/1/f1.png", "345");
        game.Asset(7).Merge(JObject.Parse("""{"preload": true, "data": {"info": {"maps": [{}, {}]}}}"""));
        Assert.That((Entry("f.png").Bytes, Entry("f.png").Files.Count(file => file.Initial)), Is.EqualTo((5L, 2)));
    }

    [Test]
    public void A_file_of_several_assets_has_its_own_name()
    {
        foreach (var id in (int[])[7, 8])
        {
            game.AddAsset(id, "__game-scripts.js", "scripts", "script");
            game.Asset(id)["name"] = $"{id}.js";
        }

        game.Asset(8)["preload"] = true;
        var entry = Entry("__game-scripts.js");
        Assert.That((entry.Id, entry.Group, entry.Preload, entry.Files.Single().Initial), Is.EqualTo((default(string), "scripts", true, true)));
    }

    [Test]
    public void ABundleIsOneFile()
    {
        game.AddAsset(7, "files/assets/7/1/level.tar", "tar", "bundle");
        game.Asset(7).Merge(JObject.Parse("""{"preload": true, "data": {"assets": [1]}}"""));
        Assert.That((Entry("level.tar").Group, Entry("level.tar").Files.Single().Initial, Entry("box.png").Files.Single().Initial), Is.EqualTo(("other", true, false)));
    }

    [Test]
    public void TheFirstFrameOfAClassicGame()
    {
        AddEverything();
        Assert.That(Sizes().Files.Where(file => file.Initial).Select(file => file.Path), Is.EquivalentTo([
            "index.html", "styles.css", "playcanvas-stable.min.js", "__settings__.js", "__modules__.js", "__start__.js", "__loading__.js", "config.json", "1001.json",
            "files/assets/2/1/ammo.wasm.js", "files/assets/3/1/ammo.wasm.wasm", "files/assets/5/1/theme.mp3",
        ]));
    }

    [Test]
    public void TheFirstFrameOfAGameOfModules()
    {
        game.Files.Remove(SampleGame.ClassicEngine);
        foreach (var path in (string[])["js/playcanvas-stable.min.mjs", "js/index.mjs", "js/__settings__.mjs", "js/esm-scripts/a.mjs", "js/esm-scripts/late/b.mjs", "js/index.mjs.map"])
            game.Add(path, "x");
        AddModule(7, "a.mjs", preload: true);
        AddModule(8, "late/b.mjs", preload: false);
        Assert.That(Sizes().Files.Where(file => file.Initial).Select(file => file.Path), Is.EquivalentTo([
            "index.html", "config.json", "1001.json", "js/playcanvas-stable.min.mjs", "js/index.mjs", "js/__settings__.mjs", "js/esm-scripts/a.mjs",
        ]));
        Assert.That((Entry("b.mjs").Id, Entry("playcanvas-stable.min.mjs").Group), Is.EqualTo(("8", "engine")));
    }

    [Test]
    public void AMappedNameIsThatOfItsAsset()
    {
        game.AddAsset(7, "files/assets/7/1/Armature|Run.glb", "run", "animation");
        Assert.That(Entry("Armature|Run.glb").Files.Single().Path, Is.EqualTo("files/assets/7/1/Armature_Run.glb"));
    }

    [Test]
    public void AnExportOfSourcesHasItsFiles()
    {
        var source = new SampleGame();
        source.Files.Clear();
        source.Add("package.json", "{}");
        source.Add("index.html", "<!doctype html>");
        source.Add("src/data/config.json", "{}");
        var content = Install(Zips.Pack(source.Files), new ExportExpectation { IsSource = true });
        Assert.That(GameSizes.Of(content).Entries.Select(entry => entry.Name), Is.EquivalentTo(["package.json", "index.html", "config.json"]));
    }

    [Test]
    public void A_file_is_served_as_it_was_packed()
    {
        game.Add("text.js", new string('x', 10_000));
        game.Files["noise.bin"] = [.. Enumerable.Range(0, 1_000).Select(index => (byte)(index * index * 31 >> 3))];
        var content = Install(game);
        var sizes = GameSizes.Of(content, ServedSize.In(Store));
        Assert.That((File("text.js").Served, File("text.js").Encoding), Is.EqualTo((content.Manifest.Files.Single(file => file.Path == "text.js").Packed, "deflate")));
        Assert.That(File("text.js").Served, Is.LessThan(200));
        Assert.That(sizes.Total.Served, Is.LessThan(sizes.Total.Bytes));

        SizedFile File(string path) => sizes.Files.Single(file => file.Path == path);
    }

    [Test]
    public void A_compressed_form_in_the_store_is_what_is_served()
    {
        game.Add("text.js", new string('x', 10_000));
        var content = Install(game);
        var forms = new CompressedFiles(Store, CancellationToken.None).Of(content, content.Manifest.Files.Single(file => file.Path == "text.js"));
        var file = GameSizes.Of(content, ServedSize.In(Store)).Files.Single(file => file.Path == "text.js");
        Assert.That((file.Served, file.Encoding), Is.EqualTo((new FileInfo(forms[0].Path).Length, "br")));
    }

    private GameSizes Sizes() => GameSizes.Of(Install(game));

    private SizeEntry Entry(string name) => Sizes().Entries.Single(entry => entry.Name == name);

    private void AddTexture(int id, params (string Variant, string Path, string Content)[] variants)
    {
        var file = game.AddAsset(id, $"files/assets/{id}/1/a.png", "png", "texture");
        var records = new JObject();
        foreach (var (variant, path, content) in variants)
        {
            game.Add(path, content);
            records[variant] = SampleGame.FileRecord(path, content);
        }

        file["variants"] = records;
    }

    private void AddModule(int id, string path, bool preload)
    {
        game.AddAsset(id, $"js/esm-scripts/{path}", "x", "script");
        game.Asset(id)["file"]!["url"] = $"./js/esm-scripts/{path}";
        game.Asset(id)["preload"] = preload;
    }

    private void AddEverything()
    {
        game.Add("index.html", """<!doctype html><link rel="stylesheet" href="styles.css"><script src="playcanvas-stable.min.js"></script>""");
        game.AddScene(1002);
        game.AddAsset(2, "files/assets/2/1/ammo.wasm.js", "glue", "script");
        game.AddAsset(3, "files/assets/3/1/ammo.wasm.wasm", "wasm!", "wasm");
        game.AddAsset(4, "files/assets/4/1/ammo.js", "fallback", "script");
        game.AddAsset(5, "files/assets/5/1/theme.mp3", "music", "audio");
        game.AddAsset(6, "files/assets/6/1/late.mp3", "more music", "audio");
        game.Asset(5)["preload"] = true;
        AddTexture(7, ("basis", "files/assets/7/1/a.basis", "basis"));
        game.Add("__settings__.js", "PRELOAD_MODULES = [{'glueUrl': 'files/assets/2/1/ammo.wasm.js', 'wasmUrl': 'files/assets/3/1/ammo.wasm.wasm', 'fallbackUrl': 'files/assets/4/1/ammo.js', 'preload': true}];");
        foreach (var name in (string[])["__modules__.js", "__start__.js", "__loading__.js", "manifest.json", "logo.png", "preload-android.zip"])
            game.Add(name, name);
    }
}
