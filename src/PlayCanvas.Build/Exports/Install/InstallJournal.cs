using System.Runtime.InteropServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Exports.Folder;

namespace PlayCanvas.Build.Exports.Install;

/// <summary>
/// What is left to do of an install whose files are all staged and verified. From the moment it is written the new game wins:
/// whoever finds it carries it out, however often it was interrupted.
/// </summary>
[JsonObject(ItemRequired = Required.Always)]
internal sealed record InstallJournal
{
    private static readonly DateTime LongAgo = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>What to move from staging to its place, in this order: files, and folders that end in <c>/</c>.</summary>
    public IReadOnlyList<string> Moves { get; init; } = [];

    /// <summary>Paths that left the game.</summary>
    public IReadOnlyList<string> Deletions { get; init; } = [];

    public GameManifest Manifest { get; init; } = new();

    /// <summary>Finishes an install that was interrupted, if there is one. What was unpacked for one that had not begun stays, to be used again.</summary>
    /// <returns>True when there was one.</returns>
    /// <exception cref="FileInUseException">A file cannot be replaced now; the journal stays for the next build.</exception>
    /// <exception cref="FolderNotOursException">A link leads a path elsewhere; nothing is changed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the journal stays for the next build.</exception>
    public static bool RollForward(GameFolder folder, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(folder.JournalPath))
            return false;

        var journal = TryRead(folder.JournalPath);
        if (journal is not null)
        {
            folder.CheckLinks(journal.Moves.Concat(journal.Deletions));
            journal.Execute(folder, journal.Manifest.ToJson(), cancellationToken);

            // Staged files may have been lost meanwhile. To a manifest this old every file is newer, and so will be read.
            File.SetLastWriteTimeUtc(folder.ManifestPath, LongAgo);
        }

        End(folder);
        return journal is not null;
    }

    /// <summary>Writes the journal and carries it out: from then on, a cancellation ends only a wait for a file that somebody holds.</summary>
    /// <exception cref="FileInUseException">
    /// A file cannot be replaced now. As a rule that is noticed before anything is changed; else the journal stays for the next build.
    /// </exception>
    /// <exception cref="FolderNotOursException">A link leads a path elsewhere; nothing is changed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled: before anything was changed, or with the journal left for the next build.</exception>
    public void Commit(GameFolder folder, CancellationToken cancellationToken = default)
    {
        var view = new FolderView(folder);
        foreach (var path in Moves.Concat(Deletions).Where(view.Has).Select(folder.PathOf).Where(File.Exists))
            CheckFree(path, cancellationToken);

        // Of thousands of files, and written twice.
        var manifest = Manifest.ToJson();

        // Where nothing is moved there is nothing to roll forward.
        if (Moves.Count > 0 || Deletions.Count > 0)
            GameFolder.WriteAtomically(folder.JournalPath, ToJson(manifest));
        Execute(folder, manifest, cancellationToken);
        End(folder);
    }

    /// <summary>In this order: without the journal, nobody would look for what else is left.</summary>
    private static void End(GameFolder folder)
    {
        folder.ClearLeftovers();
        File.Delete(folder.JournalPath);
    }

    /// <summary>
    /// Who can open a file for himself alone can replace it. Where files can be replaced while they are read, a site that serves them is
    /// not in the way, and must not be kept from reading even for this moment.
    /// </summary>
    private static void CheckFree(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var share = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? FileShare.None : FileShare.Read;
        FileRetry.Run(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, share).Dispose(), cancellationToken);
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

    private string ToJson(string manifest) => JsonConvert.SerializeObject(new { Moves, Deletions, Manifest = new JRaw(manifest) });

    private void Execute(GameFolder folder, string manifest, CancellationToken cancellationToken)
    {
        // Paths that differ in case only are one file on some systems: there the old one must not be deleted after the new one came.
        var renamed = Deletions.ToLookup(path => path, StringComparer.OrdinalIgnoreCase);
        foreach (var path in Moves)
        {
            foreach (var old in File.Exists(folder.StagedPathOf(path)) ? renamed[path] : [])
                Delete(folder, old, cancellationToken);
            Move(folder, path, cancellationToken);
        }

        foreach (var path in Deletions.Except(Moves, StringComparer.OrdinalIgnoreCase))
            Delete(folder, path, cancellationToken);

        File.Delete(folder.PendingPath);
        Manifest.Write(folder, manifest);
    }

    private static void Move(GameFolder folder, string path, CancellationToken cancellationToken)
    {
        var (staged, target) = (folder.StagedPathOf(path), folder.PathOf(path));
        if (File.Exists(staged))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            FileRetry.Run(target, () => GameFolder.MoveOver(staged, target), cancellationToken);
        }
        else if (Directory.Exists(staged) && !TryMoveFolder(staged, target))
        {
            MoveContents(folder, path, cancellationToken);
        }
    }

    /// <summary>False where it cannot be moved as a whole: a part of it has come before, or somebody looks at a file in it.</summary>
    private static bool TryMoveFolder(string staged, string target)
    {
        try
        {
            Directory.Move(staged, target);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void MoveContents(GameFolder folder, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.PathOf(path));
        foreach (var entry in new DirectoryInfo(folder.StagedPathOf(path)).GetFileSystemInfos().Where(entry => !Links.IsLink(entry)))
            Move(folder, path.TrimEnd('/') + "/" + entry.Name, cancellationToken);
    }

    private static void Delete(GameFolder folder, string path, CancellationToken cancellationToken) =>
        FileRetry.Run(folder.PathOf(path), () => folder.DeleteWithEmptyFolders(path), cancellationToken);
}
