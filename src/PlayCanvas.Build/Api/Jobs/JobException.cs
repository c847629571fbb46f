namespace PlayCanvas.Build.Api.Jobs;

/// <summary>Work on the server that did not end well, or did not end.</summary>
internal abstract class JobException(string job, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What was waited for, such as <c>job 123</c>.</summary>
    public string Job { get; } = job;
}

/// <summary>The server says that it failed.</summary>
internal sealed class JobFailedException(string job, string serverMessage) : JobException(job, $"{job}: {serverMessage}")
{
    /// <summary>The server's own words, on one line.</summary>
    public string ServerMessage { get; } = serverMessage;
}

/// <summary>It did not end in time.</summary>
internal sealed class JobTimeoutException(string job, TimeSpan timeout, ApiException? lastFailure)
    : JobException(job, $"{job}: not done after {timeout}", lastFailure)
{
    public TimeSpan Timeout { get; } = timeout;

    /// <summary>Why the service did not say how far it is; null when it said that the job runs.</summary>
    public ApiException? LastFailure { get; } = lastFailure;
}

/// <summary>It is complete and does not name its result, or the server no longer knows it.</summary>
internal sealed class JobWithoutResultException(string job, string reason) : JobException(job, $"{job}: {reason}")
{
    public string Reason { get; } = reason;
}

/// <summary>A request was sent, its answer was lost, and the service's records do not tell whether it succeeded.</summary>
/// <param name="what">What was asked for, such as <c>publishing "Game" 1.0</c>.</param>
/// <param name="candidates">The apps and builds that may be its result.</param>
/// <param name="inner">How the answer was lost; null when an earlier build lost it.</param>
internal sealed class OutcomeUnknownException(string what, IReadOnlyList<string> candidates, Exception? inner)
    : Exception($"{what}: {inner?.Message ?? string.Join(", ", candidates)}", inner)
{
    /// <summary>What was asked for, such as <c>publishing "Game" 1.0</c>.</summary>
    public string What { get; } = what;

    /// <summary>The apps and builds that may be the result; empty when nothing was found, or looking failed.</summary>
    public IReadOnlyList<string> Candidates { get; } = candidates;
}
