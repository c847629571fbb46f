using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Download;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Publish;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Writes the content of each game as <c>&lt;content id&gt;.zip</c>, for the team's own store of exports: into that store if it is a folder, and
/// otherwise into the output folder.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasPack : PlayCanvasGameTask
{
    private readonly List<ITaskItem> packed = [];

    /// <summary>The folder for the files, absolute or relative to the project's folder, unless <c>PlayCanvasExportSource</c> is a folder.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>The full paths of the files, with the path of the game as the metadata <c>GamePath</c>.</summary>
    [Output]
    public ITaskItem[] Packed => [.. packed];

    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        foreach (var game in games)
        {
            if (game.IsDryRun && game.Content is null)
            {
                SayPlan($"write the game \"{game.Path}\" as <content id>.zip to \"{DirectoryFor(game)}\"");
                continue;
            }

            var content = WholeContentOf(game, cancellationToken);
            var path = Path.Combine(DirectoryFor(game), TeamStore.FileNameOf(content.Manifest.ContentId));
            if (!ExportZip.Holds(content, path, cancellationToken))
            {
                if (game.IsDryRun)
                {
                    SayPlan($"write \"{path}\"");
                    continue;
                }

                Write(game, content, path, cancellationToken);
            }

            ITaskItem2 item = new TaskItem(MSBuildItemList.Escape(path));
            item.SetMetadataValueLiteral("GamePath", game.Path);
            packed.Add(item);
            SayResult(path);
        }
    }

    /// <summary>Returns the content of a game with everything that the project leaves out.</summary>
    private GameContent WholeContentOf(ProjectGame game, CancellationToken cancellationToken)
    {
        var content = game.Content ?? throw new FileNotFoundException($"The content of the game \"{game.Path}\" is not in \"{game.FullDirectory}\".");
        if (content.Manifest.LeftOut is null)
            return content;

        var store = OpenStore(game, game.Connection.JobTimeout);
        return store.Find(content.Manifest.ContentId)
            ?? new ProjectFolder(game.FullDirectory).Find(content.Manifest.ContentId, AdaptationId.Current, cancellationToken)
            ?? throw new FileNotFoundException(
                $"The store \"{store.Directory}\" does not have what the project leaves out of the game \"{game.Path}\" any more; build with {Options.Exclude.Property}= and {Options.KeepSourceMaps.Property}=true to fetch the whole game again.");
    }

    private void Write(ProjectGame game, GameContent content, string path, CancellationToken cancellationToken) => SayWhile(
        $"{game.Path}: packing {Sizes.Format(content.Manifest.TotalSize)}",
        () =>
        {
            ExportZip.Write(content, path, cancellationToken);
            return path;
        });

    private string DirectoryFor(ProjectGame game) => game.TeamStore?.Folder ?? game.FullPathOf(OutputDirectory);
}
