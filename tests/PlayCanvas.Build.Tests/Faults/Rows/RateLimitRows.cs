using PlayCanvas.Sandbox;
using static PlayCanvas.Build.Tests.Faults.RowBuilding;

namespace PlayCanvas.Build.Tests.Faults.Rows;

/// <summary>Rate limits: refusals with all kinds of reset times, and servers whose clocks are wrong.</summary>
internal static class RateLimitRows
{
    private const string Reset = "X-RateLimit-Reset";

    /// <summary>The total seconds of the pauses after five consecutive refusals without a usable reset time.</summary>
    private const double BlindPauses = 31;

    private static readonly Fault Refusal = Fault.Status(429, "Too many requests");

    private static readonly (string Name, string? Reset)[] UselessResets =
    [
        ("missing", null), ("past", "1000000000"), ("garbage", "soon"), ("far-off", "4102444800"), ("negative", "-60"), ("in milliseconds", "1772366405000"), ("without end", "99999999999999999999"),
    ];

    public static IEnumerable<FaultRow> All =>
    [
        .. from useless in UselessResets
           select Row(BuildKind.FirstDownload, $"scenes: 429 once, reset {useless.Name}", Once(GetScenes, Refusal.WithHeader(Reset, useless.Reset)), Well(Download + 1, waits: 1)),
        .. from useless in UselessResets
           select Row(BuildKind.Publish, $"publishing: 429 once, reset {useless.Name}", Once(PostApp, Refusal.WithHeader(Reset, useless.Reset)), Well(Publishing + 1, waits: 1).WithoutExport()),
        .. Downloads("scenes: 429 once, reset in 5 s", Once(GetScenes, Refusal.WithHeader(Reset, "1772366405")), Well(Download + 1, waits: 5)),
        .. Downloads("scenes: 429 once, Retry-After: 7", Once(GetScenes, Refusal.WithHeader("Retry-After", "7")), Well(Download + 1, waits: 7)),
        .. Downloads("scenes: 429 once, Retry-After a day", Once(GetScenes, Refusal.WithHeader("Retry-After", "86400")), Well(Download + 1, waits: 1)),
        .. Downloads("scenes: 429 for ever", Always(GetScenes, Refusal), Fails("2005", api: 1 + Retries, BlindPauses)),
        .. Downloads("asking: 429 once", Once(PostDownload, Refusal), Well(Download + 1, waits: 1)),
        .. Downloads("asking: 429 for ever", Always(PostDownload, Refusal), Fails("2005", api: 3 + Retries, BlindPauses)),
        .. from useless in UselessResets
           select Row(BuildKind.FirstDownload, $"job: 429 twenty times, reset {useless.Name}", Times(20, GetJob, Refusal.WithHeader(Reset, useless.Reset)), Well(Download + 20, waits: HalfAnHour)),
        .. Downloads("job: 429 once, Retry-After: 3", Once(GetJob, Refusal.WithHeader("Retry-After", "3")), Well(Download + 1, waits: 3)),

        .. Downloads("two requests a minute", Nothing, Well(Download, waits: 120), server: options => options.NormalLimit = 2),
        .. Downloads("two requests a minute, clock 5 h ahead", Nothing, Well(Download, waits: 120), server: Limited(TimeSpan.FromHours(5))),
        .. Downloads("two requests a minute, clock 5 h behind", Nothing, Well(Download, waits: 120), server: Limited(TimeSpan.FromHours(-5))),
        .. Downloads("clock 5 h ahead and the answer lost", Once(PostDownload, Fault.LoseAnswer), Well(Download + 2), server: options => options.ServerClockOffset = TimeSpan.FromHours(5)),
        .. Downloads("clock 5 h behind and the answer lost", Once(PostDownload, Fault.LoseAnswer), Well(Download + 2), server: options => options.ServerClockOffset = TimeSpan.FromHours(-5)),
        .. Downloads("one request a minute, and an answer that says nine", Once(GetScenes, Fault.Header("X-RateLimit-Remaining", "9")), Well(Download + 1, waits: 240), server: options => options.NormalLimit = 1),

        .. from header in Of("X-RateLimit-Remaining", Reset, "Date")
           from value in Of(null, "garbage", "-1")
           select Row(BuildKind.FirstDownload, $"every answer: {header} {value ?? "missing"}", Always("GET /api/*", Fault.Header(header, value)), Well(Download, waits: 1)),
    ];

    private static Action<SandboxOptions> Limited(TimeSpan clockOffset) =>
        options => (options.NormalLimit, options.ServerClockOffset) = (2, clockOffset);
}
