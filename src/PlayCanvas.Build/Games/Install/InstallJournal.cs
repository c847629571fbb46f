using System.Runtime.InteropServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.State;

namespace PlayCanvas.Build.Games.Install;

/// <summary>
/// The remaining work of an install whose files are all staged and verified. Once it is written, the new game takes precedence: any later build
/// that finds it completes the install, however often it was interrupted.
/// </summary>
[JsonObject(ItemRequired = Required.Always)]
internal sealed record InstallJournal
{
    private static readonly DateTime LongAgo = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>What to move from the staging folder to its place, in this order: files, and folders that end in <c>/</c>.</summary>
    public IReadOnlyList<string> Moves { get; init; } = [];

    /// <summary>The paths that are no longer part of the game.</summary>
    public IReadOnlyList<string> Deletions { get; init; } = [];

    public GameManifest Manifest { get; init; } = new();

    /// <summary>Completes an interrupted install, if there is one. Staged files of an install that had not begun are kept for reuse.</summary>
    /// <returns>True when there was one.</returns>
    /// <exception cref="FileInUseException">A file cannot be replaced now; the journal stays for the next build.</exception>
    /// <exception cref="FolderNotOursException">A link leads a path elsewhere; nothing is changed.</exception>
    /// <exception cref="OperationCanceledException">The operation was cancelled; the journal stays for the next build.</exception>
    public static bool RollForward(GameFolder folder, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(folder.JournalPath))
            return false;

        // Journals are written atomically, so an unreadable one was not written by this package and cannot be rolled forward.
        var journal = JsonFile.TryRead<InstallJournal>(folder.JournalPath);
        if (journal is not null)
        {
            new FolderView(folder).CheckLinks(journal.Moves.Concat(journal.Deletions));
            journal.Execute(folder, journal.Manifest.ToJson(), cancellationToken);

            // Staged files may have been lost in the meantime. Every file is newer than a manifest with this time, so the next check reads all of
            // them.
            File.SetLastWriteTimeUtc(folder.ManifestPath, LongAgo);
        }

        End(folder);
        return journal is not null;
    }

    /// <summary>Writes the journal and executes it: from then on, a cancellation ends only a wait for a file that another program has open.</summary>
    /// <exception cref="FileInUseException">
    /// A file cannot be replaced now. This is usually detected before anything is changed; otherwise the journal stays for the next build.
    /// </exception>
    /// <exception cref="FolderNotOursException">A link leads a path elsewhere; nothing is changed.</exception>
    /// <exception cref="OperationCanceledException">
    /// The operation was cancelled before anything was changed, or the journal stays for the next build.
    /// </exception>
    public void Commit(GameFolder folder, CancellationToken cancellationToken = default)
    {
        var view = new FolderView(folder);
        foreach (var path in Moves.Concat(Deletions).Where(view.Has).Select(folder.PathOf).Where(File.Exists))
            CheckFree(path, cancellationToken);

        // Serialized once: it lists thousands of files and is written twice.
        var manifest = Manifest.ToJson();

        // Without moves and deletions there is nothing to roll forward.
        if (Moves.Count > 0 || Deletions.Count > 0)
            AtomicFile.Write(folder.JournalPath, ToJson(manifest));
        Execute(folder, manifest, cancellationToken);
        End(folder);
    }

    /// <summary>The journal is deleted last: without it, no later build would look for the other leftovers.</summary>
    private static void End(GameFolder folder)
    {
        folder.ClearLeftovers();
        File.Delete(folder.JournalPath);
    }

    /// <summary>
    /// Checks that a file can be replaced: a file that can be opened exclusively can be. Systems other than Windows can replace a file while it is
    /// read, so a site that serves the file is not an obstacle there, and reading is not blocked even for this moment.
    /// </summary>
    private static void CheckFree(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var share = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? FileShare.None : FileShare.Read;
        FileRetry.Run(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, share).Dispose(), cancellationToken);
    }

    private string ToJson(string manifest) => JsonConvert.SerializeObject(new { Moves, Deletions, Manifest = new JRaw(manifest) });

    private void Execute(GameFolder folder, string manifest, CancellationToken cancellationToken)
    {
        // Paths that differ only in case are the same file on some systems: there, the old file must not be deleted after the new one was moved.
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
        GameState.Write(folder, Manifest, manifest);
    }

    private static void Move(GameFolder folder, string path, CancellationToken cancellationToken)
    {
        var (staged, target) = (folder.StagedPathOf(path), folder.PathOf(path));
        if (File.Exists(staged))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            FileRetry.Run(target, () => AtomicFile.MoveOver(staged, target), cancellationToken);
        }
        else if (Directory.Exists(staged) && !TryMoveFolder(staged, target))
        {
            MoveContents(folder, path, cancellationToken);
        }
    }

    /// <summary>
    /// Returns false when the folder cannot be moved as a whole: a part of it was moved before, or another program has a file in it open.
    /// </summary>
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
