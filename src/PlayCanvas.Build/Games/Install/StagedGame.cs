using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.State;

namespace PlayCanvas.Build.Games.Install;

/// <summary>A game that is being installed: changed files are staged, the others are in their place.</summary>
/// <param name="folder">The game's folder.</param>
/// <param name="paths">The path of each entry, by the entry's name.</param>
/// <param name="files">The files of the game.</param>
/// <param name="config">The game's configuration.</param>
internal sealed class StagedGame(GameFolder folder, IReadOnlyDictionary<string, string> paths, IEnumerable<InstalledFile> files, StagedConfig config)
    : IExportedGame
{
    private readonly Dictionary<string, InstalledFile> files = files.ToDictionary(file => file.Path);

    public GameConfig? Config => config.Exported;

    public bool Has(string entryName) => paths.ContainsKey(entryName);

    public string Md5Of(string entryName) => files[paths[entryName]].Md5;

    public string LocationOf(string entryName) => folder.LocationOf(paths[entryName]);
}
