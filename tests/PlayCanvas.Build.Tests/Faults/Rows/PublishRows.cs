using System.Text.Json.Nodes;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Sandbox;
using static PlayCanvas.Build.Tests.Faults.RowBuilding;

namespace PlayCanvas.Build.Tests.Faults.Rows;

/// <summary>Publishes, which must never happen twice.</summary>
internal static class PublishRows
{
    /// <summary>The requests of six lookups of the result of a lost request that do not find one.</summary>
    private const int Looks = 6 * Found;

    /// <summary>The requests of one lookup: the builds and the apps.</summary>
    private const int Found = 2;

    /// <summary>The total seconds of the pauses between those lookups.</summary>
    private const double LookPauses = 30;

    private static readonly Action<SandboxOptions> NoBuilds = options => options.BuildsRoute = false;

    private static IEnumerable<(string Name, Fault Fault)> LostAnswers =>
    [
        ("the answer lost", Fault.LoseAnswer), ("the answer reset in mid-body", Fault.Truncate(10)), ("the answer cut", Fault.Length(10)),
        ("the answer longer than it is", Fault.Length(100_000)),
    ];

    private static IEnumerable<(string Name, Fault Fault)> SilentAnswers =>
    [
        ("a page", Fault.Body("<html></html>", "text/html")), ("nothing", Fault.Body("", "application/json")), ("504", Fault.Status(504)), ("302", Fault.Redirect("/api/moved")),
    ];

    /// <summary>Shapes of build records, and whether they contain the release notes that were sent.</summary>
    private static IEnumerable<(string Name, BuildRecordShape Shape, bool Shows)> OddRecords =>
    [
        .. from scenes in Enum.GetValues<ScenesShape>()
           select ($"scenes: {scenes}", new BuildRecordShape { Scenes = scenes }, true),
        .. from settings in Enum.GetValues<SettingsShape>()
           select ($"settings: {settings}", new BuildRecordShape { Settings = settings }, settings is SettingsShape.Service or SettingsShape.Request),
        ("ids as text", new BuildRecordShape { IdsAsText = true }, true),
        ("only the fields that were sent", new BuildRecordShape { OmitsUnsentFields = true }, true),
    ];

    public static IEnumerable<FaultRow> All =>
    [
        .. from answer in Of(PublishAnswer.App, PublishAnswer.Job, PublishAnswer.Build)
           select Publishes($"nothing, and {answer} is the answer", Nothing, Well(answer == PublishAnswer.App ? Publishing : Publishing + 1), server: options => options.PublishAnswer = answer),

        .. from lost in LostAnswers
           select Publishes($"publishing: {lost.Name}", Once(PostApp, lost.Fault), Well(Publishing + Found)),
        .. from lost in LostAnswers
           select Publishes($"publishing: {lost.Name}, builds refused", Once(PostApp, lost.Fault), Well(Publishing + Found), server: NoBuilds),
        Publishes("publishing: the answer lost, and looking fails", Both(Once(PostApp, Fault.LoseAnswer), Always(GetBuilds, Fault.Status(500))), Fails("3004", Publishing + (2 * Retries), 2 * RetryPauses)),
        Publishes("publishing: the answer lost, and it fails", Both(Once(PostApp, Fault.LoseAnswer), Jobs(JobOutcome.Error("no engine"))), Fails("3001", Publishing + Found).InAll(2)),

        .. from status in Of(408, 500, 502, 503)
           select Publishes($"publishing: {status}, not done", Once(PostApp, Fault.Status(status)), Well(Publishing + Looks + 1, LookPauses)),
        Publishes("publishing: reset before", Once(PostApp, Fault.ResetBefore), Well(Publishing + Looks + 1, LookPauses)),
        Publishes("publishing: reset before, for ever", Always(PostApp, Fault.ResetBefore), Fails("3004", Publishing + (2 * Looks), 2 * LookPauses)),
        Publishes("publishing: 503 for ever", Always(PostApp, Fault.Status(503)), Fails("3004", Publishing + (2 * Looks), 2 * LookPauses)),
        Publishes("publishing: no answer", Once(PostApp, Fault.Stall), Fails("3004", Publishing - 1 + Looks, LookPauses), Impatient()),
        .. from silent in SilentAnswers
           select Publishes($"publishing: {silent.Name}, not done", Once(PostApp, silent.Fault), Fails("3004", Publishing - 1 + Looks, LookPauses)),

        .. from refusal in Of((400, "2004"), (401, "2001"), (403, "2002"), (404, "2003"), (409, "2004"), (422, "2004"))
           select Publishes($"publishing: {refusal.Item1}", Once(PostApp, Fault.Status(refusal.Item1)), Fails(refusal.Item2, Publishing - 1)),
        Publishes("publishing: 307", Once(PostApp, Fault.Redirect("/api/moved", 307)), Fails("2011", Publishing - 1)),
        Publishes("publishing: 429 for ever", Always(PostApp, Fault.Status(429)), Fails("2005", Publishing - 1 + Retries, waits: 31)),

        .. from shape in OddRecords
           select Publishes($"publishing: the answer lost, records with {shape.Name}", Once(PostApp, Fault.LoseAnswer), Well(Publishing + Found), server: options => options.BuildRecords = shape.Shape),
        .. from shape in OddRecords
           select Publishes(
               $"publishing: the answer lost, records with {shape.Name}, release notes hidden",
               Both(Once(PostApp, Fault.LoseAnswer), Always(GetApps, Fault.Rewrite(HideReleaseNotes))),
               // The main branch is also requested, to compare it with the branch in the record.
               shape.Shows ? Well(Publishing + Found) : Fails("3004", Publishing + Looks, LookPauses),
               server: options => options.BuildRecords = shape.Shape),

        Publishes("scenes: 503 for ever", Always(GetScenes, Fault.Status(503)), Fails("2006", 1 + Retries, RetryPauses)),
        Publishes("newest app: 500 for ever", Always(GetApps, Fault.Status(500)), Fails("2006", 4 + Retries, RetryPauses)),
        Publishes("newest app: a null among them", Always(GetApps, Fault.Rewrite(page => page["result"]!.AsArray().Insert(0, null))), Well(Publishing)),
        Publishes("builds: a null among them", Both(Once(PostApp, Fault.LoseAnswer), Always(GetBuilds, Fault.Rewrite(page => page["result"]!.AsArray().Insert(0, null)))), Well(Publishing + Found)),

        Publishes("app: 503 once", Once(GetApp, Fault.Status(503)), Well(Publishing + 1, waits: 1)),
        Publishes("app: 503 forty times", Times(40, GetApp, Fault.Status(503)), Well(Publishing + 40, waits: HalfAnHour)),
        Publishes("app: 429 twenty times, reset garbage", Times(20, GetApp, Fault.Status(429).WithHeader("X-RateLimit-Reset", "soon")), Well(Publishing + 20, waits: HalfAnHour)),
        Publishes("app: reset before, forty times", Times(40, GetApp, Fault.ResetBefore), Well(Publishing + 40, waits: HalfAnHour)),
        Publishes("app: 500 for ever", Always(GetApp, Fault.Status(500)), Fails("3002", Publishing - 1 + LooksOfHalfAnHour, HalfAnHour)),
        Publishes("app: a page", Always(GetApp, Fault.Body("<html></html>", "text/html")), Fails("3002", Publishing - 1 + LooksOfHalfAnHour, HalfAnHour)),
        Publishes("app: 403", Always(GetApp, Fault.Status(403)), Fails("2002", Publishing)),
        Publishes("job of a publish: 503 forty times", Times(40, GetJob, Fault.Status(503)), Well(Publishing + 41, waits: HalfAnHour), server: options => options.PublishAnswer = PublishAnswer.Job),
        Publishes(
            "build of a publish: 503 forty times, after the first look",
            Both(Once(PostApp, Fault.Rewrite(build => build["job_id"] = null)), Times(40, GetBuilds, Fault.Status(503), first: 2)),
            Well(Publishing + 41, waits: HalfAnHour),
            server: options => options.PublishAnswer = PublishAnswer.Build),
        Publishes("app: fails", Jobs(JobOutcome.Error("no engine")), Fails("3001", Publishing).InAll(2)),
        Publishes("app: vanishes", Jobs(JobOutcome.Vanish), Fails("3003", Publishing - 1 + Looks, LookPauses)),
        Publishes("app: never ends", Always(GetApp, Fault.Rewrite(app => (app["task"], app["completed_at"]) = (new JsonObject { ["status"] = "running" }, null))), Fails("3002", Publishing - 1 + LooksOfHalfAnHour, HalfAnHour)),
        Publishes("app: its task is null", Always(GetApp, Fault.Rewrite(app => app["task"] = null)), Well(Publishing)),
        Publishes("app: numbers as texts", Always(GetApp, Fault.Rewrite(app => (app["id"], app["size"], app["views"]) = ($"{app["id"]}", $"{app["size"]}", "0"))), Well(Publishing)),

        Publishes("publishing: no id", Once(PostApp, Fault.Rewrite(app => (app["id"], app["build_job_id"]) = (null, null))), Well(Publishing + Found)),
        Publishes("publishing: only the build's id", Once(PostApp, Fault.Rewrite(app => app["id"] = 0)), Well(Publishing + 1)),
        Publishes("publishing: a list", Once(PostApp, Fault.Body("[]", "application/json")), Fails("3004", Publishing - 1 + Looks, LookPauses)),
        Publishes("primary app: 403", Always("PUT /api/projects/*", Fault.Status(403)), Fails("3005", Publishing + 1), task => ((PlayCanvasPublishApp)task).SetPrimaryApp = "true"),
        Publishes("primary app: 503 once", Once("PUT /api/projects/*", Fault.Status(503)), Well(Publishing + 2, waits: 1), task => ((PlayCanvasPublishApp)task).SetPrimaryApp = "true"),
    ];

    private static void HideReleaseNotes(JsonObject page)
    {
        foreach (var app in page["result"]!.AsArray())
            app!["release_notes"] = null;
    }

    private static FaultRow Publishes(string fault, Action<SandboxServer> script, Outcome outcome, Action<PlayCanvasServiceTask>? task = null, Action<SandboxOptions>? server = null) =>
        Row(BuildKind.Publish, fault, script, outcome.WithoutExport(), task, server);
}
