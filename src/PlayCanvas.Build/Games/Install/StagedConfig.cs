using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Folder;

namespace PlayCanvas.Build.Games.Install;

/// <summary>
/// The configuration of a game that is being staged. It is read as soon as it is staged, while the other files are still being unpacked.
/// </summary>
/// <param name="folder">The game's folder.</param>
/// <param name="paths">The path of each entry, by the entry's name.</param>
internal sealed class StagedConfig(GameFolder folder, IReadOnlyDictionary<string, string> paths)
{
    private readonly bool isThere = paths.ContainsKey(ExportLayout.Config);
    private Task<GameConfig>? reading;
    private Task<string?>? adapting;

    /// <summary>The configuration as it was exported; null when there is none.</summary>
    /// <exception cref="ExportException">The configuration is not a JSON object.</exception>
    public GameConfig? Exported
    {
        get
        {
            Begin();
            return reading?.GetAwaiter().GetResult();
        }
    }

    /// <summary>The configuration with the mapped file names; null when no name had to be mapped.</summary>
    public string? Adapted
    {
        get
        {
            Begin();
            return adapting?.GetAwaiter().GetResult();
        }
    }

    /// <summary>Must be called with the path of each staged file.</summary>
    public void OnStaged(string path)
    {
        if (path == ExportLayout.Config)
            Begin();
    }

    private void Begin()
    {
        if (!isThere || reading is not null)
            return;

        var text = File.ReadAllText(folder.LocationOf(ExportLayout.Config));
        reading = Task.Run(() => GameConfig.Parse(text));
        adapting = Task.Run(() =>
        {
            var mapped = paths.Where(path => path.Key != path.Value).ToDictionary(path => path.Key, path => path.Value);
            return mapped.Count == 0 ? null : GameConfig.Rename(text, mapped);
        });
    }
}
