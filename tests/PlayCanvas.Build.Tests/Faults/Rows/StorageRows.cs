using PlayCanvas.Build.Tasks;
using PlayCanvas.Sandbox;
using static PlayCanvas.Build.Tests.Faults.RowBuilding;

namespace PlayCanvas.Build.Tests.Faults.Rows;

/// <summary>The download itself: addresses that expire, truncated bodies, and ranges that differ from the requested ones.</summary>
internal static class StorageRows
{
    /// <summary>The maximum number of requests of a download that always fails: each of its few workers retries.</summary>
    private const int Most = 40;

    /// <summary>The maximum number of requests of a download that needs up to two more than one without faults.</summary>
    private const int AFewMore = 8;

    private static readonly Fault Multipart = Fault.Body("--x\r\nContent-Range: bytes 0-1/2\r\n\r\nPK\r\n--x--", "multipart/byteranges; boundary=x", 206);

    /// <summary>A game that is longer than its end, which is fetched first: without faults, a download takes two requests.</summary>
    private static readonly Action<SandboxOptions> LargeGame = options => (options.GameSize, options.GameFiles) = (400_000, 10);

    private static readonly Action<SandboxOptions> LargeGameWithoutRanges = LargeGame + (options => options.SupportsRanges = false);

    public static IEnumerable<FaultRow> All =>
    [
        .. First("expired", Fault.Expired, Well(Download + 1).Stored(3, AFewMore)),
        .. First("500", Fault.Status(500), Well(Download, waits: 1).Stored(3, AFewMore)),
        .. First("429, Retry-After: 3", Fault.Status(429).WithHeader("Retry-After", "3"), Well(Download, waits: 3).Stored(3, AFewMore)),
        .. First("reset before", Fault.ResetBefore, Well(Download, waits: 1).Stored(3, AFewMore)),
        .. First("reset in mid-body", Fault.Truncate(1000), Well(Download, waits: 1).Stored(3, AFewMore)),
        .. First("silence", Fault.Stall, Well(Download, waits: 1).Stored(3, AFewMore), Impatient(retries: 1)),
        .. First("in drips", Fault.SlowDrip(10_000, TimeSpan.FromMilliseconds(5)), Well(Download).Stored(2, AFewMore)),
        .. First("longer than it is", Fault.Length(10_000_000), Well(Download, waits: 1).Stored(2, AFewMore)),
        .. First("shorter than it is", Fault.Length(100), Well(Download, waits: 1).Stored(2, AFewMore)),
        .. First("the range ignored", Fault.IgnoreRange, Well(Download).Stored(1, AFewMore)),
        .. First("416", Fault.Status(416), Well(Download).Stored(2, AFewMore)),
        .. First("501", Fault.Status(501), Well(Download, waits: 1).Stored(2, AFewMore)),
        .. First("several parts", Multipart, Well(Download, waits: 1).Stored(2, AFewMore)),
        .. First("a range that is none", Fault.Header("Content-Range", "all"), Well(Download, waits: 1).Stored(2, AFewMore)),
        .. First("a range of nothing", Fault.Header("Content-Range", "bytes */9"), Well(Download, waits: 1).Stored(2, AFewMore)),
        .. First("a range of another length", Fault.Header("Content-Range", "bytes 0-65557/65558"), Well(Download, waits: 1).Stored(2, AFewMore)),
        .. First("a range beyond all numbers", Fault.Header("Content-Range", "bytes 9223372036854710249-9223372036854775806/9223372036854775807"), Well(Download, waits: 1).Stored(2, AFewMore)),
        .. First("other bytes", Fault.RewriteBytes(bytes => [.. bytes.Reverse()]), Well(Download).Stored(2, AFewMore)),

        .. Next("expired", Fault.Expired, Well(Download + 1).Stored(3, AFewMore)),
        .. Next("500", Fault.Status(500), Well(Download, waits: 1).Stored(3, AFewMore)),
        .. Next("429, Retry-After: 3", Fault.Status(429).WithHeader("Retry-After", "3"), Well(Download, waits: 3).Stored(3, AFewMore)),
        .. Next("reset before", Fault.ResetBefore, Well(Download, waits: 1).Stored(3, AFewMore)),
        .. Next("reset in mid-body", Fault.Truncate(100_000), Well(Download, waits: 1).Stored(3, AFewMore)),
        .. Next("silence in mid-body", Fault.StallAfter(100_000), Well(Download, waits: 1).Stored(3, AFewMore), Impatient(retries: 1)),
        .. Next("in drips", Fault.SlowDrip(50_000, TimeSpan.FromMilliseconds(5)), Well(Download).Stored(2, AFewMore)),
        .. Next("longer than it is", Fault.Length(10_000_000), Well(Download, waits: 1).Stored(2, AFewMore)),
        .. Next("shorter than it is", Fault.Length(1000), Well(Download, waits: 1).Stored(2, AFewMore)),
        .. Next("empty", Fault.Length(0), Well(Download, waits: 1).Stored(2, AFewMore)),
        .. Next("the range ignored", Fault.IgnoreRange, Well(Download).Stored(3, AFewMore)),
        .. Next("404", Fault.Status(404), Fails("4011", Download).Stored(2, AFewMore).InAll(2)),
        .. Next("416", Fault.Status(416), Well(Download).Stored(3, AFewMore)),
        .. Next("several parts", Multipart, Well(Download).Stored(3, AFewMore)),
        .. Next("another range", Fault.Header("Content-Range", "bytes 7-9/10"), Well(Download).Stored(3, AFewMore)),
        .. Next("no range", Fault.Header("Content-Range", null), Well(Download).Stored(3, AFewMore)),
        .. Next("another ETag", Fault.Header("ETag", "\"other\""), Well(Download).Stored(3, AFewMore)),
        .. Next("no ETag", Fault.Header("ETag", null), Well(Download).Stored(3, AFewMore)),
        .. Next("other bytes", Fault.RewriteBytes(bytes => [.. bytes.Reverse()]), Well(Download).Stored(3, AFewMore)),

        .. Large("export: another one since", Once(GetExport, Fault.Header("ETag", "\"old\"")), Well(Download).Stored(3, AFewMore)),
        .. Large("export: another one each time", Both(Once(GetExport, Fault.Header("ETag", "\"old\"")), On(GetExport, 3, Fault.Truncate(1000).WithHeader("ETag", "\"older\""))), Well(Download, waits: 1).Stored(4, AFewMore)),
        .. Large("export: no ETag", Always(GetExport, Fault.Header("ETag", null)), Well(Download).Stored(2, AFewMore)),
        .. Large("export: a weak ETag", Always(GetExport, Fault.Header("ETag", "W/\"1\"")), Well(Download).Stored(2, AFewMore)),
        .. Large("export: an ETag that is none", Always(GetExport, Fault.Header("ETag", "none")), Well(Download).Stored(2, AFewMore)),

        .. Large("export: expired always", Always(GetExport, Fault.Expired), Fails("4011", Download + 2).Stored(3, 3).InAll(2)),
        .. Large("export: 404", Always(GetExport, Fault.Status(404)), Fails("4011", Download).Stored(1, 2).InAll(2)),
        .. Large("export: 410 with XML", Always(GetExport, Fault.Body("<Error><Code>Gone</Code></Error>", "application/xml", 410)), Fails("4011", Download).Stored(1, 2).InAll(2)),
        .. Large("export: 416 always", Always(GetExport, Fault.Status(416)), Fails("4011", Download).Stored(2, 2).InAll(2)),
        .. Large("export: 503 for ever", Always(GetExport, Fault.Status(503)), Fails("4011", Download, RetryPauses).Stored(1 + Retries, Most)),
        .. Large("export: 429 for ever", Always(GetExport, Fault.Status(429)), Fails("4011", Download, RetryPauses).Stored(1 + Retries, Most)),
        Row(BuildKind.Rebuild, "export: 503 for ever", Always(GetExport, Fault.Status(503)), Keeps(Download, RetryPauses).Stored(1 + Retries, Most)),
        .. Large("export: connection refused", Always(GetJob, Fault.Rewrite(job => job["data"]!["download_url"] = "http://127.0.0.1:9/game.zip")), Fails("4011", Download, RetryPauses)),
        .. Large("export: reset before, for ever", Always(GetExport, Fault.ResetBefore), Fails("4011", Download, RetryPauses).Stored(1 + Retries, Most)),
        .. Large("export: reset in mid-body, for ever", Always(GetExport, Fault.Truncate(10)), Fails("4011", Download, RetryPauses).Stored(1 + Retries, Most)),
        .. Large("export: silence", Always(GetExport, Fault.Stall), Fails("4011", Download).Stored(1, 4), Impatient()),
        .. Large("export: empty", Always(GetExport, Fault.Length(0)), Fails("4011", Download, RetryPauses).Stored(1, Most)),
        .. Large("export: a page", Always(GetExport, Fault.Body("<html><title>Sign in</title></html>", "text/html")), Fails("4001", Download).Stored(1, AFewMore).InAll(2)),

        .. WithoutRanges("nothing", Nothing, Well(Download).Stored(1, 1)),
        .. WithoutRanges("reset in mid-body", Once(GetExport, Fault.Truncate(100_000)), Well(Download, waits: 1).Stored(2, 2)),
        .. WithoutRanges("longer than it is", Once(GetExport, Fault.Length(10_000_000)), Well(Download, waits: 1).Stored(1, 2)),
        .. WithoutRanges("shorter than it is", Once(GetExport, Fault.Length(1000)), Fails("4001", Download).Stored(1, 2).InAll(2)),
        .. WithoutRanges("a page", Always(GetExport, Fault.Body("<html></html>", "text/html")), Fails("4001", Download).Stored(1, 2).InAll(2)),
    ];

    private static IEnumerable<FaultRow> First(string fault, Fault what, Outcome outcome, Action<PlayCanvasServiceTask>? task = null) =>
        Large($"export's end: {fault}", Once(GetExport, what), outcome, task);

    private static IEnumerable<FaultRow> Next(string fault, Fault what, Outcome outcome, Action<PlayCanvasServiceTask>? task = null) =>
        Large($"export's part: {fault}", On(GetExport, 2, what), outcome, task);

    private static IEnumerable<FaultRow> Large(string fault, Action<SandboxServer> script, Outcome outcome, Action<PlayCanvasServiceTask>? task = null) =>
        Downloads(fault, script, outcome, task, LargeGame);

    private static IEnumerable<FaultRow> WithoutRanges(string fault, Action<SandboxServer> script, Outcome outcome) =>
        Downloads($"export without ranges: {fault}", script, outcome, server: LargeGameWithoutRanges);
}
