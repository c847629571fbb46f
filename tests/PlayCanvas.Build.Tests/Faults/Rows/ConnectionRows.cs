using PlayCanvas.Sandbox;
using static PlayCanvas.Build.Tests.Faults.RowBuilding;

namespace PlayCanvas.Build.Tests.Faults.Rows;

/// <summary>Connections that are refused, reset, silent or slow.</summary>
internal static class ConnectionRows
{
    /// <summary>No program listens on the discard port.</summary>
    private const string Nowhere = "http://127.0.0.1:9/api";

    public static IEnumerable<FaultRow> All =>
    [
        .. Downloads("connection refused", Nothing, Fails("2007", api: 0, RetryPauses), task => task.ApiUrl = Nowhere),
        Row(BuildKind.Rebuild, "connection refused", Nothing, Keeps(api: 0, RetryPauses), task => task.ApiUrl = Nowhere),

        .. Downloads("scenes: reset before, once", Once(GetScenes, Fault.ResetBefore), Well(Download + 1, waits: 1)),
        .. Downloads("scenes: reset before, for ever", Always(GetScenes, Fault.ResetBefore), Fails("2012", api: 1 + Retries, RetryPauses)),
        .. Downloads("scenes: the answer lost", Once(GetScenes, Fault.LoseAnswer), Well(Download + 1, waits: 1)),
        .. Downloads("scenes: reset in mid-body", Once(GetScenes, Fault.Truncate(20)), Well(Download + 1, waits: 1)),
        Row(BuildKind.Rebuild, "scenes: reset in mid-body for ever", Always(GetScenes, Fault.Truncate(20)), Keeps(api: 1 + Retries, RetryPauses)),

        .. Downloads("asking: reset before", Once(PostDownload, Fault.ResetBefore), Well(Download + 2)),
        .. Downloads("asking: the answer lost", Once(PostDownload, Fault.LoseAnswer), Well(Download + 2)),
        .. Downloads("asking: the answer reset in mid-body", Once(PostDownload, Fault.Truncate(10)), Well(Download + 2)),
        .. Downloads("asking: the answer lost, and looking fails", Both(Once(PostDownload, Fault.LoseAnswer), Always(GetBuilds, Fault.Status(500))), Well(Download + 2 + (2 * Retries), 2 * RetryPauses).InAll(2)),
        .. Downloads("asking: the answer lost, and nobody may look", Once(PostDownload, Fault.LoseAnswer), Well(Download + 2).InAll(2), server: options => options.BuildsRoute = false),

        .. Downloads("job: the answer lost", Once(GetJob, Fault.LoseAnswer), Well(Download + 1, waits: 1)),
        .. Downloads("job: reset before, forty times", Times(40, GetJob, Fault.ResetBefore), Well(Download + 40, waits: HalfAnHour)),
        .. Downloads("job: reset before, for ever", Always(GetJob, Fault.ResetBefore), Fails("3002", 3 + LooksOfHalfAnHour, HalfAnHour)),
        Row(BuildKind.Rebuild, "job: reset before, for ever", Always(GetJob, Fault.ResetBefore), Keeps(3 + LooksOfHalfAnHour, HalfAnHour)),

        .. Downloads("scenes: no answer", Always(GetScenes, Fault.Stall), Fails("2008", api: 1), Impatient()),
        .. Downloads("scenes: silence in mid-body", Always(GetScenes, Fault.StallAfter(20)), Fails("2008", api: 1), Impatient()),
        .. Downloads("asking: no answer", Once(PostDownload, Fault.Stall), Well(Download + 2), Impatient()),
        .. Downloads("job: no answer, once", Once(GetJob, Fault.Stall), Well(Download + 1, waits: 1), Impatient()),
        Row(BuildKind.Rebuild, "scenes: no answer", Always(GetScenes, Fault.Stall), Keeps(api: 1), Impatient()),
        .. Downloads("scenes: in drips", Once(GetScenes, Fault.SlowDrip(50, TimeSpan.FromMilliseconds(5))), Well(Download)),
    ];
}
