using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>The result of a job.</summary>
internal sealed record WorkResult(long Bytes, string? ExportId);

/// <summary>A job in progress. It ends when its time is up and its result is ready.</summary>
internal sealed record Work(int BuildId, int? JobId, App? App, DateTimeOffset DueAt, JobOutcome Outcome, Task<WorkResult> Result)
{
    /// <summary>Called when the job succeeds: creates what exists only from then on, and returns the fields for the job's data.</summary>
    public Func<JsonObject>? DescribeResult { get; init; }
}

/// <summary>
/// Holds the jobs that publishes and downloads start. There is no timer: each access to a job updates it by the clock, so that a test with its own
/// clock decides when a job ends.
/// </summary>
internal sealed class WorkQueue(World world, ServerClock clock)
{
    // Packing the sandbox's own game takes a moment; a generated game of 1 GB takes longer than this, and its job stays running.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly List<Work> running = [];

    public void Add(Work work)
    {
        lock (gate)
            running.Add(work);
    }

    /// <summary>Waits a moment for the results of jobs whose time is up.</summary>
    public async Task WaitForDueAsync(CancellationToken cancellation)
    {
        Task[] due;
        lock (gate)
            due = [.. running.Where(IsDue).Select(work => work.Result)];
        if (due.Length > 0)
            await Task.WhenAny(Task.WhenAll(due), Task.Delay(Patience, cancellation));
    }

    /// <summary>Ends the jobs that are due and ready. A concurrent call waits, and then finds them ended.</summary>
    public void Settle()
    {
        lock (gate)
        {
            var ended = running.Where(work => IsDue(work) && work.Result.IsCompleted).ToList();
            // Removed first, since ending a job may read the world, which calls this method again.
            running.RemoveAll(ended.Contains);
            ended.ForEach(End);
        }
    }

    private bool IsDue(Work work) => work.Outcome is not JobOutcome.NeverEnds && clock.Now >= work.DueAt;

    private void End(Work work)
    {
        if (work.Outcome is JobOutcome.Vanishes)
        {
            Vanish(work);
            return;
        }

        var messages = work.Outcome is JobOutcome.Fails fails ? fails.Messages : work.Result.IsFaulted ? [work.Result.Exception!.InnerException!.Message] : [];
        if (messages.Count > 0)
            EndBadly(work, messages);
        else
            EndWell(work, work.Result.GetAwaiter().GetResult());
    }

    private void Vanish(Work work)
    {
        if (work.JobId is { } job)
            world.RemoveJob(job);
        if (work.App is { } app)
            world.RemoveApp(app.Id);
    }

    private void EndBadly(Work work, IReadOnlyList<string> messages)
    {
        var message = string.Join("; ", messages);
        world.ChangeApp(work.App?.Id ?? 0, app => app with { ModifiedAt = work.DueAt, Task = new AppTask(WorkStatus.Error, message) });
        world.ChangeJob(work.JobId ?? 0, job => job with { Status = WorkStatus.Error, ModifiedAt = work.DueAt, Messages = messages });
        world.ChangeBuild(work.BuildId, build => Ended(build, WorkStatus.Error, work.DueAt) with { Message = message });
    }

    private void EndWell(Work work, WorkResult result)
    {
        var exportId = work.Outcome is JobOutcome.CompletesWithoutUrl ? null : result.ExportId;
        var description = work.DescribeResult?.Invoke() ?? [];
        world.ChangeApp(work.App?.Id ?? 0, app => app with
        {
            ModifiedAt = work.DueAt,
            CompletedAt = work.DueAt,
            Size = result.Bytes,
            Task = new AppTask(WorkStatus.Complete, null),
        });
        world.ChangeJob(work.JobId ?? 0, job => job with
        {
            Status = WorkStatus.Complete,
            ModifiedAt = work.DueAt,
            ExportId = exportId,
            Data = Merge(job.Data, description),
        });
        world.ChangeBuild(work.BuildId, build => Ended(build, WorkStatus.Complete, work.DueAt) with
        {
            ExportId = exportId,
            AppId = work.App?.Id,
            Artifacts = [new BuildArtifact(build.Type == "publish" ? "app" : "download", work.App?.Url, result.Bytes)],
        });
    }

    private static JsonObject Merge(JsonObject data, JsonObject result)
    {
        var merged = data.DeepClone().AsObject();
        foreach (var (name, value) in result)
            merged[name] = value?.DeepClone();
        return merged;
    }

    private static Build Ended(Build build, WorkStatus status, DateTimeOffset at) => build with
    {
        Status = status,
        ModifiedAt = at,
        CompletedAt = at,
        DurationMs = (long)(at - build.CreatedAt).TotalMilliseconds,
    };
}
