using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Publishing;

/// <summary>
/// Decides which apps a series of releases no longer needs. The series are the complete apps with the same name and branch that were made through the
/// API. An app that cannot be told apart from others with certainty stays.
/// </summary>
/// <param name="Name">The name of the apps.</param>
/// <param name="BranchId">The id of the branch; null when it is not known, so that every app stays.</param>
/// <param name="Keep">How many of the newest apps of the series stay.</param>
internal sealed record AppRetention(string Name, string? BranchId, int Keep)
{
    /// <summary>The most apps that are deleted in one run. The oldest ones are deleted first, and a later run continues.</summary>
    public const int MaxDeletions = 20;

    /// <summary>The source of a build that was requested with a token.</summary>
    private const string Api = "api";

    /// <summary>The app that the caller has just published or reused, which always stays; null for none.</summary>
    public long? NewAppId { get; init; }

    /// <summary>The primary app of the project; null when it has none.</summary>
    public long? PrimaryAppId { get; init; }

    /// <summary>
    /// An app that was not complete at this time, by the server's clock, stays: it may be the result of a build that is still running. Default: the time
    /// at which the newest app with the name was created.
    /// </summary>
    public DateTimeOffset? CompleteBefore { get; init; }

    /// <summary>Returns what happens to each app with the name, the newest first.</summary>
    /// <param name="apps">All apps of the project.</param>
    /// <param name="builds">All builds of the project that published an app.</param>
    public IReadOnlyList<RetainedApp> Decide(IReadOnlyList<App> apps, IReadOnlyList<BuildRecord> builds)
    {
        var ours = apps.Where(app => app.Name == Name).OrderByDescending(app => app.Id).ToList();
        var buildsOf = builds.Where(build => build.AppId is not null).ToLookup(build => build.AppId!.Value);
        var completeBefore = CompleteBefore ?? ours.FirstOrDefault()?.CreatedAt;

        var decided = new List<RetainedApp>();
        var series = 0;
        foreach (var app in ours)
        {
            var fate = FateOutsideTheSeries(app, [.. buildsOf[app.Id]]) ?? FateInTheSeries(app, ++series, completeBefore);
            decided.Add(new RetainedApp(app, buildsOf[app.Id].FirstOrDefault(), fate));
        }

        var later = new HashSet<long>(decided.Where(app => app.Fate == AppFate.Deleted).Reverse().Skip(MaxDeletions).Select(app => app.App.Id));
        return [.. decided.Select(app => later.Contains(app.App.Id) ? app with { Fate = AppFate.NextRun } : app)];
    }

    /// <summary>Returns why an app stays that is not one of the series; null for an app of the series.</summary>
    private AppFate? FateOutsideTheSeries(App app, List<BuildRecord> builds)
    {
        if (app.Status != JobStatus.Complete || builds.Any(build => build.Status is not (null or JobStatus.Complete)))
            return AppFate.Incomplete;
        if (BranchId is null || builds.Count == 0 || builds.Any(build => string.IsNullOrEmpty(build.Source?.Type) || string.IsNullOrEmpty(build.Branch?.Id)))
            return AppFate.UnknownOrigin;
        return builds.Any(build => build.Source!.Type != Api || !string.Equals(build.Branch!.Id, BranchId, StringComparison.OrdinalIgnoreCase)) ? AppFate.OtherOrigin : null;
    }

    private AppFate FateInTheSeries(App app, int position, DateTimeOffset? completeBefore)
    {
        if (position <= Keep || app.Id == NewAppId)
            return AppFate.Newest;
        if (app.Id == PrimaryAppId)
            return AppFate.Primary;
        return app.CompletedAt < completeBefore ? AppFate.Deleted : AppFate.Recent;
    }
}

/// <summary>An app, and what happens to it.</summary>
/// <param name="App">The app.</param>
/// <param name="Build">The build that published it; null when it is not known.</param>
/// <param name="Fate">What happens to it.</param>
internal sealed record RetainedApp(App App, BuildRecord? Build, AppFate Fate);

/// <summary>What happens to an app. Only <see cref="Deleted"/> ones are deleted.</summary>
internal enum AppFate
{
    /// <summary>It is one of the newest, or the new app itself.</summary>
    Newest,

    /// <summary>It is the primary app.</summary>
    Primary,

    /// <summary>It is not complete: it is being built, or could not be built.</summary>
    Incomplete,

    /// <summary>No build record says from which branch it was published, or whether it was published through the API.</summary>
    UnknownOrigin,

    /// <summary>It was published in the Editor, or from another branch.</summary>
    OtherOrigin,

    /// <summary>It was built at the same time as the newest app, so the build that published it may still be running.</summary>
    Recent,

    /// <summary>It is deleted.</summary>
    Deleted,

    /// <summary>A later run deletes it, since this one deletes enough.</summary>
    NextRun,
}
