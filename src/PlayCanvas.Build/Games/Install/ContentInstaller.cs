using System.Text;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Sizing;
using PlayCanvas.Build.Games.Store;

namespace PlayCanvas.Build.Games.Install;

/// <summary>
/// Adds the content of an export to the store: links the files that another content already has, unpacks the others, verifies the whole game, and
/// only then makes it a part of the store.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="key">The key of the export. The caller must hold its lock.</param>
/// <param name="bases">Contents whose files may be the same, the most similar one first.</param>
/// <param name="onProgress">Called occasionally with the number of bytes unpacked so far and in total.</param>
/// <param name="onProblems">Called with the inconsistencies of the export; an exception from it rejects the export.</param>
/// <param name="cancellationToken">Cancels the install.</param>
internal sealed class ContentInstaller(
    GameStore store,
    string key,
    IReadOnlyList<GameContent> bases,
    Action<long, long?> onProgress,
    Action<IReadOnlyList<string>> onProblems,
    CancellationToken cancellationToken)
{
    private readonly PreparedContent prepared = store.Prepare(key);
    private readonly Dictionary<GameContent, Dictionary<string, GameFile>> filesOf = [];

    /// <summary>Adds the content of an export to the store and returns it.</summary>
    /// <exception cref="ExportException">The export is invalid, or has another content than expected.</exception>
    public InstallResult Install(IByteSource source, ExportExpectation expected)
    {
        try
        {
            return new InstallResult(Add(source, expected));
        }
        catch (Exception error) when (error is not (ExportDownloadException or ExportChangedException or OperationCanceledException))
        {
            // After a lost connection, the unpacked files are used again by the next build. After any other error they are useless.
            store.Discard(key);
            throw;
        }
    }

    private GameContent Add(IByteSource source, ExportExpectation expected)
    {
        var export = ReadContents(source, expected);
        var unpacking = new Unpacking(prepared, export.Paths, onProgress);
        var config = ReadConfig(source, export, unpacking);
        var files = Collect(source, export, unpacking, config);
        var facts = GameVerifier.Verify(new PreparedGame(prepared, export.Paths, files, config), expected);
        var contentId = ContentId.Of(files.Select(file => file.Exported));
        if (expected.ContentId is { } wanted && wanted != contentId)
            throw new ExportException(ExportFault.OtherContent, contentId);
        if (facts.Problems.Count > 0)
            onProblems(facts.Problems);
        if (store.Find(contentId) is { } known && known.IsIntact(thorough: false, cancellationToken))
        {
            store.Discard(key);
            store.Touch(contentId);
            return known;
        }

        // A content of the store that is damaged is replaced.
        store.Remove(contentId);
        var manifest = new GameManifest
        {
            ContentId = contentId,
            ExportedAt = expected.ExportedAt,
            Facts = facts,
            Files = [.. Adapt(config, export.Paths, files).OrderBy(file => file.Path, StringComparer.Ordinal)],
        };
        return store.Add(key, manifest with { Sizes = GameSizes.Of(store.Prepared(key, manifest)).OfParts });
    }

    private Contents ReadContents(IByteSource source, ExportExpectation expected)
    {
        var named = ZipDirectory.Read(source, ZipLimits.Game, cancellationToken).Select(entry => entry with { Name = EntryPaths.WithoutDots(entry.Name) }).ToList();
        var entries = WrappingFolder.Remove(named, ExportLayout.RootFiles);
        var paths = EntryPaths.Map(entries.Select(entry => entry.Name));
        GameVerifier.CheckLayout(paths.Keys, expected);
        return new Contents(entries, paths);
    }

    /// <summary>
    /// Returns the configuration. In an update it is needed first, since it says which files have changed even if their checksums are the same.
    /// Otherwise it is read when it has been unpacked with all other files.
    /// </summary>
    private PreparedConfig? ReadConfig(IByteSource source, Contents export, Unpacking unpacking)
    {
        if (!export.Paths.ContainsKey(ExportLayout.Config))
            return null;

        var config = new PreparedConfig(prepared);
        unpacking.OnUnpacked = config.OnUnpacked;
        if (bases.Count == 0)
            return config;

        var entry = export.Entries.First(entry => entry.Name == ExportLayout.Config);
        if (Find(entry, hash: null) is { } same)
            Link(same.Content, same.File, export.Paths[entry.Name], unpacking);
        else
            unpacking.Run(source, [entry], cancellationToken);
        return config;
    }

    /// <summary>Brings all files into the prepared folder, and returns them as they were exported.</summary>
    private List<GameFile> Collect(IByteSource source, Contents export, Unpacking unpacking, PreparedConfig? config)
    {
        var hashes = bases.Count == 0 ? [] : HashesIn(config);
        var others = export.Entries.Where(entry => !unpacking.Has(export.Paths[entry.Name])).ToList();
        var found = others
            .Select(entry => (Entry: entry, Base: Find(entry, hashes.TryGetValue(entry.Name, out var hash) ? hash : null)))
            .Where(pair => pair.Base is not null)
            .ToList();
        var foundNames = new HashSet<string>(found.Select(pair => pair.Entry.Name), StringComparer.Ordinal);
        unpacking.Begin(others.Where(entry => !foundNames.Contains(entry.Name)), cancellationToken);
        Workers.ForEach(found, _ => pair => Link(pair.Base!.Content, pair.Base.File, export.Paths[pair.Entry.Name], unpacking), unpacking.Report, cancellationToken);
        unpacking.Run(source, [.. others.Where(entry => !unpacking.Has(export.Paths[entry.Name]))], cancellationToken);
        return [.. export.Entries.Select(entry => Exported(unpacking.FileAt(export.Paths[entry.Name]), entry))];

        static GameFile Exported(GameFile file, ZipEntry entry) => file with { Exported = file.Exported with { Name = entry.Name }, Packed = entry.CompressedSize };
    }

    /// <summary>Returns the MD5 that the configuration gives for each file, in lower-case hexadecimal; not for fonts with several pages.</summary>
    private static Dictionary<string, string> HashesIn(PreparedConfig? config) => (config?.Exported.AssetFiles ?? [])
        .Where(asset => asset is { Hash.Length: > 0, Pages: 1 })
        .GroupBy(asset => asset.Path, asset => asset.Hash!.ToLowerInvariant())
        .ToDictionary(hashes => hashes.Key, hashes => hashes.First());

    /// <summary>Returns the file of another content with the bytes of an entry; null when there is none.</summary>
    private KnownFile? Find(ZipEntry entry, string? hash)
    {
        foreach (var content in bases)
        {
            if (FilesOf(content).TryGetValue(entry.Name, out var file)
                && file.Exported.Crc == entry.Crc
                && file.Exported.Size == entry.Size
                && (hash is null || file.Md5 == hash)
                && content.IsIntact(file, thorough: false, cancellationToken))
                return new KnownFile(content, file);
        }

        return null;
    }

    private Dictionary<string, GameFile> FilesOf(GameContent content)
    {
        if (!filesOf.TryGetValue(content, out var files))
            filesOf[content] = files = content.Manifest.Files.ToDictionary(file => file.Exported.Name);
        return files;
    }

    private void Link(GameContent content, GameFile file, string path, Unpacking unpacking) => unpacking.Add(
        content.ExportedPathOf(file),
        file.IsAdapted ? null : new GameFile(path, file.Size, file.Sha256, file.Md5, file.Crc),
        path,
        cancellationToken);

    /// <summary>Puts the mapped names of files into the configuration, and keeps the exported configuration beside the files.</summary>
    private List<GameFile> Adapt(PreparedConfig? config, IReadOnlyDictionary<string, string> paths, List<GameFile> files)
    {
        if (config?.WithPaths(paths) is not { } adapted)
            return files;

        var bytes = new UTF8Encoding(false).GetBytes(adapted);
        var original = prepared.OriginalPathOf(ExportLayout.Config);
        Directory.CreateDirectory(Path.GetDirectoryName(original)!);
        File.Delete(original);
        File.Move(prepared.PathOf(ExportLayout.Config), original);
        File.WriteAllBytes(prepared.PathOf(ExportLayout.Config), bytes);
        return files.ConvertAll(file => file.Path == ExportLayout.Config ? file.WithBytes(bytes) : file);
    }

    /// <summary>The contents of an export.</summary>
    /// <param name="Entries">The entries, in the order of their position in the zip.</param>
    /// <param name="Paths">The path of each entry, by the entry's name.</param>
    private sealed record Contents(IReadOnlyList<ZipEntry> Entries, IReadOnlyDictionary<string, string> Paths);

    /// <summary>A file of another content.</summary>
    private sealed record KnownFile(GameContent Content, GameFile File);

    /// <summary>The files of the export, in the prepared folder.</summary>
    private sealed class PreparedGame(PreparedContent prepared, IReadOnlyDictionary<string, string> paths, IEnumerable<GameFile> files, PreparedConfig? config) : IExportedGame
    {
        private readonly Dictionary<string, GameFile> files = files.ToDictionary(file => file.Exported.Name);

        public GameConfig? Config => config?.Exported;

        public bool Has(string entryName) => paths.ContainsKey(entryName);

        public string Md5Of(string entryName) => files[entryName].Md5;

        public string LocationOf(string entryName) => prepared.PathOf(paths[entryName]);
    }
}
