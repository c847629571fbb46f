using NUnit.Framework;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests that builds of one machine that want the same export share it.</summary>
public sealed class SharedExportTests : LockedFixture
{
    [Test]
    public void A_build_that_waits_for_another_one_uses_its_export([Values] bool updates)
    {
        using var downloads = new ManualResetEventSlim();
        using var second = new ManualResetEventSlim();
        SandboxOptions.Answered = request =>
        {
            if (request.Origin != Origin.Storage)
                return;
            downloads.Set();
            second.Wait(Bounded.Limit);
        };
        var (one, two) = (PrepareIn("one", updates), PrepareIn("two", updates));

        var results = new bool[2];
        var threads = new[] { new Thread(() => results[0] = one.Execute()), new Thread(() => results[1] = two.Execute()) };
        threads[0].Start();
        Assert.That(downloads.Wait(Bounded.Limit), Is.True);
        threads[1].Start();
        SpinWait.SpinUntil(() => File.Exists(Folder.File("two", "obj", "playcanvas", "game", "game.lock")), Bounded.Limit);
        second.Set();
        Assert.That(threads.All(thread => thread.Join(Bounded.Limit)), Is.True);

        Assert.That(results, Has.All.True, string.Join(" | ", Engine.AllTexts));
        Assert.That(Exports, Is.EqualTo(1));
        Assert.That(File.ReadAllText(Folder.File("two", LockFileName)), Is.EqualTo(File.ReadAllText(Folder.File("one", LockFileName))));
        Assert.That(FolderSnapshot.Take(Folder.File("two", "obj")).Keys, Is.EquivalentTo(FolderSnapshot.Take(Folder.File("one", "obj")).Keys));
    }

    [Test]
    public void Projects_of_one_build_that_want_the_same_share_it()
    {
        var (one, two) = (PrepareIn("one", updates: true), PrepareIn("two", updates: true));

        Assert.That(one.Execute(), Is.True, string.Join(" | ", Engine.AllTexts));
        Assert.That(two.Execute(), Is.True, string.Join(" | ", Engine.AllTexts));

        Assert.That(Exports, Is.EqualTo(1));
    }

    [TestCase(50, false, 1)]
    [TestCase(70, false, 2)]
    [TestCase(50, true, 2)]
    public void A_node_that_starts_late_uses_the_export_that_another_node_has_just_installed(int secondsLater, bool updates, int exports)
    {
        MoveTo("one", "machine");
        LockFirst();
        Clock.Advance(TimeSpan.FromSeconds(secondsLater));
        MoveTo("two", "machine");
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);

        RunWell(updates ? UpdateTask() : GameTask());

        Assert.That(1 + Exports, Is.EqualTo(exports));
    }

    [Test]
    public void A_project_that_has_the_export_already_gets_a_new_one_when_its_lock_file_was_deleted()
    {
        LockFirst();
        File.Delete(LockPath);

        RunWell(GameTask());

        Assert.That(Exports, Is.EqualTo(1));
    }

    /// <summary>Debug and Release may be built side by side in one folder, and the steps of one come between those of the other.</summary>
    [Test]
    public void Configurations_that_wait_at_the_same_time_get_their_own_exports()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        var (debug, release) = (GameTask(), GameTask());
        release.PreloadBundle = "true";
        foreach (var configuration in new[] { debug, release })
            RunWell(new PlayCanvasRequestExport { Game = configuration.Game });

        var contents = new[] { debug, release }.Select(configuration =>
        {
            RunWell(new PlayCanvasWaitForExport { Game = configuration.Game });
            RunWell(new PlayCanvasInstallGame { Game = configuration.Game });
            return ContentFolder;
        });

        Assert.That(contents.ToList(), Is.Unique.And.None.Empty);
        Assert.That(Exports, Is.EqualTo(2));
    }

    [Test]
    public void A_later_build_with_an_update_gets_its_own_export()
    {
        LockFirst();
        RunWell(UpdateTask());
        RunWell(UpdateTask());

        Assert.That(Exports, Is.EqualTo(2));
    }

    [Test]
    public void The_export_of_a_killed_build_is_continued_by_a_build_of_another_project()
    {
        MoveTo("one", "machine");
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        RunWell(new PlayCanvasRequestExport { Game = GameTask().Game });

        MoveTo("two", "machine");
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        RunWell(GameTask());
        Assert.That(Engine.HighMessages, Has.Some.Contains("continuing with the export"));

        MoveTo("one", "machine");
        RunWell(GameTask());
        Assert.That(Exports, Is.EqualTo(1));
        Assert.That(File.ReadAllText(Folder.File("two", LockFileName)), Is.EqualTo(File.ReadAllText(Folder.File("one", LockFileName))));
    }

    [Test]
    public void The_export_that_a_project_waits_for_is_asked_for_again_when_the_store_was_deleted()
    {
        MoveTo("one", "machine");
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        RunWell(new PlayCanvasRequestExport { Game = GameTask().Game });
        Directory.Delete(Folder.File("stores"), recursive: true);

        RunWell(GameTask());

        Assert.That(Exports, Is.EqualTo(2));
        AssertUses(Entry!.Content);
    }

    private PlayCanvasDownloadApp UpdateTask()
    {
        var task = GameTask();
        task.Update = "true";
        return task;
    }

    /// <summary>Prepares the build of a project. Both projects use the same store and the real clock.</summary>
    private PlayCanvasDownloadApp PrepareIn(string project, bool updates)
    {
        MoveTo(project, "machine");
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        var task = Prepare(updates ? UpdateTask() : GameTask());
        task.Clock = new SystemClock();
        return task;
    }
}
