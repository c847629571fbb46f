using Microsoft.Build.Framework;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Deletes apps: those that the metadata <c>AppId</c> names, or those that the newest apps of each game have replaced, as many of which as the metadata
/// <c>KeepApps</c> says stay.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasDeleteApps : PlayCanvasServiceTask
{
    /// <summary>
    /// The deleted apps; in a dry run, those that would be deleted. The identity of an item is the app's id; the metadata are those of a published app.
    /// <c>Outcome</c> is <c>deleted</c> or <c>planned</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Apps { get; private set; } = [];

    /// <summary>What deletes the apps of the game that the task works on.</summary>
    private AppCleaner? cleaner;

    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        Results.Begin(games);
        var published = games.Where(game => game.Values.IsOn(Options.Publish)).ToList();
        foreach (var game in published)
            Validate(game);

        var named = published.Where(game => game.Values.Ids(Options.AppId).Count > 0).GroupBy(game => game.Settings.ProjectId).Select(project => project.First()).ToList();
        var found = named.ToDictionary(game => game, game => Find(game, cancellationToken));
        if (named.SelectMany(game => game.Values.Ids(Options.AppId)).Except(found.Values.SelectMany(apps => apps).Select(app => app.App.Id)).ToList() is { Count: > 0 } missing)
            throw NotFound(named[0], missing[0], cancellationToken);

        foreach (var game in named)
            Run(game, (deletion, _) => deletion.Delete(found[game], $"of project {game.Settings.ProjectId}"), cancellationToken);
        foreach (var game in published.Where(game => game.Values.Ids(Options.AppId).Count == 0))
            Run(game, (deletion, client) => deletion.DeleteOld(RetentionOf(game, client, cancellationToken)), cancellationToken);
    }

    private static void Validate(ProjectGame game)
    {
        var ids = game.Values.Ids(Options.AppId);
        var keep = game.Values.Number(Options.KeepApps);
        _ = (game.Connection, game.Settings.ProjectId, game.Values.RequiredText(Options.AppName));
        if (ids.Count == 0 && keep is null)
            throw NotNamed("neither of the two properties is set");
        if (ids.Count > AppRetention.MaxDeletions)
            throw NotNamed($"{Options.AppId.Property} contains {ids.Count} ids, and one run deletes {AppRetention.MaxDeletions} apps at most");
    }

    private static DiagnosticException NotNamed(string reason) => new(Diagnostic.AppsNotNamed(
        nameof(PlayCanvasDeleteApps), reason, $"{Options.AppId.Property} to the ids of the apps, or {Options.KeepApps.Property} to the number of the newest apps that stay"));

    /// <summary>Returns the apps that a game names and its project has.</summary>
    /// <exception cref="DiagnosticException">One of them is the primary app.</exception>
    private IReadOnlyList<RetainedApp> Find(ProjectGame game, CancellationToken cancellationToken)
    {
        using var connection = Connect(game);
        var client = new PlayCanvasClient(connection);
        var selection = new AppSelection(client, game.Settings.ProjectId, cancellationToken);
        var apps = game.Values.Ids(Options.AppId).Select(selection.TryGet).OfType<App>().ToList();
        if (apps.Count == 0)
            return [];

        var primary = client.GetPrimaryApp(game.Settings.ProjectId, cancellationToken);
        if (apps.Find(app => app.Id == primary?.Id) is { } live)
            throw new DiagnosticException(Diagnostic.PrimaryAppNotDeleted(AppName.Format(live), game.Settings.ProjectId));
        var builds = client.ListPublishes(game.Settings.ProjectId, cancellationToken) ?? [];
        return [.. apps.Select(app => new RetainedApp(app, builds.FirstOrDefault(build => build.AppId == app.Id), AppFate.Deleted))];
    }

    private AppSelectionException NotFound(ProjectGame game, long id, CancellationToken cancellationToken)
    {
        using var connection = Connect(game);
        return new AppSelection(new PlayCanvasClient(connection), game.Settings.ProjectId, cancellationToken).NotFound(id);
    }

    private static AppRetention RetentionOf(ProjectGame game, PlayCanvasClient client, CancellationToken cancellationToken)
    {
        var draft = new AppRequest { ProjectId = game.Settings.ProjectId, Name = game.Values.RequiredText(Options.AppName) };
        var series = game.Settings.WithBranch(draft, new ProjectLists(client, draft.ProjectId, cancellationToken));
        return new AppRetention(series.Name, series.BranchId, game.Values.Number(Options.KeepApps)!.Value);
    }

    private void Run(ProjectGame game, Action<AppCleaner, PlayCanvasClient> delete, CancellationToken cancellationToken)
    {
        Results.Begin(game);
        cleaner = null;
        using var connection = Connect(game);
        var client = new PlayCanvasClient(connection);
        cleaner = new AppCleaner(this, client, game, cancellationToken);
        delete(cleaner, client);
        Report(game.IsDryRun ? Outcome.Planned : cleaner.Deleted.Count > 0 ? Outcome.Deleted : Outcome.UpToDate);
    }

    private protected override void ReportFailure()
    {
        if (Results.Current is not null)
            Report(Outcome.Failed);
    }

    private void Report(string outcome)
    {
        var game = Results.Current!;
        var apps = cleaner?.Deleted ?? [];
        var result = Results.End(new DeletionResult { Outcome = outcome, ProjectId = game.Settings.ProjectId, Deleted = [.. apps.Select(PublishedApp.Of)] });
        Apps = [.. Apps, .. apps.Select(app => AppItem.Create(app, result with { Outcome = game.IsDryRun ? Outcome.Planned : Outcome.Deleted }, Redact))];
        if (outcome != Outcome.Failed || apps.Count > 0)
            SayResult(result.Summary);
    }
}
