using Microsoft.Build.Framework;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Publish;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Puts the games of a project into its publish folder: the file <c>playcanvas.json</c>, which says what they are, and for a site that serves them,
/// their files with compressed forms. Only what differs is written.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasPublishGameFiles : PlayCanvasGameTask
{
    /// <summary>The publish folder, absolute or relative to the project's folder.</summary>
    [Required]
    public string PublishDirectory { get; set; } = "";

    /// <summary>
    /// The folder for the games' files, relative to the publish folder, with <c>/</c> at its end. Default: none, for a project whose files are
    /// published in another way.
    /// </summary>
    public string? WebRoot { get; set; }

    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        var directory = games.Count == 0 ? "" : games[0].FullPathOf(PublishDirectory);
        var webRoot = string.IsNullOrEmpty(WebRoot) ? null : WebRoot;
        if (games.Any(game => game.IsDryRun))
        {
            SayPlan($"write {string.Join(", ", games.Where(_ => webRoot is not null).Select(game => $"\"{webRoot}{game.Path}\"").Append($"\"{PublishedGames.FileName}\""))} in \"{directory}\"");
            return;
        }

        var published = new PublishedGames(directory);
        var descriptions = new List<PublishedGame>();
        foreach (var game in games)
        {
            var content = game.Content ?? throw new FileNotFoundException($"The content of the game \"{game.Path}\" is not in \"{game.FullDirectory}\".");
            if (webRoot is not null)
                Copy(published, game, webRoot, content, cancellationToken);
            descriptions.Add(PublishedGames.Describe(game.Path, webRoot, content, new ProjectFolder(game.FullDirectory).TryReadInUse()));
        }

        published.Write(descriptions, cancellationToken);
    }

    private void Copy(PublishedGames published, ProjectGame game, string webRoot, GameContent content, CancellationToken cancellationToken)
    {
        var compressed = new CompressedFiles(OpenStore(game, game.Connection.JobTimeout), cancellationToken)
            .Of(content, (done, total) => SayNowAndThen($"PlayCanvas: {game.Path}: compressed {Sizes.Format(done)} of {Sizes.Format(total)}"));
        var result = SayWhile(
            $"{game.Path}: copying the game to \"{PublishDirectory}\"", () => published.Copy(game.Path, webRoot, content, compressed, cancellationToken));
        Note($"PlayCanvas: {game.Path}: {result.Written} files written to \"{PublishDirectory}\", {result.Deleted} deleted");
    }
}
