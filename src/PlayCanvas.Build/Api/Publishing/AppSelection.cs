using System.Net;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;

namespace PlayCanvas.Build.Api.Publishing;

/// <summary>Finds complete apps of a project by their id or their version.</summary>
/// <param name="client">The API.</param>
/// <param name="projectId">The project.</param>
/// <param name="cancellationToken">Cancels the requests.</param>
internal sealed class AppSelection(PlayCanvasClient client, long projectId, CancellationToken cancellationToken)
{
    /// <summary>The number of apps that an error names.</summary>
    private const int MaxNewest = 5;

    /// <summary>Returns an app; null when the project does not have it.</summary>
    /// <exception cref="ApiException">The request failed.</exception>
    public App? TryGet(long id)
    {
        try
        {
            return client.GetApp(id, cancellationToken) is { } app && (app.ProjectId ?? projectId) == projectId ? app : null;
        }
        catch (ApiResponseException error) when (error.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return null; // The service refuses an app of another account.
        }
    }

    /// <summary>Returns a complete app.</summary>
    /// <exception cref="ApiException">The request failed.</exception>
    /// <exception cref="AppSelectionException">The project does not have the app, or it is not complete.</exception>
    public App WithId(long id) => CheckIsComplete(TryGet(id) ?? throw NotFound(id), $"app {id}");

    /// <summary>Returns the newest complete app with a name, a version and a branch.</summary>
    /// <param name="wanted">The name, the version and the id of the branch; a branch that is null stands for the main branch.</param>
    /// <exception cref="ApiException">A request failed.</exception>
    /// <exception cref="AppSelectionException">There is no such app, or it is not complete.</exception>
    public App WithVersion(AppRequest wanted)
    {
        var apps = client.ListApps(projectId, new Paging(), cancellationToken);
        var builds = client.ListPublishes(projectId, cancellationToken) ?? [];
        var found = SameVersion.FindNewest(wanted, apps, () => builds, () => wanted.BranchId ?? client.GetMainBranchId(projectId, cancellationToken));
        if (found is not null)
            return found;

        var title = $"version \"{wanted.Version}\" of \"{wanted.Name}\"";
        var same = apps.Where(app => SameVersion.Is(app, wanted)).OrderByDescending(app => app.Id).ToList();
        if (same.Count == 0)
            throw Fail(AppFault.NotFound, title, [], apps);
        var elsewhere = same.Where(app => app.Status == JobStatus.Complete).ToList();
        throw elsewhere.Count == 0 ? Incomplete(same[0], title, apps) : Fail(AppFault.OtherBranch, title, elsewhere, apps);
    }

    /// <summary>Returns the error for an id that the project does not have.</summary>
    public AppSelectionException NotFound(long id) => Fail(AppFault.NotFound, $"app {id}", [], client.ListNewestApps(projectId, cancellationToken));

    private App CheckIsComplete(App app, string wanted) =>
        app.Status == JobStatus.Complete ? app : throw Incomplete(app, wanted, client.ListNewestApps(projectId, cancellationToken));

    private AppSelectionException Incomplete(App app, string wanted, IReadOnlyList<App> apps) =>
        Fail(app.Status == JobStatus.Error ? AppFault.Failed : AppFault.Running, wanted, [app], apps);

    private AppSelectionException Fail(AppFault fault, string wanted, IReadOnlyList<App> found, IReadOnlyList<App> apps) =>
        new(fault, wanted, projectId, found, [.. apps.Where(app => app.Status == JobStatus.Complete).OrderByDescending(app => app.Id).Take(MaxNewest)]);
}

/// <summary>Why an app cannot be selected.</summary>
internal enum AppFault
{
    /// <summary>The project has no such app.</summary>
    NotFound,

    /// <summary>Only apps of other branches fit.</summary>
    OtherBranch,

    /// <summary>The app is not complete yet.</summary>
    Running,

    /// <summary>The service could not build the app.</summary>
    Failed,
}

/// <summary>An id or a version does not select an app that can be played.</summary>
/// <param name="fault">Why it does not.</param>
/// <param name="wanted">What is wanted, such as <c>app 12</c>.</param>
/// <param name="projectId">The project.</param>
/// <param name="found">The apps that were found, but cannot be selected.</param>
/// <param name="newest">The newest complete apps of the project.</param>
internal sealed class AppSelectionException(AppFault fault, string wanted, long projectId, IReadOnlyList<App> found, IReadOnlyList<App> newest)
    : Exception($"{wanted}: {fault}")
{
    public AppFault Fault { get; } = fault;

    public string Wanted { get; } = wanted;

    public long ProjectId { get; } = projectId;

    public IReadOnlyList<App> Found { get; } = found;

    public IReadOnlyList<App> Newest { get; } = newest;
}
