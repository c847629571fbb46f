namespace PlayCanvas.Build.Api.Jobs;

/// <summary>A job on the server that failed, or did not end.</summary>
internal abstract class JobException(string job, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What was awaited, such as <c>job 123</c>.</summary>
    public string Job { get; } = job;
}

/// <summary>The server reports that the job failed.</summary>
internal sealed class JobFailedException(string job, string serverMessage) : JobException(job, $"{job}: {serverMessage}")
{
    /// <summary>The server's own words, on one line.</summary>
    public string ServerMessage { get; } = serverMessage;
}

/// <summary>The job did not end in time.</summary>
internal sealed class JobTimeoutException(string job, TimeSpan timeout, ApiException? lastFailure)
    : JobException(job, $"{job}: not done after {timeout}", lastFailure)
{
    public TimeSpan Timeout { get; } = timeout;

    /// <summary>Why the last poll failed; null when the service reported that the job is running.</summary>
    public ApiException? LastFailure { get; } = lastFailure;
}

/// <summary>The job is complete but does not name its result, or the server no longer knows it.</summary>
internal sealed class JobWithoutResultException(string job, string reason) : JobException(job, $"{job}: {reason}")
{
    public string Reason { get; } = reason;
}

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
