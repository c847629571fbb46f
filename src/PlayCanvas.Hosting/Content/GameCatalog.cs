using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PlayCanvas.Hosting.Content;

/// <summary>The games of the site, and what is known about them. Notices new contents while the site runs.</summary>
internal sealed class GameCatalog
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly GameLocation location;
    private readonly ILogger logger;
    private readonly GameIndex? index;
    private IReadOnlyList<GameEntry> entries = [];
    private FileStamp indexStamp;
    private long lookedAt;
    private int isLooking;

    public GameCatalog(GameLocation location, string? applicationName, ILoggerFactory loggers)
    {
        this.location = location;
        logger = loggers.CreateLogger(Log.Category);
        index = GameIndex.Find(location.Directory, applicationName);
        lookedAt = location.Clock.GetTimestamp();
        ReadIndex();
        Games = [.. entries.DistinctBy(entry => entry.Path, StringComparer.OrdinalIgnoreCase).Select(entry => new Game(entry, location.Clock, logger))
            // A game in the folder of another one comes first.
            .OrderByDescending(game => game.Path.Length)];
        Paths = [.. Games.Select(game => game.Path)];
    }

    /// <summary>The games that were there when the site started.</summary>
    public IReadOnlyList<Game> Games { get; }

    /// <summary>The paths of the games.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Whether the site maps the games itself.</summary>
    public bool IsMappedBySite { get; set; }

    /// <summary>Returns the catalog of a site, or makes one.</summary>
    public static GameCatalog Of(IServiceProvider services) => services.GetService<GameCatalog>() ?? Create(services);

    /// <summary>Makes the catalog of a site.</summary>
    public static GameCatalog Create(IServiceProvider services) => new(
        services.GetService<GameLocation>() ?? GameLocation.Default,
        services.GetRequiredService<IWebHostEnvironment>().ApplicationName,
        services.GetRequiredService<ILoggerFactory>());

    /// <summary>Logs a warning if there are no games.</summary>
    public void WarnIfEmpty()
    {
        if (Games.Count == 0)
            Log.NoGames(logger, location.Directory);
    }

    /// <summary>
    /// Looks whether a build has installed new contents, at most once a second. A look costs the times of one small file and of the manifests;
    /// watching them would cost a thread, and does not work in every container.
    /// </summary>
    public void Refresh()
    {
        if (index is null || location.Clock.GetElapsedTime(Volatile.Read(ref lookedAt)) < BetweenLooks || Interlocked.Exchange(ref isLooking, 1) == 1)
            return;

        try
        {
            if (FileStamp.Of(index.FullPath) != indexStamp)
            {
                ReadIndex();
                foreach (var added in entries.Where(entry => !Games.Any(game => IsAt(game.Path, entry.Path))))
                    Log.GameAdded(logger, added.Path);
            }

            foreach (var game in Games)
            {
                if (entries.FirstOrDefault(entry => IsAt(game.Path, entry.Path)) is { } entry)
                    game.Update(entry);
            }
        }
        finally
        {
            Volatile.Write(ref lookedAt, location.Clock.GetTimestamp());
            Volatile.Write(ref isLooking, 0);
        }
    }

    /// <summary>Finds the game whose folder a path lies in, and the path inside the folder: empty for the folder itself.</summary>
    public bool TryFind(PathString path, [NotNullWhen(true)] out Game? game, out string name)
    {
        foreach (var candidate in Games)
        {
            if (!path.StartsWithSegments(candidate.Root, out var rest))
                continue;
            var inside = rest.Value ?? "";
            if (inside.StartsWith("//", StringComparison.Ordinal))
                continue;
            (game, name) = (candidate, inside.Length > 0 ? inside[1..] : "");
            return true;
        }

        (game, name) = (null, "");
        return false;
    }

    /// <summary>Reads the list of games. If it cannot be read, since it is being replaced for example, the games stay as they are.</summary>
    private void ReadIndex()
    {
        if (index is null)
            return;

        indexStamp = FileStamp.Of(index.FullPath);
        try
        {
            entries = index.Read();
        }
        catch (Exception error) when (GameIndex.IsUnreadable(error))
        {
            Log.IndexUnreadable(logger, index.FullPath, error.Message);
        }
    }

    private static bool IsAt(string path, string other) => string.Equals(path, other, StringComparison.OrdinalIgnoreCase);
}
