using System.Globalization;
using System.Net;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Jobs;

namespace PlayCanvas.Build.Api.Publishing;

/// <summary>Publishes an app once, whatever happens to the request, its answer or this process.</summary>
internal sealed class AppPublisher(PlayCanvasClient client, IPublishIntentStore intents, JobWaiter waiter, IClock clock, IPublishObserver observer)
{
    private const string TheProject = "the project's builds and apps";

    /// <summary>The server's records carry its own clock, which counts in other steps than its <c>Date</c> header.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    /// <summary>Longer than a server works on a request, the wait for the rate limit before it included: what is newer is another's.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(5);

    /// <summary>When to look for what may be on its way through the server: half a minute in all.</summary>
    private static readonly TimeSpan[] LookPauses = [.. new[] { 0, 1, 2, 4, 8, 15 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    /// <summary>The settings by which a build is recognized.</summary>
    private static readonly string[] TellingSettings = ["name", "version", "scenes", "description", "release_notes"];

    /// <summary>
    /// Publishes and waits until the app is complete. The intent stays, so that whoever has more to do with the app can be interrupted
    /// as well; it is theirs to delete.
    /// </summary>
    /// <exception cref="ApiException">The server refused, or could not be reached.</exception>
    /// <exception cref="JobException">Building the app failed, or did not end in time.</exception>
    /// <exception cref="OutcomeUnknownException">It may have been published, and nobody can tell.</exception>
    public App Publish(AppRequest request, CancellationToken cancellationToken)
    {
        var body = ApiJson.Write(request);
        var intent = intents.Read() is { } left && left.Request == body
            ? TakeUp(left, request, cancellationToken)
            : Post(Begin(request, body, cancellationToken), request, isFirst: true, cancellationToken);
        return WaitForApp(intent, request, cancellationToken);
    }

    /// <summary>The complete app of the same name, version and branch that is there already, or null.</summary>
    public App? FindPublished(AppRequest request, CancellationToken cancellationToken)
    {
        var apps = client.ListApps(request.ProjectId, new Paging(), cancellationToken)
            .Where(app => IsOfVersion(app, request) && app.Status == JobStatus.Complete)
            .OrderByDescending(app => app.Id)
            .ToList();
        if (apps.Count == 0 || ListBuilds(request.ProjectId, cancellationToken) is not { } builds)
            return apps.FirstOrDefault();

        // Only a build tells the branch; an app whose build is no longer listed cannot contradict.
        var branchId = request.BranchId ?? MainBranchId(request.ProjectId, cancellationToken);
        return apps.FirstOrDefault(app => builds.FirstOrDefault(build => build.AppId == app.Id) is not { } build || IsSameBranch(build, branchId));
    }

    private string? MainBranchId(long projectId, CancellationToken cancellationToken) =>
        client.ListBranches(projectId, cancellationToken).FirstOrDefault(branch => branch.Permanent == true)?.Id;

    /// <summary>What an earlier build began: it is not asked for again unless it has left no trace.</summary>
    private PublishIntent TakeUp(PublishIntent left, AppRequest request, CancellationToken cancellationToken)
    {
        observer.TakingUp(left);
        if (left.IsAccepted)
            return left;

        return LookAgainAndAgain(left, request, cancellationToken) is { } found
            ? Accept(left, found)
            : Post(left, request, isFirst: false, cancellationToken);
    }

    private PublishIntent Begin(AppRequest request, string body, CancellationToken cancellationToken)
    {
        var intent = new PublishIntent
        {
            Request = body,
            HighestAppId = HighestAppId(request.ProjectId, cancellationToken),
            AskedAt = client.Connection.ServerTime,
        };
        intents.Write(intent);
        return intent;
    }

    /// <summary>Sends the request; where the answer is lost, looks for what it would have told, and sends once more if there is nothing.</summary>
    private PublishIntent Post(PublishIntent intent, AppRequest request, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            return Accept(intent, client.PublishApp(request, cancellationToken));
        }
        catch (ApiException error) when (error.OutcomeUnknown)
        {
            if (LookForLost(intent, request, error, cancellationToken) is { } found)
                return Accept(intent, found);
            // The intent stays: the next build looks once more before it publishes.
            return isFirst && IsOver(error)
                ? Post(intent, request, isFirst: false, cancellationToken)
                : throw Unknown(request, TheProject, error);
        }
        catch (ApiException) when (isFirst)
        {
            intents.Delete();
            throw;
        }
    }

    /// <summary>
    /// Whether a request that has left no trace will leave none. Behind silence, the server's or a gateway's, it may still be
    /// worked on; an answer that began, or cannot be read, may be the one to a request that succeeded.
    /// </summary>
    private static bool IsOver(ApiException error) => error switch
    {
        ApiConnectionLostException lost => !lost.AnswerBegan,
        ApiResponseException answer => answer.Status != HttpStatusCode.GatewayTimeout,
        _ => false,
    };

    private static OutcomeUnknownException Unknown(AppRequest request, string lookAt, Exception error) =>
        new($"publishing \"{request.Name}\" {request.Version}".TrimEnd(), lookAt, error);

    private static OutcomeUnknownException Ambiguous(AppRequest request, IEnumerable<string> candidates, string reason) =>
        new($"publishing \"{request.Name}\" {request.Version}".TrimEnd(), string.Join(", ", candidates), new InvalidOperationException(reason))
        {
            NamesCandidates = true,
        };

    private PublishIntent Accept(PublishIntent intent, PublishAnswer answer)
    {
        var accepted = intent with
        {
            AppId = answer.App?.Id is > 0 and var appId ? appId : answer.Build?.AppId,
            JobId = answer.Job?.Id ?? answer.Build?.JobId,
            BuildId = answer.Build?.Id ?? answer.App?.BuildJobId,
        };
        if (!accepted.IsAccepted)
            throw new JobWithoutResultException("publishing", "the answer names neither an app nor a job");

        intents.Write(accepted);
        return accepted;
    }

    private long HighestAppId(long projectId, CancellationToken cancellationToken) =>
        ListNewestApps(projectId, cancellationToken).Select(app => app.Id).DefaultIfEmpty(0).Max();

    private IReadOnlyList<App> ListNewestApps(long projectId, CancellationToken cancellationToken) =>
        client.ListApps(projectId, new Paging { Limit = 100, Sort = "created_at", Order = -1 }, cancellationToken);

    /// <exception cref="OutcomeUnknownException">Looking failed as well.</exception>
    private PublishAnswer? LookForLost(PublishIntent intent, AppRequest request, ApiException error, CancellationToken cancellationToken)
    {
        try
        {
            observer.LookingForLostRequest(error.Request);
            return LookAgainAndAgain(intent, request, cancellationToken);
        }
        catch (ApiException)
        {
            throw Unknown(request, TheProject, error);
        }
    }

    /// <summary>What was sent may still be on its way through the server, so one look is not enough.</summary>
    private PublishAnswer? LookAgainAndAgain(PublishIntent intent, AppRequest request, CancellationToken cancellationToken) =>
        Patiently(() => LookFor(intent, request, cancellationToken), cancellationToken);

    /// <summary>Asks until there is something, for half a minute at most.</summary>
    private T? Patiently<T>(Func<T?> ask, CancellationToken cancellationToken)
        where T : class
    {
        foreach (var pause in LookPauses)
        {
            clock.Wait(pause, cancellationToken);
            if (ask() is { } found)
                return found;
        }

        return null;
    }

    /// <summary>What an earlier request made; null when there is nothing yet.</summary>
    /// <exception cref="OutcomeUnknownException">There is something, and it does not tell whether it is ours.</exception>
    private PublishAnswer? LookFor(PublishIntent intent, AppRequest request, CancellationToken cancellationToken) =>
        ListBuilds(request.ProjectId, cancellationToken) is { } builds
            ? FindBuild([.. builds.Where(build => IsOfRequest(build, intent, request))], request, cancellationToken)
            : FindApp(NewApps(intent, request, cancellationToken), intent, request);

    private PublishAnswer? FindBuild(List<BuildRecord> candidates, AppRequest request, CancellationToken cancellationToken)
    {
        if (candidates.Count == 0)
            return null;

        var account = client.GetAccountId(cancellationToken);
        var branchId = request.BranchId ?? MainBranchId(request.ProjectId, cancellationToken);
        var ours = candidates.Where(build => IsBy(build, account) && IsSameBranch(build, branchId)).ToList();
        return ours.Count > 1
            ? throw Ambiguous(request, ours.Select(Name), "several fit")
            : ours.Select(build => new PublishAnswer { Build = build }).FirstOrDefault();
    }

    /// <summary>An app tells neither who published it nor from which branch, so all that it tells must be what was asked for.</summary>
    private static PublishAnswer? FindApp(List<App> candidates, PublishIntent intent, AppRequest request)
    {
        var ours = candidates.Where(app => IsOfRequest(app, intent, request)).ToList();
        return (candidates.Count, ours.Count) switch
        {
            (0, _) => null,
            (_, 1) => new PublishAnswer { App = ours[0] },
            (_, 0) => throw Ambiguous(request, candidates.Select(Name), "it has the name and the version, and not the details or the time"),
            _ => throw Ambiguous(request, ours.Select(Name), "several fit"),
        };
    }

    private static string Name(App app) => $"app {app.Id} {app.Url}".TrimEnd();

    private static string Name(BuildRecord build) => build.AppId is { } appId ? $"app {appId}" : $"build {build.Id}";

    private List<App> NewApps(PublishIntent intent, AppRequest request, CancellationToken cancellationToken) =>
        [.. ListNewestApps(request.ProjectId, cancellationToken)
            .Where(app => app.Id > intent.HighestAppId && IsOfVersion(app, request))];

    private static bool IsOfVersion(App app, AppRequest request) => app.Name == request.Name && (app.Version ?? "") == (request.Version ?? "");

    /// <summary>The newest publishing builds; null where the server does not show them to tokens.</summary>
    private IReadOnlyList<BuildRecord>? ListBuilds(long projectId, CancellationToken cancellationToken)
    {
        try
        {
            return client.ListBuilds(projectId, "publish", cancellationToken);
        }
        catch (ApiResponseException error) when (PlayCanvasClient.IsRefusal(error))
        {
            return null;
        }
    }

    /// <summary>Whether a build is what was asked for, by whomever and from whatever branch.</summary>
    private static bool IsOfRequest(BuildRecord build, PublishIntent intent, AppRequest request) =>
        !(build.CreatedAt < intent.AskedAt - ClockTolerance)
        && build.Source?.Type is null or "api"
        && (build.AppId is null || build.AppId > intent.HighestAppId)
        && HasSettings(build, request);

    private static bool IsOfRequest(App app, PublishIntent intent, AppRequest request) =>
        !(app.CreatedAt > intent.AskedAt + LongestRequest)
        && (app.Description ?? "") == (request.Description ?? "")
        && (app.ReleaseNotes ?? "") == (request.ReleaseNotes ?? "");

    private static bool IsBy(BuildRecord build, string? account) =>
        account is null || build.Actor?.Id is null || build.Actor.Id == account;

    private static bool IsSameBranch(BuildRecord build, string? branchId) =>
        branchId is null || build.Branch?.Id is null || build.Branch.Id == branchId;

    /// <summary>What the record says of the settings must be what was asked for; what either leaves out says nothing.</summary>
    private static bool HasSettings(BuildRecord build, AppRequest request)
    {
        if (build.Settings is not { } settings)
            return true;

        var asked = JObject.Parse(ApiJson.Write(request));
        return TellingSettings.All(field => Text(settings[field]) is "" || Text(asked[field]) is "" || Text(settings[field]) == Text(asked[field]));
    }

    /// <summary>A setting as text: old records have numbers as strings.</summary>
    private static string Text(JToken? setting) => setting is JArray list ? string.Join(",", list) : setting?.ToString() ?? "";

    private App WaitForApp(PublishIntent intent, AppRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return WaitForApp(AppIdOf(intent, request, cancellationToken), request.ProjectId, cancellationToken);
        }
        catch (JobException error) when (error is not JobTimeoutException)
        {
            intents.Delete();
            throw;
        }
    }

    private App WaitForApp(long appId, long projectId, CancellationToken cancellationToken)
    {
        var app = waiter.Wait(
            $"app {appId}",
            () => Patiently(() => OrNull(() => client.Polling.GetApp(appId, cancellationToken)) ?? ListedApp(appId, projectId, cancellationToken), cancellationToken)
                ?? throw new JobWithoutResultException($"app {appId}", "the server does not know it any more"),
            app => app.Status,
            cancellationToken);
        return app.Status == JobStatus.Error
            ? throw new JobFailedException($"app {appId}", ApiJson.OneLine(app.Task?.Message ?? ""))
            : app;
    }

    private App? ListedApp(long appId, long projectId, CancellationToken cancellationToken) =>
        ListNewestApps(projectId, cancellationToken).FirstOrDefault(app => app.Id == appId);

    /// <summary>What is not there may be too new for the server that was asked.</summary>
    private static T? OrNull<T>(Func<T> ask)
        where T : class
    {
        try
        {
            return ask();
        }
        catch (ApiResponseException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private long AppIdOf(PublishIntent intent, AppRequest request, CancellationToken cancellationToken)
    {
        if (intent.AppId is { } known)
            return known;

        var named = intent.JobId is { } jobId
            ? AppIdOfJob(jobId, cancellationToken)
            : AppIdOfBuild(intent.BuildId!, request.ProjectId, cancellationToken);
        var appId = named ?? OnlyNewAppId(intent, request, cancellationToken);
        intents.Write(intent with { AppId = appId });
        return appId;
    }

    private long? AppIdOfJob(string jobId, CancellationToken cancellationToken)
    {
        var job = waiter.Wait(
            $"job {jobId}",
            () => Patiently(() => OrNull(() => client.Polling.GetJob(jobId, cancellationToken)), cancellationToken),
            job => job is null ? JobStatus.Complete : job.Status,
            cancellationToken);
        if (job?.Status == JobStatus.Error)
            throw new JobFailedException($"job {jobId}", ApiJson.OneLine(string.Join(" ", job.Messages ?? [])));

        var data = job?.Data as JObject;
        var id = data?["app_id"] ?? data?["appId"] ?? (data?["app"] as JObject)?["id"] ?? data?["id"];
        return long.TryParse(id?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var appId) ? appId : null;
    }

    private long? AppIdOfBuild(string buildId, long projectId, CancellationToken cancellationToken)
    {
        // A build names its app as soon as there is one, often long before it is complete.
        var build = waiter.Wait(
            $"build {buildId}",
            () => client.Polling.ListBuilds(projectId, "publish", cancellationToken).FirstOrDefault(build => build.Id == buildId),
            build => build?.AppId is not null ? JobStatus.Complete : build?.Status,
            cancellationToken);
        return build is { AppId: null, Status: JobStatus.Error }
            ? throw new JobFailedException($"build {buildId}", ApiJson.OneLine(build.Message ?? ""))
            : build?.AppId;
    }

    /// <summary>The app of work that is done, or gone, and does not name it: publishing once more would make a second one.</summary>
    /// <exception cref="JobWithoutResultException">There is none.</exception>
    /// <exception cref="OutcomeUnknownException">Several fit.</exception>
    private long OnlyNewAppId(PublishIntent intent, AppRequest request, CancellationToken cancellationToken) =>
        Patiently(() => FindApp(NewApps(intent, request, cancellationToken), intent, request), cancellationToken)?.App?.Id
            ?? throw new JobWithoutResultException(intent.JobId is null ? $"build {intent.BuildId}" : $"job {intent.JobId}", "it names no app, and there is no new one");
}
