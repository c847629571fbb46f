namespace PlayCanvas.Build.Api.Once;

/// <summary>A request was sent, its response was lost, and the service's records do not show whether it succeeded.</summary>
/// <param name="what">What was requested, such as <c>publishing "Game" 1.0</c>.</param>
/// <param name="candidates">The apps and builds that may be its result.</param>
/// <param name="inner">The error that lost the response; null when an earlier build lost it.</param>
internal sealed class OutcomeUnknownException(string what, IReadOnlyList<string> candidates, Exception? inner)
    : Exception($"{what}: {inner?.Message ?? string.Join(", ", candidates)}", inner)
{
    /// <summary>What was requested, such as <c>publishing "Game" 1.0</c>.</summary>
    public string What { get; } = what;

    /// <summary>The apps and builds that may be the result; empty when none was found, or the search failed.</summary>
    public IReadOnlyList<string> Candidates { get; } = candidates;
}
