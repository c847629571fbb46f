using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Tests.Games;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Exports;

public sealed class GameVerifierTests : GameFixture
{
    private static readonly ExportExpectation Anything = new();

    [TestCase("index.html", "config.json", "playcanvas-stable.min.js", "__settings__.js", TestName = "The classic layout is known")]
    [TestCase("index.html", "config.json", "js/index.mjs", "js/playcanvas-stable.min.mjs", TestName = "The layout of modules is known")]
    [TestCase("index.html", "config.json", "js/index.mjs", "js/esm.mjs", TestName = "The layout of bundled modules is known")]
    [TestCase("index.html", "config.json", "package.json", "playcanvas-stable.min.js", TestName = "A game with a file called package.json is a game")]
    public void LayoutsOfGamesAreKnown(params string[] names) =>
        Assert.That(() => GameVerifier.CheckLayout(names, Anything), Throws.Nothing);

    [TestCase("index.html is missing", "config.json", "playcanvas-stable.min.js")]
    [TestCase("config.json is missing", "index.html", "js/index.mjs")]
    [TestCase("playcanvas-stable.min.js or js/index.mjs is missing", "index.html", "config.json", "js/playcanvas-stable.min.mjs")]
    [TestCase("index.html is missing", "Index.html", "config.json", "js/index.mjs")]
    [TestCase("index.html is missing", "game/index.html", "game/config.json", "game/js/index.mjs")]
    public void WhatIsMissingIsNamed(string problem, params string[] names) =>
        Assert.That(() => GameVerifier.CheckLayout(names, Anything), Thrown.Export(ExportFault.Incomplete).With.Message.Contains(problem));

    [Test]
    public void NothingAtAllMissesEverything() =>
        Assert.That(() => GameVerifier.CheckLayout([], Anything), Thrown.Export(ExportFault.Incomplete).With.Message.EqualTo("index.html is missing; config.json is missing; playcanvas-stable.min.js or js/index.mjs is missing"));

    [Test]
    public void AnNpmProjectIsNoGame() =>
        Assert.That(() => GameVerifier.CheckLayout(["package.json", "src/data/config.json", "index.html"], Anything), Thrown.Export(ExportFault.IsSource));

    [Test]
    public void AnNpmProjectIsFineWhereOneIsWanted() =>
        Assert.That(() => GameVerifier.CheckLayout(["package.json", "src/data/config.json", "index.html"], Anything with { IsSource = true }), Throws.Nothing);

    [Test]
    public void AGameIsNoNpmProject() =>
        Assert.That(
            () => GameVerifier.CheckLayout(["index.html", "config.json", "playcanvas-stable.min.js"], Anything with { IsSource = true }),
            Thrown.Export(ExportFault.Mismatch).With.Message.Contains("npm"));

    [Test]
    public void AMissingSceneIsNamed()
    {
        var game = new SampleGame();
        game.AddScene(2002);
        game.Files.Remove("2002.json");
        AssertProblems(game, "2002.json is missing");
    }

    [Test]
    public void AMissingAssetIsNamed()
    {
        var game = new SampleGame();
        game.Files.Remove(SampleGame.BoxPath);
        AssertProblems(game, $"{SampleGame.BoxPath} is missing");
    }

    [Test]
    public void AnAssetThatDiffersIsNamed()
    {
        var game = new SampleGame();
        game.Add(SampleGame.BoxPath, "another box");
        AssertProblems(game, $"{SampleGame.BoxPath} does not match its hash");
    }

    [TestCase("files/1/größe 1 (a).png")]
    [TestCase("files/1/Armature|Run.glb")]
    [TestCase("files/1/a+b@c,d.png")]
    public void AnAssetIsFoundByItsAddress(string path)
    {
        var game = new SampleGame();
        game.AddAsset(2, path, "content");
        Assert.That(Install(game).Manifest.Facts.VerifiedFiles, Is.EqualTo(2));
    }

    [Test]
    public void AHashMayBeInCapitals()
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/2.txt", "content")["hash"] = SampleGame.Md5Of("content").ToUpperInvariant();
        Assert.That(Install(game).Manifest.Facts.VerifiedFiles, Is.EqualTo(2));
    }

    [TestCase(null)]
    [TestCase("")]
    public void AnAssetWithoutAHashMustOnlyBeThere(string? hash)
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/2.txt", "content")["hash"] = hash;
        Assert.That(() => Install(game), Throws.Nothing);
    }

    [TestCase(5, 5, null)]
    [TestCase(6, 6, "1 more")]
    [TestCase(40, 6, "35 more")]
    public void OfManyProblemsFiveAreNamed(int missing, int problems, string? last)
    {
        var game = new SampleGame();
        for (var id = 100; id < 100 + missing; id++)
        {
            game.AddAsset(id, $"files/{id}.txt", "content");
            game.Files.Remove($"files/{id}.txt");
        }

        var named = Install(game).Manifest.Facts.Problems;
        Assert.That(named, Has.Count.EqualTo(problems));
        Assert.That(named[^1], Is.EqualTo(last ?? $"files/{99 + missing}.txt is missing"));
    }

    [Test]
    public void AFileOfSeveralAssetsIsNamedOnce()
    {
        var game = new SampleGame();
        for (var id = 100; id < 103; id++)
            game.AddAsset(id, "__game-scripts.js", "scripts", "script");
        game.Files.Remove("__game-scripts.js");
        game.Add("index.html", """<script src="__game-scripts.js"></script>""");
        AssertProblems(game, "__game-scripts.js, which index.html refers to, is missing");
    }

    [Test]
    public void AFileOfSeveralAssetsIsCountedOnce()
    {
        var game = new SampleGame();
        for (var id = 100; id < 103; id++)
            game.AddAsset(id, "__game-scripts.js", "scripts", "script");
        Assert.That(Install(game).Manifest.Facts.VerifiedFiles, Is.EqualTo(2), "The scripts and a box");
    }

    [Test]
    public void A_file_that_matches_one_asset_and_not_another_does_not_count()
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/2.txt", "content");
        game.AddAsset(3, "files/2.txt", "content")["hash"] = SampleGame.Md5Of("other");
        Assert.That(Install(game).Manifest.Facts.VerifiedFiles, Is.EqualTo(1));
    }

    [Test]
    public void What_is_wrong_is_told_again_with_an_update_that_changes_nothing()
    {
        var game = new SampleGame();
        game.Files.Remove(SampleGame.BoxPath);
        Install(game);
        AssertProblems(game, $"{SampleGame.BoxPath} is missing");
    }

    [Test]
    public void An_export_that_is_refused_for_its_problems_changes_nothing()
    {
        var old = Install(new SampleGame());
        var game = SampleGame.Updated();
        game.Files.Remove("files/assets/3/1/new.png");
        OnProblems = _ => throw new ExportException(ExportFault.Inconsistent, ["refused"]);

        Assert.That(() => Install(game), Thrown.Export(ExportFault.Inconsistent));
        AssertHolds(old, new SampleGame());
        Assert.That(Contents(), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_script_that_the_page_names_and_is_missing_is_named()
    {
        var game = new SampleGame();
        game.Add("index.html", """<link rel="stylesheet" href="styles.css"><script src="playcanvas-stable.min.js"></script><script src="logo.js?v=2"></script>""");
        AssertProblems(game, "logo.js, which index.html refers to, is missing");
    }

    [Test]
    public void A_rewritten_script_is_neither_missed_nor_compared()
    {
        var game = new SampleGame();
        var script = game.AddAsset(2, "js/esm-scripts/a.mjs", "rewritten");
        script["url"] = "./js/esm-scripts/a.mjs";
        script["hash"] = SampleGame.Md5Of("as it was");
        game.AddAsset(3, "js/esm-scripts/absent.mjs", "")["url"] = "./js/esm-scripts/absent.mjs";
        game.Files.Remove("js/esm-scripts/absent.mjs");
        Assert.That(Install(game).Manifest.Facts.VerifiedFiles, Is.EqualTo(1));
    }

    [Test]
    public void The_size_of_concatenated_scripts_is_not_compared()
    {
        var game = new SampleGame();
        game.AddAsset(2, "__game-scripts.js", "/* größe */", "script")["size"] = 3;
        Assert.That(Install(game).Manifest.Facts.VerifiedFiles, Is.EqualTo(2));
    }

    [Test]
    public void The_content_of_concatenated_scripts_is_compared()
    {
        var game = new SampleGame();
        game.AddAsset(2, "__game-scripts.js", "whole", "script");
        game.Add("__game-scripts.js", "half");
        AssertProblems(game, "__game-scripts.js does not match its hash");
    }

    [Test]
    public void A_texture_may_be_absent_where_its_Basis_variant_is_there()
    {
        var game = GameWithVariant("basis");
        game.Files.Remove("files/wood.jpg");
        Assert.That(Install(game).Manifest.Facts.VerifiedFiles, Is.EqualTo(2));
    }

    [Test]
    public void A_texture_that_is_there_beside_its_Basis_variant_is_compared()
    {
        var game = GameWithVariant("basis");
        game.Add("files/wood.jpg", "other wood");
        AssertProblems(game, "files/wood.jpg does not match its hash");
    }

    [TestCase("basis")]
    [TestCase("dxt")]
    public void AVariantMustBeThere(string kind)
    {
        var game = GameWithVariant(kind);
        game.Files.Remove($"files/wood.{kind}");
        AssertProblems(game, $"files/wood.{kind} is missing");
    }

    [Test]
    public void AVariantIsCompared()
    {
        var game = GameWithVariant("basis");
        game.Add("files/wood.basis", "other wood");
        AssertProblems(game, "files/wood.basis does not match its hash");
    }

    [TestCase("dxt")]
    [TestCase("etc1")]
    [TestCase("pvr")]
    public void ATextureMustBeThereBesideAnOlderVariant(string kind)
    {
        var game = GameWithVariant(kind);
        game.Files.Remove("files/wood.jpg");
        AssertProblems(game, "files/wood.jpg is missing");
    }

    [Test]
    public void AFontIsComparedWithAllItsPages()
    {
        Assert.That(Install(GameWithFont("page 0", "page 1", "page 2")).Manifest.Facts.VerifiedFiles, Is.EqualTo(4), "Three pages and a box");
    }

    [Test]
    public void AnyPageOfAFontCanDiffer([Range(0, 2)] int page)
    {
        var game = GameWithFont("page 0", "page 1", "page 2");
        game.Add($"files/Score{(page == 0 ? "" : page)}.png", "PAGE");
        AssertProblems(game, "files/Score.png does not match its hash");
    }

    [Test]
    public void APageOfAFontThatIsMissingIsNamed()
    {
        var game = GameWithFont("page 0", "page 1", "page 2");
        game.Files.Remove("files/Score2.png");
        AssertProblems(game, "files/Score2.png is missing");
    }

    [Test]
    public void AFontWithOnePageIsComparedWithIt()
    {
        var game = GameWithFont("page 0");
        game.Add("files/Score1.png", "of another font");
        Assert.That(() => Install(game), Throws.Nothing);
    }

    [Test]
    public void UnchangedFontsAreComparedWhereTheyLie()
    {
        Install(GameWithFont("page 0", "page 1"));
        Assert.That(Install(GameWithFont("page 0", "page 1")).Manifest.Facts.VerifiedFiles, Is.EqualTo(3));
    }

    [Test]
    public void TheLoadingScreensScriptMayBeAbsent()
    {
        var game = new SampleGame();
        game.AddAsset(7, "files/7/loading.js", "loading", "script");
        game.Files.Remove("files/7/loading.js");
        game.ApplicationProperties["loadingScreenScript"] = "7";
        Assert.That(() => Install(game), Throws.Nothing);
    }

    [Test]
    public void AConfigurationThatIsNotJsonIsRefused() =>
        Assert.That(
            () => Install(new SampleGame { Config = "<html>" }),
            Thrown.Export(ExportFault.Incomplete).With.Message.StartsWith("config.json cannot be read"));

    [Test]
    public void TheScenesThatWereAskedForMustCome()
    {
        var game = new SampleGame();
        game.AddScene(2002);
        Assert.That(
            () => Install(game, Anything with { Scenes = [2002, 3003, 4004] }),
            Thrown.Export(ExportFault.Mismatch).With.Message.EqualTo("it lacks the requested scenes 3003, 4004 and contains 1001, 2002"));
    }

    [Test]
    public void TheScenesThatWereAskedForCame()
    {
        var game = new SampleGame();
        game.AddScene(2002);
        Assert.That(() => Install(game, Anything with { Scenes = [2002, SampleGame.SceneId] }), Throws.Nothing);
    }

    [Test]
    public void TheBranchThatWasAskedForMustCome() =>
        Assert.That(
            () => Install(new SampleGame(), Anything with { BranchId = "branch-other" }),
            Thrown.Export(ExportFault.Mismatch).With.Message.EqualTo("branch branch-other was requested, but the export is from branch branch-main"));

    [Test]
    public void TheBranchThatWasAskedForCame() =>
        Assert.That(() => Install(new SampleGame(), Anything with { BranchId = SampleGame.BranchId }), Throws.Nothing);

    [Test]
    public void EverySceneIsOfTheBranch()
    {
        var game = new SampleGame();
        game.AddScene(2002, """{"id":2002,"branch_id":"branch-other"}""");
        Assert.That(() => Install(game, Anything with { BranchId = SampleGame.BranchId }), Thrown.Export(ExportFault.Mismatch));
    }

    [TestCase("""{"id":2002}""")]
    [TestCase("""{"id":2002,"branch_id":null}""")]
    [TestCase("""{"id":2002,"settings":{"branch_id":"branch-other"}}""")]
    public void AnOldSceneThatNamesNoBranchIsOfAny(string scene)
    {
        var game = new SampleGame();
        game.AddScene(2002, scene);
        Assert.That(() => Install(game, Anything with { BranchId = SampleGame.BranchId }), Throws.Nothing);
    }

    [TestCase("<html>")]
    [TestCase("{\"id\": 2002, !")]
    [TestCase("""{"id":2002,"branch_id":{"a":1}}""")]
    public void ASceneThatIsNotJsonIsNamed(string scene)
    {
        var game = new SampleGame();
        game.AddScene(2002, scene);
        AssertProblems(game, "2002.json is not valid JSON", Anything with { BranchId = SampleGame.BranchId });
    }

    [TestCase("/**\n * @license\n * PlayCanvas Engine v2.18.1 revision abc\n */ var a=\"1.2.3\";", "2.18.1")]
    [TestCase("/* PlayCanvas Engine v1.30.0-dev */", "1.30.0-dev")]
    [TestCase("const version=\"2.9.0\";", "2.9.0")]
    [TestCase("var a=1;const t=\"2.20.6\",e=\"abc\"", "2.20.6")]
    [TestCase("nothing of the kind: v2.1, \"1.2\"", null)]
    public void TheEnginesVersionIsReadFromItsFile(string engine, string? version)
    {
        var game = new SampleGame();
        game.Add(SampleGame.ClassicEngine, engine);
        Assert.That(Install(game).Manifest.Facts.EngineVersion, Is.EqualTo(version));
    }

    [TestCase("js/playcanvas-stable.min.mjs")]
    [TestCase("js/index.mjs")]
    public void The_version_of_an_engine_in_modules_is_read_from_them(string path)
    {
        var game = new SampleGame();
        game.Files.Remove(SampleGame.ClassicEngine);
        game.Add("js/index.mjs", "import './playcanvas-stable.min.mjs'");
        game.Add(path, "/** PlayCanvas Engine v2.19.0 */");
        Assert.That(Install(game).Manifest.Facts.EngineVersion, Is.EqualTo("2.19.0"));
    }

    /// <summary>The first 4,096 characters are read first; the comment may come later, or be cut off by their end.</summary>
    [TestCase(4070)]
    [TestCase(4075)]
    [TestCase(4096)]
    [TestCase(500_000)]
    public void A_comment_of_the_engine_may_come_late(int characters)
    {
        var game = new SampleGame();
        game.Add("playcanvas-stable.min.js", new string(' ', characters) + "/* PlayCanvas Engine v2.18.123 */ a=\"1.2.3\"");
        Assert.That(Install(game).Manifest.Facts.EngineVersion, Is.EqualTo("2.18.123"));
    }

    /// <summary>Asserts that the game is installed, and that exactly this problem is reported.</summary>
    private void AssertProblems(SampleGame game, string problem, ExportExpectation? expected = null)
    {
        IReadOnlyList<string> told = [];
        OnProblems = problems => told = problems;
        var content = Install(game, expected);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo([problem]));
            Assert.That(content.Manifest.Facts.Problems, Is.EqualTo([problem]));
            Assert.That(FilesIn(content), Is.EquivalentTo(TextsOf(game)));
        }
    }

    private static SampleGame GameWithVariant(string kind)
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/wood.jpg", "wood", "texture")["variants"] = new JObject { [kind] = SampleGame.FileRecord($"files/wood.{kind}", $"wood as {kind}") };
        game.Add($"files/wood.{kind}", $"wood as {kind}");
        return game;
    }

    private static SampleGame GameWithFont(params string[] pages)
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/Score.png", pages[0], "font")["hash"] = SampleGame.Md5Of(string.Concat(pages));
        game.Asset(2)["data"] = new JObject { ["info"] = new JObject { ["maps"] = new JArray(pages.Select(_ => new JObject())) } };
        for (var page = 1; page < pages.Length; page++)
            game.Add($"files/Score{page}.png", pages[page]);
        return game;
    }
}
