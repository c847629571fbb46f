using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>What came out of a piece of work.</summary>
internal sealed record WorkResult(long Bytes, string? ExportId);

/// <summary>Something that is under way: it ends when its time is up and its result is there.</summary>
internal sealed record Work(int BuildId, int? JobId, App? App, DateTimeOffset DueAt, JobOutcome Outcome, Task<WorkResult> Result)
{
    /// <summary>Called when the work ends well: makes what only then exists, and returns what the job's data tells about it.</summary>
    public Func<JsonObject>? DescribeResult { get; init; }
}

/// <summary>
/// Carries the work that publishes and downloads start. No timer runs: whoever looks at a job brings it up to date by the clock,
/// so that a test with a clock of its own decides when a job ends.
/// </summary>
internal sealed class WorkQueue(World world, ServerClock clock)
{
    // Packing the sandbox's own game takes a moment; a generated game of 1 GB takes long, and its job simply runs on.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly List<Work> running = [];

    public void Add(Work work)
    {
        lock (gate)
            running.Add(work);
    }

    /// <summary>Waits a moment for work whose time is up.</summary>
    public async Task WaitForDueAsync(CancellationToken cancellation)
    {
        Task[] due;
        lock (gate)
            due = [.. running.Where(IsDue).Select(work => work.Result)];
        if (due.Length > 0)
            await Task.WhenAny(Task.WhenAll(due), Task.Delay(Patience, cancellation));
    }

    /// <summary>Ends what is due and ready. Whoever comes second waits, and then finds it ended.</summary>
    public void Settle()
    {
        lock (gate)
        {
            var ended = running.Where(work => IsDue(work) && work.Result.IsCompleted).ToList();
            // Removed first, since ending a piece of work may look at the world, which settles again.
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
