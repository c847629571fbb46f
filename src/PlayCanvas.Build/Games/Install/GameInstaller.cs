using System.Text;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.State;

namespace PlayCanvas.Build.Games.Install;

/// <summary>
/// Installs the files of an export into a <see cref="GameFolder"/>: unpacks changed files next to the game, verifies the whole game, and only then
/// begins to change it. The caller must hold the folder's lock.
/// </summary>
/// <param name="folder">The game's folder.</param>
/// <param name="thorough">True to compare the content of files that are kept, even if their length and time indicate no change.</param>
/// <param name="onProgress">Called occasionally with the number of bytes unpacked so far and in total.</param>
/// <param name="onProblems">
/// Called, before the game is changed, with the inconsistencies of the export; an exception from it rejects the export.
/// </param>
/// <param name="cancellationToken">Cancels the install and leaves the old game intact.</param>
internal sealed class GameInstaller(
    GameFolder folder, bool thorough, Action<long, long?> onProgress, Action<IReadOnlyList<string>> onProblems, CancellationToken cancellationToken)
{
    /// <summary>Installs an export and returns what was done.</summary>
    /// <exception cref="ExportException">The export or the folder is invalid; the old game is intact.</exception>
    public InstallResult Install(IByteSource source, ExportExpectation expected)
    {
        InstallJournal.RollForward(folder, cancellationToken);
        try
        {
            return StageAndCommit(source, expected);
        }
        catch (Exception error) when (error is not (ExportDownloadException or ExportChangedException))
        {
            // After a lost connection, the unpacked files are used again by the next build; with a journal, the next build needs them to complete
            // the install. After any other error they are useless.
            if (!File.Exists(folder.JournalPath))
                folder.ClearStaging();
            throw;
        }
    }

    private InstallResult StageAndCommit(IByteSource source, ExportExpectation expected)
    {
        Contents export = null!;
        Installation installed = null!;
        Workers.Together(cancellationToken, token => export = ReadContents(source, expected, token), token => installed = ReadInstallation(token));
        if (installed.Manifest is { } whole && whole.Parameters == expected.Parameters && installed.IsAllOf(export))
            return Commit(whole with { BuildParameters = expected.BuildParameters, ExportedAt = expected.ExportedAt, JobId = expected.JobId }, [], whole.Files);

        var config = new StagedConfig(folder, export.Paths);
        var files = Stage(source, export, installed, config.OnStaged);
        var facts = GameVerifier.Verify(new StagedGame(folder, export.Paths, files, config), expected);
        if (config.Adapted is { } adapted)
            files = AdaptConfig(adapted, files);

        var manifest = new GameManifest
        {
            Parameters = expected.Parameters,
            BuildParameters = expected.BuildParameters,
            ExportedAt = expected.ExportedAt,
            JobId = expected.JobId,
            EngineVersion = facts.EngineVersion,
            VerifiedFiles = facts.VerifiedFiles,
            Problems = facts.Problems,
            Files = files,
        };
        var staged = files.Where(file => installed.IntactAt(file.Path) != file).ToList();
        return Commit(manifest, staged, installed.Files);
    }

    private static Contents ReadContents(IByteSource source, ExportExpectation expected, CancellationToken cancellationToken)
    {
        var named = ZipDirectory.Read(source, cancellationToken).Select(entry => entry with { Name = EntryPaths.WithoutDots(entry.Name) }).ToList();
        var entries = WrappingFolder.Remove(named, ExportLayout.RootFiles);
        var paths = EntryPaths.Map(entries.Select(entry => entry.Name));
        GameVerifier.CheckLayout(paths.Keys, expected);
        return new Contents(entries, paths);
    }

    private Installation ReadInstallation(CancellationToken cancellationToken)
    {
        var manifest = GameManifest.TryRead(folder.ManifestPath);
        var check = new InstalledFileCheck(folder, cancellationToken);
        return new Installation(manifest, (manifest?.Files ?? []).Where(file => check.IsIntact(file, thorough)).ToDictionary(file => file.Path));
    }

    /// <summary>Stages the files that are not installed yet, and returns all files of the game.</summary>
    private List<InstalledFile> Stage(IByteSource source, Contents export, Installation installed, Action<string> onStaged)
    {
        // From an adapted configuration, the original cannot be restored.
        var files = export.Entries
            .Select(entry => installed.Of(entry, export.Paths[entry.Name])).OfType<InstalledFile>()
            .Where(file => !file.IsAdapted)
            .ToDictionary(file => file.Path);
        var wanted = export.Entries.Where(entry => !files.ContainsKey(export.Paths[entry.Name])).ToList();
        foreach (var file in new Unpacking(folder, export.Paths, onStaged, onProgress).Run(source, wanted, cancellationToken))
            files.Add(file.Path, file);
        return [.. export.Entries.Select(entry => files[export.Paths[entry.Name]])];
    }

    /// <summary>Replaces the exported configuration with one that uses the mapped names.</summary>
    private List<InstalledFile> AdaptConfig(string adapted, List<InstalledFile> files)
    {
        var bytes = new UTF8Encoding(false).GetBytes(adapted);
        File.WriteAllBytes(folder.StagedPathOf(ExportLayout.Config), bytes);
        return files.ConvertAll(file => file.Path == ExportLayout.Config
            ? file with { Crc = Crc32.Update(0, bytes, 0, bytes.Length), Size = bytes.Length, Md5 = Md5.Of(bytes) }
            : file);
    }

    private InstallResult Commit(GameManifest manifest, IReadOnlyList<InstalledFile> staged, IReadOnlyList<InstalledFile> previous)
    {
        var kept = new HashSet<string>(manifest.Files.Select(file => file.Path), StringComparer.Ordinal);
        var ours = new HashSet<string>(previous.Select(file => file.Path), StringComparer.OrdinalIgnoreCase);
        var journal = new InstallJournal
        {
            Moves = PlanMoves(staged, ours),
            Deletions = [.. previous.Select(file => file.Path).Where(path => !kept.Contains(path))],
            Manifest = manifest,
        };

        if (manifest.Problems.Count > 0)
            onProblems(manifest.Problems);
        journal.Commit(folder, cancellationToken);
        return new InstallResult(manifest)
        {
            Added = staged.Count(file => !ours.Contains(file.Path)),
            Changed = staged.Count(file => ours.Contains(file.Path)),
            Removed = journal.Deletions.Count,
            BytesWritten = staged.Sum(file => file.Size),
        };
    }

    /// <summary>
    /// Returns what to move: files and, as a whole, folders that do not exist yet.
    /// </summary>
    /// <exception cref="FolderNotOursException">A file that is not from this package is in the place of a file of the game.</exception>
    private List<string> PlanMoves(IReadOnlyList<InstalledFile> staged, HashSet<string> ours)
    {
        // If the manifest exists but cannot be read, it is unknown which files are ours.
        var allOurs = ours.Count == 0 && File.Exists(folder.ManifestPath);
        var check = new InstalledFileCheck(folder, cancellationToken);
        var view = new FolderView(folder);
        var moves = new List<string>();
        var newFolder = "/";
        foreach (var file in staged.Where(file => !file.Path.StartsWith(newFolder, StringComparison.Ordinal)))
        {
            var isForeign = !allOurs && !ours.Contains(file.Path) && view.Has(file.Path) && !check.IsIntact(file, thorough: true);
            if ((view.ObstacleTo(file.Path) ?? (isForeign ? file.Path : null)) is { } obstacle)
                throw new FolderNotOursException(folder.FullPath, $"the export would replace \"{obstacle}\", which this package did not put there");

            if (view.MissingFolderOf(file.Path) is { } missing)
                moves.Add(newFolder = missing);
            else
                moves.Add(file.Path);
        }

        return [.. moves.Distinct().OrderBy(ExportLayout.InstallOrder)];
    }

    /// <summary>The contents of an export.</summary>
    /// <param name="Entries">The entries, in the order of their position in the zip.</param>
    /// <param name="Paths">The path of each entry, by the entry's name.</param>
    private sealed record Contents(IReadOnlyList<ZipEntry> Entries, IReadOnlyDictionary<string, string> Paths);

    /// <summary>What is installed.</summary>
    /// <param name="Manifest">The manifest; null when no game is installed.</param>
    /// <param name="Intact">The files that are unchanged since they were installed, by path.</param>
    private sealed record Installation(GameManifest? Manifest, IReadOnlyDictionary<string, InstalledFile> Intact)
    {
        public IReadOnlyList<InstalledFile> Files => Manifest?.Files ?? [];

        public InstalledFile? IntactAt(string path) => Intact.TryGetValue(path, out var file) ? file : null;

        /// <summary>Returns the intact file that an entry would produce again; null when there is none.</summary>
        public InstalledFile? Of(ZipEntry entry, string path) =>
            IntactAt(path) is { } file && file.EntryCrc == entry.Crc && file.EntrySize == entry.Size ? file : null;

        /// <summary>Whether installing an export would produce the installed game again, which was verified and, where necessary, adapted.</summary>
        public bool IsAllOf(Contents export) =>
            Files.Count == export.Entries.Count && export.Entries.All(entry => Of(entry, export.Paths[entry.Name]) is not null);
    }
}
