using Microsoft.Build.Framework;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Games.Status;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks.Status;

/// <summary>
/// Says what is here, what is live and what is newer on the branch: as items, as a block of lines, and as a one-line summary. It changes nothing. What
/// is here is also said without a token and without a network; the rest is then missing, with the warning PLAYCANVAS2014.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasStatus : PlayCanvasServiceTask
{
    /// <summary>The games. The identity of an item is the game's path; each fact is metadata, which is empty when it is not known.</summary>
    [Output]
    public ITaskItem[] Status { get; private set; } = [];

    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        var summaries = games.GroupBy(ProjectIdOf).SelectMany(sameProject => Say(sameProject.Key, [.. sameProject], cancellationToken)).ToList();
        SayResult(string.Join("; ", summaries));
    }

    /// <summary>Says the status of the games of one project, and returns a summary of each.</summary>
    private IEnumerable<string> Say(long? projectId, IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        var local = games.Select(Look).ToList();
        var project = projectId is { } id ? new ProjectStatus(id) : null;
        var problem = project is null ? null : Request(project, games[0], local, cancellationToken);
        var statuses = local.Select(game => new GameStatus(game, project)).ToList();

        foreach (var line in new StatusText(LineWidth(), Clock.UtcNow).Describe(project, statuses))
            Say(line);
        Report(problem);
        Status = [.. Status, .. statuses.Select(status => StatusItem.Create(status, problem is null ? null : TextOf(problem), Redact))];
        return statuses.Select(StatusLine.Of);
    }

    /// <summary>Looks at the content in use and at the lock file.</summary>
    private LocalGame Look(ProjectGame game)
    {
        var isLockFileUsed = game.Values.IsOn(Options.LockFile) && game.Settings.ExportFile is null;
        var local = new LocalGame(game.Path, game.Settings.Branch)
        {
            Content = game.Content?.Manifest,
            ExportedAt = game.Content is { Manifest: var manifest } ? new ProjectFolder(game.FullDirectory).TryReadInUse()?.ExportedAt ?? manifest.ExportedAt : null,
            LockFile = isLockFileUsed ? game.FullLockFilePath : null,
        };
        try
        {
            return local.LockFile is { } path ? local with { Entry = new LockFile(path).Find(game.Path, game.Settings.Parameters) } : local;
        }
        catch (LockFileException error)
        {
            Report(error);
            return local with { IsLockFileUnreadable = true };
        }
    }

    /// <summary>Asks the service. Returns the reason why it did not say everything; null when it did.</summary>
    private Exception? Request(ProjectStatus project, ProjectGame game, IReadOnlyList<LocalGame> games, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = Connect(game);
            project.Request(new PlayCanvasClient(connection), games, cancellationToken);
            return null;
        }
        catch (Exception error) when (DiagnosticTranslator.Translate(error) is not null)
        {
            return error;
        }
    }

    /// <summary>Logs a warning when the service is out of reach, and an error when something in the project or at the service has to be changed.</summary>
    private void Report(Exception? problem)
    {
        if (problem is not null && DiagnosticTranslator.IsServiceUnavailable(problem))
            LogWarning(Diagnostic.StatusIncomplete(TextOf(problem)));
        else if (problem is not null)
            LogError(DiagnosticTranslator.Translate(problem)!);
    }

    private static string TextOf(Exception problem) => DiagnosticTranslator.Translate(problem)!.Text;

    /// <summary>Returns the id of the PlayCanvas project; null for a game that is installed from a zip file and does not name one.</summary>
    private static long? ProjectIdOf(ProjectGame game) =>
        game.Settings.ExportFile is not null && !game.Values.IsSet(Options.ProjectId) ? null : game.Settings.ProjectId;
}
