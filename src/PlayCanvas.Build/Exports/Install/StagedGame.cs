using PlayCanvas.Build.Exports.Folder;

namespace PlayCanvas.Build.Exports.Install;

/// <summary>A game as it will be: changed files in staging, the others where they are.</summary>
/// <param name="folder">Where it will be.</param>
/// <param name="paths">The path of each entry, by the entry's name.</param>
/// <param name="files">Its files.</param>
/// <param name="config">Its configuration.</param>
internal sealed class StagedGame(GameFolder folder, IReadOnlyDictionary<string, string> paths, IEnumerable<InstalledFile> files, StagedConfig config)
{
    private readonly Dictionary<string, InstalledFile> files = files.ToDictionary(file => file.Path);

    /// <summary>The configuration as it was exported; null when there is none.</summary>
    /// <exception cref="ExportIncompleteException">It is no JSON object.</exception>
    public GameConfig? Config => config.Exported;

    public bool Has(string entryName) => paths.ContainsKey(entryName);

    /// <summary>The MD5 of a file as it was exported.</summary>
    public string Md5Of(string entryName) => files[paths[entryName]].Md5;

    /// <summary>Where a file lies now.</summary>
    public string LocationOf(string entryName) => folder.LocationOf(paths[entryName]);
}
