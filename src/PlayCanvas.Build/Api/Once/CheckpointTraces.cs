using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Once;

/// <summary>Searches for the results of requests for checkpoints: among the checkpoints of the branch.</summary>
internal sealed class CheckpointTraces(PlayCanvasClient client) : ITraces<CheckpointIntent>
{
    /// <summary>Prepares a request: records the newest checkpoint that exists before it is sent.</summary>
    /// <param name="request">What is requested, without the mark.</param>
    /// <param name="mark">The line that marks the result; null for none.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The request. It is already accepted when a checkpoint carries its mark: an earlier attempt of the same CI run has sent it.</returns>
    /// <exception cref="ApiException">The checkpoints could not be listed.</exception>
    public CheckpointIntent Begin(CheckpointRequest request, string? mark, CancellationToken cancellationToken)
    {
        var newest = client.GetCheckpoints(request.BranchId, last: null, cancellationToken).Records;
        return new CheckpointIntent
        {
            Request = request,
            Mark = mark,
            AskedAt = client.Connection.ServerTime,
            NewestBefore = newest.Count == 0 ? null : newest[0].Id,
            CheckpointId = newest.FirstOrDefault(checkpoint => PublishMark.IsIn(checkpoint.Description, mark))?.Id,
        };
    }

    public IReadOnlyList<Trace<CheckpointIntent>> Of(CheckpointIntent intent, CancellationToken cancellationToken)
    {
        var newer = NewerThan(intent, cancellationToken).Where(checkpoint => checkpoint.Id is not null).ToList();
        return [.. newer.Select((checkpoint, index) => TraceOf(checkpoint, intent) with { Place = newer.Count - index })];
    }

    /// <summary>Returns the checkpoints that did not exist before the request. If the branch was reset, only their times can tell.</summary>
    private IEnumerable<Checkpoint> NewerThan(CheckpointIntent intent, CancellationToken cancellationToken)
    {
        var (branch, known) = (intent.Request.BranchId, intent.NewestBefore);
        return (known is null ? null : client.ListCheckpointsSince(branch, known, cancellationToken))
            ?? client.ListCheckpoints(branch, cancellationToken).Where(checkpoint => intent.MayHaveMade(checkpoint.CreatedAt));
    }

    private static Trace<CheckpointIntent> TraceOf(Checkpoint checkpoint, CheckpointIntent intent)
    {
        var likeness = PublishMark.IsIn(checkpoint.Description, intent.Mark)
            ? Likeness.Marked
            : RecordedText.Compare(intent.Body.Description, checkpoint.Description);
        var name = $"checkpoint {checkpoint.Id} \"{ApiJson.OneLine(checkpoint.Description ?? "")}\"";
        return new Trace<CheckpointIntent>(likeness, name, ours => ours with { CheckpointId = checkpoint.Id });
    }
}
