using PlayCanvas.Build.Exports.Folder;

namespace PlayCanvas.Build.Exports.Install;

/// <summary>A game that is being installed: changed files are staged, the others are in their place.</summary>
/// <param name="folder">The game's folder.</param>
/// <param name="paths">The path of each entry, by the entry's name.</param>
/// <param name="files">The files of the game.</param>
/// <param name="config">The game's configuration.</param>
internal sealed class StagedGame(GameFolder folder, IReadOnlyDictionary<string, string> paths, IEnumerable<InstalledFile> files, StagedConfig config)
{
    private readonly Dictionary<string, InstalledFile> files = files.ToDictionary(file => file.Path);

    /// <summary>The configuration as it was exported; null when there is none.</summary>
    /// <exception cref="ExportIncompleteException">The configuration is not a JSON object.</exception>
    public GameConfig? Config => config.Exported;

    public bool Has(string entryName) => paths.ContainsKey(entryName);

    /// <summary>Returns the MD5 of a file as it was exported, in lower-case hexadecimal.</summary>
    public string Md5Of(string entryName) => files[paths[entryName]].Md5;

    /// <summary>Returns the current full path of a file.</summary>
    public string LocationOf(string entryName) => folder.LocationOf(paths[entryName]);
}
