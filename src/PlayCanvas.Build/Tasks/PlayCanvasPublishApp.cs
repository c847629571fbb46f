using System.Globalization;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks;

/// <summary>Publishes a new version of each game's app exactly once, and waits until the apps can be played.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasPublishApp : PlayCanvasReleaseTask
{
    /// <summary>What is known so far about the publish that the task works on.</summary>
    private PublishResult result = new();

    /// <summary>
    /// The published apps. The identity of an item is the app's id; each field of the record, and <c>IsPrimary</c>, is metadata. So are
    /// <c>Outcome</c> (<c>published</c> or <c>reused</c>), <c>Game</c> (its path), <c>Branch</c>, <c>BranchId</c>, <c>Checkpoint</c>, <c>Engine</c>,
    /// <c>BuildId</c> and <c>JobId</c>, as far as they are known. Empty when the task failed before the first publish.
    /// </summary>
    [Output]
    public ITaskItem[] Apps { get; private set; } = [];

    /// <summary>All games are validated before the first one is published.</summary>
    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        Results.Begin(games);
        var published = games.Where(game => game.Values.IsOn(Options.Publish)).Select(game => GamePublish.Read(game, VersionOf(game), PublishIdOf(game))).ToList();
        if (published.GroupBy(publish => (publish.Draft.ProjectId, publish.Draft.Name)).Any(sameApp => sameApp.Count() > 1))
            throw new DiagnosticException(Diagnostic.SameAppTwice());
        if (published.Where(publish => publish.SetsPrimary).GroupBy(publish => publish.Draft.ProjectId).FirstOrDefault(project => project.Count() > 1) is { } several)
            throw new DiagnosticException(SeveralPrimaryApps(several.Key));
        if (Log.HasLoggedErrors)
            return; // A warning that the project turns into an error must prevent the publish.

        foreach (var publish in published)
        {
            Run(publish, cancellationToken);
            SayResult(published.Count == 1 ? result.Summary : $"{publish.Game.Path}: {result.Summary}");
        }
    }

    private static DiagnosticMessage SeveralPrimaryApps(long projectId) => Diagnostic.AppsNotNamed(
        nameof(PlayCanvasPublishApp), $"several games make their app the only primary one of project {projectId}", $"{Options.SetPrimaryApp.Property} for one of these games");

    private void Run(GamePublish publish, CancellationToken cancellationToken)
    {
        var game = publish.Game;
        Results.Begin(game);
        result = new PublishResult
        {
            Outcome = Outcome.Reused,
            ProjectId = publish.Draft.ProjectId,
            Engine = game.Values.Text(Options.EngineVersion),
            App = new PublishedApp(null, publish.Draft.Name, publish.Draft.Version, null),
        };
        using var connection = Connect(game);
        var client = new PlayCanvasClient(connection);
        var lists = new ProjectLists(client, publish.Draft.ProjectId, cancellationToken);
        var request = game.Settings.WithBranch(publish.Draft, lists);

        using var intents = OpenIntents<AppIntent>(
            game, IntentName.OfPublish(game.Connection.BaseAddress, request), $"another build that is publishing {Title(request)}", cancellationToken);
        var publisher = new AppPublisher(client, intents, MakeWaiter($"publishing {Title(request)}", game.Connection.JobTimeout), Clock, new PublishReporter(this));
        if (game.IsDryRun)
        {
            Plan(publish, publisher, request, client, lists, cancellationToken);
            return;
        }

        var app = TakeAccepted(publisher, request, game.Values, cancellationToken)
            ?? (publish.SkipsPublished ? TakePublished(publisher, request, cancellationToken) : null)
            ?? Publish(publisher, WithScenes(publish, request, client, lists, cancellationToken), publish, client, lists, cancellationToken);
        if (publish.SetsPrimary)
            MakePrimary(client, request.ProjectId, app, cancellationToken);
        var deleted = new AppCleaner(this, client, game, cancellationToken).DeleteAfterPublish(request, app);
        var intent = intents.Read();
        intents.Delete();

        result = Results.End(result with
        {
            App = PublishedApp.Of(app),
            Checkpoint = PublishMark.CheckpointIn(app.ReleaseNotes) ?? intent?.CheckpointId ?? result.Checkpoint,
            IsPrimary = publish.SetsPrimary,
            Deleted = deleted,
            Build = intent?.BuildId,
            Job = intent?.JobId,
        });
        Apps = [.. Apps, AppItem.Create(app, result, Redact)];
    }

    /// <summary>Says what the rest of a publish would do. An exception is an error with which a publish would fail.</summary>
    private void Plan(GamePublish publish, AppPublisher publisher, AppRequest request, PlayCanvasClient client, ProjectLists lists, CancellationToken cancellationToken)
    {
        var (app, what) = PlanResult(publish, publisher, request, client, lists, cancellationToken);
        Say($"PlayCanvas: would {what}");
        if (publish.SetsPrimary)
            Say($"PlayCanvas: would make {(app is null ? "it" : $"app {app.Id}")} the project's primary app");

        result = Results.End(result with
        {
            Outcome = Outcome.Planned,
            Plan = $"would {what}",
            App = app is null ? result.App : PublishedApp.Of(app),
            IsPrimary = publish.SetsPrimary,
            Deleted = new AppCleaner(this, client, publish.Game, cancellationToken).DeleteAfterPublish(request, app),
        });
        Apps = [.. Apps, app is null ? AppItem.CreatePlanned(request, result, Redact) : AppItem.Create(app, result, Redact)];
    }

    /// <summary>Returns the app that would be the result, or null for a new one, and what would be done, in words.</summary>
    private (App? App, string What) PlanResult(GamePublish publish, AppPublisher publisher, AppRequest request, PlayCanvasClient client, ProjectLists lists, CancellationToken cancellationToken)
    {
        if (FindAccepted(publisher, request, publish.Game.Values, cancellationToken) is { } accepted)
            return (AppPublisher.CheckIsNotFailed(accepted), $"take app {accepted.Id} as the result, because of {Options.AcceptApp.Property}, and publish nothing");
        if (publish.SkipsPublished && publisher.FindPublished(request, cancellationToken) is { } published)
            return (published, $"reuse app {published.Id}, which is {Title(request)} already, and publish nothing");

        var complete = WithScenes(publish, request, client, lists, cancellationToken);
        var prepared = Prepare(publisher, complete, publish, cancellationToken);
        if (prepared.IsSent)
        {
            if (prepared.Intent.EarlierAppId is { } earlier && !publish.PublishesAgain)
                throw new DiagnosticException(Diagnostic.PublishedTwice(Title(request), earlier));
            using var checkpoint = OpenCheckpoint(prepared, publish, client, lists, cancellationToken);
            if (checkpoint is not null)
                Say($"PlayCanvas: would {checkpoint.Plan(cancellationToken)}");
            return (null, $"publish {Title(request)} from {RequestNames.Describe(result)}");
        }

        var intent = prepared.Intent;
        var app = intent.AppId is { } id && publisher.FindApp(id, request, cancellationToken) is { } found ? AppPublisher.CheckIsNotFailed(found) : null;
        return (app, $"take {NameOf(intent)} as the result, and publish nothing");
    }

    private protected override void ReportFailure()
    {
        if (Results.Current is not null)
            Results.End(result with { Outcome = Outcome.Failed });
    }

    /// <summary>Completes the request, and compares it with the lock file before anything is published.</summary>
    private AppRequest WithScenes(GamePublish publish, AppRequest request, PlayCanvasClient client, ProjectLists lists, CancellationToken cancellationToken)
    {
        var values = publish.Game.Values;
        if (!values.IsOn(Options.PublishUnlocked) && PublishedCheckpoint.Check(publish.Game, request, client, lists, cancellationToken) is { } diagnostic)
        {
            if (values.IsOn(Options.LockedMode) || IsErrorHere(diagnostic))
                throw new DiagnosticException(diagnostic);
            LogWarning(diagnostic);
        }

        var complete = publish.Game.Settings.WithScenes(request, lists);
        var branch = lists.TryFindBranch(request.BranchId);
        result = result with
        {
            Outcome = Outcome.Published,
            Scenes = RequestNames.ScenesOf(complete, lists),
            Branch = RequestNames.BranchOf(complete, branch),
            Checkpoint = branch?.LatestCheckpointId,
        };
        return complete;
    }

    private static string Title(AppRequest request) => $"\"{request.Name}\" {request.Version}".TrimEnd();

    private App? TakePublished(AppPublisher publisher, AppRequest request, CancellationToken cancellationToken)
    {
        var app = publisher.FindPublished(request, cancellationToken);
        if (app is not null)
            Say($"PlayCanvas: {Title(request)} is already published (app {app.Id}); nothing was published because PlayCanvasSkipPublishedVersion is true");
        return app;
    }

    /// <summary>Returns the app that the project names as the result, complete or not; null when it names none.</summary>
    private static App? FindAccepted(AppPublisher publisher, AppRequest request, OptionValues values, CancellationToken cancellationToken)
    {
        if (values.Text(Options.AcceptApp) is not { } value)
            return null;

        var app = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? publisher.FindApp(id, request, cancellationToken) : null;
        return app ?? throw new DiagnosticException(Diagnostic.AcceptedAppInvalid(value, Title(request), request.ProjectId));
    }

    private App? TakeAccepted(AppPublisher publisher, AppRequest request, OptionValues values, CancellationToken cancellationToken)
    {
        if (FindAccepted(publisher, request, values, cancellationToken) is not { } found)
            return null;

        var app = publisher.Accept(found, request, cancellationToken);
        Say($"PlayCanvas: app {app.Id} is accepted as the result because of PlayCanvasAcceptApp; nothing was published");
        return app;
    }

    private App Publish(AppPublisher publisher, AppRequest request, GamePublish publish, PlayCanvasClient client, ProjectLists lists, CancellationToken cancellationToken)
    {
        Say($"PlayCanvas: publishing {Title(request)} of project {request.ProjectId}");
        var start = Clock.UtcNow;
        var prepared = Prepare(publisher, request, publish, cancellationToken);
        if (prepared is { IsSent: true, Intent.EarlierAppId: { } earlier })
        {
            Say($"PlayCanvas: {Title(request)} is already published (app {earlier}); this publishes it a second time");
            result = result with { IsSecondTime = true };
        }

        using var checkpoint = OpenCheckpoint(prepared, publish, client, lists, cancellationToken);
        if (checkpoint is not null)
        {
            prepared = publisher.Keep(prepared, checkpoint.Make(cancellationToken).Id);
            checkpoint.Forget();
        }

        var app = publisher.Publish(prepared, cancellationToken);
        Say($"PlayCanvas: published {Title(request)} as app {app.Id} in {(Clock.UtcNow - start).TotalSeconds:0.0} s");
        if (prepared.Intent.CheckpointId is { } made)
            PublishedCheckpoint.WarnIfOld(this, made, lists.TryFindBranch(request.BranchId), client, cancellationToken);
        return app;
    }

    /// <summary>Prepares the checkpoint of a publish; returns null when none is made: nothing is sent, or the request names one already.</summary>
    private ReleaseCheckpoint? OpenCheckpoint(
        Prepared<AppIntent> prepared, GamePublish publish, PlayCanvasClient client, ProjectLists lists, CancellationToken cancellationToken) =>
        publish.Checkpoint is { } settings && prepared is { IsSent: true, Intent.CheckpointId: null }
            ? ReleaseCheckpoint.Open(this, client, publish.Game, settings, prepared.Intent.Request.BranchId, lists, cancellationToken)
            : null;

    private static Prepared<AppIntent> Prepare(AppPublisher publisher, AppRequest request, GamePublish publish, CancellationToken cancellationToken) =>
        publisher.Prepare(request, publish.Id is null ? null : PublishMark.Of(publish.Id, request), publish.PublishesAgain, cancellationToken);

    private static string NameOf(AppIntent intent)
    {
        if (intent.AppId is { } app)
            return $"app {app}";
        return intent.BuildId is { } build ? $"the app of build {build}" : $"the app of job {intent.JobId}";
    }

    private static void MakePrimary(PlayCanvasClient client, long projectId, App app, CancellationToken cancellationToken)
    {
        try
        {
            PrimaryApp.Set(client, projectId, app.Id, cancellationToken);
        }
        catch (ApiException error)
        {
            throw new DiagnosticException(Diagnostic.PrimaryAppNotSet($"app {app.Id}", DiagnosticTranslator.Translate(error)!.Text));
        }
    }

    /// <summary>Writes the events of the publish to the build log.</summary>
    private sealed class PublishReporter(PlayCanvasPublishApp task) : OnceReporter<AppIntent>(task, "publish request")
    {
        public override void FoundMarked(AppIntent intent)
        {
            task.result = task.result with { Outcome = Outcome.Reused, Checkpoint = null };
            task.Say($"PlayCanvas: {NameOf(intent) ?? $"build {intent.BuildId}"} carries this publish's id, so an earlier run published it; set PlayCanvasPublishAgain=true to publish again");
        }

        private protected override string? NameOf(AppIntent intent) => intent.AppId is { } app ? $"app {app}" : null;
    }
}
