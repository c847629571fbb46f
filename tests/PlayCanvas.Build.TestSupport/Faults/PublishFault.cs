using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.TestSupport.Faults;

/// <summary>The fate of a publish request: what its client sees, and whether the server acts on it, immediately or later.</summary>
internal sealed record PublishFault(string Name, Fault? Fault = null)
{
    /// <summary>The seconds after the arrival of an unanswered request until the server acts on it; null if it never does, or does so by itself.</summary>
    public double? ActsAfter { get; init; }

    /// <summary>Whether the server acts on the request before it fails to respond.</summary>
    public bool Acts { get; init; }

    /// <summary>Whether the build is cancelled while the request is in flight.</summary>
    public bool Cancels { get; init; }

    public static PublishFault None { get; } = new("answered");

    public static IReadOnlyList<PublishFault> All(Random random) =>
    [
        None,
        new("answer lost", Fault.LoseAnswer),
        new("answer cut", Fault.Truncate(5)),
        new("never arrived", Fault.ResetBefore),
        new("reset, acted on late", Fault.ResetBefore) { ActsAfter = Late(random) },
        new("502 instead of the answer", Fault.Status(502)) { ActsAfter = 0 },
        new("502", Fault.Status(502)),
        new("502, acted on late", Fault.Status(502)) { ActsAfter = Late(random) },
        new("504, acted on late", Fault.Status(504)) { ActsAfter = Late(random) },
        new("a page instead of the answer", Fault.Body("<html>", "text/html")) { ActsAfter = 0 },
        new("timeout, acted on", Fault.StallAfter(0)),
        new("timeout", Fault.Stall),
        new("timeout, acted on late", Fault.Stall) { ActsAfter = Late(random) },
        new("cancelled, acted on", Fault.StallAfter(0)) { Cancels = true, Acts = true },
        new("cancelled", Fault.Stall) { Cancels = true },
        new("cancelled, acted on late", Fault.Stall) { Cancels = true, ActsAfter = Late(random) },
        new("429", Fault.Status(429).WithHeader("Retry-After", "3")),
    ];

    /// <summary>Returns a delay after the client has given up, but within the time in which it looks for a trace of the request.</summary>
    private static double Late(Random random) => 1 + 24 * random.NextDouble();
}
