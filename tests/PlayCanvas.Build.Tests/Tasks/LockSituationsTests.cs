using NUnit.Framework;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests each situation of a game with a lock file: what is in the project, what can be had, and what the project wants.</summary>
public sealed class LockSituationsTests : LockedFixture
{
    /// <summary>What the project wants of the lock file.</summary>
    public enum Mode
    {
        Default,
        Locked,
        Update,
    }

    /// <summary>Where a clean checkout finds the locked content.</summary>
    public enum Place
    {
        Store,
        TeamFolder,
        TeamServer,
        BuildRecord,
    }

    /// <summary>Why the service's build record does not give the locked content.</summary>
    public enum Unavailable
    {
        Refused,
        Forgotten,
        Expired,
        Nameless,
    }

    [Test]
    public void In_a_project_that_matches_nothing_is_sent([Values(Mode.Default, Mode.Locked)] Mode mode)
    {
        LockFirst();
        var text = File.ReadAllText(LockPath);
        ChangeBranch();
        EnvironmentVariables.Clear();

        RunWell(TaskOf(mode));

        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(Engine.Warnings, Is.Empty);
        Assert.That(File.ReadAllText(LockPath), Is.EqualTo(text));
        AssertUsesLockedContent();
    }

    [Test]
    public void An_update_exports_again_and_tells_what_changed([Values] bool isClean)
    {
        LockFirst();
        ChangeBranch();
        if (isClean)
            Clone();

        RunWell(TaskOf(Mode.Update));

        Assert.That(Exports, Is.EqualTo(1));
        Assert.That(Engine.Warnings, Is.Empty);
        Assert.That(Entry!.Content, Is.Not.EqualTo(LockedContent));
        AssertUses(Entry.Content);
        Assert.That(Engine.HighMessages, Has.Some.Match("^PlayCanvas: game: changed: scenes, assets; checkpoints since then: \"Another level\" \\([0-9a-f-]{36}\\)$"));
    }

    [Test]
    public void AnUpdateOfAnUnchangedBranchLeavesTheLockFile()
    {
        LockFirst();
        var text = File.ReadAllText(LockPath);

        RunWell(TaskOf(Mode.Update));

        Assert.That(Exports, Is.EqualTo(1));
        Assert.That(File.ReadAllText(LockPath), Is.EqualTo(text));
        Assert.That(Engine.HighMessages, Has.None.Contains("changed:"));
        AssertUsesLockedContent();
    }

    [Test]
    public void A_clean_checkout_gets_the_locked_content_from_wherever_it_is([Values] Place place, [Values(Mode.Default, Mode.Locked)] Mode mode)
    {
        LockFirst();
        var files = GameFiles();
        var text = File.ReadAllText(LockPath);
        Provide(place);
        ChangeBranch();
        Clone(onMachine: place == Place.Store ? "one" : "two");
        var task = TaskOf(mode);
        task.ExportSource = place switch
        {
            Place.TeamFolder => TeamFolder,
            Place.TeamServer => TeamServer.Address,
            _ => null,
        };
        if (place != Place.BuildRecord)
            EnvironmentVariables.Clear();

        RunWell(task);

        AssertUsesLockedContent();
        Assert.That(GameFiles(), Is.EquivalentTo(files));
        Assert.That(Engine.Warnings, Is.Empty);
        Assert.That(Exports, Is.Zero);
        Assert.That(File.ReadAllText(LockPath), Is.EqualTo(text));
        if (place != Place.BuildRecord)
            Assert.That(Sandbox.Requests, Is.Empty);
    }

    [Test]
    public void A_clean_checkout_whose_content_cannot_be_had_takes_another_with_a_warning([Values] Unavailable why)
    {
        LockFirst();
        ChangeBranch();
        Clone();
        Withhold(why);

        RunWell(TaskOf(Mode.Default));

        var warning = Engine.Warnings.Single();
        Assert.That(warning.Code, Is.EqualTo("PLAYCANVAS4016"));
        Assert.That(warning.HelpLink, Does.EndWith("/docs/diagnostics/PLAYCANVAS4016.md"));
        Assert.That(warning.Message, Does.Contain(LockedContent[..8]).And.Contain("scenes, assets").And.Contain("\"Another level\"").And.Contain("The lock file was updated"));
        Assert.That(Entry!.Content, Is.Not.EqualTo(LockedContent));
        AssertUses(Entry.Content);
        Assert.That(Exports, Is.EqualTo(1));
    }

    [Test]
    public void A_clean_checkout_whose_content_cannot_be_had_is_an_error_in_locked_mode([Values] Unavailable why)
    {
        LockFirst();
        ChangeBranch();
        Clone();
        Withhold(why);
        var text = File.ReadAllText(LockPath);

        var message = RunBadly(TaskOf(Mode.Locked), "PLAYCANVAS4015");

        Assert.That(message, Does.Contain(LockedContent[..8]).And.Contain("scenes, assets").And.Contain("\"Another level\"")
            .And.Contain("PlayCanvasUpdate=true").And.Contain("PlayCanvasExportSource"));
        Assert.That(ContentFolder, Is.Empty);
        Assert.That(File.ReadAllText(LockPath), Is.EqualTo(text));
    }

    /// <summary>The content id does not depend on when or where the export was made.</summary>
    [Test]
    public void An_export_of_an_unchanged_branch_is_the_locked_content([Values(Mode.Default, Mode.Locked)] Mode mode, [Values] Unavailable why)
    {
        LockFirst();
        Clone();
        Withhold(why);
        var text = File.ReadAllText(LockPath);

        RunWell(TaskOf(mode));

        Assert.That(Exports, Is.EqualTo(1));
        Assert.That(Engine.Warnings, Is.Empty);
        Assert.That(File.ReadAllText(LockPath), Is.EqualTo(text));
        AssertUsesLockedContent();
    }

    [Test]
    public void An_error_in_locked_mode_leaves_the_next_build_free()
    {
        LockFirst();
        ChangeBranch();
        Clone();
        Withhold(Unavailable.Refused);
        RunBadly(TaskOf(Mode.Locked), "PLAYCANVAS4015");
        StartBuild();

        RunWell(TaskOf(Mode.Update));

        AssertUses(Entry!.Content);
    }

    [Test]
    public void Without_an_entry_the_default_and_an_update_export_and_add_one([Values(Mode.Default, Mode.Update)] Mode mode)
    {
        LockFirst();
        var task = TaskOf(mode);
        task.Scenes = "Level 2";

        RunWell(task);

        Assert.That(Exports, Is.EqualTo(1));
        Assert.That(Engine.Warnings, Is.Empty);
        Assert.That(new LockFile(LockPath).Find("game", task.Parameters)!.Scenes.Single().Name, Is.EqualTo("Level 2"));
        Assert.That(Entry!.Content, Is.EqualTo(LockedContent), "The entry of other parameters");
    }

    [Test]
    public void Without_an_entry_locked_mode_is_an_error_before_anything_is_sent([Values] bool hasFile)
    {
        LockFirst();
        Clone();
        if (!hasFile)
            File.Delete(LockPath);
        var task = TaskOf(Mode.Locked);
        task.Scenes = "Level 2";

        var message = RunBadly(task, "PLAYCANVAS1033");

        Assert.That(message, Does.Contain(LockFileName));
        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(File.Exists(LockPath), Is.EqualTo(hasFile));
    }

    [TestCase("not JSON")]
    [TestCase("{\n<<<<<<< HEAD\n=======\n>>>>>>> main\n}")]
    [TestCase("{\"version\":99,\"games\":{}}")]
    public void A_lock_file_that_cannot_be_read_is_an_error_in_every_mode(string text)
    {
        LockFirst();
        File.WriteAllText(LockPath, text);

        foreach (var mode in Enum.GetValues<Mode>())
        {
            StartBuild();
            Assert.That(RunBadly(TaskOf(mode), "PLAYCANVAS1029"), Does.Contain(LockPath));
            Assert.That(Sandbox.Requests, Is.Empty);
            Assert.That(File.ReadAllText(LockPath), Is.EqualTo(text));
        }
    }

    [Test]
    public void Locked_mode_contradicts_an_update_and_a_project_without_a_lock_file([Values] bool updates)
    {
        LockFirst();
        var task = TaskOf(Mode.Locked);
        if (updates)
            task.Update = "true";
        else
            task.LockFile = "false";

        var message = RunBadly(task, "PLAYCANVAS1032");

        Assert.That(message, Does.Contain(updates ? "PlayCanvasUpdate=true" : "PlayCanvasLockFile=false"));
        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [Test]
    public void A_CI_build_never_writes_the_lock_file_and_warns([Values(Mode.Default, Mode.Update)] Mode mode)
    {
        LockFirst();
        ChangeBranch();
        Clone();
        Withhold(Unavailable.Refused);
        var text = File.ReadAllText(LockPath);
        var task = TaskOf(mode);
        task.ContinuousIntegration = "true";

        RunWell(task);

        Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS4016"));
        Assert.That(Engine.Warnings.Single().Message, Does.Contain("The lock file was not changed, since this is a CI build"));
        Assert.That(File.ReadAllText(LockPath), Is.EqualTo(text));
        Assert.That(ContentFolder, Does.Exist);
    }

    [Test]
    public void A_CI_build_without_an_entry_adds_none_and_is_up_to_date_afterwards()
    {
        LockFirst();
        Clone();
        File.Delete(LockPath);
        RunWell(CiTask());
        StartBuild();

        RunWell(CiTask());

        Assert.That(LockPath, Does.Not.Exist);
        Assert.That(Sandbox.Requests, Is.Empty);

        PlayCanvasDownloadApp CiTask()
        {
            var task = GameTask();
            task.ContinuousIntegration = "true";
            return task;
        }
    }

    [Test]
    public void Without_a_lock_file_none_is_written()
    {
        LockFirst();
        Clone();
        File.Delete(LockPath);
        var task = GameTask();
        task.LockFile = "false";

        RunWell(task);

        Assert.That(LockPath, Does.Not.Exist);
        Assert.That(ContentFolder, Does.Exist);
    }

    [Test]
    public void The_lock_file_may_be_elsewhere()
    {
        LockFirst();
        Clone();
        var task = GameTask();
        task.LockFilePath = "locks/game.json";
        Folder.Write("clone/locks/.keep", "");

        RunWell(task);

        Assert.That(Exports, Is.EqualTo(1));
        Assert.That(File.ReadAllText(Folder.File("clone", "locks", "game.json")), Does.Contain(LockedContent));
    }

    [Test]
    public void A_lock_file_that_cannot_be_written_is_a_warning()
    {
        Folder.Write("first/locks/.keep", "");
        using var mount = Mount.ReadOnly(Folder.File("first", "locks"));
        var task = GameTask();
        task.LockFilePath = "locks/game.json";

        RunWell(task);

        Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS4020"));
        Assert.That(ContentFolder, Does.Exist);
    }

    [Test]
    public void Two_configurations_have_their_own_entries_and_alternate_without_an_export()
    {
        LockFirst();
        RunWell(Release());
        var text = File.ReadAllText(LockPath);
        StartBuild();

        for (var round = 0; round < 2; round++)
        {
            RunWell(GameTask());
            AssertUsesLockedContent();
            RunWell(Release());
            Assert.That(ContentFolder, Does.Not.Contain(LockedContent[..8]));
        }

        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(File.ReadAllText(LockPath), Is.EqualTo(text));

        PlayCanvasDownloadApp Release()
        {
            var task = GameTask();
            task.Scenes = "Level 2";
            return task;
        }
    }

    [Test]
    public void A_lock_file_that_went_back_brings_the_old_content_back()
    {
        LockFirst();
        var old = File.ReadAllText(LockPath);
        var files = GameFiles();
        ChangeBranch();
        RunWell(TaskOf(Mode.Update));
        Assert.That(GameFiles(), Is.Not.EquivalentTo(files));
        StartBuild();
        File.WriteAllText(LockPath, old);

        RunWell(GameTask());

        Assert.That(Sandbox.Requests, Is.Empty);
        Assert.That(GameFiles(), Is.EquivalentTo(files));
    }

    /// <summary>A store is a cache, so a damaged content is an inconvenience and not an error.</summary>
    [Test]
    public void A_damaged_content_of_the_store_is_fetched_again()
    {
        LockFirst();
        Clone(onMachine: "one");
        var page = Directory.GetFiles(Folder.File("stores", "one", "v1", LockedContent), "index.html", SearchOption.AllDirectories).Single();
        File.SetAttributes(page, FileAttributes.Normal);
        File.WriteAllText(page, "damaged");

        RunWell(GameTask());

        AssertUsesLockedContent();
        Assert.That(Engine.HighMessages, Has.Some.Contains("is damaged; it is fetched again"));
        Assert.That(Exports, Is.Zero, "The build record has it.");
    }

    [Test]
    public void A_store_that_somebody_deleted_is_not_missed()
    {
        LockFirst();
        Directory.Delete(Folder.File("stores"), recursive: true);

        RunWell(GameTask());
        Assert.That(Sandbox.Requests, Is.Empty);

        Directory.Delete(GameFolder, recursive: true);
        RunWell(GameTask());
        Assert.That(Exports, Is.Zero);
        AssertUsesLockedContent();
    }

    /// <summary>The folder is complete in itself, as when a container gets <c>obj/</c> and no store.</summary>
    [Test]
    public void A_project_folder_on_another_machine_needs_nothing()
    {
        LockFirst();
        Directory.Move(Folder.File("first"), Folder.File("moved"));
        MoveTo("moved", "two");
        EnvironmentVariables.Clear();

        RunWell(GameTask());

        Assert.That(Sandbox.Requests, Is.Empty);
        AssertUsesLockedContent();
    }

    private PlayCanvasDownloadApp TaskOf(Mode mode)
    {
        var task = GameTask();
        task.LockedMode = mode == Mode.Locked ? "true" : null;
        task.Update = mode == Mode.Update ? "true" : null;
        return task;
    }

    private void Provide(Place place)
    {
        if (place is not (Place.TeamFolder or Place.TeamServer))
            return;

        var file = Pack();
        if (place == Place.TeamServer)
            Team.Files[Path.GetFileName(file)] = File.ReadAllBytes(file);
        StartBuild();
    }

    private void Withhold(Unavailable why)
    {
        switch (why)
        {
            case Unavailable.Refused:
                Sandbox.Options.BuildsRoute = false;
                break;
            case Unavailable.Forgotten:
                Sandbox.Faults.On("GET", "*/builds", Fault.Body("""{"result":[],"pagination":{"total":0}}""", "application/json"));
                break;
            case Unavailable.Expired:
                for (var call = 1; call <= 3; call++)
                    Sandbox.Faults.On("GET", "/exports/*", Fault.Expired, call);
                break;
            case Unavailable.Nameless:
                var lockFile = Newtonsoft.Json.Linq.JObject.Parse(File.ReadAllText(LockPath));
                ((Newtonsoft.Json.Linq.JObject)lockFile.SelectToken("games.game.*")!).Remove("build");
                File.WriteAllText(LockPath, lockFile.ToString().Replace("\r", "") + "\n");
                break;
        }
    }
}
