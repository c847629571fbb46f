using Microsoft.Build.Framework;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Tasks.Tables;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>Lists the scenes of each game's branch.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasListScenes : PlayCanvasListTask
{
    private static readonly RecordKind<Scene> Kind = new(
        "scene",
        "scenes",
        scene => RecordItem.Text(scene.Id),
        scene =>
        [
            ("ProjectId", RecordItem.Text(scene.ProjectId)),
            ("Name", scene.Name),
            ("CreatedAt", RecordItem.Text(scene.Created)),
            ("ModifiedAt", RecordItem.Text(scene.Modified)),
        ],
        [
            new("Id", scene => RecordItem.Text(scene.Id)) { IsNumber = true },
            Column.Name<Scene>("Name", scene => scene.Name),
            Column.Time<Scene>("Created", scene => scene.Created) with { Rank = 1 },
            Column.Time<Scene>("Modified", scene => scene.Modified),
        ]);

    /// <summary>The scenes. The identity of an item is the scene's id; each field of the record is metadata.</summary>
    [Output]
    public ITaskItem[] Scenes => Items;

    private protected override bool IsPerBranch => true;

    private protected override RecordList Request(ListSource source, Paging paging)
    {
        var scenes = Part(source.Client.ListScenes(source.ProjectId, source.BranchId, source.CancellationToken), paging);
        return Kind.MakeList(scenes, of: source.BranchName, Summary.Names(scenes.Select(scene => scene.Name)));
    }
}
