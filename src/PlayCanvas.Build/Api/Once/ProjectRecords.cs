using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Once;

/// <summary>A project's newest builds of one type and its newest apps, as far as the token may list them.</summary>
internal sealed class ProjectRecords
{
    private readonly IReadOnlyList<BuildRecord> builds;
    private readonly IReadOnlyList<App> apps;

    private ProjectRecords(IReadOnlyList<BuildRecord>? builds, IReadOnlyList<App> apps)
    {
        HighestBuildId = builds is { Count: 0 } ? 0 : builds?.Select(build => build.NumericId).Max();
        HighestAppId = apps.Select(app => app.Id).DefaultIfEmpty(0).Max();
        this.builds = builds ?? [];
        this.apps = apps;
    }

    /// <summary>Lists everything that could show the result of a request.</summary>
    /// <param name="client">The API.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="type">What is built: <see cref="BuildType"/>.</param>
    /// <param name="needsBuilds">
    /// False when the builds are useful but not required: if they cannot be listed, the method continues without them.
    /// </param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="ApiException">A list that is required, and that the token may read, could not be read.</exception>
    public static ProjectRecords Load(PlayCanvasClient client, long projectId, string type, bool needsBuilds, CancellationToken cancellationToken) => new(
        ListBuilds(client, projectId, type, needsBuilds, cancellationToken)?.Where(build => build.Type is null || build.Type == type).ToList(),
        type == BuildType.Publish ? client.ListNewestApps(projectId, cancellationToken) : []);

    /// <summary>The highest id of a build, 0 when there are no builds; null when the builds cannot be listed, or their ids are not numbers.</summary>
    public long? HighestBuildId { get; }

    /// <summary>The highest id of an app; 0 when there are no apps.</summary>
    public long HighestAppId { get; }

    /// <summary>Returns everything that the request may have created, whatever its likeness.</summary>
    /// <param name="intent">The request.</param>
    /// <param name="branchId">Returns the id of the requested branch; null when it cannot be determined.</param>
    public IReadOnlyList<ProjectRecord> TracesOf(AppIntent intent, Func<string?> branchId)
    {
        var comparison = new RecordComparison(intent, branchId);
        var buildOfApp = builds.Where(build => build.AppId is not null).ToLookup(build => build.AppId!.Value);
        var listed = new HashSet<long>(apps.Select(app => app.Id));
        return
        [
            .. apps.Select(app => Compare(comparison, app, buildOfApp[app.Id].FirstOrDefault())),
            .. builds.Where(build => build.AppId is not { } id || !listed.Contains(id)).Select(build => new ProjectRecord(comparison.Of(build), null, build)),
        ];
    }

    /// <summary>Returns the newest complete app with the name, the version and the branch of a request; null when there is none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="branchId">Returns the id of the requested branch; null when it cannot be determined.</param>
    public App? FindPublished(AppRequest request, Func<string?> branchId) => SameVersion.FindNewest(request, apps, () => builds, branchId);

    private static IReadOnlyList<BuildRecord>? ListBuilds(PlayCanvasClient client, long projectId, string type, bool needsBuilds, CancellationToken cancellationToken)
    {
        try
        {
            return client.ListNewestBuilds(projectId, type, cancellationToken);
        }
        catch (ApiException) when (!needsBuilds)
        {
            return null;
        }
    }

    /// <summary>
    /// Compares an app together with its build. They are one result: a value that is missing from one of them may be present in the other.
    /// </summary>
    private static ProjectRecord Compare(RecordComparison comparison, App app, BuildRecord? build)
    {
        var byApp = comparison.Of(app);
        var byBuild = build is null || byApp == Likeness.Marked ? Likeness.Undecided : comparison.Of(build);
        var (lower, higher) = byApp < byBuild ? (byApp, byBuild) : (byBuild, byApp);
        return new ProjectRecord(lower == Likeness.Different && higher != Likeness.Marked ? lower : higher, app, build);
    }
}

/// <summary>A possible result of a request: an app, its build, or both.</summary>
internal sealed record ProjectRecord(Likeness Likeness, App? App, BuildRecord? Build)
{
    public long? AppId => App?.Id ?? Build?.AppId;

    /// <summary>Whether the service failed to build it.</summary>
    public bool HasFailed => (Build?.Status ?? App?.Status) == JobStatus.Error;

    /// <summary>The name by which the user can find the result in the Editor.</summary>
    public string Name => AppId is { } id ? $"app {id} {App?.Url}".TrimEnd() : $"build {Build!.Id}";

    /// <summary>Returns the request with this record as its result.</summary>
    public AppIntent Accept(AppIntent intent) => intent with
    {
        AppId = AppId,
        JobId = Build?.JobId,
        BuildId = Build?.Id,
    };
}
