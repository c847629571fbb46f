using System.Text;
using PlayCanvas.Build.Exports.Zip;

namespace PlayCanvas.Build.Exports;

/// <summary>
/// Puts the files of an export into a <see cref="GameFolder"/>: unpacks what changed beside the game, verifies the whole, and only
/// then begins to change it. Call it with the folder locked.
/// </summary>
/// <param name="folder">Where the game is to be.</param>
/// <param name="thorough">Read the files that are to stay too, even when length and time say that nobody has touched them.</param>
/// <param name="onProgress">Told now and then how many bytes are unpacked, and of how many.</param>
/// <param name="cancellationToken">Ends it, with the old game whole.</param>
internal sealed class GameInstaller(GameFolder folder, bool thorough, Action<long, long?> onProgress, CancellationToken cancellationToken)
{
    /// <summary>Installs an export and returns what was done.</summary>
    /// <exception cref="ExportException">The export, or the folder, is not as it must be; the old game is whole.</exception>
    public InstallResult Install(IByteSource source, ExportExpectation expected)
    {
        InstallJournal.RollForward(folder, cancellationToken);
        try
        {
            return StageAndCommit(source, expected);
        }
        catch (Exception error) when (!File.Exists(folder.JournalPath) && error is not (ExportDownloadException or ExportChangedException))
        {
            // What was unpacked before the connection broke is used again; after anything else nobody wants it.
            folder.ClearStaging();
            throw;
        }
    }

    private InstallResult StageAndCommit(IByteSource source, ExportExpectation expected)
    {
        var entries = ZipDirectory.Read(source, cancellationToken);
        var paths = EntryPaths.Map(entries.Select(entry => entry.Name));
        GameVerifier.CheckLayout(paths.Keys, expected);

        var previous = GameManifest.TryRead(folder.ManifestPath);
        var intact = FindIntact(previous?.Files ?? []);
        if (previous is not null && previous.Parameters == expected.Parameters && IsWhole(previous, entries, paths, intact))
            return Commit(previous with { ExportedAt = expected.ExportedAt, JobId = expected.JobId }, [], previous.Files);

        var config = new StagedConfig(folder, paths);
        var files = Stage(source, entries, paths, intact, config.OnStaged);
        var facts = GameVerifier.Verify(new StagedGame(folder, paths, files, config), expected);
        if (config.Adapted is { } adapted)
            files = AdaptConfig(adapted, files);

        var manifest = new GameManifest
        {
            Parameters = expected.Parameters,
            ExportedAt = expected.ExportedAt,
            JobId = expected.JobId,
            EngineVersion = facts.EngineVersion,
            VerifiedFiles = facts.VerifiedFiles,
            Files = files,
        };
        var staged = files.Where(file => !intact.TryGetValue(file.Path, out var old) || old != file).ToList();
        return Commit(manifest, staged, previous?.Files ?? []);
    }

    /// <summary>Whether an export would give the installed game again: one that was verified, and adapted where it had to be.</summary>
    private static bool IsWhole(
        GameManifest installed, IReadOnlyList<ZipEntry> entries, IReadOnlyDictionary<string, string> paths, Dictionary<string, InstalledFile> intact) =>
        installed.Files.Count == entries.Count
            && entries.All(entry => intact.TryGetValue(paths[entry.Name], out var file) && file.EntryCrc == entry.Crc && file.EntrySize == entry.Size);

    private Dictionary<string, InstalledFile> FindIntact(IReadOnlyList<InstalledFile> previous)
    {
        var check = new InstalledFileCheck(folder, cancellationToken);
        return previous.Where(file => check.IsIntact(file, thorough)).ToDictionary(file => file.Path);
    }

    /// <summary>Brings what is not there yet into staging, and returns all files that the game consists of.</summary>
    private List<InstalledFile> Stage(
        IByteSource source, IReadOnlyList<ZipEntry> entries, IReadOnlyDictionary<string, string> paths, Dictionary<string, InstalledFile> intact, Action<string> onStaged)
    {
        var files = entries.Select(entry => Unchanged(entry, paths[entry.Name], intact)).OfType<InstalledFile>().ToDictionary(file => file.Path);
        var wanted = entries.Where(entry => !files.ContainsKey(paths[entry.Name])).ToList();
        foreach (var file in new Unpacking(folder, paths, onStaged, onProgress).Run(source, wanted, cancellationToken))
            files.Add(file.Path, file);
        return [.. entries.Select(entry => files[paths[entry.Name]])];
    }

    /// <summary>The installed file that an entry would give again. A configuration that was adapted cannot tell what it was before.</summary>
    private static InstalledFile? Unchanged(ZipEntry entry, string path, Dictionary<string, InstalledFile> intact) =>
        intact.TryGetValue(path, out var file)
            && file.EntryCrc == entry.Crc && file.EntrySize == entry.Size
            && !file.IsAdapted
                ? file
                : null;

    /// <summary>Puts the configuration that asks for mapped names into the place of the exported one.</summary>
    private List<InstalledFile> AdaptConfig(string adapted, List<InstalledFile> files)
    {
        var bytes = new UTF8Encoding(false).GetBytes(adapted);
        File.WriteAllBytes(folder.StagedPathOf(GameConfig.FileName), bytes);
        return files.ConvertAll(file => file.Path == GameConfig.FileName
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

        journal.Commit(folder, cancellationToken);
        return new InstallResult(manifest)
        {
            Added = staged.Count(file => !ours.Contains(file.Path)),
            Changed = staged.Count(file => ours.Contains(file.Path)),
            Removed = journal.Deletions.Count,
            BytesWritten = staged.Sum(file => file.Size),
        };
    }

    /// <summary>What to move: files, and folders that are not there yet as a whole. The page and the configuration, which lead a browser to the others, come last.</summary>
    /// <exception cref="FolderNotOursException">Somebody else put something in the place of a file.</exception>
    private List<string> PlanMoves(IReadOnlyList<InstalledFile> staged, HashSet<string> ours)
    {
        // Where there is a manifest that cannot be read, nobody knows which files are ours.
        var allOurs = ours.Count == 0 && File.Exists(folder.ManifestPath);
        var check = new InstalledFileCheck(folder, cancellationToken);
        var view = new FolderView(folder);
        var moves = new List<string>();
        var newFolder = "/";
        foreach (var file in staged.Where(file => !file.Path.StartsWith(newFolder, StringComparison.Ordinal)))
        {
            var isForeign = !allOurs && !ours.Contains(file.Path) && view.Has(file.Path) && !check.IsIntact(file, thorough: true);
            if ((view.ObstacleTo(file.Path) ?? (isForeign ? file.Path : null)) is { } obstacle)
                throw new FolderNotOursException(folder.FullPath, $"\"{obstacle}\" in it is not of this package and stands where the export has a file");

            if (view.MissingFolderOf(file.Path) is { } missing)
                moves.Add(newFolder = missing);
            else
                moves.Add(file.Path);
        }

        return [.. moves.Distinct().OrderBy(Rank)];
    }

    private static int Rank(string path) => path == GameConfig.FileName ? 2 : path.Contains('/') ? 0 : 1;
}
