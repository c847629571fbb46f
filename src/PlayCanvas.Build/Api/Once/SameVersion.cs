using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Once;

/// <summary>Finds the apps that were published with the name, the version and the branch of a request.</summary>
internal static class SameVersion
{
    /// <summary>Whether an app has the name and the version of a request.</summary>
    public static bool Is(App app, AppRequest request) => app.Name == request.Name && (app.Version ?? "") == (request.Version ?? "");

    /// <summary>Returns the newest complete app; null when there is none.</summary>
    /// <param name="request">What is published.</param>
    /// <param name="apps">The project's apps.</param>
    /// <param name="listBuilds">
    /// Lists the project's builds, since only a build names the branch. An app whose build is not listed is assumed to be of the same branch.
    /// </param>
    /// <param name="branchId">Returns the id of the request's branch; null when it cannot be determined, and any branch is the same.</param>
    public static App? FindNewest(AppRequest request, IEnumerable<App> apps, Func<IReadOnlyList<BuildRecord>> listBuilds, Func<string?> branchId)
    {
        var same = apps.Where(app => Is(app, request) && app.Status == JobStatus.Complete).OrderByDescending(app => app.Id).ToList();
        if (same.Count == 0)
            return null;

        var builds = listBuilds();
        return same.FirstOrDefault(app => builds.FirstOrDefault(build => build.AppId == app.Id)?.Branch?.Id is not { } branch || IsSame(branch, branchId()));
    }

    private static bool IsSame(string branch, string? branchId) => branchId is null || branch == branchId;
}
