using Newtonsoft.Json;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Project;

namespace PlayCanvas.Build.Games.Publish;

/// <summary>
/// What a publish leaves beside the program, so that a deployed site or program can say which games it holds: <c>playcanvas.json</c>, and for a site
/// that serves games, the list of their files. It depends on the contents only: the same contents give the same bytes.
/// </summary>
/// <param name="directory">The full path of the publish folder.</param>
internal sealed class PublishedGames(string directory)
{
    /// <summary>The name of the file that names all games.</summary>
    public const string FileName = "playcanvas.json";
    private const string ManifestFolder = "playcanvas/";
    private const string ManifestExtension = ".json";
    private const string ListExtension = ".files.txt";

    private string FilePath => Path.Combine(directory, FileName);

    /// <summary>Copies a game below the web root, with compressed forms of its files.</summary>
    /// <param name="gamePath">The path of the game.</param>
    /// <param name="webRoot">The web root, relative to the publish folder, with <c>/</c> at its end.</param>
    /// <param name="content">The content.</param>
    /// <param name="compressed">The compressed forms of each file of the content.</param>
    /// <param name="cancellationToken">Cancels the copying.</param>
    public MirrorResult Copy(
        string gamePath, string webRoot, GameContent content, IReadOnlyList<IReadOnlyList<CompressedFile>> compressed, CancellationToken cancellationToken)
    {
        var files = content.Manifest.Files;
        var own = new HashSet<string>(files.Select(file => file.Path), StringComparer.OrdinalIgnoreCase);
        var mirrored = files.Select(file => new MirroredFile(file.Path, content.PathOf(file), file.Size, file.Sha256))
            .Concat(files.SelectMany((file, index) => compressed[index].Select(variant => new MirroredFile(file.Path + variant.Ending, variant.Path, new FileInfo(variant.Path).Length, null))).Where(variant => !own.Contains(variant.Path)));
        var result = MirrorOf(gamePath, webRoot).Update([.. mirrored], cancellationToken);
        var manifest = PathOf(ManifestFolder + gamePath + ManifestExtension);
        var published = content.Manifest with { ExportedAt = null, LeftOut = null, Sizes = null, Files = [.. files.Select(file => file with { Packed = null })] };
        AtomicFile.WriteWhenDifferent(manifest, published.ToJson());
        return result;
    }

    /// <summary>Writes the file that names all games, and removes the games that are no longer among them.</summary>
    public void Write(IReadOnlyList<PublishedGame> games, CancellationToken cancellationToken)
    {
        var paths = games.Select(game => game.Path).ToList();
        foreach (var old in (JsonFile.TryRead<Published>(FilePath)?.Games ?? []).Where(old => !paths.Contains(old.Path) && EntryPaths.IsPortable(old.Path)))
        {
            if (old.Directory is { } folder && folder.EndsWith(old.Path + "/", StringComparison.Ordinal))
                MirrorOf(old.Path, folder.Substring(0, folder.Length - old.Path.Length - 1)).Remove(cancellationToken);
            File.Delete(PathOf(ManifestFolder + old.Path + ManifestExtension));
        }

        Directory.CreateDirectory(directory);
        AtomicFile.WriteWhenDifferent(FilePath, JsonFile.Format(new Published { Games = games }, isIndented: true) + "\n");
    }

    /// <summary>Returns what is published of a game.</summary>
    /// <param name="gamePath">The path of the game.</param>
    /// <param name="webRoot">The web root, relative to the publish folder; null when the game is not served.</param>
    /// <param name="content">The content.</param>
    /// <param name="inUse">The project's record of the game; null when there is none.</param>
    public static PublishedGame Describe(string gamePath, string? webRoot, GameContent content, GameInUse? inUse)
    {
        var manifest = content.Manifest;
        var entry = inUse?.LockEntry is { } json && inUse.ContentId == manifest.ContentId ? JsonFile.TryParse<LockEntry>(json) : null;
        return new PublishedGame
        {
            Path = gamePath,
            Directory = webRoot is null ? null : webRoot + gamePath + "/",
            Manifest = webRoot is null ? null : ManifestFolder + gamePath + ManifestExtension,
            ContentId = manifest.ContentId,
            Project = entry?.Project,
            Engine = manifest.Facts.EngineVersion,
            Branch = entry?.Branch ?? (manifest.Facts.BranchId is { } id ? new LockedName(id, null) : null),
            Checkpoints = manifest.Facts.Checkpoints,
            Files = manifest.Files.Count,
            Bytes = manifest.TotalSize,
        };
    }

    private GameMirror MirrorOf(string gamePath, string webRoot) =>
        new(PathOf(webRoot + gamePath), PathOf(ManifestFolder + gamePath + ListExtension));

    private string PathOf(string path) => GameContent.Join(directory, path);

    private sealed record Published
    {
        [JsonProperty("version")]
        public int Version { get; init; } = 1;

        [JsonProperty("games")]
        public IReadOnlyList<PublishedGame> Games { get; init; } = [];
    }
}

/// <summary>A game in <c>playcanvas.json</c>.</summary>
internal sealed record PublishedGame
{
    [JsonProperty("path")]
    public string Path { get; init; } = "";

    /// <summary>The folder of the game, relative to the file; null when the game is not served.</summary>
    [JsonProperty("directory", NullValueHandling = NullValueHandling.Ignore)]
    public string? Directory { get; init; }

    /// <summary>The list of the game's files, relative to the file; null when the game is not served.</summary>
    [JsonProperty("manifest", NullValueHandling = NullValueHandling.Ignore)]
    public string? Manifest { get; init; }

    [JsonProperty("contentId")]
    public string ContentId { get; init; } = "";

    [JsonProperty("project", NullValueHandling = NullValueHandling.Ignore)]
    public long? Project { get; init; }

    [JsonProperty("engine", NullValueHandling = NullValueHandling.Ignore)]
    public string? Engine { get; init; }

    [JsonProperty("branch", NullValueHandling = NullValueHandling.Ignore)]
    public LockedName? Branch { get; init; }

    [JsonProperty("checkpoints")]
    public IReadOnlyList<string> Checkpoints { get; init; } = [];

    [JsonProperty("files")]
    public int Files { get; init; }

    [JsonProperty("bytes")]
    public long Bytes { get; init; }
}
