using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Games.State;

namespace PlayCanvas.Build.Tasks;

/// <summary>The base class of the tasks that bring games up to date, or take a step towards it.</summary>
public abstract class PlayCanvasDownloadTask : PlayCanvasServiceTask
{
    private readonly List<ITaskItem> files = [];
    private readonly List<ITaskItem> keptGames = [];

    /// <summary><c>true</c> requests a new export even if the installed game is the requested one. Default: <c>false</c>.</summary>
    public string? Update { get; set; }

    /// <summary><c>true</c> compares the content of each installed file, not only its presence, length and time. Default: <c>false</c>.</summary>
    public string? Verify { get; set; }

    /// <summary>
    /// The installed files: full paths, with the path relative to the game's folder as the metadata <c>RelativePath</c>. Empty when no game is
    /// installed.
    /// </summary>
    [Output]
    public ITaskItem[] Files => [.. files];

    /// <summary>The games that are used as they are installed, so that the remaining steps have nothing to do.</summary>
    [Output]
    public ITaskItem[] KeptGames => [.. keptGames];

    /// <summary>Takes the step, or all of them.</summary>
    private protected abstract void Run(GameUpdate update);

    private protected sealed override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        var values = new OptionValues(new NamedValues((Options.Update.Name, Update), (Options.Verify.Name, Verify)));
        var options = new DownloadOptions(values.IsOn(Options.Update), values.IsOn(Options.Verify));
        foreach (var game in games)
        {
            using var update = new GameUpdate(this, game, options, cancellationToken);
            update.Begin(ProjectPath);
            Run(update);
            files.AddRange(update.Files.Select(file => FileItem(update.PathOf(file), file)));
            if (update.IsDone)
                keptGames.Add(game.Item);
        }
    }

    private static ITaskItem FileItem(string path, InstalledFile file)
    {
        ITaskItem2 item = new TaskItem(MSBuildItemList.Escape(path));
        item.SetMetadataValueLiteral("RelativePath", file.Path);
        return item;
    }
}
