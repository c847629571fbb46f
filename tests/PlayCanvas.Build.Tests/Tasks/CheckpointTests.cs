using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests the checkpoint that a publish makes first, and the task that only makes a checkpoint.</summary>
public sealed class CheckpointTests : DryRunFixture
{
    private const string CheckpointRoute = "/api/checkpoints";

    private Checkpoint Newest => Sandbox.World.Checkpoints.Last(checkpoint => checkpoint.BranchId == World.MainBranchId);

    private int CheckpointsBefore { get; set; }

    private IReadOnlyList<Checkpoint> NewCheckpoints => [.. Sandbox.World.Checkpoints.Skip(CheckpointsBefore)];

    private App NewestApp => Sandbox.World.Apps[^1];

    [SetUp]
    public void Count() => CheckpointsBefore = Sandbox.World.Checkpoints.Count;

    [Test]
    public void The_release_notes_name_the_checkpoint_and_end_with_the_mark([Values] CheckpointAnswer answer)
    {
        SandboxOptions.CheckpointAnswer = answer;
        SandboxOptions.JobsNeedContentType = true;
        var task = ReleaseTask();
        task.ReleaseNotes = "What is new\nand more";

        RunWell(task);

        var made = NewCheckpoints.Single();
        Assert.That(NewestApp.ReleaseNotes!.Split('\n')[..^1], Is.EqualTo(["What is new", "and more", "", $"PlayCanvas-Checkpoint: {made.Id}"]));
        Assert.That(NewestApp.ReleaseNotes.Split('\n')[^1], Does.StartWith("PlayCanvas-Publish-Id: run-7 ("));
        Assert.That(task.App.GetMetadata("Checkpoint"), Is.EqualTo(made.Id));
        Assert.That(Engine.Warnings, Is.Empty);
        Assert.That(Engine.HighMessages, Has.Some.EqualTo($"PlayCanvas: made checkpoint {made.Id} of main"));
        Assert.That(Sandbox.Requests.Of("POST", CheckpointRoute), Has.Count.EqualTo(1));
        Assert.That(Directory.GetFiles(IntentFolder, "*.json"), Is.Empty);
    }

    [Test]
    public void Without_the_switch_none_is_made()
    {
        RunWell(PublishTask());

        Assert.That(NewCheckpoints, Is.Empty);
        Assert.That(NewestApp.ReleaseNotes, Does.Not.Contain("PlayCanvas-Checkpoint"));
    }

    [Test]
    public void The_description_names_the_app_and_the_commit()
    {
        var task = ReleaseTask();
        (task.ReleaseNotes, task.SourceRevisionId) = ("\n What is new \nand more", "4f2a91c");

        RunWell(task);

        Assert.That(Newest.Description.Split('\n')[..^1], Is.EqualTo(["My game 1.0: What is new (4f2a91c)", ""]));
        Assert.That(Newest.Description.Split('\n')[^1], Does.StartWith("PlayCanvas-Publish-Id: run-7 ("));
        Assert.That(Newest.Description.Split('\n')[^1], Is.Not.EqualTo(NewestApp.ReleaseNotes!.Split('\n')[^1]), "A search for one must not find the other.");
    }

    [Test]
    public void The_description_can_be_set_and_is_all_there_is_without_a_mark()
    {
        var task = ReleaseTask();
        (task.CheckpointDescription, task.PublishId) = ("Mine", "false");

        RunWell(task);

        Assert.That(Newest.Description, Is.EqualTo("Mine"));
        Assert.That(NewestApp.ReleaseNotes, Is.EqualTo($"PlayCanvas-Checkpoint: {Newest.Id}"));
    }

    [Test]
    public void The_request_names_the_main_branch_by_its_id()
    {
        RunWell(ReleaseTask());

        var body = JObject.Parse(Sandbox.Requests.Of("POST", CheckpointRoute).Single().Body);
        Assert.That((long)body["projectId"]!, Is.EqualTo(World.ProjectId));
        Assert.That((string?)body["branchId"], Is.EqualTo(World.MainBranchId));
    }

    [Test]
    public void The_longest_texts_fit()
    {
        var task = ReleaseTask();
        var longest = 10_000 - Mark.Length - "\n\n".Length;
        (task.CheckpointDescription, task.ReleaseNotes) = (new string('d', longest), new string('n', longest - 100));

        RunWell(task);

        Assert.That(Newest.Description, Has.Length.EqualTo(10_000));
        Assert.That(NewestApp.ReleaseNotes, Has.Length.LessThanOrEqualTo(10_000));
    }

    [Test]
    public void A_description_that_is_too_long_is_an_error()
    {
        var task = ReleaseTask();
        task.CheckpointDescription = new string('d', 10_000);

        Assert.That(RunBadly(task, "PLAYCANVAS1014"), Does.StartWith("PlayCanvasCheckpointDescription has 10,000 characters"));
        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [Test]
    public void Release_notes_need_room_for_the_checkpoint()
    {
        var task = ReleaseTask();
        task.ReleaseNotes = new string('n', 10_000 - Mark.Length - "\n\n".Length);

        RunBadly(task, "PLAYCANVAS1017");
    }

    [Test]
    public void A_version_that_is_reused_makes_none_and_its_notes_name_the_checkpoint()
    {
        RunWell(ReleaseTask());
        var made = Newest.Id;
        var second = ReleaseTask();
        (second.SkipPublishedVersion, second.PublishId) = ("true", "run-8");

        RunWell(second);

        Assert.That(NewCheckpoints, Has.Count.EqualTo(1));
        Assert.That(second.App.GetMetadata("Checkpoint"), Is.EqualTo(made));
    }

    [TestCase(UnchangedBranch.Refused)]
    [TestCase(UnchangedBranch.JobFails)]
    [TestCase(UnchangedBranch.JobWithoutCheckpoint)]
    public void A_branch_without_changes_keeps_its_latest_checkpoint(UnchangedBranch answer)
    {
        var latest = Newest.Id;
        SandboxOptions.UnchangedBranch = answer;
        var task = ReleaseTask();

        RunWell(task);

        Assert.That(NewCheckpoints, Is.Empty);
        Assert.That(task.App.GetMetadata("Checkpoint"), Is.EqualTo(latest));
        Assert.That(NewestApp.ReleaseNotes, Does.Contain($"PlayCanvas-Checkpoint: {latest}\n"));
        Assert.That(Engine.HighMessages, Has.Some.StartsWith($"PlayCanvas: main has no changes since checkpoint {latest}, so this checkpoint is used."));
        Assert.That(Directory.GetFiles(IntentFolder, "*.json"), Is.Empty);
    }

    [TestCase("no changes to checkpoint", true)]
    [TestCase("Nothing has changed since then", true)]
    [TestCase("The branch has not changed", true)]
    [TestCase("nothing to checkpoint", true)]
    [TestCase("the branch is unchanged", true)]
    [TestCase("Could not create: changes are being made by another user", false)]
    [TestCase("another checkpoint is being created", false)]
    [TestCase("Internal server error", false)]
    public void Only_words_about_changes_make_a_refusal_harmless(string words, bool isHarmless)
    {
        Sandbox.Faults.On("POST", CheckpointRoute, Fault.Status(409, words));

        if (isHarmless)
            RunWell(ReleaseTask());
        else
            Assert.That(RunBadly(ReleaseTask(), "PLAYCANVAS3010"), Does.EndWith(words));
    }

    [Test]
    public void A_job_that_fails_publishes_nothing_and_the_next_build_asks_again()
    {
        var apps = Sandbox.World.Apps.Count;
        Sandbox.Faults.NextJobs(JobOutcome.Error("the {disk} is full"));

        Assert.That(RunBadly(ReleaseTask(), "PLAYCANVAS3010"), Does.Contain("(job ").And.EndsWith("the {disk} is full"));
        Assert.That(Sandbox.World.Apps, Has.Count.EqualTo(apps));

        Engine = new RecordingBuildEngine();
        RunWell(ReleaseTask());
        Assert.That(NewCheckpoints, Has.Count.EqualTo(1));
    }

    [TestCase(403, "PLAYCANVAS2002")]
    [TestCase(404, "PLAYCANVAS2003")]
    public void A_token_that_may_not_make_one_is_told_so(int status, string code)
    {
        Sandbox.Faults.On("POST", CheckpointRoute, Fault.Status(status));

        RunBadly(ReleaseTask(), code);
    }

    [Test]
    public void A_checkpoint_whose_job_takes_too_long_is_awaited_by_the_next_build()
    {
        SandboxOptions.JobDuration = TimeSpan.FromHours(1);
        var task = ReleaseTask();
        task.JobTimeout = "5";
        RunBadly(task, "PLAYCANVAS3002");
        SandboxOptions.TimeProvider = TimeProvider.System;
        Sandbox.World.AddCheckpoint(World.MainBranchId, Sandbox.Requests.Of("POST", CheckpointRoute).Select(request => (string?)JObject.Parse(request.Body)["description"]).Single()!);
        Sandbox.World.RemoveJob(Sandbox.World.Jobs[^1].Id);
        SandboxOptions.JobDuration = TimeSpan.Zero;
        Engine = new RecordingBuildEngine();

        RunWell(ReleaseTask());

        Assert.That(Engine.HighMessages, Has.Some.Contains("an earlier build sent this checkpoint request at"));
        Assert.That(Sandbox.Requests.Of("POST", CheckpointRoute), Has.Count.EqualTo(1));
        Assert.That(NewestApp.ReleaseNotes, Does.Contain(Newest.Id));
    }

    [Test]
    public void A_branch_that_moves_on_meanwhile_is_a_warning()
    {
        Sandbox.Faults.On("GET", "/api/apps/*", Fault.RewriteBytes(answer =>
        {
            Sandbox.World.AddCheckpoint(World.MainBranchId, "by a colleague");
            return answer;
        }));
        var task = ReleaseTask();

        RunWell(task);

        var warning = Engine.Warnings.Single();
        Assert.That(warning.Code, Is.EqualTo("PLAYCANVAS3009"));
        Assert.That(warning.Message, Does.StartWith($"The branch \"main\" moved on while the app was built: its newest checkpoint is {Newest.Id}, and that of the app is {NewCheckpoints[0].Id}"));
        Assert.That(task.App.GetMetadata("Checkpoint"), Is.EqualTo(NewCheckpoints[0].Id));
    }

    [Test]
    public void The_build_is_green_if_nobody_can_tell_whether_the_branch_moved_on()
    {
        var task = ReleaseTask();
        task.MaxRetries = "0";
        Sandbox.Faults.On("GET", "/api/branches/*/checkpoints", call: 2, Fault.Status(500));

        RunWell(task);

        Assert.That(Engine.Warnings, Is.Empty);
    }

    [Test]
    public void A_step_that_runs_again_finds_its_checkpoint()
    {
        Sandbox.Faults.On("POST", "/api/apps", Fault.Status(400, "no"));
        RunBadly(ReleaseTask(), "PLAYCANVAS2004");
        Directory.Delete(IntentFolder, recursive: true);
        Engine = new RecordingBuildEngine();

        RunWell(ReleaseTask());

        Assert.That(NewCheckpoints, Has.Count.EqualTo(1));
        Assert.That(NewestApp.ReleaseNotes, Does.Contain(NewCheckpoints[0].Id));
        Assert.That(Engine.HighMessages, Has.Some.EqualTo($"PlayCanvas: checkpoint {NewCheckpoints[0].Id} carries this publish's id, so an earlier run made it; set PlayCanvasCheckpointAgain=true to make another"));
    }

    [Test]
    public void A_step_that_runs_again_can_make_another()
    {
        RunWell(CheckpointTask());
        var task = ReleaseTask();
        task.CheckpointAgain = "true";

        RunWell(task);

        Assert.That(NewCheckpoints, Has.Count.EqualTo(2));
        Assert.That(NewestApp.ReleaseNotes, Does.Contain(NewCheckpoints[1].Id));
    }

    [Test]
    public void A_publish_that_is_taken_up_has_its_checkpoint_already()
    {
        Sandbox.Faults.On("POST", "/api/apps", Fault.Status(504));
        RunBadly(WithRandomId(ReleaseTask()), "PLAYCANVAS3004");
        Engine = new RecordingBuildEngine();

        RunWell(WithRandomId(ReleaseTask()));

        Assert.That(NewCheckpoints, Has.Count.EqualTo(1));
        Assert.That(NewestApp.ReleaseNotes, Does.Contain(NewCheckpoints[0].Id));
    }

    [Test]
    public void A_checkpoint_whose_answer_was_lost_is_found_in_the_branch([Values("reset", "cut", "page")] string fault)
    {
        Lose(fault);

        RunWell(ReleaseTask());

        Assert.That(NewCheckpoints, Has.Count.EqualTo(1));
        Assert.That(Engine.HighMessages, Has.Some.EndsWith("/api/checkpoints was lost; looking for its result for up to 600 s"));
    }

    /// <summary>The service does not list a checkpoint that is in progress, so a list without it does not prove that there will be none.</summary>
    [Test]
    public void A_request_without_a_trace_is_not_sent_again([Values(null, 502, 504)] int? status)
    {
        Sandbox.Faults.On("POST", CheckpointRoute, status is { } known ? Fault.Status(known) : Fault.ResetBefore);

        var message = RunBadly(ReleaseTask(), "PLAYCANVAS3008");

        Assert.That(message, Does.Contain("do not show it yet; build again to look for it once more, or with PlayCanvasCheckpointAgain=true to make another. POST "));
        Assert.That(Sandbox.Requests.Of("POST", CheckpointRoute), Has.Count.EqualTo(1));
        Assert.That(Clock.Waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait), Is.EqualTo(TimeSpan.FromMinutes(10)).Within(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void The_next_build_does_not_send_it_again_either()
    {
        Sandbox.Faults.On("POST", CheckpointRoute, Fault.ResetBefore);
        RunBadly(ReleaseTask(), "PLAYCANVAS3008");
        Engine = new RecordingBuildEngine();
        RunBadly(ReleaseTask(), "PLAYCANVAS3008");
        Assert.That(Sandbox.Requests.Of("POST", CheckpointRoute), Has.Count.EqualTo(1));
        var task = ReleaseTask();
        task.CheckpointAgain = "true";
        Engine = new RecordingBuildEngine();

        RunWell(task);

        Assert.That(NewCheckpoints, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_result_that_cannot_be_told_apart_is_left_to_the_user()
    {
        Lose("reset");
        RunBadly(Unmarked(ReleaseTask()), "PLAYCANVAS3008");
        var candidate = NewCheckpoints.Single();
        Engine = new RecordingBuildEngine();

        var message = RunBadly(Unmarked(ReleaseTask()), "PLAYCANVAS3008");

        Assert.That(message, Does.Contain($"checkpoint {candidate.Id} \"My game 1.0\" may be it; check it, then build with PlayCanvasAcceptCheckpoint=<id> to accept a checkpoint, or with PlayCanvasCheckpointAgain=true to make another"));
        Assert.That(NewCheckpoints, Has.Count.EqualTo(1));
    }

    [Test]
    public void The_user_can_accept_a_checkpoint_or_make_another([Values] bool accepts)
    {
        Lose("reset");
        RunBadly(Unmarked(ReleaseTask()), "PLAYCANVAS3008");
        Engine = new RecordingBuildEngine();
        var task = Unmarked(ReleaseTask());
        task.AcceptCheckpoint = accepts ? NewCheckpoints[0].Id : null;
        task.CheckpointAgain = accepts ? null : "true";

        RunWell(task);

        Assert.That(NewCheckpoints, Has.Count.EqualTo(accepts ? 1 : 2));
        Assert.That(NewestApp.ReleaseNotes, Is.EqualTo($"PlayCanvas-Checkpoint: {NewCheckpoints[^1].Id}"));
        Assert.That(Directory.GetFiles(IntentFolder, "*.json"), Is.Empty);
    }

    [Test]
    public void An_accepted_checkpoint_must_be_one_of_the_branch()
    {
        var task = ReleaseTask();
        task.AcceptCheckpoint = "a0000000-0000-4000-8000-000000000000";

        Assert.That(RunBadly(task, "PLAYCANVAS1035"), Does.StartWith($"PlayCanvasAcceptCheckpoint is \"{task.AcceptCheckpoint}\", but the branch \"main\" does not have a checkpoint with this id"));
        Assert.That(NewCheckpoints, Is.Empty);
    }

    [Test]
    public void A_dry_run_says_what_would_be_made()
    {
        var task = ReleaseTask();
        task.ReleaseNotes = "What is new";

        PlanWell(task);

        Assert.That(Plan, Is.EqualTo(["would make a checkpoint of main: \"My game 1.0: What is new\"", "would publish \"My game\" 1.0 from main: Main"]));
    }

    [Test]
    public void A_dry_run_names_the_checkpoint_that_would_be_used()
    {
        RunWell(CheckpointTask());

        PlanWell(ReleaseTask());

        Assert.That(Plan.SkipLast(1).Last(), Is.EqualTo($"would use checkpoint {Newest.Id}, which an earlier build made, and make none"));
    }

    [Test]
    public void The_checkpoints_of_releases_do_not_contradict_the_lock_file([Values] bool byAColleague)
    {
        LockFirst();
        RunWell(Locked("1.0", "run-1"));
        if (byAColleague)
            Sandbox.World.AddCheckpoint(World.MainBranchId, "Another level");

        if (byAColleague)
            RunBadly(Locked("1.1", "run-2"), "PLAYCANVAS3006");
        else
            RunWell(Locked("1.1", "run-2"));

        PlayCanvasPublishApp Locked(string version, string id)
        {
            StartBuild();
            var task = ReleaseTask();
            (task.AppVersion, task.PublishId, task.LockedMode, task.DefaultLockFilePath) = (version, id, "true", LockFileName);
            return task;
        }
    }

    [Test]
    public void The_task_returns_the_checkpoint_as_an_item()
    {
        var task = CheckpointTask();

        RunWell(task);

        var item = task.Checkpoints.Single();
        Assert.That(item.ItemSpec, Is.EqualTo(Newest.Id));
        string[] names = ["ProjectId", "BranchId", "Branch", "Outcome", "Username"];
        Assert.That(names.Select(item.GetMetadata), Is.EqualTo([$"{World.ProjectId}", World.MainBranchId, "main", "created", "sandbox"]));
        Assert.That(item.GetMetadata("Description"), Is.EqualTo(Newest.Description));
        Assert.That(Engine.HighMessages[^1], Is.EqualTo($"Web Game -> checkpoint {Newest.Id} of main: \"My game 1.0\""));
        Assert.That(Directory.GetFiles(IntentFolder, "*.json"), Is.Empty);
    }

    [Test]
    public void The_task_needs_no_scenes_and_makes_one_for_each_branch()
    {
        var task = CheckpointTask();
        Prepare(task);
        var (second, other) = (new Microsoft.Build.Utilities.TaskItem(task.OnlyGame), new Microsoft.Build.Utilities.TaskItem(task.OnlyGame));
        second.SetMetadata("AppName", "Second");
        other.SetMetadata("Branch", "development");
        task.Game = [task.OnlyGame, second, other];

        RunWell(task);

        Assert.That(task.Checkpoints.Select(item => item.GetMetadata("Branch")), Is.EqualTo(["main", "development"]));
        Assert.That(NewCheckpoints, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_publish_of_the_same_run_uses_the_checkpoint_of_the_task()
    {
        RunWell(CheckpointTask());

        RunWell(ReleaseTask());

        Assert.That(NewCheckpoints, Has.Count.EqualTo(1));
        Assert.That(NewestApp.ReleaseNotes, Does.Contain(NewCheckpoints[0].Id));
    }

    [Test]
    public void A_dry_run_of_the_task_returns_a_planned_item()
    {
        var task = CheckpointTask();

        PlanWell(task);

        Assert.That(Closing, Is.EqualTo("Web Game -> would make a checkpoint of main: \"My game 1.0\""));
        Assert.That(task.Checkpoints.Single().ItemSpec, Is.EqualTo("planned"));
    }

    private const string Mark = "PlayCanvas-Publish-Id: run-7 (12345678)"; // The digest has eight digits.

    private static PlayCanvasPublishApp ReleaseTask()
    {
        var task = PublishTask();
        (task.AppVersion, task.Checkpoint, task.PublishId) = ("1.0", "true", "run-7");
        return task;
    }

    [TestCase(false)]
    [TestCase(true)]
    public void The_result_file_has_the_checkpoint_that_was_made_alone(bool fails)
    {
        var task = CheckpointTask();
        task.ResultFile = Folder.File("result.json");
        if (fails)
            Sandbox.Faults.On("POST", CheckpointRoute, Fault.Status(403));

        Assert.That(Prepare(task).Execute(), Is.EqualTo(!fails), string.Join(" | ", Engine.AllTexts));

        var result = ((JArray)JObject.Parse(File.ReadAllText(Folder.File("result.json")))["checkpoints"]!).Single();
        Assert.That((string?)result["outcome"], Is.EqualTo(fails ? "failed" : "created"));
        Assert.That((string?)result["checkpoint"], Is.EqualTo(fails ? null : NewCheckpoints.Single().Id));
        Assert.That((string?)result["description"], fails ? Is.Null : Does.StartWith("My game 1.0"));
        Assert.That((JArray)result["errors"]!, Has.Count.EqualTo(fails ? 1 : 0));
    }

    private static PlayCanvasCreateCheckpoint CheckpointTask() => new() { AppName = "My game", AppVersion = "1.0", PublishId = "run-7", StateDirectory = "obj/playcanvas" };

    private static PlayCanvasPublishApp WithRandomId(PlayCanvasPublishApp task)
    {
        task.PublishId = null;
        return task;
    }

    private static PlayCanvasPublishApp Unmarked(PlayCanvasPublishApp task)
    {
        task.PublishId = "false";
        return task;
    }

    /// <summary>Loses the response to the next request for a checkpoint, which the server acts on.</summary>
    private void Lose(string how) => Sandbox.Faults.On("POST", CheckpointRoute, how switch
    {
        "reset" => Fault.LoseAnswer,
        "cut" => Fault.Truncate(5),
        _ => Fault.RewriteBytes(_ => "<html>"u8.ToArray()),
    });
}
