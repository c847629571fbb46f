using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Tasks;

/// <summary>An app as an MSBuild item: the item's identity is the app's id, and each field is metadata with the same name.</summary>
internal static class AppItem
{
    /// <param name="app">The app.</param>
    /// <param name="isPrimary">Whether the app is the project's primary app.</param>
    /// <param name="redact">Masks secrets in the server's texts: MSBuild logs items.</param>
    public static ITaskItem Create(App app, bool isPrimary, Func<string, string> redact)
    {
        ITaskItem2 item = new TaskItem(Text(app.Id));
        Set("ProjectId", Text(app.ProjectId));
        Set("OwnerId", Text(app.OwnerId));
        Set("Name", app.Name);
        Set("Description", app.Description);
        Set("Version", app.Version);
        Set("ReleaseNotes", app.ReleaseNotes);
        Set("ThumbnailS", app.Thumbnails?.Small);
        Set("ThumbnailM", app.Thumbnails?.Medium);
        Set("ThumbnailL", app.Thumbnails?.Large);
        Set("ThumbnailXl", app.Thumbnails?.ExtraLarge);
        Set("Size", Text(app.Size));
        Set("Views", Text(app.Views));
        Set("CompletedAt", Text(app.CompletedAt));
        Set("CreatedAt", Text(app.CreatedAt));
        Set("ModifiedAt", Text(app.ModifiedAt));
        Set("Url", app.Url);
        Set("Status", app.Status);
        Set("IsPrimary", isPrimary ? "true" : "false");
        return item;

        void Set(string name, string? value) => item.SetMetadataValueLiteral(name, redact(value ?? ""));
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(DateTimeOffset? date) => date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
