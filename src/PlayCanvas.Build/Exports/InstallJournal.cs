using Newtonsoft.Json;

namespace PlayCanvas.Build.Exports;

/// <summary>
/// What is left to do of an install whose files are all staged and verified. From the moment it is written the new game wins:
/// whoever finds it carries it out, however often it was interrupted.
/// </summary>
internal sealed record InstallJournal
{
    /// <summary>Paths to move from staging to their place, in this order.</summary>
    public IReadOnlyList<string> Moves { get; init; } = [];

    /// <summary>Paths that left the game.</summary>
    public IReadOnlyList<string> Deletions { get; init; } = [];

    public GameManifest Manifest { get; init; } = new();

    /// <summary>Finishes an install that was interrupted, if there is one.</summary>
    /// <exception cref="FileInUseException">A file cannot be replaced now; the journal stays for the next build.</exception>
    public static void RollForward(GameFolder folder)
    {
        if (TryRead(folder.JournalPath) is { } journal)
            journal.Execute(folder);
        folder.ClearStaging();
    }

    /// <summary>Writes the journal and carries it out.</summary>
    public void Commit(GameFolder folder)
    {
        GameFolder.WriteAtomically(folder.JournalPath, JsonConvert.SerializeObject(this));
        Execute(folder);
        folder.ClearStaging();
    }

    private static InstallJournal? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? JsonConvert.DeserializeObject<InstallJournal>(File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            // It is written in one step, so this is not ours: nothing can be rolled forward from it.
            return null;
        }
    }

    private void Execute(GameFolder folder)
    {
        foreach (var path in Moves)
            Move(folder, path);
        foreach (var path in Deletions)
            folder.DeleteWithEmptyFolders(path);

        GameFolder.WriteAtomically(folder.FileListPath, MSBuildItemList.Write(Manifest.Files.Select(file => file.Path)));
        GameFolder.WriteAtomically(folder.ParametersPath, Manifest.Parameters);
        File.Delete(folder.PendingPath);
        GameFolder.WriteAtomically(folder.ManifestPath, Manifest.ToJson());
        File.Delete(folder.JournalPath);
    }

    private static void Move(GameFolder folder, string path)
    {
        var staged = folder.StagedPathOf(path);
        if (!File.Exists(staged))
            return;

        var target = folder.PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        FileRetry.Run(target, () => GameFolder.MoveOver(staged, target));
    }
}
