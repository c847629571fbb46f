using Microsoft.Build.Framework;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Tasks.Tables;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>Lists the branches of each PlayCanvas project.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasListBranches : PlayCanvasListTask
{
    private static readonly RecordKind<Branch> Kind = new(
        "branch",
        "branches",
        branch => branch.Id,
        branch =>
        [
            ("ProjectId", RecordItem.Text(branch.ProjectId)),
            ("Name", branch.Name),
            ("CreatedAt", RecordItem.Text(branch.CreatedAt)),
            ("Closed", RecordItem.Text(branch.Closed)),
            ("Permanent", RecordItem.Text(branch.Permanent)),
            ("LatestCheckpointId", branch.LatestCheckpointId),
            ("UserId", branch.User?.Id),
            ("Username", branch.User?.Username),
            ("UserFullName", branch.User?.Name),
        ],
        [
            new("Id", branch => branch.Id),
            Column.Name<Branch>("Name", branch => branch.Name),
            new("Main", branch => branch.Permanent == true ? "yes" : null) { Rank = 1 },
            new("Closed", branch => branch.Closed == true ? "yes" : null),
            Column.Time<Branch>("Created", branch => branch.CreatedAt) with { Rank = 2 },
            Column.Text<Branch>("By", branch => branch.User?.ToString()) with { Rank = 3 },
            new("Latest checkpoint", branch => branch.LatestCheckpointId) { Rank = 4 },
        ]);

    /// <summary>The branches. The identity of an item is the branch's id; each field of the record is metadata.</summary>
    [Output]
    public ITaskItem[] Branches => Items;

    private protected override RecordList Request(ListSource source, Paging paging)
    {
        var branches = Part(source.Branches, paging);
        return Kind.MakeList(branches, of: null, Summary.Names(branches.Select(branch => branch.Name)));
    }
}
