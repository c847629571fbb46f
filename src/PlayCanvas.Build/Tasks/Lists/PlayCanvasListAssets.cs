using Microsoft.Build.Framework;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tasks.Tables;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>Lists the assets of each game's branch.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasListAssets : PlayCanvasSortedListTask
{
    private const string Ready = "ready";

    private static readonly RecordKind<Asset> Kind = new(
        "asset",
        "assets",
        asset => asset.Id,
        asset =>
        [
            ("Name", asset.Name),
            ("Type", asset.Type),
            ("State", asset.State),
            ("Tags", string.Join(";", TagsOf(asset))),
            ("Preload", RecordItem.Text(asset.Preload)),
            ("Parent", asset.Parent),
            ("FileHash", asset.File?.Hash),
            ("FileFilename", asset.File?.Filename),
            ("FileSize", RecordItem.Text(asset.File?.Size)),
            ("FileUrl", asset.File?.Url is { } url ? WebAddress.WithoutQueries(url) : null),
            ("CreatedAt", RecordItem.Text(asset.CreatedAt)),
            ("ModifiedAt", RecordItem.Text(asset.ModifiedAt)),
        ],
        [
            new("Id", asset => asset.Id) { IsNumber = true },
            Column.Name<Asset>("Name", asset => asset.Name),
            new("Type", asset => asset.Type),
            new("State", asset => asset.State == Ready ? null : asset.State),
            Column.Size<Asset>("Size", asset => asset.File?.Size),
            new("Preload", asset => asset.Preload == true ? "yes" : null) { Rank = 3 },
            Column.Text<Asset>("Tags", asset => string.Join(", ", TagsOf(asset))) with { Rank = 2 },
            new("Folder", asset => asset.Parent) { IsNumber = true, Rank = 4 },
            Column.Time<Asset>("Modified", asset => asset.ModifiedAt) with { Rank = 1 },
        ]);

    /// <summary>
    /// The assets. The identity of an item is the asset's id; each field of the record is metadata, and so are those of its file. <c>FileUrl</c> is
    /// without the query, which may contain a signature.
    /// </summary>
    [Output]
    public ITaskItem[] Assets => Items;

    private protected override bool IsPerBranch => true;

    private protected override RecordList Request(ListSource source, Paging paging)
    {
        var assets = source.Client.ListAssets(source.ProjectId, source.BranchId, paging, source.CancellationToken);
        return Kind.MakeList(assets, of: source.BranchName, assets.Count == 0 ? null : Sizes.Format(assets.Sum(asset => asset.File?.Size ?? 0)));
    }

    private static IEnumerable<string> TagsOf(Asset asset) => (asset.Tags as JArray ?? []).Values<JToken>().OfType<JValue>().Where(tag => tag.Value is not null).Select(tag => $"{tag}");
}
