using PlayCanvas.Build.Games.Folder;

namespace PlayCanvas.Build.Games.State;

/// <summary>The game that is installed in a folder, if any.</summary>
internal sealed class InstalledGame(GameFolder folder)
{
    private readonly Lazy<GameManifest?> manifest = new(() => GameManifest.TryRead(folder.ManifestPath));

    /// <summary>True when a game is installed and none of its files is missing.</summary>
    public bool IsComplete => manifest.Value is { } known && known.Files.All(file => File.Exists(folder.PathOf(file.Path)));

    /// <summary>The paths of the game's files, relative to the folder.</summary>
    public IEnumerable<string> Paths => manifest.Value?.Files.Select(file => file.Path) ?? [];

    /// <summary>The inconsistencies of the installed export.</summary>
    public IReadOnlyList<string> Problems => manifest.Value?.Problems ?? [];

    /// <summary>True when the installed game is the requested one and its files are unchanged.</summary>
    /// <param name="parameters">The requested parameters of the game.</param>
    /// <param name="thorough">True to compare all contents, not only those of files that appear to have changed.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public bool IsCurrent(string parameters, bool thorough, CancellationToken cancellationToken = default)
    {
        if (manifest.Value is not { } known || known.Parameters != parameters)
            return false;

        var check = new InstalledFileCheck(folder, cancellationToken);
        return known.Files.All(file => check.IsIntact(file, thorough));
    }

    /// <summary>Records that the game was verified, so that the next build need not check it again.</summary>
    /// <param name="buildParameters">The requested parameters, as the targets write them now.</param>
    public void Touch(string buildParameters) => GameState.Write(folder, manifest.Value! with { BuildParameters = buildParameters });
}
