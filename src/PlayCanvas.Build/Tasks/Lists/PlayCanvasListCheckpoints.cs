using Microsoft.Build.Framework;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Tasks.Tables;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>Lists the checkpoints of each game's branch, the newest first.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasListCheckpoints : PlayCanvasListTask
{
    private static readonly RecordKind<Checkpoint> Kind = new(
        "checkpoint",
        "checkpoints",
        checkpoint => checkpoint.Id,
        CheckpointItem.Fields,
        [
            new("Id", checkpoint => checkpoint.Id),
            Column.Time<Checkpoint>("Created", checkpoint => checkpoint.CreatedAt),
            Column.Text<Checkpoint>("By", checkpoint => checkpoint.User?.ToString() ?? CheckpointItem.UserIdOf(checkpoint)) with { Rank = 1 },
            Column.Size<Checkpoint>("Size", checkpoint => checkpoint.Size) with { Rank = 2 },
            Column.Name<Checkpoint>("Description", checkpoint => checkpoint.Description),
        ]);

    /// <summary>The checkpoints. The identity of an item is the checkpoint's id; each field of the record is metadata.</summary>
    [Output]
    public ITaskItem[] Checkpoints => Items;

    private protected override bool IsPerBranch => true;

    private protected override RecordList Request(ListSource source, Paging paging)
    {
        var branch = source.Branch;
        var checkpoints = branch?.Id is { } id ? Part(source.Client.ListCheckpoints(id, source.CancellationToken), paging) : [];
        return branch is null
            ? Kind.MakeList([], of: null, "the project does not have a main branch")
            : Kind.MakeList(checkpoints, of: branch.Name, checkpoints.Count == 0 ? null : $"newest {Summary.Quote(checkpoints[0].Description)}");
    }
}
