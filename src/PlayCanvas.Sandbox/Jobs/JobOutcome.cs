namespace PlayCanvas.Sandbox;

/// <summary>How a publish, a download or an export ends.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>It ends well.</summary>
    public static JobOutcome Success { get; } = new Completes();

    /// <summary>It never ends.</summary>
    public static JobOutcome Never { get; } = new NeverEnds();

    /// <summary>When it would end, its record is gone: 404.</summary>
    public static JobOutcome Vanish { get; } = new Vanishes();

    /// <summary>It ends well, but the job does not say where the result is.</summary>
    public static JobOutcome NoUrl { get; } = new CompletesWithoutUrl();

    /// <summary>It ends with an error.</summary>
    public static JobOutcome Error(params string[] messages) => new Fails(messages);

    internal sealed record Completes : JobOutcome;

    internal sealed record NeverEnds : JobOutcome;

    internal sealed record Vanishes : JobOutcome;

    internal sealed record CompletesWithoutUrl : JobOutcome;

    internal sealed record Fails(IReadOnlyList<string> Messages) : JobOutcome;
}
