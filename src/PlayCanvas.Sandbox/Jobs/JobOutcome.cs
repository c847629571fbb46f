namespace PlayCanvas.Sandbox;

/// <summary>The outcome of a publish, a download or an export.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>The job succeeds.</summary>
    public static JobOutcome Success { get; } = new Completes();

    /// <summary>The job never ends.</summary>
    public static JobOutcome Never { get; } = new NeverEnds();

    /// <summary>The record disappears at the time when the job would end; from then on, the response is 404.</summary>
    public static JobOutcome Vanish { get; } = new Vanishes();

    /// <summary>The job succeeds, but does not name the URL of its result.</summary>
    public static JobOutcome NoUrl { get; } = new CompletesWithoutUrl();

    /// <summary>The job fails with these messages.</summary>
    public static JobOutcome Error(params string[] messages) => new Fails(messages);

    internal sealed record Completes : JobOutcome;

    internal sealed record NeverEnds : JobOutcome;

    internal sealed record Vanishes : JobOutcome;

    internal sealed record CompletesWithoutUrl : JobOutcome;

    internal sealed record Fails(IReadOnlyList<string> Messages) : JobOutcome;
}
