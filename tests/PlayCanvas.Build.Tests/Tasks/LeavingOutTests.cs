// Misspelt on purpose. cspell:ignore levle

using Microsoft.Build.Framework;
using Moq;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests projects that leave assets out of their game: what they use, what is requested, and what the build says.</summary>
public sealed class LeavingOutTests : DryRunFixture
{
    private const string Patterns = "level data*;type:font;Wood.jpg";

    private static readonly string[] LeftOutFiles =
    [
        "files^assets^6000008^1^level data (1).json", "files^assets^6000010^1^Score.png", "files^assets^6000010^1^Score1.png", "files^assets^6000011^1^Wood.basis",
    ];

    /// <summary>What says which content a project wants.</summary>
    public enum Source
    {
        LockFile,
        Parameters,
        ExportFile,
    }

    [Test]
    public void The_game_lacks_what_is_left_out_and_the_build_says_so()
    {
        LockFirst();
        var whole = GameFiles();
        Clone();

        RunWell(Task(Patterns));

        Assert.That(whole.Keys.Except(GameFiles().Keys), Is.EquivalentTo(LeftOutFiles));
        Assert.That(GameFiles().Where(file => file.Key != "config.json"), Is.SubsetOf(whole));
        Assert.That(AssetIds(), Is.EqualTo(["6000002", "6000003", "6000004", "6000005", "6000006", "6000007", "6000009"]));
        Assert.That(Engine.HighMessages, Has.Some.Match(@"^PlayCanvas: game: left out: 3 assets, 4 files; this saves 5\.\d kB of 2\d\.\d kB$"));
        Assert.That(Engine.Warnings, Is.Empty);
        AssertUsesLockedContent();
    }

    [Test]
    public void The_lock_file_does_not_depend_on_it()
    {
        LockFirst();
        var text = File.ReadAllText(LockPath);
        MoveTo("second", "two");
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);

        RunWell(Task(Patterns));

        Assert.That(WithoutBuild(File.ReadAllText(LockPath)), Is.EqualTo(WithoutBuild(text)));

        static string WithoutBuild(string entry) => System.Text.RegularExpressions.Regex.Replace(entry, "\"build\": \"[0-9]+\"", "");
    }

    [Test]
    public void Changed_patterns_request_nothing_and_the_first_ones_give_the_same_files([Values] Source source)
    {
        Install(TaskOf(source, Patterns));
        var first = GameFiles();
        StartBuild();
        EnvironmentVariables.Clear();

        RunWell(TaskOf(source, "type:script"));
        var second = GameFiles();
        RunWell(TaskOf(source, null));
        var whole = GameFiles();
        RunWell(TaskOf(source, Patterns));

        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(GameFiles(), Is.EquivalentTo(first));
        Assert.That(second.Keys, Is.SupersetOf(LeftOutFiles));
        Assert.That(whole.Keys, Is.EquivalentTo(first.Keys.Concat(LeftOutFiles)));
    }

    /// <summary>Debug and Release may be built side by side, and leave out different assets.</summary>
    [Test]
    public void Two_builds_that_wait_for_one_export_get_their_own_files([Values] bool hasLockFile)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        foreach (var patterns in (string[])["type:font", "Wood.jpg"])
            RunWell(Step(new PlayCanvasRequestExport(), patterns));

        var installed = new List<string>();
        foreach (var patterns in (string[])["type:font", "Wood.jpg"])
        {
            RunWell(Step(new PlayCanvasInstallGame(), patterns));
            installed.AddRange(LeftOutFiles.Except(GameFiles().Keys));
        }

        Assert.That(installed, Is.EqualTo(LeftOutFiles[1..]));
        Assert.That(Exports, Is.EqualTo(1));

        PlayCanvasDownloadTask Step(PlayCanvasDownloadTask task, string patterns)
        {
            task.Game = Task(patterns).Game;
            task.LockFile = hasLockFile ? "true" : "false";
            return task;
        }
    }

    [Test]
    public void The_content_before_stays_in_the_project()
    {
        LockFirst();
        RunWell(Task(Patterns));
        RunWell(Task("type:font"));
        var before = ContentFolder;

        RunWell(Task("Wood.jpg"));

        Assert.That(Directory.GetDirectories(GameFolder).Where(folder => !folder.EndsWith(".originals", StringComparison.Ordinal)), Is.EquivalentTo([before, ContentFolder]), "A running site may serve the one before.");
    }

    [Test]
    public void Other_patterns_make_the_game_stale()
    {
        LockFirst();
        var text = File.ReadAllText(Path.Combine(GameFolder, "game.uptodate.txt"));

        RunWell(Task(Patterns));

        var changed = File.ReadAllText(Path.Combine(GameFolder, "game.uptodate.txt"));
        Assert.That(text, Does.Contain("\nExclude=\nKeepSourceMaps=true\n"));
        Assert.That(changed, Does.Contain($"\nExclude={Patterns}\nKeepSourceMaps=true\n"));
        Assert.That(changed.Split('\n')[0], Is.EqualTo(Path.GetFileName(ContentFolder)));
    }

    [Test]
    public void An_update_downloads_only_what_changed()
    {
        LockFirst();
        RunWell(Task(Patterns));
        ChangeBranch();
        StartBuild();
        var task = Task("type:font");
        task.Update = "true";

        RunWell(task);

        var result = JObject.Parse(task.InstalledGames.Single().GetMetadata("Result"));
        Assert.That((string?)result["outcome"], Is.EqualTo("downloaded"));
        Assert.That((long)result["moved"]!, Is.LessThan(20_000));
        Assert.That(((long)result["added"]!, (long)result["removed"]!), Is.EqualTo((2, 0)), "The level and the texture come.");
        Assert.That((long)result["leftOut"]!, Is.GreaterThan(0));
    }

    [Test]
    public void A_content_that_left_the_store_is_fetched_without_an_export()
    {
        LockFirst();
        RunWell(Task(Patterns));
        Directory.Delete(Folder.File("stores"), recursive: true);
        Directory.Delete(Path.Combine(GameFolder, LockedContent[..8]), recursive: true);
        StartBuild();

        RunWell(Task("type:font"));

        Assert.That(Exports, Is.Zero);
        Assert.That(GameFiles().Keys, Does.Contain(LeftOutFiles[0]).And.Not.Contains(LeftOutFiles[1]));
        AssertUsesLockedContent();
    }

    [Test]
    public void The_whole_content_in_the_project_is_enough()
    {
        LockFirst();
        Directory.Delete(Folder.File("stores"), recursive: true);
        EnvironmentVariables.Clear();

        RunWell(Task(Patterns));

        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(GameFiles().Keys, Has.None.AnyOf(LeftOutFiles));
    }

    [Test]
    public void A_packed_content_is_whole()
    {
        LockFirst();
        RunWell(Task(Patterns));

        Pack();

        Clone();
        var task = Task(null);
        task.ExportSource = TeamFolder;
        StartBuild();
        RunWell(task);
        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(GameFiles().Keys, Is.SupersetOf(LeftOutFiles));
        AssertUsesLockedContent();
    }

    [Test]
    public void A_content_that_is_not_whole_any_more_is_not_packed()
    {
        LockFirst();
        RunWell(Task(Patterns));
        Directory.Delete(Folder.File("stores"), recursive: true);
        Directory.Delete(Path.Combine(GameFolder, LockedContent[..8]), recursive: true);

        var message = RunBadly(new PlayCanvasPack { GamePath = "game", OutputDirectory = TeamFolder }, "PLAYCANVAS4009");

        Assert.That(message, Does.Contain("build with PlayCanvasExclude= and PlayCanvasKeepSourceMaps=true"));
        Assert.That(TeamFolder, Does.Not.Exist);
    }

    [Test]
    public void A_copy_of_the_game_loses_what_is_left_out()
    {
        LockFirst();
        var task = Task(null);
        task.DownloadDirectory = "copy";
        RunWell(task);
        var level = Path.Combine(Path.GetDirectoryName(ProjectFile)!, "copy", "game", "files", "assets", "6000008", "1", "level data (1).json");
        Assert.That(level, Does.Exist);
        task = Task(Patterns);
        task.DownloadDirectory = "copy";

        RunWell(task);

        Assert.That(level, Does.Not.Exist);
    }

    [Test]
    public void Source_maps_are_left_out()
    {
        var task = Task(null);
        (task.ScriptsConcatenate, task.ScriptsMinify, task.ScriptsSourcemaps, task.KeepSourceMaps) = ("true", "true", "true", "false");

        Install(task);

        Assert.That(GameFiles().Keys, Does.Contain("__game-scripts.js").And.Not.Contains("__game-scripts.js.map"));
        Assert.That(Engine.HighMessages, Has.Some.Match(@"^PlayCanvas: game: left out: 1 file; this saves 78 B of 2\d\.\d kB$"));
    }

    [Test]
    public void Each_build_warns_of_what_the_game_still_names()
    {
        LockFirst();

        for (var build = 1; build <= 2; build++)
        {
            Engine = new();
            RunWell(Task("Müster*"));

            Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS4028"));
            Assert.That(Engine.Warnings.Single().Message, Does.StartWith("The game \"game\" still names assets that are left out of it: the material \"Orange\" uses \"Müster größe 64.png\"; the material \"Green\" uses \"Müster größe 64.png\". "));
            Assert.That(File.ReadAllText(Path.Combine(GameFolder, "game.uptodate.txt")), Does.Not.Contain("Exclude="), "The task must run in the next build.");
        }
    }

    [Test]
    public void A_warning_that_is_an_error_leaves_the_game_as_it_was()
    {
        LockFirst();
        var before = ContentFolder;
        var engine = new Mock<IBuildEngine8>();
        engine.Setup(build => build.ShouldTreatWarningAsError("PLAYCANVAS4028")).Returns(true);
        var task = Prepare(Task("Müster*"));
        task.BuildEngine = engine.Object;

        Assert.That(Bounded.Run(task.Execute), Is.False);

        engine.Verify(build => build.LogErrorEvent(It.Is<BuildErrorEventArgs>(error => error.Code == "PLAYCANVAS4028")), Times.Once);
        Assert.That(ContentFolder, Is.EqualTo(before));
    }

    [Test]
    public void Patterns_that_select_nothing_are_named()
    {
        LockFirst();

        RunWell(Task("levle data*;type:font%3B tag:debug ;"));

        Assert.That(Engine.Warnings.Select(warning => (warning.Code, warning.Message)), Is.EqualTo([(
            "PLAYCANVAS4031",
            "PlayCanvasExclude contains patterns that select no asset of the game \"game\": \"levle data*\", \"tag:debug\". Check their spelling, also upper and lower case, or remove them.")]));
    }

    [TestCase("tag:", "PlayCanvasExclude cannot be used: \"tag:\" does not say which assets it means. ")]
    [TestCase("a;type: ", "PlayCanvasExclude cannot be used: \"type:\" does not say which assets it means. ")]
    public void Invalid_patterns_are_an_error(string patterns, string message)
    {
        Assert.That(RunBadly(Task(patterns), "PLAYCANVAS1039"), Does.StartWith(message));
        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [TestCase("a", null, "PlayCanvasExclude")]
    [TestCase(null, "false", "PlayCanvasKeepSourceMaps")]
    public void Nothing_is_left_out_of_sources(string? patterns, string? keepSourceMaps, string property)
    {
        var task = Task(patterns);
        (task.Format, task.KeepSourceMaps) = ("npm", keepSourceMaps);

        Assert.That(RunBadly(task, "PLAYCANVAS1039"), Does.StartWith($"{property} cannot be used: PlayCanvasFormat=npm requests the sources of the game"));
    }

    [Test]
    public void A_switch_that_is_neither_true_nor_false_is_an_error()
    {
        var task = Task(null);
        task.KeepSourceMaps = "maybe";
        RunBadly(task, "PLAYCANVAS1019");
    }

    [Test]
    public void A_dry_run_says_what_would_be_left_out()
    {
        LockFirst();
        var task = Task(Patterns);
        task.DownloadDirectory = "copy";

        PlanWell(task);

        Assert.That(Plan[0], Does.Match($"^game: would take the locked content {LockedContent[..8]} from the project's folder, where an earlier build has left it, and leave out 4 files of it \\(5\\.\\d kB\\)$"));
        Assert.That(Plan[1], Does.Match($"^game: would write {GameFiles().Count - 4} files to "));
        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [Test]
    public void A_dry_run_warns_too()
    {
        LockFirst();
        Clone("clone", "one");
        var task = Task("Müster*;nothing");

        PlanWell(task);

        Assert.That(Engine.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS4028", "PLAYCANVAS4031"]));
        Assert.That(Plan.Single(), Does.Contain(" from the store, and leave out 1 file of it"));
    }

    [Test]
    public void A_damaged_game_is_repaired_without_a_request()
    {
        LockFirst();
        RunWell(Task(Patterns));
        var files = GameFiles();
        File.Delete(Path.Combine(ContentFolder, "index.html"));
        File.Delete(Path.Combine(ContentFolder, "config.json"));
        StartBuild();

        RunWell(Task(Patterns));

        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(GameFiles(), Is.EquivalentTo(files));
    }

    private PlayCanvasDownloadApp Task(string? patterns)
    {
        var task = GameTask();
        task.Exclude = patterns;
        return task;
    }

    private PlayCanvasDownloadApp TaskOf(Source source, string? patterns)
    {
        var task = Task(patterns);
        if (source == Source.Parameters)
            task.LockFile = "false";
        if (source == Source.ExportFile)
            task.ExportFile = Folder.File("game.zip");
        return task;
    }

    /// <summary>Installs the game, for which the sandbox is asked first if it comes from a zip file.</summary>
    private void Install(PlayCanvasDownloadApp task)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        if (task.ExportFile is { } zip)
        {
            MoveTo("other", "other");
            LockFirst();
            File.Move(Pack(), zip);
            MoveTo("first", "one");
            Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        }

        RunWell(task);
    }

    private IEnumerable<string> AssetIds() => ((JObject)JObject.Parse(File.ReadAllText(Path.Combine(ContentFolder, "config.json")))["assets"]!).Properties().Select(asset => asset.Name);
}
