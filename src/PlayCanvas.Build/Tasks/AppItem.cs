using Microsoft.Build.Framework;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Tasks.Results;
using static PlayCanvas.Build.Tasks.RecordItem;

namespace PlayCanvas.Build.Tasks;

/// <summary>An app as an MSBuild item.</summary>
internal static class AppItem
{
    /// <summary>Returns the app that a dry run would publish. It does not have an id, so the identity is the word for its outcome.</summary>
    public static ITaskItem CreatePlanned(AppRequest request, PublishResult result, Func<string, string> redact)
    {
        var app = new App { ProjectId = request.ProjectId, Name = request.Name, Description = request.Description, Version = request.Version, ReleaseNotes = request.ReleaseNotes };
        var item = Create(app, result, redact);
        item.ItemSpec = result.Outcome;
        item.SetMetadata("Status", "");
        return item;
    }

    /// <summary>Returns an app, with what a build did with it.</summary>
    /// <param name="app">The app.</param>
    /// <param name="result">What the build did.</param>
    /// <param name="redact">Masks secrets in the server's texts: MSBuild logs items.</param>
    public static ITaskItem Create(App app, BuildResult result, Func<string, string> redact) => RecordItem.Create(
        Text(app.Id),
        [
            .. Fields(app, result is PublishResult { IsPrimary: true }),
            ("Outcome", result.Outcome),
            ("Game", result.Path),
            ("Branch", result.Branch?.Name),
            ("BranchId", result.Branch?.Id),
            ("Checkpoint", result.Checkpoint),
            ("Engine", result.Engine),
            ("BuildId", result.Build),
            ("JobId", result.Job),
        ],
        redact);

    /// <summary>Returns the metadata of an app.</summary>
    public static IEnumerable<(string Name, string? Value)> Fields(App app, bool isPrimary) =>
    [
        ("ProjectId", Text(app.ProjectId)),
        ("OwnerId", Text(app.OwnerId)),
        ("Name", app.Name),
        ("Description", app.Description),
        ("Version", app.Version),
        ("ReleaseNotes", app.ReleaseNotes),
        ("ThumbnailS", app.Thumbnails?.Small),
        ("ThumbnailM", app.Thumbnails?.Medium),
        ("ThumbnailL", app.Thumbnails?.Large),
        ("ThumbnailXl", app.Thumbnails?.ExtraLarge),
        ("Size", Text(app.Size)),
        ("Views", Text(app.Views)),
        ("CompletedAt", Text(app.CompletedAt)),
        ("CreatedAt", Text(app.CreatedAt)),
        ("ModifiedAt", Text(app.ModifiedAt)),
        ("Url", app.Url),
        ("Status", app.Status),
        ("IsPrimary", Text(isPrimary)),
    ];
}
