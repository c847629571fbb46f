using Microsoft.Build.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Makes an app that exists the primary app of its project, such as the one before a release that has to be taken back. The metadata <c>AppId</c>
/// or <c>AppVersion</c> of each game says which one.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasSetPrimaryApp : PlayCanvasServiceTask
{
    /// <summary>What is known so far about the game that the task works on.</summary>
    private PublishResult result = new();

    /// <summary>
    /// The apps that are the primary ones now. The identity of an item is the app's id; the metadata are those of a published app. <c>Outcome</c> is
    /// <c>primary</c>, or <c>reused</c> when the app was the primary one before.
    /// </summary>
    [Output]
    public ITaskItem[] Apps { get; private set; } = [];

    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        Results.Begin(games);
        var wanted = games.Where(game => game.Values.IsOn(Options.Publish)).ToList();
        foreach (var game in wanted)
            Validate(game);
        var published = wanted.GroupBy(game => game.Settings.ProjectId).Select(TheOnlyOne).ToList();

        var affected = published.Where(game => published.Count == 1 || HasApp(game, cancellationToken)).ToList();
        foreach (var game in affected.Count == 0 ? published.Take(1) : affected)
        {
            Run(game, cancellationToken);
            SayResult(affected.Count > 1 ? $"{game.Path}: {result.Summary}" : result.Summary);
        }
    }

    private static void Validate(ProjectGame game)
    {
        var ids = game.Values.Ids(Options.AppId);
        _ = (game.Connection, game.Settings.ProjectId, game.Values.RequiredText(Options.AppName));
        if (ids.Count > 1)
            throw NotNamed($"{Options.AppId.Property} contains {ids.Count} ids");
        if (ids.Count == 0 && game.Values.Text(Options.AppVersion) is null)
            throw NotNamed("neither of the two properties is set");
    }

    /// <summary>Returns one of the games of a PlayCanvas project, all of which must name the same app: a project has only one primary app.</summary>
    private static ProjectGame TheOnlyOne(IGrouping<long, ProjectGame> project) =>
        project.Select(game => $"{IdOf(game)}" is { Length: > 0 } id ? id : game.Path).Distinct().Count() == 1
            ? project.First()
            : throw NotNamed($"each of the games {NameList.Format([.. project.Select(game => game.Path)], project.Count())} names one, and project {project.Key} has only one primary app");

    private static DiagnosticException NotNamed(string reason) =>
        new(Diagnostic.AppsNotNamed(nameof(PlayCanvasSetPrimaryApp), reason, $"{Options.AppId.Property} to the id of one app, or {Options.AppVersion.Property} to its version"));

    /// <summary>Returns the id of the app that a game names; null when it names a version.</summary>
    private static long? IdOf(ProjectGame game) => game.Values.Ids(Options.AppId).Select(id => (long?)id).FirstOrDefault();

    /// <summary>Whether a game is meant: the id belongs to an app of its PlayCanvas project. A version is meant for all games.</summary>
    private bool HasApp(ProjectGame game, CancellationToken cancellationToken)
    {
        if (IdOf(game) is not { } id)
            return true;

        using var connection = Connect(game);
        return new AppSelection(new PlayCanvasClient(connection), game.Settings.ProjectId, cancellationToken).TryGet(id) is not null;
    }

    private void Run(ProjectGame game, CancellationToken cancellationToken)
    {
        Results.Begin(game);
        var projectId = game.Settings.ProjectId;
        result = new PublishResult { ProjectId = projectId };
        using var connection = Connect(game);
        var client = new PlayCanvasClient(connection);

        var app = Select(game, client, cancellationToken);
        result = result with { App = PublishedApp.Of(app) };
        var before = client.GetPrimaryApp(projectId, cancellationToken);
        result = result with { PreviousApp = before is null ? null : PublishedApp.Of(before) };
        if (before?.Id == app.Id)
        {
            Say($"PlayCanvas: {AppName.Format(app)} is the primary app of project {projectId} already; nothing was sent");
            result = result with { Outcome = Outcome.Reused };
        }
        else if (game.IsDryRun)
        {
            result = result with { Outcome = Outcome.Planned, Plan = $"would make {AppName.Format(app)} the primary app of project {projectId}{InsteadOf(before)}" };
            Say($"PlayCanvas: {result.Plan}");
        }
        else
        {
            MakePrimary(client, app, before, cancellationToken);
            result = result with { Outcome = Outcome.Primary };
        }

        result = Results.End(result with { IsPrimary = true });
        Apps = [.. Apps, AppItem.Create(app, result, Redact)];
    }

    private static App Select(ProjectGame game, PlayCanvasClient client, CancellationToken cancellationToken)
    {
        var selection = new AppSelection(client, game.Settings.ProjectId, cancellationToken);
        if (IdOf(game) is { } id)
            return selection.WithId(id);

        var wanted = new AppRequest { ProjectId = game.Settings.ProjectId, Name = game.Values.RequiredText(Options.AppName), Version = game.Values.Text(Options.AppVersion) };
        return selection.WithVersion(game.Settings.WithBranch(wanted, new ProjectLists(client, wanted.ProjectId, cancellationToken)));
    }

    private void MakePrimary(PlayCanvasClient client, App app, App? before, CancellationToken cancellationToken)
    {
        var projectId = result.ProjectId!.Value;
        try
        {
            PrimaryApp.Set(client, projectId, app.Id, cancellationToken);
        }
        catch (ApiException error) when (error.OutcomeUnknown)
        {
            throw new DiagnosticException(Diagnostic.PrimaryAppUnknown(AppName.Format(app), before is null ? "none" : AppName.Format(before), projectId, DiagnosticTranslator.Translate(error)!.Text));
        }

        var wayBack = before is null ? "" : $"; -t:{nameof(PlayCanvasSetPrimaryApp)} -p:{Options.AppId.Property}={before.Id} takes this back";
        Say($"PlayCanvas: {AppName.Format(app)} is the primary app of project {projectId} now{InsteadOf(before)}{wayBack}");
    }

    private static string InsteadOf(App? before) => before is null ? "" : $", instead of {AppName.Format(before)}";

    private protected override void ReportFailure()
    {
        if (Results.Current is not null)
            Results.End(result with { Outcome = Outcome.Failed });
    }
}
