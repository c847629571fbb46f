using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Games.Store;

namespace PlayCanvas.Build.Tasks;

/// <summary>The base class of the tasks that work on games: the games are items, and their metadata are the options.</summary>
public abstract class PlayCanvasGameTask : PlayCanvasTask
{
    private const string ProjectFileMetadata = "ProjectFile";

    /// <summary>
    /// The games: <c>@(PlayCanvasGame)</c>, or items with the same metadata. The name of an item is the game's path, and an invalid path is the
    /// error PLAYCANVAS1025. <c>docs/properties.md</c> describes the metadata: each property that describes a game is metadata without the prefix
    /// <c>PlayCanvas</c>.
    /// </summary>
    [Required]
    public ITaskItem[] Game { get; set; } = [];

    /// <summary>Items whose metadata take precedence over that of the games.</summary>
    private protected virtual IReadOnlyList<ITaskItem> Connections => [];

    private protected sealed override string ProjectPath =>
        Game.Concat(Connections).Select(item => OptionValues.Trimmed(item.GetMetadata(ProjectFileMetadata))).FirstOrDefault(file => file is not null)
            ?? BuildEngine.ProjectFileOfTaskNode;

    private protected sealed override void Run(CancellationToken cancellationToken)
    {
        var games = Game.Select(item => new ProjectGame(item, Connections, ProjectPath)).ToList();
        foreach (var game in games.Where(game => !EntryPaths.IsPortable(EntryPaths.WithoutDots(game.Path))))
            throw new OptionException(Options.GamePath, game.Path);
        foreach (var game in games)
            _ = game.IsDryRun; // A typing error in the switch must not make a task act.
        Run(games, cancellationToken);
    }

    /// <summary>Opens the store: the one that the project names, or that of the user, or else one beside the project's own state.</summary>
    internal GameStore OpenStore(ProjectGame game, TimeSpan jobTimeout)
    {
        var directory = game.Values.Text(Options.StoreDirectory) is { } named
            ? game.FullPathOf(named)
            : GameStore.DefaultDirectory(mayCreate: !game.IsDryRun) ?? Path.Combine(game.FullStateDirectory, ".store");
        return new GameStore(directory, MakeLock($"another build that uses the store \"{directory}\"", jobTimeout));
    }

    /// <summary>Does the work of the task. Failures are thrown.</summary>
    private protected abstract void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken);
}
