using System.Text.Json.Nodes;
using PlayCanvas.Sandbox;
using static PlayCanvas.Build.Tests.Faults.RowBuilding;

namespace PlayCanvas.Build.Tests.Faults.Rows;

/// <summary>Jobs that fail, vanish, never end, end without a result, or run backwards.</summary>
internal static class JobRows
{
    private static readonly Fault Running = Fault.Rewrite(job => (job["status"], job["data"]!["download_url"]) = ("running", null));

    public static IEnumerable<FaultRow> All =>
    [
        .. Downloads("job: fails", Jobs(JobOutcome.Error("Script {0} is broken")), Fails("3001", api: 4).InAll(2)),
        .. Downloads("job: fails without a word", Jobs(JobOutcome.Error("")), Fails("3001", api: 4).InAll(2)),
        .. Downloads("job: vanishes", Jobs(JobOutcome.Vanish), Fails("3003", api: 4).InAll(2)),
        .. Downloads("job: ends without an address", Jobs(JobOutcome.NoUrl), Fails("3003", api: 4).InAll(2)),
        .. Downloads("job: runs backwards", On(GetJob, 2, Running), Well(Download + 1, waits: 1)),
        .. Downloads("job: fails after it was complete", On(GetJob, 2, Fault.Rewrite(job => (job["status"], job["messages"]) = ("error", new JsonArray("gone")))), Fails("3001", Download).InAll(2)),
        .. Downloads("job: vanishes after it was complete", On(GetJob, 2, Fault.Status(404)), Fails("3003", Download).InAll(2)),
        .. Downloads("job: takes a minute", Nothing, Well(42, waits: 66), server: options => options.JobDuration = TimeSpan.FromMinutes(1)),
        .. Downloads("job: never ends", Always(GetJob, Running), Fails("3002", 3 + LooksOfHalfAnHour, HalfAnHour)),
        .. Downloads("job: status null for ever", Always(GetJob, Fault.Rewrite(job => job["status"] = null)), Fails("3002", 3 + LooksOfHalfAnHour, HalfAnHour)),
        .. Downloads("job: unknown status once", Once(GetJob, Fault.Rewrite(job => job["status"] = "queued")), Well(Download + 1, waits: 1)),
        .. Downloads("job: unknown status for ever", Always(GetJob, Fault.Rewrite(job => job["status"] = "paused")), Fails("3002", 3 + LooksOfHalfAnHour, HalfAnHour)),
    ];
}
