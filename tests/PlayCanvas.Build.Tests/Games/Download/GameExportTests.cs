using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Download;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Games.Download;

/// <summary>Tests the steps of a download, each of which can fail, be interrupted, and be repeated.</summary>
public sealed class GameExportTests : DownloadFixture
{
    private const string AskRoute = "/api/apps/download";
    private const string JobRoute = "/api/jobs/*";

    private readonly List<(long Received, long? Total)> progress = [];

    private GameExport export = null!;

    [SetUp]
    public void SetUp() => export = MakeExport();

    [Test]
    public void AGameIsAskedForWaitedForAndInstalled()
    {
        Assert.That(Ask(), Is.True);
        export.WaitForExport(CancellationToken.None);
        var result = Install()!;
        AssertIsWhole(result.Content);
        Assert.That(result.Content.Manifest.Facts.VerifiedFiles, Is.GreaterThan(5));
        Assert.That(ExportRecord.TryRead(RecordPath)!.ContentId, Is.EqualTo(result.Content.Manifest.ContentId));
        AssertTidy();
    }

    [Test]
    public void TheGameIsAsOldAsTheExport()
    {
        Ask();
        Assert.That(Install()!.Content.Manifest.ExportedAt, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public void With_nothing_pending_there_is_nothing_to_wait_for_or_to_install()
    {
        export.WaitForExport(CancellationToken.None);
        Assert.That(Install(), Is.Null);
        Assert.That(Server.Requests, Is.Empty);
    }

    [Test]
    public void A_pending_export_is_taken_up_instead_of_asking_again()
    {
        Ask();
        Assert.That(Ask(MakeExport()), Is.False);
        Assert.That(Server.Requests.Of("POST", AskRoute), Has.Count.EqualTo(1));
        Assert.That(Install(), Is.Not.Null);
    }

    [Test]
    public void APendingExportOfOtherParametersIsLeft()
    {
        Ask();
        Assert.That(export.Ask("others", () => Request, CancellationToken.None), Is.True);
        Assert.That(Server.Requests.Of("POST", AskRoute), Has.Count.EqualTo(2));
    }

    [Test]
    public void APendingExportThatFailedIsNotTakenUp()
    {
        Server.Faults.NextJobs(JobOutcome.Error("no"));
        Ask();
        Assert.That(Ask(), Is.True);
    }

    [Test]
    public void A_pending_export_that_the_server_forgot_is_not_taken_up()
    {
        Server.Faults.NextJobs(JobOutcome.Vanish);
        Ask();
        Assert.That(Ask(), Is.True);
    }

    [TestCase("")]
    [TestCase("\0\0")]
    [TestCase("{}")]
    [TestCase("""{"Intent":{"JobId":"1"},"ContentId":null,"InstalledAt":null,"InstalledFor":null}""")]
    [TestCase("""{"Parameters":"ProjectId=1\nScenes=Main","Intent":null,"ContentId":null,"InstalledAt":null,"InstalledFor":null}""")]
    [TestCase("""{"Parameters":"ProjectId=1\nScenes=Main","Intent":{"AskedAt":"2026-01-01T00:00:00Z","JobId":"1"},"ContentId":null,"InstalledAt":null,"InstalledFor":null}""")]
    [TestCase("""{"Parameters":"ProjectId=1\nScenes=Main","Intent":{"Request":"text","AskedAt":"2026-01-01T00:00:00Z","JobId":"1"},"ContentId":null,"InstalledAt":null,"InstalledFor":null}""")]
    [TestCase("""{"Parameters":"ProjectId=1\nScenes=Main","Intent":{"Request":null,"AskedAt":"2026-01-01T00:00:00Z","JobId":"1"},"ContentId":null,"InstalledAt":null,"InstalledFor":null}""")]
    public void A_pending_export_that_cannot_be_read_is_as_good_as_none(string pending)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(RecordPath)!);
        File.WriteAllText(RecordPath, pending);
        Assert.That(Install(), Is.Null);
        Assert.That(Ask(), Is.True);
    }

    [Test]
    public void An_export_whose_answer_was_lost_is_found_among_the_builds()
    {
        Server.Faults.On("POST", AskRoute, Fault.LoseAnswer);
        Assert.That(Ask(), Is.True);
        Assert.That(Server.Requests.Of("POST", AskRoute), Has.Count.EqualTo(1));
        Assert.That(Install(), Is.Not.Null);
    }

    [Test]
    public void An_export_that_a_killed_build_asked_for_is_found_among_the_builds()
    {
        Ask();
        Change(intent => intent with { JobId = null });
        Assert.That(Ask(), Is.False);
        Assert.That(Server.Requests.Of("POST", AskRoute), Has.Count.EqualTo(1));
    }

    [Test]
    public void The_export_that_is_installed_is_not_taken_for_the_one_that_was_asked_for_since()
    {
        Ask();
        Install();
        WriteIntent(Request, DateTimeOffset.UtcNow, Server.World.Builds[^1].Id);
        Assert.That(Ask(), Is.True);
    }

    [TestCase("scenes")]
    [TestCase("name")]
    [TestCase("format")]
    [TestCase("scripts_minify")]
    [TestCase("preload_bundle")]
    [TestCase("branch_id")]
    public void An_export_that_differs_in_one_setting_is_not_taken_for_ours(string setting)
    {
        var asked = Request with { Others = Switches(minify: true, preload: false), BranchId = World.MainBranchId };
        Client.RequestDownload(
            setting switch
            {
                "scenes" => asked with { Scenes = [World.Level2SceneId] },
                "name" => asked with { Name = "Another" },
                "format" => asked with { Format = "npm" },
                "scripts_minify" => asked with { Others = Switches(minify: false, preload: false) },
                "preload_bundle" => asked with { Others = Switches(minify: true, preload: true) },
                _ => asked with { BranchId = World.DevelopmentBranchId, Scenes = [Server.World.Scenes.First(scene => scene.BranchId == World.DevelopmentBranchId).Id] },
            },
            CancellationToken.None);
        WriteIntent(asked, DateTimeOffset.UtcNow.AddMinutes(-1), highestBuildId: null);
        Assert.That(export.Ask(Parameters, () => asked, CancellationToken.None), Is.True);
    }

    [Test]
    public void An_export_that_was_there_before_is_not_taken_for_ours()
    {
        Client.RequestDownload(Request, CancellationToken.None);
        WriteIntent(Request, DateTimeOffset.UtcNow.AddMinutes(1), highestBuildId: null);
        Assert.That(Ask(), Is.True);
    }

    private static Dictionary<string, JToken> Switches(bool minify, bool preload) => new() { ["scripts_minify"] = minify, ["preload_bundle"] = preload };

    private static IEnumerable<TestCaseData> LostAnswers()
    {
        yield return new TestCaseData(Fault.LoseAnswer).SetArgDisplayNames("reset after the request was carried out");
        yield return new TestCaseData(Fault.ResetBefore).SetArgDisplayNames("reset before");
        yield return new TestCaseData(Fault.Status(500)).SetArgDisplayNames("500");
        yield return new TestCaseData(Fault.Body("", "application/json")).SetArgDisplayNames("nothing");
        yield return new TestCaseData(Fault.Body("<html>", "text/html")).SetArgDisplayNames("a page");
        yield return new TestCaseData(Fault.Body("{}", "application/json")).SetArgDisplayNames("JSON that names no job");
    }

    [TestCaseSource(nameof(LostAnswers))]
    public void Where_a_lost_export_cannot_be_found_it_is_asked_for_again(Fault lost)
    {
        Server.Options.BuildsRoute = false;
        Server.Faults.On("POST", AskRoute, lost);
        Assert.That(Ask(), Is.True);
        Assert.That(Install(), Is.Not.Null);
        Assert.That(Server.Requests.Of("POST", AskRoute), Has.Count.EqualTo(2));
    }

    [Test]
    public void Where_the_builds_cannot_be_read_a_lost_export_is_asked_for_again()
    {
        Server.Faults.On("POST", AskRoute, Fault.LoseAnswer);
        Server.Faults.On("GET", "*/builds", Fault.Status(500), FaultScript.EveryCall);
        Assert.That(Ask(), Is.True);
        Assert.That(Server.Requests.Of("POST", AskRoute), Has.Count.EqualTo(2));
    }

    [Test]
    public void AnAnswerThatIsLostTwiceIsTold()
    {
        Server.Options.BuildsRoute = false;
        Server.Faults.On("POST", AskRoute, Fault.LoseAnswer, FaultScript.EveryCall);
        Assert.That(() => Ask(), Throws.TypeOf<ApiConnectionLostException>());
        Assert.That(ExportRecord.TryRead(RecordPath)!.Intent.JobId, Is.Null);
    }

    private static IEnumerable<TestCaseData> OddRecords()
    {
        foreach (var scenes in Enum.GetValues<ScenesShape>())
            yield return new TestCaseData(new BuildRecordShape { Scenes = scenes }, scenes is ScenesShape.Null or ScenesShape.Missing).SetArgDisplayNames($"scenes: {scenes}");
        foreach (var settings in Enum.GetValues<SettingsShape>())
            yield return new TestCaseData(new BuildRecordShape { Settings = settings }, settings != SettingsShape.Service).SetArgDisplayNames($"settings: {settings}");
        yield return new TestCaseData(new BuildRecordShape { IdsAsText = true }, false).SetArgDisplayNames("ids as text");
        yield return new TestCaseData(new BuildRecordShape { OmitsUnsentFields = true }, false).SetArgDisplayNames("without the fields that were not sent");
    }

    [TestCaseSource(nameof(OddRecords))]
    public void A_lost_export_is_found_where_its_record_tells_enough(BuildRecordShape shape, bool asksTwice)
    {
        Server.Options.BuildRecords = shape;
        Server.Faults.On("POST", AskRoute, Fault.LoseAnswer);
        Assert.That(Ask(), Is.True);
        Assert.That(Server.Requests.Of("POST", AskRoute), Has.Count.EqualTo(asksTwice ? 2 : 1));
    }

    [Test]
    public void ARequestThatWasRefusedIsNotPending()
    {
        Server.Faults.On("POST", AskRoute, Fault.Status(403));
        Assert.That(() => Ask(), Throws.TypeOf<ApiResponseException>());
        Assert.That(RecordPath, Does.Not.Exist);
    }

    [Test]
    public void AJobThatFailsIsToldInTheServersWords()
    {
        Server.Faults.NextJobs(JobOutcome.Error("scene is", "broken"));
        Ask();
        Assert.That(
            () => export.WaitForExport(CancellationToken.None),
            Thrown.Job(JobFault.Failed).With.Property("Reason").EqualTo("scene is broken"));
        Assert.That(RecordPath, Does.Not.Exist);
    }

    [Test]
    public void AJobThatVanishesIsTold()
    {
        Server.Faults.NextJobs(JobOutcome.Vanish);
        Ask();
        Assert.That(() => export.WaitForExport(CancellationToken.None), Thrown.Job(JobFault.WithoutResult));
        Assert.That(RecordPath, Does.Not.Exist);
    }

    [Test]
    public void AJobThatNamesNoAddressIsTold()
    {
        Server.Faults.NextJobs(JobOutcome.NoUrl);
        Ask();
        Assert.That(() => export.WaitForExport(CancellationToken.None), Thrown.Job(JobFault.WithoutResult).With.Property("Reason").Contains("does not have a download address"));
        Assert.That(RecordPath, Does.Not.Exist);
    }

    [TestCase("http://storage.example.test/export.zip")]
    [TestCase("file:///etc/passwd")]
    [TestCase("export.zip")]
    public void AnAddressThatIsNotSafeIsNotUsed(string address)
    {
        Ask();
        Server.Faults.On("GET", JobRoute, Fault.Body($$$"""{"id":"1","status":"complete","data":{"download_url":"{{{address}}}"}}""", "application/json"));
        Assert.That(() => Install(), Thrown.Job(JobFault.WithoutResult).With.Property("Reason").Contains("https"));
        Assert.That(RecordPath, Does.Not.Exist);
    }

    [Test]
    public void AJobThatDoesNotEndStaysPending()
    {
        Server.Faults.NextJobs(JobOutcome.Never);
        Ask();
        Assert.That(() => export.WaitForExport(CancellationToken.None), Throws.TypeOf<JobTimeoutException>());
        Assert.That(Ask(), Is.False);
    }

    [Test]
    public void AnExpiredAddressIsFetchedAfresh()
    {
        Ask();
        Server.Faults.On("GET", StorageRoute, Fault.Expired);
        Assert.That(Install(), Is.Not.Null);
        Assert.That(Server.Requests.Of("GET", JobRoute), Has.Count.EqualTo(2));
    }

    [Test]
    public void AnAddressThatStaysExpiredIsGivenUp()
    {
        Ask();
        Server.Faults.On("GET", StorageRoute, Fault.Expired, FaultScript.EveryCall);
        Assert.That(() => Install(), Throws.TypeOf<ExportDownloadException>().With.Property("IsFinal").True);
        Assert.That(Server.Requests.Of("GET", StorageRoute), Has.Count.EqualTo(3));
    }

    [TestCase(403)]
    [TestCase(404)]
    [TestCase(410)]
    public void An_export_that_is_gone_is_asked_for_again_by_the_next_build(int status)
    {
        Ask();
        Server.Faults.On("GET", StorageRoute, Fault.Status(status), FaultScript.EveryCall);
        Assert.That(() => Install(), Throws.TypeOf<ExportDownloadException>());
        Assert.That(Ask(), Is.True);
    }

    [TestCase(500)]
    [TestCase(503)]
    [TestCase(429)]
    public void AnExportThatCannotBeReachedStaysPending(int status)
    {
        Ask();
        Server.Faults.On("GET", StorageRoute, Fault.Status(status), FaultScript.EveryCall);
        Assert.That(() => Install(), Throws.TypeOf<ExportDownloadException>().With.Property("IsFinal").False);
        Assert.That(Ask(), Is.False);
        Assert.That(Root.File("store/v1/.temporary", Key + ".zip"), Does.Not.Exist);
    }

    [Test]
    public void A_damaged_export_is_asked_for_again_by_the_next_build()
    {
        Server.Faults.MutateZip = zip => zip[..^100];
        Ask();
        Assert.That(() => Install(), Thrown.Export(ExportFault.Damaged));
        Assert.That(Ask(), Is.True);
        AssertTidy();
    }

    [Test]
    public void ABrokenConnectionDoesNoHarm([Values] bool ranges)
    {
        Server.Options.SupportsRanges = ranges;
        Ask();
        Server.Faults.On("GET", StorageRoute, Fault.Truncate(5_000));
        Assert.That(Install(), Is.Not.Null);
        Assert.That(Server.Requests.Of("GET", StorageRoute), Has.Count.EqualTo(2));
    }

    [Test]
    public void AConnectionThatAlwaysBreaksIsGivenUp()
    {
        Ask();
        Server.Faults.On("GET", StorageRoute, Fault.Truncate(10), FaultScript.EveryCall);
        Assert.That(() => Install(), Throws.TypeOf<ExportDownloadException>().With.InnerException.TypeOf<ApiConnectionLostException>());
        Assert.That(Leftovers(), Has.None.EndsWith(".zip"));
    }

    [Test]
    public void A_cancelled_download_leaves_no_file_and_stays_pending()
    {
        using var cancellation = new CancellationTokenSource();
        Ask();
        Server.Options.Answered = request =>
        {
            if (request.Origin == Origin.Storage)
                cancellation.Cancel();
        };
        Assert.That(() => export.Install(MakeDownload(), Key, Project, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Ask(), Is.False);
        Assert.That(Leftovers(), Has.None.EndsWith(".zip"));
    }

    [Test]
    public void ProgressEndsAtWhatTheResultSays([Values] bool givesParts)
    {
        Server.Options.SupportsRanges = givesParts;
        Ask();
        var moved = Install()!.Transfer!;
        Assert.That(progress[^1], Is.EqualTo((moved.Moved, (long?)moved.Length)));
        Assert.That(progress.Select(step => step.Received), Is.Ordered);
    }

    [Test]
    public void ThatWhichWasAskedForIsWhatMustCome()
    {
        Ask();
        Change(intent => intent with { Request = intent.Request with { Scenes = [World.Level2SceneId] } });
        Assert.That(() => Install(), Thrown.Export(ExportFault.Mismatch));
    }

    [Test]
    public void AnotherBranchThanAskedForIsNoticed()
    {
        Ask();
        Change(intent => intent with { Request = intent.Request with { BranchId = World.DevelopmentBranchId } });
        Assert.That(() => Install(), Thrown.Export(ExportFault.Mismatch));
    }

    [Test]
    public void AnNpmProjectCanBeAskedFor()
    {
        export.Ask(Parameters, () => Request with { Format = "npm" }, CancellationToken.None);
        Assert.That(FilesIn(Install()!.Content), Contains.Key("package.json"));
    }

    private void WriteIntent(AppRequest request, DateTimeOffset askedAt, long? highestBuildId) => new ExportRecord
    {
        Parameters = Parameters,
        Intent = new AppIntent { Type = BuildType.Download, Request = request, AskedAt = askedAt, HighestBuildId = highestBuildId },
    }.Write(RecordPath);

    private void Change(Func<AppIntent, AppIntent> change)
    {
        var pending = ExportRecord.TryRead(RecordPath)!;
        (pending with { Intent = change(pending.Intent) }).Write(RecordPath);
    }

    private string RecordPath => Store.ExportRecordPath(Key);

    private bool Ask(GameExport? with = null) => (with ?? export).Ask(Parameters, () => Request, CancellationToken.None);

    private InstallResult? Install() => export.Install(MakeDownload((received, total) => progress.Add((received, total))), Key, Project, CancellationToken.None);
}
