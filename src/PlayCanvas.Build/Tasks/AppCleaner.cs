using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tasks.Results;
using PlayCanvas.Build.Tasks.Tables;

namespace PlayCanvas.Build.Tasks;

/// <summary>Deletes apps of one PlayCanvas project, and reports it: first the list, then what became of it.</summary>
/// <param name="task">Logs.</param>
/// <param name="client">The API.</param>
/// <param name="game">The game, which names the project.</param>
/// <param name="cancellationToken">Cancels the requests.</param>
internal sealed class AppCleaner(PlayCanvasServiceTask task, PlayCanvasClient client, ProjectGame game, CancellationToken cancellationToken)
{
    private static readonly IReadOnlyList<Column<App>> Columns =
    [
        new("Id", app => RecordItem.Text(app.Id)) { IsNumber = true },
        Column.Name<App>("Name", app => app.Name),
        new("Version", app => app.Version),
        Column.Size<App>("Size", app => app.Size) with { Rank = 2 },
        Column.Time<App>("Completed", app => app.CompletedAt),
        new("URL", app => app.Url) { Rank = 1 },
    ];

    private readonly List<App> deleted = [];

    /// <summary>The apps that were deleted so far; in a dry run, those that would be.</summary>
    public IReadOnlyList<App> Deleted => deleted;

    private long ProjectId => game.Settings.ProjectId;

    /// <summary>Deletes the apps that a publish no longer needs, if the game limits their number. What fails is a warning: the publish is done.</summary>
    /// <param name="request">What was published.</param>
    /// <param name="app">The app that was published or reused; null in a dry run that would publish a new one.</param>
    /// <returns>The deleted apps, or in a dry run those that would be; null when the game keeps all of them.</returns>
    public IReadOnlyList<PublishedApp>? DeleteAfterPublish(AppRequest request, App? app)
    {
        if (game.Values.Number(Options.KeepApps) is not { } keep)
            return null;

        try
        {
            DeleteOld(app is null
                ? new AppRetention(request.Name, request.BranchId, keep - 1) { CompleteBefore = client.Connection.ServerTime }
                : new AppRetention(request.Name, request.BranchId, keep) { CompleteBefore = app.CreatedAt, NewAppId = app.Id });
        }
        catch (ApiException error)
        {
            task.LogWarning(Diagnostic.AppsNotDeleted($"the older apps \"{request.Name}\"", DiagnosticTranslator.Translate(error)!.Text));
        }
        catch (DiagnosticException error)
        {
            task.LogWarning(error.Diagnostic);
        }

        return [.. deleted.Select(PublishedApp.Of)];
    }

    /// <summary>Deletes the apps of a series that it no longer needs.</summary>
    /// <param name="retention">The series. A branch that is null stands for the main branch; the primary app is requested.</param>
    /// <exception cref="ApiException">The project's records could not be read, so nothing was deleted.</exception>
    /// <exception cref="DiagnosticException">Some apps could not be deleted.</exception>
    public void DeleteOld(AppRetention retention)
    {
        var apps = client.ListApps(ProjectId, new Paging(), cancellationToken);
        var builds = client.ListBuilds(ProjectId, new BuildFilter { Type = BuildType.Publish }, new Paging(), cancellationToken);
        var decided = (retention with
        {
            BranchId = retention.BranchId ?? client.GetMainBranchId(ProjectId, cancellationToken),
            PrimaryAppId = client.GetPrimaryApp(ProjectId, cancellationToken)?.Id,
        }).Decide(apps, builds);

        var old = decided.Where(app => app.Fate == AppFate.Deleted).ToList();
        SayKept(decided);
        Delete(old, $"that the {game.Values.Number(Options.KeepApps)} newest of \"{retention.Name}\" have replaced");
    }

    /// <summary>Deletes apps, the oldest first, and continues with the next one if the service refuses to delete one of them.</summary>
    /// <param name="apps">The apps.</param>
    /// <param name="which">Which apps these are, for the line above their list.</param>
    /// <exception cref="DiagnosticException">Some apps could not be deleted.</exception>
    public void Delete(IReadOnlyList<RetainedApp> apps, string which)
    {
        if (apps.Count == 0)
            return;

        task.Say($"PlayCanvas: {(game.IsDryRun ? "would delete" : "deleting")} {Count(apps.Count)} {which}:");
        foreach (var line in Table.Format(Columns, [.. apps.Select(app => app.App)], task.LineWidth()))
            task.Say(line);
        if (game.IsDryRun)
            deleted.AddRange(apps.Select(app => app.App));
        else
            DeleteListed([.. apps.OrderBy(app => app.App.Id)]);
    }

    private void DeleteListed(IReadOnlyList<RetainedApp> apps)
    {
        var deletion = new AppDeletion(client, ProjectId, cancellationToken);
        var failed = new List<App>();
        ApiException? first = null;
        foreach (var (app, build, _) in apps)
        {
            try
            {
                if (first is { IsPassing: true })
                    failed.Add(app); // The service does not work at the moment; each further attempt would take as long as the retries.
                else if (deletion.Delete(app, build))
                    deleted.Add(app);
                else
                    task.Say($"PlayCanvas: {AppName.Format(app)} has become the primary app, so it stays");
            }
            catch (ApiException error)
            {
                failed.Add(app);
                first ??= error;
            }

            task.SayNowAndThen($"PlayCanvas: deleted {deleted.Count} of {Count(apps.Count)}");
        }

        task.Say($"PlayCanvas: deleted {Count(deleted.Count)}");
        if (first is not null)
            throw new DiagnosticException(Diagnostic.AppsNotDeleted(AppName.Format(failed), DiagnosticTranslator.Translate(first)!.Text));
    }

    /// <summary>Says how many apps stay beside the newest ones, and why.</summary>
    private void SayKept(IReadOnlyList<RetainedApp> decided)
    {
        var reasons = decided.GroupBy(app => app.Fate).OrderBy(group => group.Key).Select(group => (Fate: group.Key, Text: Describe(group.Key, group.Count())));
        var told = string.Join(", ", reasons.Where(reason => reason.Fate is not (AppFate.Newest or AppFate.Deleted)).Select(reason => reason.Text));
        if (told.Length > 0)
            task.Say($"PlayCanvas: beside the newest apps, these stay: {told}");
    }

    private static string Describe(AppFate fate, int count) => fate switch
    {
        AppFate.Primary => "the primary app",
        AppFate.Incomplete => $"{count} not complete",
        AppFate.UnknownOrigin => $"{count} of unknown origin",
        AppFate.OtherOrigin => $"{count} from the Editor or another branch",
        AppFate.Recent => $"{count} built at the same time as the newest",
        AppFate.NextRun => $"{count} for the next run",
        _ => "",
    };

    private static string Count(int apps) => apps == 1 ? "1 app" : $"{apps} apps";
}
