using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>How the files of a game differ from those that the project used before.</summary>
/// <param name="Added">The number of files that the game did not have before.</param>
/// <param name="Changed">The number of files with other bytes than before.</param>
/// <param name="Removed">The number of files that the game no longer has.</param>
internal sealed record GameChanges(int Added, int Changed, int Removed)
{
    public static readonly GameChanges None = new(0, 0, 0);

    public static GameChanges Between(GameManifest? previous, GameManifest current)
    {
        if (previous?.ContentId == current.ContentId && previous.AdaptationId == current.AdaptationId)
            return None;

        var old = (previous?.Files ?? []).ToDictionary(file => file.Path, file => file.Sha256);
        var added = current.Files.Count(file => !old.ContainsKey(file.Path));
        var changed = current.Files.Count(file => old.TryGetValue(file.Path, out var sha256) && sha256 != file.Sha256);
        return new GameChanges(added, changed, old.Count + added - current.Files.Count);
    }
}
