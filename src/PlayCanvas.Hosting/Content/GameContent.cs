using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Logging;

namespace PlayCanvas.Hosting.Content;

/// <summary>The files of one content of a game. A new content is a new instance.</summary>
internal sealed class GameContent
{
    /// <summary>The name of the game's page.</summary>
    public const string Page = "index.html";

    private readonly GameEntry game;
    private readonly Dictionary<string, GameFile>? files;
    private readonly PhysicalFileProvider? folder;
    private readonly TimeProvider clock;
    private readonly ILogger logger;

    private GameContent(GameEntry game, FileStamp stamp, bool isIsolated, Dictionary<string, GameFile>? files, PhysicalFileProvider? folder, TimeProvider clock, ILogger logger)
    {
        this.game = game;
        this.files = files;
        this.folder = folder;
        this.clock = clock;
        this.logger = logger;
        ManifestStamp = stamp;
        IsIsolated = isIsolated;
    }

    /// <summary>The stamp of the manifest that was read.</summary>
    public FileStamp ManifestStamp { get; }

    /// <summary>Whether the game's page must be isolated from other origins, since the game uses shared memory.</summary>
    public bool IsIsolated { get; }

    /// <summary>Reads the manifest of a game. If that fails, the content is whatever is in the game's folder.</summary>
    public static GameContent Load(GameEntry game, TimeProvider clock, ILogger logger)
    {
        var stamp = FileStamp.Of(game.Manifest);
        if (!Directory.Exists(game.Directory))
        {
            Log.FolderMissing(logger, game.Directory, game.Path);
            return new GameContent(game, stamp, isIsolated: false, files: null, folder: null, clock, logger);
        }

        try
        {
            var manifest = GameManifest.Read(game.Manifest);
            var files = new Dictionary<string, GameFile>(manifest.Files.Count, StringComparer.Ordinal);
            foreach (var file in manifest.Files)
                files[file.Name] = new GameFile(game.Directory, game.LocationOf(file.Name), file, clock, logger);
            return new GameContent(game, stamp, manifest.SharedMemory, files, folder: null, clock, logger);
        }
        catch (Exception error) when (GameIndex.IsUnreadable(error))
        {
            Log.ManifestUnreadable(logger, game.Manifest, game.Path, error.Message);
            return new GameContent(game, stamp, isIsolated: false, files: null, new PhysicalFileProvider(game.Directory, ExclusionFilters.Sensitive), clock, logger);
        }
    }

    /// <summary>Finds a file by its path inside the game's folder.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out GameFile? file)
    {
        if (files is not null)
            return files.TryGetValue(name, out file);

        // The provider refuses names that lead out of its folder. It ignores a slash at the beginning, which would give a file two addresses.
        var location = game.LocationOf(name);
        file = folder is not null && !name.StartsWith('/') && folder.GetFileInfo(location).Exists
            ? new GameFile(folder.Root, location, manifest: null, clock, logger)
            : null;
        return file is not null;
    }
}
