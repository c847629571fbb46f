using PlayCanvas.Build.Exports;

namespace PlayCanvas.Build.Games.Exclude;

/// <summary>The assets of a game that patterns select, and the files that only these assets name.</summary>
internal sealed class ExcludedAssets
{
    private readonly IReadOnlyList<GameAsset> assets;
    private readonly HashSet<int> indexes;
    private readonly HashSet<string> keptFiles;
    private readonly HashSet<string> files;

    /// <param name="assets">All assets of the game.</param>
    /// <param name="patterns">The patterns.</param>
    public ExcludedAssets(IReadOnlyList<GameAsset> assets, IReadOnlyList<AssetPattern> patterns)
    {
        this.assets = assets;
        indexes = [.. Enumerable.Range(0, assets.Count).Where(index => patterns.Any(pattern => pattern.Matches(assets[index])))];
        PatternsWithoutAssets = [.. patterns.Where(pattern => !indexes.Any(index => pattern.Matches(assets[index]))).Select(pattern => pattern.Text)];
        keptFiles = [.. Kept.SelectMany(kept => FilesOf(kept.Asset))];
        files = [.. All.SelectMany(FilesOf).Where(name => ExportLayout.IsAssetFile(name) && !keptFiles.Contains(name))];
    }

    /// <summary>The positions of the selected assets among all assets.</summary>
    public ICollection<int> Indexes => indexes;

    /// <summary>The selected assets.</summary>
    public IEnumerable<GameAsset> All => indexes.OrderBy(index => index).Select(index => assets[index]);

    /// <summary>The other assets, and their positions among all assets.</summary>
    public IEnumerable<(int Index, GameAsset Asset)> Kept => assets.Select((asset, index) => (index, asset)).Where(asset => !indexes.Contains(asset.index));

    /// <summary>The patterns that select no asset.</summary>
    public IReadOnlyList<string> PatternsWithoutAssets { get; }

    /// <summary>Returns whether a file of the export belongs to selected assets only.</summary>
    public bool HasFile(string name) => files.Contains(name);

    /// <summary>Returns whether an asset that is not selected names a file of the export.</summary>
    public bool Keeps(string name) => keptFiles.Contains(name);

    /// <summary>Returns the names of the files of an asset: the original, its variants, and all pages of a font.</summary>
    public static IEnumerable<string> FilesOf(GameAsset asset) => asset.Files.SelectMany(file => file.PagePaths);
}
