using PlayCanvas.Sandbox;
using static PlayCanvas.Build.Tests.Faults.RowBuilding;

namespace PlayCanvas.Build.Tests.Faults.Rows;

/// <summary>The download itself: addresses that expire, bodies that break off, ranges that are not what was asked for.</summary>
internal static class StorageRows
{
    /// <summary>How many requests a download may need. How it is cut into parts, and how often a part is tried again, is its own affair.</summary>
    private const int Most = 40;

    private static readonly Fault Multipart = Fault.Body("--x\r\nContent-Range: bytes 0-1/2\r\n\r\nPK\r\n--x--", "multipart/byteranges; boundary=x", 206);

    private static readonly Action<SandboxOptions> WithoutRanges = options => options.SupportsRanges = false;

    public static IEnumerable<FaultRow> All =>
    [
        .. Downloads("export: expired once", Once(GetExport, Fault.Expired), Well(Download + 1).Stored(2, 8)),
        .. Downloads("export: expired always", Always(GetExport, Fault.Expired), Fails("4011", Download + 2).Stored(3, 3).InAll(2)),
        .. Downloads("export: expires at once", Nothing, Fails("4011", Download + 2).Stored(3, 3).InAll(2), server: options => options.DownloadUrlLifetime = TimeSpan.Zero),
        .. Downloads("export: 404", Always(GetExport, Fault.Status(404)), Fails("4011", Download).Stored(1, 1).InAll(2)),
        .. Downloads("export: 410 with XML", Always(GetExport, Fault.Body("<Error><Code>Gone</Code></Error>", "application/xml", 410)), Fails("4011", Download).Stored(1, 1).InAll(2)),
        .. Downloads("export: 500 once", Once(GetExport, Fault.Status(500)), Well(Download, waits: 1).Stored(2, 7)),
        .. Downloads("export: 503 for ever", Always(GetExport, Fault.Status(503)), Fails("4011", Download, RetryPauses).Stored(1 + Retries, Most)),
        .. Downloads("export: 429 once, Retry-After: 3", Once(GetExport, Fault.Status(429).WithHeader("Retry-After", "3")), Well(Download, waits: 3).Stored(2, 7)),
        .. Downloads("export: 429 for ever", Always(GetExport, Fault.Status(429)), Fails("4011", Download, RetryPauses).Stored(1 + Retries, Most)),
        Row(BuildKind.Rebuild, "export: 503 for ever", Always(GetExport, Fault.Status(503)), Keeps(Download, RetryPauses).Stored(1 + Retries, Most)),
        .. Downloads("export: connection refused", Always(GetJob, Fault.Rewrite(job => job["data"]!["download_url"] = "http://127.0.0.1:9/game.zip")), Fails("4011", Download, RetryPauses)),

        .. Downloads("export: reset before, once", Once(GetExport, Fault.ResetBefore), Well(Download, waits: 1).Stored(2, 7)),
        .. Downloads("export: reset before, for ever", Always(GetExport, Fault.ResetBefore), Fails("4011", Download, RetryPauses).Stored(1 + Retries, Most)),
        .. Downloads("export: reset in mid-body", Once(GetExport, Fault.Truncate(1000)), Well(Download, waits: 1).Stored(2, 7)),
        .. Downloads("export: reset in mid-body, for ever", Always(GetExport, Fault.Truncate(10)), Fails("4011", Download, RetryPauses).Stored(1 + Retries, Most)),
        .. Downloads("export: reset in mid-body, without ranges", Once(GetExport, Fault.Truncate(1000)), Well(Download, waits: 1).Stored(2, 7), server: WithoutRanges),
        .. Downloads("export: silence", Always(GetExport, Fault.Stall), Fails("4011", Download).Stored(1, 4), Impatient()),
        .. Downloads("export: silence in mid-body, once", Once(GetExport, Fault.StallAfter(1000)), Well(Download, waits: 1).Stored(2, 7), Impatient(retries: 1)),
        .. Downloads("export: in drips", Once(GetExport, Fault.SlowDrip(2000, TimeSpan.FromMilliseconds(5))), Well(Download)),

        .. Downloads("export: longer than it is", Once(GetExport, Fault.Length(10_000_000)), Well(Download, waits: 1).Stored(1, 7)),
        .. Downloads("export: shorter than it is", Once(GetExport, Fault.Length(100)), Fails("4001", Download).Stored(1, 7).InAll(2)),
        .. Downloads("export: empty", Always(GetExport, Fault.Length(0)), Fails("4001", Download).Stored(1, 7).InAll(2)),
        .. Downloads("export: a page", Always(GetExport, Fault.Body("<html><title>Sign in</title></html>", "text/html")), Fails("4001", Download).Stored(1, 7).InAll(2)),

        .. Downloads("export: without ranges", Nothing, Well(Download), server: WithoutRanges),
        .. Downloads("export: without an ETag", Always(GetExport, Fault.Header("ETag", null)), Well(Download)),
        .. Downloads("export: a weak ETag", Always(GetExport, Fault.Header("ETag", "W/\"1\"")), Well(Download)),
        .. Downloads("export: an ETag that is none", Always(GetExport, Fault.Header("ETag", "none")), Well(Download)),
        .. Downloads("export: another ETag after a reset", Both(Once(GetExport, Fault.Truncate(1000).WithHeader("ETag", "\"old\"")), On(GetExport, 2, Fault.Header("ETag", "\"new\""))), Well(Download, waits: 2).Stored(2, 8)),
        .. Downloads("export: 416 after a reset", Both(Once(GetExport, Fault.Truncate(1000)), On(GetExport, 2, Fault.Status(416))), Fails("4011", Download, waits: 1).Stored(2, 2).InAll(2)),
        .. Downloads("export: another part after a reset", Both(Once(GetExport, Fault.Truncate(1000)), On(GetExport, 2, Fault.Header("Content-Range", "bytes 0-9/10"))), Well(Download, waits: 3).Stored(3, 8)),
        .. Downloads("export: several parts after a reset", Both(Once(GetExport, Fault.Truncate(1000)), On(GetExport, 2, Multipart)), Well(Download, waits: 3).Stored(3, 8)),
        .. Downloads("export: several parts, unasked", Once(GetExport, Multipart), Well(Download, waits: 1).Stored(2, 8)),
        .. Downloads("export: all of it after a reset", Both(Once(GetExport, Fault.Truncate(1000)), On(GetExport, 2, Fault.Header("Accept-Ranges", "none"))), Well(Download, waits: 1).Stored(2, 8)),
    ];
}
