using PlayCanvas.Build.Exports.Folder;

namespace PlayCanvas.Build.Exports;

/// <summary>The game that a folder holds now, if any.</summary>
internal sealed class InstalledGame(GameFolder folder)
{
    private readonly Lazy<GameManifest?> manifest = new(() => GameManifest.TryRead(folder.ManifestPath));

    /// <summary>When it was installed, or last found to be whole (UTC).</summary>
    public DateTime InstalledAt => File.GetLastWriteTimeUtc(folder.ManifestPath);

    /// <summary>True when there is a game and none of its files is missing.</summary>
    public bool IsComplete => manifest.Value is { } known && known.Files.All(file => File.Exists(folder.PathOf(file.Path)));

    /// <summary>Its files, relative to the folder.</summary>
    public IEnumerable<string> Paths => manifest.Value?.Files.Select(file => file.Path) ?? [];

    /// <summary>What its export said of its files and was not so.</summary>
    public IReadOnlyList<string> Problems => manifest.Value?.Problems ?? [];

    /// <summary>True when it is the game that is wanted, and its files are as they were installed.</summary>
    /// <param name="parameters">What the game must be made from.</param>
    /// <param name="thorough">Compare all contents, not only those of files that somebody touched.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public bool IsCurrent(string parameters, bool thorough, CancellationToken cancellationToken = default)
    {
        if (manifest.Value is not { } known || known.Parameters != parameters)
            return false;

        var check = new InstalledFileCheck(folder, cancellationToken);
        return known.Files.All(file => check.IsIntact(file, thorough));
    }

    /// <summary>Remembers that it was found to be whole, so that the next build need not look again.</summary>
    public void Touch() => manifest.Value!.Write(folder);
}
