using PlayCanvas.Build.Exports.Folder;

namespace PlayCanvas.Build.Exports.Install;

/// <summary>The configuration of a game that is being staged, which is read as soon as it is there, beside the files that are still on their way.</summary>
/// <param name="folder">Where the game will be.</param>
/// <param name="paths">The path of each entry, by the entry's name.</param>
internal sealed class StagedConfig(GameFolder folder, IReadOnlyDictionary<string, string> paths)
{
    private readonly bool isThere = paths.ContainsKey(GameConfig.FileName);
    private Task<GameConfig>? reading;
    private Task<string?>? adapting;

    /// <summary>The configuration as it was exported; null when there is none.</summary>
    /// <exception cref="ExportIncompleteException">It is no JSON object.</exception>
    public GameConfig? Exported
    {
        get
        {
            Begin();
            return reading?.GetAwaiter().GetResult();
        }
    }

    /// <summary>Where names had to be mapped, the text that asks for the names that the files have; null when the exported text does.</summary>
    public string? Adapted
    {
        get
        {
            Begin();
            return adapting?.GetAwaiter().GetResult();
        }
    }

    /// <summary>To be told of each file that is there.</summary>
    public void OnStaged(string path)
    {
        if (path == GameConfig.FileName)
            Begin();
    }

    private void Begin()
    {
        if (!isThere || reading is not null)
            return;

        var text = File.ReadAllText(folder.LocationOf(GameConfig.FileName));
        reading = Task.Run(() => GameConfig.Parse(text));
        adapting = Task.Run(() =>
        {
            var mapped = paths.Where(path => path.Key != path.Value).ToDictionary(path => path.Key, path => path.Value);
            return mapped.Count == 0 ? null : GameConfig.Rename(text, mapped);
        });
    }
}
