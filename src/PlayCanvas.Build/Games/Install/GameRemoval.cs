using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.State;

namespace PlayCanvas.Build.Games.Install;

/// <summary>Removes an installed game.</summary>
internal static class GameRemoval
{
    /// <summary>Removes the game and its state. Other files stay.</summary>
    /// <exception cref="FolderNotOursException">A link would make the package delete outside the folder; nothing is removed.</exception>
    public static void Run(GameFolder folder)
    {
        // The files of an interrupted install belong to the game too.
        InstallJournal.RollForward(folder);
        var files = GameManifest.TryRead(folder.ManifestPath)?.Files ?? [];
        new FolderView(folder).CheckLinks(files.Select(file => file.Path));
        foreach (var file in files)
            folder.DeleteWithEmptyFolders(file.Path);

        folder.RemoveState();
    }
}
