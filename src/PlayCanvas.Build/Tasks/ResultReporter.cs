using Microsoft.Build.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Reports what a task did with each game to other programs: in the result file, and in the files that a CI system reads. A file that cannot be
/// written is a warning, since the work is done.
/// </summary>
/// <param name="task">Logs, and keeps the results of this build.</param>
internal sealed class ResultReporter(PlayCanvasServiceTask task)
{
    private IReadOnlyList<ProjectGame> games = [];
    private ProjectGame? current;
    private DateTimeOffset begun;
    private int warnings;
    private int errors;
    private readonly HashSet<string> unwritable = [];

    /// <summary>The game that the task works on; null when it is between two games.</summary>
    public ProjectGame? Current => current;

    /// <summary>Sets the games of the project: the file describes all of them, also those that the task has nothing to do for.</summary>
    /// <exception cref="OptionException">A setting is invalid.</exception>
    public void Begin(IReadOnlyList<ProjectGame> allGames)
    {
        games = allGames;
        foreach (var game in games)
            _ = game.Values.IsOn(Options.CiOutput);
    }

    /// <summary>Begins the work on a game.</summary>
    public void Begin(ProjectGame game)
    {
        (current, begun) = (game, task.Clock.UtcNow);
        (warnings, errors) = (task.WarningCodes.Count, task.ErrorCodes.Count);
    }

    /// <summary>Reports the result of the current game.</summary>
    /// <returns>The result, with the members that all results have.</returns>
    public T End<T>(T result)
        where T : BuildResult
    {
        var game = current!;
        var complete = (T)(result with
        {
            Project = task.ProjectName,
            Path = game.Path,
            Seconds = Math.Round((task.Clock.UtcNow - begun).TotalSeconds, 1),
            Warnings = [.. task.WarningCodes.Skip(warnings).Distinct()],
            Errors = [.. task.ErrorCodes.Skip(errors).Distinct()],
        });
        current = null;
        Write(game, complete);
        return complete;
    }

    /// <summary>Writes the result file of a build in which no task has worked on a game.</summary>
    public void WriteUpToDate()
    {
        if (games[0].FullResultPath is { } path)
            Attempt(path, SettingOf(games[0]), () => Write(path, ResultsOf(path)));
    }

    private void Write(ProjectGame game, BuildResult result)
    {
        if (game.FullResultPath is { } path)
        {
            var results = ResultsOf(path);
            results.Add(result);
            Attempt(path, SettingOf(game), () => Write(path, results));
        }

        if (game.Values.IsOn(Options.CiOutput) && result.Outcome != Outcome.UpToDate)
            WriteForGitHub(result);
    }

    private BuildResults ResultsOf(string path) => BuildResults.Of((IBuildEngine4)task.BuildEngine, path);

    private void Write(string path, BuildResults build)
    {
        var done = build.All<GameResult>();
        var downloads = games.Select(game => done.FirstOrDefault(result => result.Path == game.Path) is { } download ? ResultFile.Format(download) : new ProjectFolder(game.FullDirectory).UpToDateResult);
        new ResultFile(path).Write(
            [.. downloads.OfType<string>().Select(task.Redact)],
            Format(build.All<CheckpointResult>()),
            Format(build.All<DeletionResult>()),
            Format(build.All<PublishResult>()),
            Format(build.All<ArchiveResult>()));
    }

    private IReadOnlyList<string> Format(IReadOnlyList<BuildResult> results) => [.. results.Select(result => task.Redact(ResultFile.Format(result)))];

    private void WriteForGitHub(BuildResult result)
    {
        if (result is PublishResult publish && Variable(GitHubFiles.Output) is { } outputs)
            Attempt(outputs, GitHubFiles.Output, () => GitHubFiles.AppendOutputs(outputs, publish, task.Redact));
        if (Variable(GitHubFiles.StepSummary) is { } summary)
            Attempt(summary, GitHubFiles.StepSummary, () => GitHubFiles.AppendSummary(summary, result, task.Redact));
    }

    private string? Variable(string name) => OptionValues.Trimmed(task.GetEnvironmentVariable(name));

    /// <summary>Returns the property that names the result file; null for the default, which no program may be waiting for.</summary>
    private static string? SettingOf(ProjectGame game) => game.NamesResultFile ? Options.ResultFile.Property : null;

    /// <summary>Writes a file; when that is not possible, warns once of each file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="setting">The property or the variable that names the file; null to log a line instead of a warning, as in a read-only tree.</param>
    /// <param name="write">Writes it.</param>
    private void Attempt(string path, string? setting, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            if (setting is null)
                task.Note($"PlayCanvas: the results were not written to \"{path}\": {error.Message}");
            else if (unwritable.Add(path))
                task.LogWarning(Diagnostic.ResultNotWritten(path, setting, ApiJson.OneLine(error.Message).TrimEnd('.')));
        }
    }
}
