using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Store;

namespace PlayCanvas.Build.Games.Install;

/// <summary>
/// The configuration of a game that is being prepared. It is read as soon as it is unpacked, while the other files are still being unpacked.
/// </summary>
/// <param name="prepared">The folder in which the game is prepared.</param>
internal sealed class PreparedConfig(PreparedContent prepared)
{
    private Task<GameConfig>? reading;

    /// <summary>The configuration as it was exported.</summary>
    /// <exception cref="ExportException">The configuration is not a JSON object.</exception>
    public GameConfig Exported => (reading ??= Task.Run(Read)).GetAwaiter().GetResult();

    /// <summary>Must be called with the path of each unpacked file.</summary>
    public void OnUnpacked(string path)
    {
        if (path == ExportLayout.Config)
            reading ??= Task.Run(Read);
    }

    /// <summary>Returns the configuration with mapped paths; null when no path that it contains is mapped.</summary>
    /// <param name="paths">The path of each entry, by the entry's name.</param>
    public string? WithPaths(IReadOnlyDictionary<string, string> paths)
    {
        var mapped = paths.Where(path => path.Key != path.Value).ToDictionary(path => path.Key, path => path.Value);
        return mapped.Count == 0 ? null : GameConfig.Rename(File.ReadAllText(FilePath), mapped);
    }

    private string FilePath => prepared.PathOf(ExportLayout.Config);

    private GameConfig Read()
    {
        using var text = new StreamReader(FilePath);
        return GameConfig.Parse(text);
    }
}
