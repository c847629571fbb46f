using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Exclude;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Tests.Exports;

namespace PlayCanvas.Build.Tests.Games.Exclude;

/// <summary>Tests what stays of a game of which a project leaves something out, in each layout of an export.</summary>
public sealed class AdaptedContentTests : GameFixture
{
    private const int Level = 7654321;
    private const string LevelPath = "files/assets/7654321/1/level.json";

    private readonly SampleGame game = new();

    private ProjectFolder Folder => new(Root.File("obj", "playcanvas", "game"));

    [Test]
    public void An_asset_is_neither_in_the_folder_nor_in_the_configuration()
    {
        game.AddAsset(Level, LevelPath, "{\"boxes\":1}", "json");

        var content = Add("level.json");

        var expected = TextsOf(game);
        expected.Remove(LevelPath);
        var (config, whole) = (expected[ExportLayout.Config], JObject.Parse(expected[ExportLayout.Config]));
        ((JObject)whole["assets"]!).Remove($"{Level}");
        expected[ExportLayout.Config] = FilesIn(content)[ExportLayout.Config];
        Assert.That(FilesIn(content), Is.EquivalentTo(expected));
        Assert.That(JToken.DeepEquals(JObject.Parse(expected[ExportLayout.Config]), whole), Is.True);
        Assert.That(content.IsIntact(thorough: true, CancellationToken.None), Is.True);
        Assert.That(LeftOutOf(content), Is.EqualTo((1, 1, "{\"boxes\":1}".Length + config.Length - expected[ExportLayout.Config].Length)));
        Assert.That((Warnings(content), content.Manifest.LeftOut!.PatternsWithoutAssets), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())));
    }

    [Test]
    public void Nothing_is_left_out_by_default()
    {
        var content = Add();

        Assert.That(FilesIn(content), Is.EquivalentTo(TextsOf(game)));
        Assert.That((content.Manifest.AdaptationId, content.Manifest.LeftOut), Is.EqualTo((AdaptationId.Current, default(LeftOut))));
    }

    [Test]
    public void All_variants_of_a_texture_go()
    {
        var file = game.AddAsset(Level, "files/t/stone.png", "png", "texture");
        var variants = new JObject();
        foreach (var format in (string[])["basis", "dxt", "etc1", "pvr"])
        {
            game.Add($"files/t/stone.{format}", format);
            variants[format] = SampleGame.FileRecord($"files/t/stone.{format}", format);
        }

        file["variants"] = variants;

        Assert.That(PathsOf(Add("type:texture")), Has.None.StartsWith("files/t/"));
    }

    /// <summary>The original of a texture with a Basis variant is not part of an export.</summary>
    [Test]
    public void A_texture_without_its_original_goes()
    {
        game.AddAsset(Level, "files/t/stone.png", "png", "texture")["variants"] = new JObject { ["basis"] = SampleGame.FileRecord("files/t/stone.basis", "basis") };
        game.Add("files/t/stone.basis", "basis");
        game.Files.Remove("files/t/stone.png");

        var content = Add("stone.png");

        Assert.That(PathsOf(content), Has.None.StartsWith("files/t/"));
        Assert.That(content.Manifest.LeftOut!.Files, Is.EqualTo(1));
    }

    [Test]
    public void All_pages_of_a_font_go()
    {
        game.AddAsset(Level, "files/f/Score.png", "page 0", "font");
        game.Asset(Level)["data"] = new JObject { ["info"] = new JObject { ["maps"] = new JArray(new JObject(), new JObject(), new JObject()) } };
        game.Add("files/f/Score1.png", "page 1");
        game.Add("files/f/Score2.png", "page 2");
        game.Add("files/f/Score3.png", "of something else");

        Assert.That(PathsOf(Add("type:font")).Where(path => path.StartsWith("files/f/", StringComparison.Ordinal)), Is.EqualTo(["files/f/Score3.png"]));
    }

    [Test]
    public void A_file_that_another_asset_names_stays()
    {
        game.AddAsset(Level, LevelPath, "{}", "json");
        game.AddAsset(Level + 1, LevelPath, "{}", "json");
        game.Asset(Level + 1)["name"] = "the same level";

        var content = Add("level.json");

        Assert.That(PathsOf(content), Does.Contain(LevelPath));
        Assert.That(ConfigOf(content)["assets"]![$"{Level}"], Is.Null);
        Assert.That(Warnings(content), Is.EqualTo([$"{LevelPath} still contains \"level.json\""]));
    }

    /// <summary>The classic layout with concatenated scripts: one file at the root contains the scripts of all assets.</summary>
    [Test]
    public void Concatenated_scripts_stay_whole([Values] bool areAllExcluded)
    {
        game.AddAsset(Level, "__game-scripts.js", "var a, b;", "script");
        game.AddAsset(Level + 1, "__game-scripts.js", "var a, b;", "script");
        (game.Asset(Level)["name"], game.Asset(Level + 1)["name"]) = ("a.js", "b.js");

        var content = Add(areAllExcluded ? "type:script" : "a.js");

        Assert.That(PathsOf(content), Does.Contain("__game-scripts.js"));
        var excluded = areAllExcluded ? (string[])["a.js", "b.js"] : ["a.js"];
        Assert.That(Warnings(content), Is.EqualTo(excluded.Select(name => $"__game-scripts.js still contains \"{name}\"")));
    }

    [Test]
    public void A_script_of_its_own_goes()
    {
        game.AddAsset(Level, "files/assets/1/1/debug.js", "var a;", "script");
        Assert.That(PathsOf(Add("debug.js")), Does.Not.Contain("files/assets/1/1/debug.js"));
    }

    /// <summary>The configuration of a game with bundled modules names files that are not in the export.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void A_bundled_module_stays_in_the_bundle(bool isBundled)
    {
        if (isBundled)
            game.Add("js/esm.mjs", "export {}");
        game.AddAsset(Level, "js/esm-scripts/debug.mjs", "export {}", "script")["url"] = "./js/esm-scripts/debug.mjs";
        game.Asset(Level)["name"] = "debug.mjs";
        game.Files.Remove("js/esm-scripts/debug.mjs");

        Assert.That(Warnings(Add("debug.mjs")), Is.EqualTo(isBundled ? ["js/esm.mjs still contains \"debug.mjs\""] : Array.Empty<string>()));
    }

    [TestCase("js/esm-scripts/debug.mjs", false, TestName = "A module of its own goes")]
    [TestCase("js/esm.mjs", true, TestName = "The bundle of the modules stays")]
    [TestCase("js/index.mjs", true, TestName = "The entry of the modules stays")]
    public void Modules(string path, bool stays)
    {
        game.Files.Remove(SampleGame.ClassicEngine);
        game.Add("js/index.mjs", "/** PlayCanvas Engine v2.21.0 */");
        game.AddAsset(Level, path, "export {}", "script")["url"] = "./" + path;
        game.Asset(Level)["name"] = "debug.mjs";

        var content = Add("debug.mjs");

        Assert.That(PathsOf(content).Contains(path), Is.EqualTo(stays));
        Assert.That(ConfigOf(content)["assets"]![$"{Level}"], Is.Null);
    }

    [Test]
    public void What_is_not_an_asset_is_not_selected()
    {
        var patterns = new[] { "index.html", "config.json", "1001.json", "Scene 1001", SampleGame.ClassicEngine, "styles.css", "type:scene" };

        var content = Add(patterns);

        Assert.That(FilesIn(content), Is.EquivalentTo(TextsOf(game)));
        Assert.That(content.Manifest.LeftOut!.PatternsWithoutAssets, Is.EqualTo(patterns));
        Assert.That(LeftOutOf(content), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public void The_page_stays_even_if_an_asset_names_it()
    {
        game.AddAsset(Level, "index.html", "<!doctype html>", "html");
        Assert.That(PathsOf(Add("type:html")), Does.Contain("index.html"));
    }

    [Test]
    public void Source_maps_go_if_the_project_does_not_keep_them()
    {
        string[] maps = ["__game-scripts.js.map", "js/esm.mjs.map", "files/assets/5/1/a.js.map"];
        foreach (var map in maps)
            game.Add(map, "{}");
        game.AddAsset(Level, "files/assets/7654321/1/mine.js.map", "a file that an asset names", "text");
        game.AddAsset(Level + 1, "files/assets/7654321/1/dungeon.map", "not a source map", "binary");

        var content = Add(new Exclusion([], KeepsSourceMaps: false));

        var expected = TextsOf(game);
        foreach (var map in maps)
            expected.Remove(map);
        Assert.That(FilesIn(content), Is.EquivalentTo(expected));
        Assert.That(LeftOutOf(content), Is.EqualTo((0, 3, 6)));
    }

    [Test]
    public void Names_that_are_mapped_stay_mapped()
    {
        game.AddAsset(Level, "files/assets/7654321/1/Armature|Run.glb", "running", "animation");
        game.AddAsset(Level + 1, "files/assets/7654322/1/Armature|Jump.glb", "jumping", "animation");

        var content = Add("Armature|Jump.glb");

        Assert.That(PathsOf(content), Does.Contain("files/assets/7654321/1/Armature_Run.glb").And.Not.Contains("files/assets/7654322/1/Armature_Jump.glb"));
        Assert.That((string?)ConfigOf(content)["assets"]![$"{Level}"]!["file"]!["url"], Is.EqualTo("files/assets/7654321/1/Armature_Run.glb"));
        Assert.That(content.IsIntact(thorough: true, CancellationToken.None), Is.True);
    }

    [Test]
    public void The_store_and_the_exported_configuration_stay_whole()
    {
        game.AddAsset(Level, LevelPath, "{}", "json");

        var content = Add("level.json");

        var stored = Store.Find(content.Manifest.ContentId)!;
        Assert.That(FilesIn(stored), Is.EquivalentTo(TextsOf(game)));
        Assert.That(stored.IsIntact(thorough: true, CancellationToken.None), Is.True);
        Assert.That(File.ReadAllText(content.ExportedPathOf(ConfigFileOf(content))), Is.EqualTo(TextsOf(game)[ExportLayout.Config]));
    }

    [Test]
    public void One_exclusion_then_another_then_the_first_again()
    {
        game.AddAsset(Level, LevelPath, "{}", "json");
        var first = FilesIn(Add("level.json"));
        var second = FilesIn(Add("box.png"));

        var again = Add("level.json");

        Assert.That(FilesIn(again), Is.EquivalentTo(first));
        Assert.That(second.Keys, Is.Not.EquivalentTo(first.Keys));
        Assert.That(Path.GetFileName(again.Directory), Does.Match("^[0-9a-f]{8}-[0-9a-f]{8}$"));
    }

    [Test]
    public void The_id_depends_on_what_is_left_out_and_not_on_the_order()
    {
        Assert.That(Exclusion("a", "b").AdaptationId, Is.EqualTo(Exclusion("b", "a", "b").AdaptationId));
        Assert.That(
            new[] { Exclusion(), Exclusion("a"), Exclusion("b"), Exclusion("a", "b"), new Exclusion([], KeepsSourceMaps: false), Exclusion("a") with { KeepsSourceMaps = false } }.Select(one => one.AdaptationId),
            Is.Unique);
    }

    [TestCase("assets.find(\"Boss: Große (1)\")")]
    [TestCase("assets.find('Boss: Große (1)', 'texture')")]
    [TestCase("assets.find(`Boss: Große (1)`)")]
    [TestCase("assets.find(\"Boss: Gro\\u00dfe (1)\")")]
    [TestCase("// don't\nvar a = 'x'; assets.find('Boss: Große (1)')")]
    [TestCase("var quote = /\"/; assets.find(\"Boss: Große (1)\")")]
    [TestCase("var a = \"it\\\"s\" + \"Boss: Große (1)\"")]
    [TestCase("load('textures/Boss: Große (1)')")]
    [TestCase("assets.get(7654321)")]
    [TestCase("assets.get('7654321')")]
    [TestCase("7654321")]
    public void A_script_that_names_an_asset_is_found(string script)
    {
        game.Add("__game-scripts.js", script);
        Assert.That(Warnings(Boss()), Is.EqualTo(["__game-scripts.js names \"Boss: Große (1)\""]));
    }

    [TestCase("assets.find('Boss')")]
    [TestCase("assets.find('Boss: Große (1) ')")]
    [TestCase("// Boss: Große (1)")]
    [TestCase("var a7654321 = 17654321 + 76543210 + 0.5")]
    [TestCase("'Boss: Große (1)")]
    public void A_script_that_does_not_name_it_is_not_found(string script)
    {
        game.Add("__game-scripts.js", script);
        Assert.That(Warnings(Boss()), Is.Empty);
    }

    [TestCase("files/assets/2/1/menu.js", "menu.js")]
    [TestCase("js/esm-scripts/menu.mjs", "menu.mjs")]
    [TestCase("js/index.mjs", "index.mjs")]
    public void Scripts_of_each_layout_are_searched(string path, string name)
    {
        game.Add(path, "7654321");
        Assert.That(Warnings(Boss()), Is.EqualTo([$"{name} names \"Boss: Große (1)\""]));
    }

    [Test]
    public void Scenes_and_other_assets_that_use_an_asset_are_found()
    {
        game.AddScene(1002, """{"entities":{"a":{"components":{"model":{"asset":7654321,"mapping":[7654321]}}}}}""");
        game.AddAsset(2, "files/2/notes.txt", "7654321", "text");
        game.AddAsset(3, "files/3/gold.json", "{}", "material");
        game.Asset(3)["data"] = new JObject { ["diffuseMap"] = Level, ["shininess"] = 50 };
        game.AddAsset(4, "files/4/level2.tar", "tar", "bundle");
        game.Asset(4)["data"] = new JObject { ["assets"] = new JArray(1, Level) };
        game.AddAsset(5, "files/5/left.json", "{}", "material");
        game.Asset(5)["data"] = new JObject { ["diffuseMap"] = Level };

        Assert.That(Warnings(Boss("left.json")), Is.EqualTo([
            "the scene \"Scene 1002\" uses \"Boss: Große (1)\"",
            "the material \"gold.json\" uses \"Boss: Große (1)\"",
            "the bundle \"level2.tar\" still contains \"Boss: Große (1)\"",
        ]));
    }

    [Test]
    public void A_bundle_is_left_out_by_its_own_name()
    {
        game.AddAsset(4, "files/4/level2.tar", "tar", "bundle");
        game.Asset(4)["data"] = new JObject { ["assets"] = new JArray(1, Level) };

        var content = Boss("level2.tar");

        Assert.That((PathsOf(content).Contains("files/4/level2.tar"), Warnings(content)), Is.EqualTo((false, Array.Empty<string>())));
    }

    [Test]
    public void Short_ids_are_not_searched_for()
    {
        game.AddAsset(12345, "files/5/x.png", "x", "texture");
        game.Add("__game-scripts.js", "12345");
        Assert.That(Warnings(Add("x.png")), Is.Empty);
    }

    [Test]
    public void The_first_mentions_are_named_and_the_others_counted()
    {
        for (var id = Level; id < Level + 15; id++)
            game.AddAsset(id, $"files/{id}.txt", "x", "text");
        game.Add("__game-scripts.js", string.Join(',', Enumerable.Range(Level, 15)));

        var warnings = Warnings(Add("type:text"));

        Assert.That((warnings.Count, warnings[0], warnings[^1]), Is.EqualTo((11, "__game-scripts.js names \"7654321.txt\"", "5 more")));
    }

    private GameContent Boss(params string[] alsoExcluded)
    {
        game.AddAsset(Level, "files/assets/7654321/1/boss.png", "png", "texture");
        game.Asset(Level)["name"] = "Boss: Große (1)";
        return Add(["Boss*", .. alsoExcluded]);
    }

    private GameContent Add(params string[] patterns) => Add(Exclusion(patterns));

    private GameContent Add(Exclusion exclusion)
    {
        Directory.CreateDirectory(Folder.FullPath);
        return Folder.Add(AdaptedContent.Of(Install(game), exclusion), CancellationToken.None);
    }

    private static Exclusion Exclusion(params string[] patterns) => new([.. patterns.Select(pattern => AssetPattern.TryParse(pattern)!)], KeepsSourceMaps: true);

    private static (int Assets, int Files, long Bytes) LeftOutOf(GameContent content) =>
        content.Manifest.LeftOut is { } leftOut ? (leftOut.Assets, leftOut.Files, leftOut.Bytes) : default;

    private static IReadOnlyList<string> Warnings(GameContent content) => content.Manifest.LeftOut!.Mentions;

    private static IReadOnlyList<string> PathsOf(GameContent content) => [.. FilesIn(content).Keys];

    private static GameFile ConfigFileOf(GameContent content) => content.Manifest.Files.Single(file => file.Path == ExportLayout.Config);

    private static JObject ConfigOf(GameContent content) => JObject.Parse(File.ReadAllText(content.PathOf(ConfigFileOf(content))));
}
