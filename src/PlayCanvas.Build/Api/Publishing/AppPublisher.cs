using System.Globalization;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.Publishing;

/// <summary>Publishes an app exactly once, even if the request or its response is lost or this process is killed.</summary>
internal sealed class AppPublisher
{
    private readonly PlayCanvasClient client;
    private readonly IIntentStore<AppIntent> intents;
    private readonly JobWaiter waiter;
    private readonly AppTraces traces;
    private readonly KeptRequest<AppIntent> kept;
    private readonly NewRecords records;

    public AppPublisher(PlayCanvasClient client, IIntentStore<AppIntent> intents, JobWaiter waiter, IClock clock, IOnceObserver<AppIntent> observer)
    {
        this.client = client;
        this.intents = intents;
        this.waiter = waiter;
        traces = new AppTraces(client);
        kept = new KeptRequest<AppIntent>(traces, intents, clock, LostAnswerRules.Publish, observer);
        records = new NewRecords(client, waiter, clock, observer.StillLooking);
    }

    /// <summary>
    /// Publishes an app and waits until it is complete. The saved intent is kept, so that a caller with further work on the app can be interrupted
    /// too; the caller deletes it.
    /// </summary>
    /// <param name="prepared">The publish, as <see cref="Prepare"/> returned it.</param>
    /// <param name="cancellationToken">Cancels the publish.</param>
    /// <exception cref="ApiException">The server refused the request, or could not be reached.</exception>
    /// <exception cref="JobException">Building the app failed, or did not end in time.</exception>
    /// <exception cref="OutcomeUnknownException">The app may have been published, and the records do not show whether it was.</exception>
    public App Publish(Prepared<AppIntent> prepared, CancellationToken cancellationToken) =>
        WaitForApp(kept.Send(prepared, intent => Post(intent, cancellationToken), cancellationToken), cancellationToken);

    /// <summary>Finds out whether the request must be sent, or an earlier build has already sent it. Sends and saves nothing.</summary>
    /// <param name="request">What is published.</param>
    /// <param name="mark">The line that marks the app; null for none.</param>
    /// <param name="again">True to send the request even if an earlier build has left an intent or an app carries the mark.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="ApiException">The project's apps could not be listed.</exception>
    /// <exception cref="OutcomeUnknownException">An earlier build may have published the app, and the records do not show whether it did.</exception>
    public Prepared<AppIntent> Prepare(AppRequest request, string? mark, bool again, CancellationToken cancellationToken) => kept.Prepare(
        () => traces.Begin(BuildType.Publish, request, mark, cancellationToken),
        left => IsLeftBy(left, request) ? left with { Request = request } : null,
        again,
        cancellationToken);

    /// <summary>Saves a publish together with the checkpoint that was made for it, so that a later build makes no other one.</summary>
    public Prepared<AppIntent> Keep(Prepared<AppIntent> prepared, string checkpointId)
    {
        var complete = prepared with { Intent = prepared.Intent with { CheckpointId = checkpointId } };
        intents.Write(complete.Intent);
        return complete;
    }

    /// <summary>Accepts an app as the result of a publish whose outcome is unknown, and waits until it is complete.</summary>
    public App Accept(App app, AppRequest request, CancellationToken cancellationToken) =>
        WaitForApp(new AppIntent { Request = request, AppId = app.Id }, cancellationToken);

    /// <summary>Returns an app, complete or not; null when the project has no app with this id and with the name and version of the request.</summary>
    public App? FindApp(long appId, AppRequest request, CancellationToken cancellationToken) =>
        NewRecords.OrNull(() => client.GetApp(appId, cancellationToken)) is { } app && (app.ProjectId ?? request.ProjectId) == request.ProjectId && SameVersion.Is(app, request)
            ? app
            : null;

    /// <summary>Returns the complete app with the same name, version and branch that already exists, or null.</summary>
    public App? FindPublished(AppRequest request, CancellationToken cancellationToken) => SameVersion.FindNewest(
        request,
        client.ListApps(request.ProjectId, new Paging(), cancellationToken),
        () => client.ListPublishes(request.ProjectId, cancellationToken) ?? [],
        () => request.BranchId ?? client.GetMainBranchId(request.ProjectId, cancellationToken));

    /// <exception cref="JobException">The service could not build the app.</exception>
    public static App CheckIsNotFailed(App app) => app.Status == JobStatus.Error
        ? throw new JobException(JobFault.Failed, $"app {app.Id}", ApiJson.OneLine(app.Task?.Message ?? ""))
        : app;

    /// <summary>
    /// Whether an earlier build has left this same request. A request whose outcome is unknown counts even if details such as the release notes
    /// have changed since, because a second app with the same version must not be created.
    /// </summary>
    private static bool IsLeftBy(AppIntent left, AppRequest request) => left.IsAccepted
        ? ApiJson.Write(left.Request) == ApiJson.Write(request)
        : PublishMark.IdentityOf(left.Request) == PublishMark.IdentityOf(request);

    private AppIntent Post(AppIntent intent, CancellationToken cancellationToken)
    {
        var answer = client.PublishApp(intent.Body, cancellationToken);
        return intent with { AppId = answer.AppId, JobId = answer.JobId, BuildId = answer.BuildId };
    }

    private App WaitForApp(AppIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            return WaitForApp(AppIdOf(intent, cancellationToken), intent.Request.ProjectId, cancellationToken);
        }
        catch (JobException)
        {
            intents.Delete();
            throw;
        }
    }

    private App WaitForApp(long appId, long projectId, CancellationToken cancellationToken)
    {
        var app = waiter.Wait(
            $"app {appId}",
            () => records.Patiently(() => NewRecords.OrNull(() => client.WithoutRetries.GetApp(appId, cancellationToken)) ?? ListedApp(appId, projectId, cancellationToken), cancellationToken)
                ?? throw new JobException(JobFault.WithoutResult, $"app {appId}", "the server no longer has a record of it"),
            app => app.Status,
            cancellationToken);
        return CheckIsNotFailed(app);
    }

    private App? ListedApp(long appId, long projectId, CancellationToken cancellationToken) =>
        client.ListNewestApps(projectId, cancellationToken).FirstOrDefault(app => app.Id == appId);

    private long AppIdOf(AppIntent intent, CancellationToken cancellationToken)
    {
        if (intent.AppId is { } known)
            return known;

        var named = intent.JobId is { } jobId
            ? AppIdOfJob(jobId, cancellationToken)
            : AppIdOfBuild(intent.BuildId!, intent.Request.ProjectId, cancellationToken);
        var appId = named ?? NewAppId(intent, cancellationToken);
        intents.Write(intent with { AppId = appId });
        return appId;
    }

    private long? AppIdOfJob(string jobId, CancellationToken cancellationToken)
    {
        var data = records.WaitForJob(jobId, cancellationToken)?.Data as JObject;
        var id = data?["app_id"] ?? data?["appId"] ?? (data?["app"] as JObject)?["id"] ?? data?["id"];
        return long.TryParse(id?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var appId) ? appId : null;
    }

    private long? AppIdOfBuild(string buildId, long projectId, CancellationToken cancellationToken)
    {
        // A build names its app as soon as the app exists, often long before the build is complete. If builds cannot be listed, the caller searches
        // for the app.
        var build = waiter.Wait(
            $"build {buildId}",
            () => client.WithoutRetries.ListNewestBuilds(projectId, BuildType.Publish, cancellationToken) is { } builds
                ? builds.FirstOrDefault(build => build.Id == buildId)
                : new BuildRecord { Status = JobStatus.Complete },
            build => build?.AppId is not null ? JobStatus.Complete : build?.Status,
            cancellationToken);
        return build is { AppId: null, Status: JobStatus.Error }
            ? throw new JobException(JobFault.Failed, $"build {buildId}", ApiJson.OneLine(build.Message ?? ""))
            : build?.AppId;
    }

    /// <summary>
    /// Searches for the app when the job or build is done, or gone, and does not name it. Publishing again would create a second app.
    /// </summary>
    /// <exception cref="JobException">There is no such app.</exception>
    /// <exception cref="OutcomeUnknownException">There are apps that may be the result.</exception>
    private long NewAppId(AppIntent intent, CancellationToken cancellationToken)
    {
        var found = kept.Find(intent, cancellationToken);
        var appId = found is { AppId: null, BuildId: { } buildId } && buildId != intent.BuildId
            ? AppIdOfBuild(buildId, intent.Request.ProjectId, cancellationToken)
            : found?.AppId;
        return appId ?? throw new JobException(JobFault.WithoutResult, intent.JobId is null ? $"build {intent.BuildId}" : $"job {intent.JobId}", "it does not name an app, and the project has no new app");
    }
}
