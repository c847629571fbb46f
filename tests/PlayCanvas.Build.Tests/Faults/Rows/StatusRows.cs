using PlayCanvas.Sandbox;
using static PlayCanvas.Build.Tests.Faults.RowBuilding;

namespace PlayCanvas.Build.Tests.Faults.Rows;

/// <summary>Statuses, with and without <c>Retry-After</c>.</summary>
internal static class StatusRows
{
    private static readonly Fault Busy = Fault.Status(503, "busy");

    private static readonly (int Status, string Code)[] Refusals =
    [
        (400, "2004"), (401, "2001"), (403, "2002"), (404, "2003"), (405, "2004"), (407, "2010"), (409, "2004"), (410, "2004"), (413, "2004"), (418, "2004"), (422, "2004"), (451, "2004"),
    ];

    public static IEnumerable<FaultRow> All =>
    [
        .. from refusal in Refusals
           select Row(BuildKind.FirstDownload, $"scenes: {refusal.Status}", Always(GetScenes, Fault.Status(refusal.Status)), Fails(refusal.Code, api: 1)),
        .. from refusal in Refusals
           select Row(BuildKind.Update, $"asking: {refusal.Status}", Always(PostDownload, Fault.Status(refusal.Status)), Fails(refusal.Code, api: 3)),
        .. Downloads("asking: 400 that names a field", Always(PostDownload, Fault.Status(400, "field 'engine_version' is required")), Fails("2004", api: 3)),

        .. from status in Of(408, 500, 502, 503, 504, 520, 599)
           select Row(BuildKind.FirstDownload, $"scenes: {status} once", Once(GetScenes, Fault.Status(status)), Well(Download + 1, waits: 1)),
        .. from status in Of(500, 503, 599)
           from row in Downloads($"scenes: {status} for ever", Always(GetScenes, Fault.Status(status)), Fails("2006", api: 1 + Retries, RetryPauses))
           select row,
        .. Downloads("scenes: 502 with a page for ever", Always(GetScenes, Fault.Body("<html><title>502 Bad Gateway</title></html>", "text/html", 502)), Fails("2006", api: 1 + Retries, RetryPauses)),
        .. Downloads("scenes: 503 with an empty body for ever", Always(GetScenes, Fault.Body("", null, 503)), Fails("2006", api: 1 + Retries, RetryPauses)),
        .. Downloads("scenes: 408 for ever", Always(GetScenes, Fault.Status(408)), Fails("2004", api: 1 + Retries, RetryPauses)),
        Row(BuildKind.Rebuild, "scenes: 503 for ever", Always(GetScenes, Busy), Keeps(api: 1 + Retries, RetryPauses)),
        Row(BuildKind.Rebuild, "scenes: 403", Always(GetScenes, Fault.Status(403)), Fails("2002", api: 1)),

        .. Downloads("scenes: 503 once, Retry-After: 7", Once(GetScenes, Busy.WithHeader("Retry-After", "7")), Well(Download + 1, waits: 7)),
        .. Downloads("scenes: 503 once, Retry-After a date", Once(GetScenes, Busy.WithHeader("Retry-After", "Sun, 01 Mar 2026 12:00:05 GMT")), Well(Download + 1, waits: 5)),
        .. Downloads("scenes: 503 once, Retry-After a day", Once(GetScenes, Busy.WithHeader("Retry-After", "86400")), Well(Download + 1, waits: 30)),
        .. Downloads("scenes: 503 once, Retry-After past", Once(GetScenes, Busy.WithHeader("Retry-After", "Sun, 01 Mar 2020 12:00:00 GMT")), Well(Download + 1, waits: 1)),
        .. Downloads("scenes: 503 once, Retry-After garbage", Once(GetScenes, Busy.WithHeader("Retry-After", "soon")), Well(Download + 1, waits: 1)),

        .. Downloads("asking: 500", Once(PostDownload, Fault.Status(500)), Well(Download + 2)),
        .. Downloads("asking: 504 with a page", Once(PostDownload, Fault.Body("<html></html>", "text/html", 504)), Well(Download + 2)),
        .. Downloads("asking: 503, and nobody may look", Both(Once(PostDownload, Busy), Always(GetBuilds, Fault.Status(403))), Well(Download + 2)),
        .. Downloads("job: 503 once", Once(GetJob, Busy), Well(Download + 1, waits: 1)),
        .. from status in Of(408, 500, 502, 503, 504, 520)
           select Row(BuildKind.FirstDownload, $"job: {status} forty times", Times(40, GetJob, Fault.Status(status)), Well(Download + 40, waits: HalfAnHour)),
        .. Downloads("job: 503 ten times, Retry-After: 20", Times(10, GetJob, Busy.WithHeader("Retry-After", "20")), Well(Download + 10, waits: HalfAnHour)),
        .. Downloads("job: 500 for ever", Always(GetJob, Fault.Status(500)), Fails("3002", 3 + LooksOfHalfAnHour, HalfAnHour)),
        .. Downloads("job: 404 after some looks", Both(Times(6, GetJob, Busy), On(GetJob, 7, Fault.Status(404))), Fails("3003", api: 10, waits: HalfAnHour).InAll(2)),
        .. Downloads("job: 400 after some looks", Both(Times(6, GetJob, Busy), On(GetJob, 7, Fault.Status(400))), Fails("2004", api: 10, waits: HalfAnHour)),
        .. Downloads("job: 401", Always(GetJob, Fault.Status(401)), Fails("2001", api: 4)),
        .. Downloads("job: 403", Always(GetJob, Fault.Status(403)), Fails("2002", api: 4)),
        Row(BuildKind.Rebuild, "job: 500 for ever", Always(GetJob, Fault.Status(500)), Keeps(3 + LooksOfHalfAnHour, HalfAnHour)),
    ];
}
