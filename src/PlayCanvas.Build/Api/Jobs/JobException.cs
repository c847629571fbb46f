using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Jobs;

/// <summary>Why a job has no result.</summary>
internal enum JobFault
{
    /// <summary>The server reports that the job failed.</summary>
    Failed,

    /// <summary>The job is complete but does not name its result, or the server no longer knows it.</summary>
    WithoutResult,
}

/// <summary>A job on the server that ended without a result. Waiting for it again would not help.</summary>
internal sealed class JobException(JobFault fault, string job, string reason) : Exception($"{job}: {reason}")
{
    public JobFault Fault { get; } = fault;

    /// <summary>What was awaited, such as <c>job 123</c>.</summary>
    public string Job { get; } = job;

    /// <summary>For a failed job, the server's own words, on one line; otherwise the part of a sentence that follows the job.</summary>
    public string Reason { get; } = reason;
}

/// <summary>The job did not end in time. It may still end.</summary>
internal sealed class JobTimeoutException(string job, TimeSpan timeout, ApiException? lastFailure)
    : Exception($"{job}: not done after {timeout}", lastFailure)
{
    /// <summary>What was awaited, such as <c>job 123</c>.</summary>
    public string Job { get; } = job;

    public TimeSpan Timeout { get; } = timeout;

    /// <summary>Why the last poll failed; null when the service reported that the job is running.</summary>
    public ApiException? LastFailure { get; } = lastFailure;
}
