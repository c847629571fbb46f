using PlayCanvas.Build.Api.Contracts;

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
