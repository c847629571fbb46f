using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Build.Utilities;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tasks.Archive;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests the archives of branches: what is saved, what is said about it, and what is left of a failure.</summary>
[TestFixture]
public sealed class ArchiveTests : TaskFixture
{
    private const string Export = "/api/projects/1234567/export";
    private const string Storage = "/exports/*";

    private static readonly string[] Metadata = ["Outcome", "ProjectId", "Branch", "BranchId", "Checkpoint", "JobId", "Bytes", "Entries", "Sha256", "DescriptionFile"];

    private string Directory => Folder.File("artifacts", "playcanvas-archives");

    private IReadOnlyList<string> Files => System.IO.Directory.Exists(Directory)
        ? [.. System.IO.Directory.EnumerateFiles(Directory).Select(file => Path.GetFileName(file)).Where(name => name != ".lock").Order(StringComparer.Ordinal)]
        : [];

    private IEnumerable<string> Archives => Files.Where(name => name.EndsWith(".zip", StringComparison.Ordinal)).Select(name => Path.Combine(Directory, name));

    private IReadOnlyList<RecordedRequest> Exports => Sandbox.Requests.Of("POST", Export);

    private string ResultPath => Folder.File("out", "result.json");

    [SetUp]
    public void ShareTheClock()
    {
        var time = new FakeTimeProvider(Clock.UtcNow);
        Clock.Waiting = time.Advance;
        SandboxOptions.TimeProvider = time;
    }

    [Test]
    public void By_default_the_main_branch_is_archived_with_a_description()
    {
        var task = new PlayCanvasArchiveProject();

        RunWell(task);

        var zip = Archives.Single();
        var description = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(zip, ".json")))!;
        var latest = Sandbox.World.Branches.First(branch => branch.Permanent).LatestCheckpointId;
        using var archive = ZipFile.OpenRead(zip);
        Assert.That(Path.GetFileName(zip), Does.Match("^1234567-main-[0-9a-f]{8}.zip$"));
        Assert.That((string?)description["file"], Is.EqualTo(Path.GetFileName(zip)));
        Assert.That((long?)description["projectId"], Is.EqualTo(World.ProjectId));
        Assert.That((string?)description["branch"]!["id"], Is.EqualTo(World.MainBranchId));
        Assert.That((string?)description["branch"]!["name"], Is.EqualTo("main"));
        Assert.That((string?)description["checkpoint"], Is.EqualTo(latest));
        Assert.That((string?)description["job"], Is.EqualTo($"{Sandbox.World.Jobs.Single().Id}"));
        Assert.That((long?)description["bytes"], Is.EqualTo(new FileInfo(zip).Length));
        Assert.That((int?)description["entries"], Is.EqualTo(archive.Entries.Count));
        Assert.That((string?)description["sha256"], Is.EqualTo(Sha256Of(zip)));
        Assert.That(Exports.Single().Body, Is.EqualTo($$"""{"branch_id":"{{World.MainBranchId}}"}"""));
        Assert.That(Engine.HighMessages[^1], Is.EqualTo($"Web Game -> 1 branch archived ({Sizes.Format(new FileInfo(zip).Length)}) in artifacts/playcanvas-archives/"));
        Assert.That(Sandbox.LeakedAuthorization, Is.False);

        var item = task.Archives.Single();
        Assert.That(item.ItemSpec, Is.EqualTo(zip));
        Assert.That(
            string.Join(" ", Metadata.Select(item.GetMetadata)),
            Is.EqualTo($"archived 1234567 main {World.MainBranchId} {latest} {description["job"]} {description["bytes"]} {description["entries"]} {description["sha256"]} {Path.ChangeExtension(zip, ".json")}"));
    }

    [Test]
    public void FortyBranchesOnThreePagesAreAllArchived()
    {
        AddBranches(38);

        RunWell(new PlayCanvasArchiveProject { ArchiveBranches = "*" });

        Assert.That(Sandbox.Requests.Of("GET", "/api/projects/1234567/branches"), Has.Count.EqualTo(3));
        Assert.That(Exports.Select(BranchIn), Is.EquivalentTo(Sandbox.World.Branches.Where(IsOpen).Select(branch => branch.Id)).And.Exactly(40).Items);
        Assert.That(Archives.Select(BranchInZip), Is.EquivalentTo(Sandbox.World.Branches.Where(IsOpen).Select(branch => branch.Name)));
        Assert.That(Files, Has.Count.EqualTo(80));
        Assert.That(Engine.HighMessages, Has.Some.StartsWith("PlayCanvas: the rate limit (strict) is used up; waiting"));
        Assert.That(Engine.HighMessages[^1], Does.StartWith("Web Game -> 40 branches archived (").And.EndWith(" in artifacts/playcanvas-archives/"));
    }

    [Test]
    public void A_list_whose_end_cannot_be_reached_is_not_taken_for_all_branches()
    {
        AddBranches(38);
        Sandbox.Faults.On("GET", "/api/projects/1234567/branches", 2, Fault.Rewrite(page => page["result"] = new JsonArray()));

        var message = RunBadly(new PlayCanvasArchiveProject { ArchiveBranches = "*" }, "PLAYCANVAS2009");

        Assert.That(message, Does.Contain("more branches than can be requested"));
        Assert.That(Exports, Is.Empty);
    }

    [TestCase("development")]
    [TestCase(World.DevelopmentBranchId)]
    [TestCase("development;" + World.DevelopmentBranchId)]
    [TestCase("development%3Bdevelopment", Description = "A command line escapes semicolons")]
    public void ABranchIsNamedByItsNameOrItsId(string branches)
    {
        RunWell(new PlayCanvasArchiveProject { ArchiveBranches = branches });

        Assert.That(Exports.Select(BranchIn), Is.EqualTo([World.DevelopmentBranchId]));
    }

    [Test]
    public void ABranchWithASemicolonInItsName()
    {
        var branch = Sandbox.World.AddBranch("one;two");

        RunWell(new PlayCanvasArchiveProject { ArchiveBranches = "one%3Btwo" });

        Assert.That(Exports.Select(BranchIn), Is.EqualTo([branch.Id]));
    }

    [Test]
    public void AMainBranchThatIsNotMarkedIsKnownByItsName()
    {
        Sandbox.World.ChangeBranch(World.MainBranchId, branch => branch with { Permanent = false });

        RunWell(new PlayCanvasArchiveProject());

        Assert.That(Exports.Select(BranchIn), Is.EqualTo([World.MainBranchId]));
    }

    [Test]
    public void BranchesWhoseNamesLookAlikeHaveTheirOwnFiles()
    {
        string[] names =
        [
            "feature", "Feature", "FEATURE", "a/b", "a_b", "a\\b", "a:b", "caf\u00E9", "cafe\u0301", "CON", "nul", "con.", "aux.txt", "dots...", "dot ", "..", ".", " ",
            "\U0001F3AE", "\U0001F3B2", new string('x', 1000), new string('x', 999), new string('\u00E9', 500), "\u0627\u0644\u0644\u0639\u0628\u0629", "line\nbreak", "100%25 $(X) @(Y);*?",
        ];
        foreach (var name in names)
            Sandbox.World.AddBranch(name);
        var task = new PlayCanvasArchiveProject { ArchiveBranches = "*" };

        RunWell(task);

        Assert.That(Archives.Select(BranchInZip), Is.EquivalentTo([.. names, "main", "development"]));
        Assert.That(Archives.Select(archive => Path.GetFileName(archive).ToUpperInvariant()).Distinct().Count(), Is.EqualTo(names.Length + 2));
        Assert.That(Archives.Select(Path.GetFileName), Has.All.Match(@"^1234567-[\w.-]{1,60}-[0-9a-f]{8}\.zip$"));
        Assert.That(task.Archives.Select(item => item.ItemSpec), Is.EquivalentTo(Archives));
    }

    [Test]
    public void OneBranchThatFailsDoesNotStopTheOthers()
    {
        Sandbox.World.AddBranch("a");
        Sandbox.World.AddBranch("b");
        Sandbox.Faults.NextJobs(JobOutcome.Success, JobOutcome.Error("the branch is broken"), JobOutcome.Success, JobOutcome.Success);
        var task = new PlayCanvasArchiveProject { ArchiveBranches = "*", ResultFile = ResultPath };

        var message = RunBadly(task, "PLAYCANVAS4025");

        Assert.That(message, Does.StartWith("The branch \"development\" was not archived: PlayCanvas could not make it (job ").And.Contains("the branch is broken"));
        Assert.That(Archives.Select(BranchInZip), Is.EquivalentTo(["main", "a", "b"]));
        Assert.That(task.Archives.Select(item => item.GetMetadata("Branch")), Is.EqualTo(["main", "a", "b"]));
        Assert.That(Engine.HighMessages[^1], Does.EndWith(", 1 failed (\"development\")"));
        Assert.That(
            Results.Select(result => $"{result!["branch"]!["name"]} {result["outcome"]} {result["errors"]}"),
            Is.EqualTo(["main archived []", "development failed [\n  \"PLAYCANVAS4025\"\n]", "a archived []", "b archived []"]));
    }

    [Test]
    public void EachFailedBranchIsNamed()
    {
        Sandbox.Faults.On("POST", Export, Fault.Status(500, "no workers"), FaultScript.EveryCall);

        Assert.That(Run(new PlayCanvasArchiveProject { ArchiveBranches = "*", MaxRetries = "0" }), Is.False);

        Assert.That(Engine.Errors.Select(error => $"{error.Code} {error.Message}"), Has.Exactly(2).Items
            .And.Some.StartWith("PLAYCANVAS4025 The branch \"main\" was not archived: ").And.Some.StartWith("PLAYCANVAS4025 The branch \"development\" was not archived: ")
            .And.All.Contains("no workers"));
        Assert.That(Files, Is.Empty);
        Assert.That(Engine.HighMessages[^1], Is.EqualTo("Web Game -> 2 failed (\"main\", \"development\")"));
    }

    [Test]
    public void A_name_that_no_branch_has_does_not_stop_the_others()
    {
        var message = RunBadly(new PlayCanvasArchiveProject { ArchiveBranches = "develop;main", ResultFile = ResultPath }, "PLAYCANVAS1012");

        Assert.That(message, Does.StartWith("PlayCanvasArchiveBranches is \"develop\"").And.Contains("\"main\", \"development\""));
        Assert.That(Archives.Select(BranchInZip), Is.EqualTo(["main"]));
        Assert.That(Results.Select(result => $"{result!["branch"]!["name"]} {result["outcome"]}"), Is.EqualTo(["develop failed", "main archived"]));
    }

    [Test]
    public void AnAmbiguousNameNamesTheIds()
    {
        var one = Sandbox.World.AddBranch("twin");
        var other = Sandbox.World.AddBranch("twin");

        var message = RunBadly(new PlayCanvasArchiveProject { ArchiveBranches = "twin" }, "PLAYCANVAS1013");

        Assert.That(message, Does.Contain("PlayCanvasArchiveBranches").And.Contains(one.Id).And.Contains(other.Id));
    }

    [Test]
    public void A_list_of_branches_that_cannot_be_had_is_a_result_too()
    {
        Sandbox.Faults.On("GET", "/api/projects/1234567/branches", Fault.Status(403, "not yours"), FaultScript.EveryCall);

        RunBadly(new PlayCanvasArchiveProject { ResultFile = ResultPath }, "PLAYCANVAS2002");

        Assert.That(Results.Select(result => $"{result!["projectId"]} {result["outcome"]} {result["errors"]![0]}"), Is.EqualTo(["1234567 failed PLAYCANVAS2002"]));
    }

    [Test]
    public void AnOlderArchiveIsReplacedByAWholeNewOne()
    {
        RunWell(new PlayCanvasArchiveProject());
        var before = Sha256Of(Archives.Single());
        Sandbox.World.ChangeGame(game => game.With("new.txt", "new"));

        RunWell(new PlayCanvasArchiveProject());

        Assert.That(Sha256Of(Archives.Single()), Is.Not.EqualTo(before));
        Assert.That(Description["sha256"]!.GetValue<string>(), Is.EqualTo(Sha256Of(Archives.Single())));
    }

    [TestCase("damaged")]
    [TestCase("truncated")]
    [TestCase("a page")]
    [TestCase("empty")]
    public void ADamagedArchiveDoesNotReplaceAWholeOne(string damage)
    {
        RunWell(new PlayCanvasArchiveProject());
        var before = Sha256Of(Archives.Single());
        Sandbox.Faults.MutateZip = damage switch
        {
            "damaged" => Damage,
            "truncated" => zip => zip[..^50],
            "empty" => _ => [0x50, 0x4B, 5, 6, .. new byte[18]],
            _ => _ => "<html>Sign in</html>"u8.ToArray(),
        };

        var message = RunBadly(new PlayCanvasArchiveProject(), "PLAYCANVAS4025");

        Assert.That(message, Does.StartWith("The branch \"main\" was not archived: it is damaged, also after a second download: "));
        Assert.That(Sha256Of(Archives.Single()), Is.EqualTo(before));
        Assert.That(Description["sha256"]!.GetValue<string>(), Is.EqualTo(before));
        Assert.That(Files, Has.Count.EqualTo(2));
    }

    [Test]
    public void Bytes_that_are_damaged_on_the_way_are_downloaded_again()
    {
        Sandbox.Faults.On("GET", Storage, 1, Fault.RewriteBytes(Damage));

        RunWell(new PlayCanvasArchiveProject());

        Assert.That(Archives.Select(BranchInZip), Is.EqualTo(["main"]));
        Assert.That(Exports, Has.Count.EqualTo(1));
    }

    [Test]
    public void ALostConnectionIsContinuedWhereItEnded()
    {
        Sandbox.World.ChangeGame(game => game.WithGeneratedFiles(2_000_000, 3));
        Sandbox.Faults.On("GET", Storage, 1, Fault.Truncate(1_000_000));

        RunWell(new PlayCanvasArchiveProject());

        var requests = Sandbox.Requests.Of("GET", Storage);
        Assert.That(requests, Has.Count.EqualTo(2));
        Assert.That(requests[1].Headers.GetValueOrDefault("Range"), Does.Match("^bytes=[1-9][0-9]*-$"));
        Assert.That(requests[1].Headers.GetValueOrDefault("If-Range"), Is.Not.Empty);
        Assert.That(Archives.Select(BranchInZip), Is.EqualTo(["main"]));
    }

    [Test]
    public void A_server_without_ranges_sends_the_whole_archive_again()
    {
        SandboxOptions.SupportsRanges = false;
        Sandbox.World.ChangeGame(game => game.WithGeneratedFiles(2_000_000, 3));
        Sandbox.Faults.On("GET", Storage, 1, Fault.Truncate(1_000_000));

        RunWell(new PlayCanvasArchiveProject());

        Assert.That(Archives.Select(BranchInZip), Is.EqualTo(["main"]));
    }

    [Test]
    public void AnExpiredAddressIsAskedForAgain()
    {
        Sandbox.Faults.On("GET", Storage, 1, Fault.Expired);

        RunWell(new PlayCanvasArchiveProject());

        Assert.That(Sandbox.SignedUrls, Has.Count.GreaterThan(1));
        Assert.That(Exports, Has.Count.EqualTo(1));
    }

    [Test]
    public void ARequestWhoseResponseIsLostIsSentAgain()
    {
        Sandbox.Faults.On("POST", Export, 1, Fault.LoseAnswer);

        RunWell(new PlayCanvasArchiveProject());

        Assert.That(Exports, Has.Count.EqualTo(2));
        Assert.That(Archives.Select(BranchInZip), Is.EqualTo(["main"]));
    }

    [TestCase(200)]
    [TestCase(201)]
    public void BothDocumentedStatusesAreAccepted(int status)
    {
        SandboxOptions.ExportStatus = status;

        RunWell(new PlayCanvasArchiveProject());

        Assert.That(Archives.Count(), Is.EqualTo(1));
    }

    [Test]
    public void AJobThatDoesNotNameItsFile()
    {
        Sandbox.Faults.NextJobs(JobOutcome.NoUrl);

        Assert.That(RunBadly(new PlayCanvasArchiveProject(), "PLAYCANVAS4025"), Does.Contain("PlayCanvas did not return it (job ").And.Contains("does not have a download address"));
    }

    [Test]
    public void AJobThatDoesNotEndNamesTheProperty()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);

        Assert.That(RunBadly(new PlayCanvasArchiveProject { JobTimeout = "60" }, "PLAYCANVAS4025"), Does.Contain("PlayCanvasJobTimeout"));
        Assert.That(Engine.HighMessages, Has.Some.StartWith("PlayCanvas: waiting for the archive of \"main\", "));
    }

    [Test]
    public void AnUnchangedBranchIsKeptIfTheProjectWantsThat()
    {
        Sandbox.World.AddCheckpoint(World.DevelopmentBranchId, "Its own");
        RunWell(new PlayCanvasArchiveProject { ArchiveBranches = "*" });
        Sandbox.Requests.Clear();
        Sandbox.World.AddCheckpoint(World.MainBranchId, "Later");
        var task = new PlayCanvasArchiveProject { ArchiveBranches = "*", ArchiveSkipUnchanged = "true" };

        RunWell(task);

        Assert.That(Exports.Select(BranchIn), Is.EqualTo([World.MainBranchId]));
        Assert.That(task.Archives.Select(item => $"{item.GetMetadata("Branch")} {item.GetMetadata("Outcome")}"), Is.EqualTo(["main archived", "development up-to-date"]));
        Assert.That(task.Archives.Select(item => item.ItemSpec), Is.EquivalentTo(Archives));
        Assert.That(Engine.HighMessages[^1], Does.EndWith(", 1 unchanged"));
    }

    [TestCase("zip")]
    [TestCase("shorter zip")]
    [TestCase("changed zip")]
    [TestCase("json")]
    [TestCase("json of another version", "\"version\": 1", "\"version\": 2")]
    [TestCase("json of another file", "\"file\": \"", "\"file\": \"../")]
    [TestCase("json with another digest", "\"sha256\": \"", "\"sha256\": \"0")]
    [TestCase("json that was cut", "\"entries\"", "\"")]
    public void AnArchiveThatIsNotThereAnyMoreIsSavedAgain(string what, string old = "", string edited = "")
    {
        RunWell(new PlayCanvasArchiveProject());
        var description = Path.ChangeExtension(Archives.Single(), ".json");
        switch (what)
        {
            case "zip":
                File.Delete(Archives.Single());
                break;
            case "shorter zip":
                File.WriteAllText(Archives.Single(), "PK");
                break;
            case "changed zip":
                var bytes = File.ReadAllBytes(Archives.Single());
                bytes[bytes.Length / 2] ^= 1;
                File.WriteAllBytes(Archives.Single(), bytes);
                break;
            case "json":
                File.Delete(description);
                break;
            default:
                File.WriteAllText(description, File.ReadAllText(description).Replace(old, edited, StringComparison.Ordinal));
                break;
        }

        RunWell(new PlayCanvasArchiveProject { ArchiveSkipUnchanged = "true" });

        Assert.That(Exports, Has.Count.EqualTo(2));
    }

    [Test]
    public void WithoutTheSwitchAnUnchangedBranchIsArchivedAgain()
    {
        RunWell(new PlayCanvasArchiveProject());

        RunWell(new PlayCanvasArchiveProject());

        Assert.That(Exports, Has.Count.EqualTo(2));
    }

    [Test]
    public void ADryRunOnlyReads()
    {
        var task = new PlayCanvasArchiveProject { ArchiveBranches = "*", DryRun = "true", ResultFile = ResultPath };

        RunWell(task);

        Assert.That(Sandbox.Requests.Select(request => request.Method), Is.All.EqualTo("GET"));
        Assert.That(System.IO.Directory.Exists(Directory), Is.False);
        Assert.That(Engine.HighMessages[0], Does.Match("^PlayCanvas: would archive \"main\" as \"1234567-main-[0-9a-f]{8}.zip\"$"));
        Assert.That(Engine.HighMessages[^1], Is.EqualTo("Web Game -> would archive 2 branches to artifacts/playcanvas-archives/"));
        Assert.That(task.Archives, Is.Empty);
        Assert.That(Results.Select(result => $"{result!["branch"]!["name"]} {result["outcome"]}"), Is.EqualTo(["main planned", "development planned"]));
    }

    [Test]
    public void WhatAKilledBuildLeftIsRemoved()
    {
        System.IO.Directory.CreateDirectory(Directory);
        foreach (var name in new[] { "1234567-gone-0123abcd.zip.tmp", "1234567-gone-0123abcd.json.tmp", "mine.tmp", "notes.zip" })
            File.WriteAllText(Path.Combine(Directory, name), "half");

        RunWell(new PlayCanvasArchiveProject { ArchiveBranches = "development" });

        Assert.That(Files.Where(name => !name.StartsWith("1234567-development", StringComparison.Ordinal)), Is.EqualTo(["mine.tmp", "notes.zip"]));
    }

    [Test]
    public void AFullDiskLeavesNothingBehind()
    {
        System.IO.Directory.CreateDirectory(Directory);
        using var disk = Mount.Tiny(Directory);
        Sandbox.World.ChangeGame(game => game.WithGeneratedFiles(100_000, 1));

        var message = RunBadly(new PlayCanvasArchiveProject(), "PLAYCANVAS4025");

        Assert.That(message, Does.Contain("it could not be written: No space left on device").And.Contains("the free disk space and PlayCanvasArchiveDirectory"));
        Assert.That(Files, Is.Empty);
    }

    [Test]
    public void AnArchiveThatCannotBeDescribedLeavesNothingBehind()
    {
        RunWell(new PlayCanvasArchiveProject());
        var description = Path.ChangeExtension(Archives.Single(), ".json");
        File.Delete(description);
        System.IO.Directory.CreateDirectory(description);

        RunBadly(new PlayCanvasArchiveProject(), "PLAYCANVAS4025");

        Assert.That(Files, Has.None.EndsWith(".tmp"));
    }

    [Test]
    public void AFolderThatCannotBeUsedNamesTheProperty()
    {
        File.WriteAllText(Folder.File("file"), "");

        var message = RunBadly(new PlayCanvasArchiveProject { ArchiveDirectory = "file/archives" }, "PLAYCANVAS4026");

        Assert.That(message, Does.Contain("PlayCanvasArchiveDirectory"));
        Assert.That(Exports, Is.Empty);
    }

    [Test]
    public void ACancelledDownloadLeavesNothingBehind()
    {
        Sandbox.Faults.On("GET", Storage, 1, Fault.StallAfter(1000));
        var task = new PlayCanvasArchiveProject();
        var run = System.Threading.Tasks.Task.Run(() => Run(task));
        Assert.That(() => Files, Is.Not.Empty.After(10_000, 10));

        task.Cancel();

        Assert.That(run.GetAwaiter().GetResult(), Is.False);
        Assert.That(Engine.Errors, Is.Empty);
        Assert.That(Files, Is.Empty);
    }

    [Test]
    public void GamesOfOneProjectShareItsArchives()
    {
        var task = new PlayCanvasArchiveProject { ArchiveBranches = "development" };
        Prepare(task);
        var other = new TaskItem(task.Game[0]) { ItemSpec = "other" };
        other.SetMetadata("ArchiveBranches", "main;development");
        task.Game = [task.Game[0], other];

        RunWell(task);

        Assert.That(Exports.Select(BranchIn), Is.EqualTo([World.DevelopmentBranchId, World.MainBranchId]));
    }

    [Test]
    public void TheResultsOfArchivesStayWhenSomethingElseIsBuilt()
    {
        RunWell(new PlayCanvasArchiveProject { ResultFile = ResultPath });
        var before = Results.ToJsonString();
        var download = DownloadTask();
        download.ResultFile = ResultPath;
        Engine = new RecordingBuildEngine();

        RunWell(download);

        Assert.That(Results.ToJsonString(), Is.EqualTo(before));
        Assert.That((string?)Results[0]!["file"], Is.EqualTo(Archives.Single()));
    }

    [Test]
    public void TheSummaryOfAStepHasARowForEachBranch()
    {
        var summary = Folder.File("summary");
        File.WriteAllText(summary, "");
        EnvironmentVariables["GITHUB_STEP_SUMMARY"] = summary;
        Sandbox.Faults.NextJobs(JobOutcome.Success, JobOutcome.Error("broken"));

        Run(new PlayCanvasArchiveProject { ArchiveBranches = "*" });

        var size = new FileInfo(Archives.Single()).Length;
        Assert.That(File.ReadAllLines(summary).Where(line => line.StartsWith("| Web Game", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            $"| Web Game | game | archived {Path.GetFileName(Archives.Single())} | {Sizes.Format(size)} in {Description["entries"]} files; branch main; checkpoint {Latest(World.MainBranchId)[..8]} |",
            $"| Web Game | game | failed | branch development; checkpoint {Latest(World.DevelopmentBranchId)[..8]}; PLAYCANVAS4025 |",
        }));
    }

    /// <summary>The archive is larger than 4 GiB, and the connection is lost after each 400 MB: more often than a request without progress is retried.</summary>
    [Test]
    [Category("Long")]
    public void AnArchiveOfFiveGigabytesIsVerified()
    {
        var large = Folder.File("large.zip");
        WriteLargeZip(large, 5_000);
        SandboxOptions.ArchiveFile = large;
        Sandbox.Faults.On("GET", Storage, FaultScript.EveryCall, Fault.Truncate(400_000_000));
        var task = Prepare(new PlayCanvasArchiveProject());

        var succeeded = task.Execute();

        Assert.That(Engine.Errors.Select(error => error.Message), Is.Empty);
        Assert.That(succeeded, Is.True);
        Assert.That(Sandbox.Requests.Of("GET", Storage), Has.Count.EqualTo(13));
        Assert.That(Sandbox.Requests.Of("GET", Storage)[12].Headers["Range"], Does.Match("^bytes=4[78][0-9]{8}-$"));
        Assert.That((long)Description["bytes"]!, Is.EqualTo(new FileInfo(large).Length).And.GreaterThan(5_000_000_000));
        Assert.That((int)Description["entries"]!, Is.EqualTo(3));
        Assert.That((string?)Description["sha256"], Is.EqualTo(Sha256Of(large)));
        using (var saved = new FileStream(Archives.Single(), FileMode.Open))
        {
            saved.Position = 4_900_000_000;
            var value = saved.ReadByte();
            saved.Position--;
            saved.WriteByte((byte)~value);
        }

        using var source = new FileByteSource(Archives.Single());
        Assert.That(
            () => new ZipVerification(source, static (_, _) => { }).Run(ZipLimits.Archive, CancellationToken.None),
            Thrown.Export(ExportFault.Damaged).With.Message.EqualTo("\"assets/large.bin\" does not match its checksum"));
    }

    /// <summary>Packs a stored file of some megabytes (1,000,000 bytes) between two small ones, so that the last one begins after 4 GiB.</summary>
    private static void WriteLargeZip(string path, int megabytes)
    {
        var megabyte = new byte[1_000_000];
        new Random(1).NextBytes(megabyte);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using (var first = zip.CreateEntry("project.json").Open())
            first.Write("{}"u8);
        using (var large = zip.CreateEntry("assets/large.bin", CompressionLevel.NoCompression).Open())
        {
            for (var count = 0; count < megabytes; count++)
                large.Write(megabyte);
        }

        using var last = zip.CreateEntry("assets.json").Open();
        last.Write("{}"u8);
    }

    private JsonArray Results => JsonNode.Parse(File.ReadAllText(ResultPath))!["archives"]!.AsArray();

    private JsonNode Description => JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(Archives.Single(), ".json")))!;

    private string Latest(string branchId) => Sandbox.World.Branches.First(branch => branch.Id == branchId).LatestCheckpointId!;

    private void AddBranches(int count)
    {
        for (var number = 1; number <= count; number++)
            Sandbox.World.AddBranch(string.Create(CultureInfo.InvariantCulture, $"feature {number}"));
    }

    private static bool IsOpen(Branch branch) => branch.ProjectId == World.ProjectId && !branch.Closed;

    private static string? BranchIn(RecordedRequest request) => (string?)JsonNode.Parse(request.Body)!["branch_id"];

    private static string? BranchInZip(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        using var description = zip.GetEntry("project.json")!.Open();
        return (string?)JsonNode.Parse(description)!["branch"];
    }

    private static string Sha256Of(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Changes a byte of the first file, whose header ends before.</summary>
    private static byte[] Damage(byte[] zip)
    {
        zip[60] ^= 0xFF;
        return zip;
    }
}
