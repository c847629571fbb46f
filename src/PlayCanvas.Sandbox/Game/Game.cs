using System.Collections.Immutable;

namespace PlayCanvas.Sandbox;

/// <summary>
/// The content of a branch: the assets from which an export is built. It is immutable; changing a game creates a new one, so an export shows what
/// the branch contained when the export was requested.
/// </summary>
public sealed record Game
{
    /// <summary>The title that <c>index.html</c> shows.</summary>
    public string Title { get; init; } = "Spinning Box";

    /// <summary>The assets, ordered by id.</summary>
    public ImmutableArray<GameAsset> Assets { get; init; } = [];

    /// <summary>Additional files at the root of the export, by path.</summary>
    public ImmutableSortedDictionary<string, GameContent> RootFiles { get; init; } = ImmutableSortedDictionary.Create<string, GameContent>(StringComparer.Ordinal);

    /// <summary>The sandbox's game: a spinning box.</summary>
    public static Game SpinningBox { get; } = SpinningBoxGame.Create();

    /// <summary>
    /// The same game with a script that is an ES module. The layout of an export depends on that: its page loads modules, which are bundled if the
    /// scripts are concatenated.
    /// </summary>
    public static Game SpinningBoxWithModules { get; } = SpinningBoxGame.CreateWithModules();

    internal bool HasModules => Assets.Any(asset => asset.IsModule);

    /// <summary>Returns the asset with this name; null when there is none.</summary>
    public GameAsset? Find(string name) => Assets.FirstOrDefault(asset => asset.Name == name);

    /// <summary>Adds a file, or makes these bytes the next revision of the file with this name.</summary>
    public Game With(string name, byte[] content, string type = "binary")
    {
        var bytes = GameContent.FromBytes(content);
        return Find(name) is { } old
            ? With(old with { Content = bytes, Revision = old.Revision + 1 })
            : With(new GameAsset(NextId, name, type) { Content = bytes });
    }

    /// <summary>Adds a text file, or makes this text the next revision of the file with this name.</summary>
    public Game With(string name, string text) => With(name, GameContent.FromText(text).ReadAllBytes(), "text");

    /// <summary>Adds the asset, or replaces the asset with the same id.</summary>
    public Game With(GameAsset asset) => this with
    {
        Assets = [.. Assets.Where(other => other.Id != asset.Id).Append(asset).OrderBy(other => other.Id)],
    };

    /// <summary>Removes the asset with this name.</summary>
    public Game Without(string name) => this with { Assets = Assets.RemoveAll(asset => asset.Name == name) };

    /// <summary>Adds a file at the root of the export, for example one whose name some systems do not allow.</summary>
    public Game WithRootFile(string path, string text) => this with { RootFiles = RootFiles.SetItem(path, GameContent.FromText(text)) };

    /// <summary>
    /// Adds <paramref name="files"/> generated files with a total of <paramref name="bytes"/> bytes, always the same for the same
    /// <paramref name="seed"/>. The sizes are distributed as in real games: the second file is half as large as the first, the third a third, so
    /// that a few files contain most of the bytes and thousands are small. Every third file is text, which compresses well; the others do not.
    /// </summary>
    public Game WithGeneratedFiles(long bytes, int files, int seed = 1)
    {
        if (bytes <= 0 || files <= 0)
            return this;
        var first = NextId;
        return this with { Assets = Assets.AddRange(GeneratedLengths(bytes, files).Select((length, index) => GeneratedAsset(first + index, index, length, seed))) };
    }

    /// <summary>
    /// Adds generated assets like those of <see cref="WithGeneratedFiles"/>, but of all kinds, with names, tags and some that are preloaded, for
    /// lists and reports. The real engine cannot load them.
    /// </summary>
    public Game WithGeneratedAssets(long bytes, int files, int seed = 1)
    {
        if (bytes <= 0 || files <= 0)
            return this;
        var first = NextId;
        return this with { Assets = Assets.AddRange(GeneratedLengths(bytes, files).Select((length, index) => GeneratedAssets.Create(first + index, index, length, seed))) };
    }

    internal int NextId => Assets.Length == 0 ? SpinningBoxGame.FirstAssetId : Assets.Max(asset => asset.Id) + 1;

    private static GameAsset GeneratedAsset(int id, int index, long length, int seed)
    {
        var isText = index % 3 == 0;
        return new GameAsset(id, $"generated {index}.{(isText ? "txt" : "bin")}", isText ? "text" : "binary")
        {
            Content = new GeneratedContent((seed * 1_000_003) + index, length, isText),
        };
    }

    // The remainder from rounding goes to the largest file.
    private static long[] GeneratedLengths(long bytes, int files)
    {
        var sum = Enumerable.Range(1, files).Sum(rank => 1.0 / rank);
        var lengths = Enumerable.Range(1, files).Select(rank => (long)(bytes / sum / rank)).ToArray();
        lengths[0] += bytes - lengths.Sum();
        return lengths;
    }
}
