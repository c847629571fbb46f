namespace PlayCanvas.Build.Exports;

/// <summary>A game as it will be: changed files in staging, the others where they are.</summary>
internal sealed class StagedGame
{
    private readonly GameFolder folder;
    private readonly Dictionary<string, InstalledFile> files;

    /// <param name="folder">Where it will be.</param>
    /// <param name="paths">The path of each entry.</param>
    /// <param name="files">Its files.</param>
    public StagedGame(GameFolder folder, IReadOnlyDictionary<string, string> paths, IEnumerable<InstalledFile> files)
    {
        this.folder = folder;
        Paths = paths;
        this.files = files.ToDictionary(file => file.Path);
        Config = paths.ContainsKey(GameConfig.FileName) ? GameConfig.Parse(ReadText(GameConfig.FileName)) : null;
    }

    /// <summary>The path of each entry, by the entry's name.</summary>
    public IReadOnlyDictionary<string, string> Paths { get; }

    /// <summary>The configuration as it was exported; null when there is none.</summary>
    public GameConfig? Config { get; }

    public bool Has(string entryName) => Paths.ContainsKey(entryName);

    /// <summary>The MD5 of a file as it was exported.</summary>
    public string Md5Of(string entryName) => files[Paths[entryName]].Md5;

    /// <summary>Where a file lies now.</summary>
    public string LocationOf(string entryName)
    {
        var staged = folder.StagedPathOf(Paths[entryName]);
        return File.Exists(staged) ? staged : folder.PathOf(Paths[entryName]);
    }

    public string ReadText(string entryName) => File.ReadAllText(LocationOf(entryName));
}
