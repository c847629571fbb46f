using System.Globalization;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Tables;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>Lists the published apps of each PlayCanvas project.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasListApps : PlayCanvasSortedListTask
{
    private static readonly RecordKind<ListedApp> Kind = new(
        "app",
        "apps",
        listed => RecordItem.Text(listed.App.Id),
        listed => AppItem.Fields(listed.App, listed.IsPrimary),
        [
            new("Id", listed => RecordItem.Text(listed.App.Id)) { IsNumber = true },
            Column.Name<ListedApp>("Name", listed => listed.App.Name),
            new("Version", listed => listed.App.Version),
            Column.Size<ListedApp>("Size", listed => listed.App.Size) with { Rank = 2 },
            new("Views", listed => listed.App.Views?.ToString("N0", CultureInfo.InvariantCulture)) { IsNumber = true, Rank = 3 },
            Column.Time<ListedApp>("Completed", listed => listed.App.CompletedAt, listed => listed.App.Status),
            new("Primary", listed => listed.IsPrimary ? "yes" : null) { Rank = 1 },
            new("URL", listed => listed.App.Url),
        ]);

    /// <summary>The apps. The identity of an item is the app's id; each field of the record, and <c>IsPrimary</c>, is metadata.</summary>
    [Output]
    public ITaskItem[] Apps => Items;

    private protected override RecordList Request(ListSource source, Paging paging)
    {
        var apps = source.Client.ListApps(source.ProjectId, paging, source.CancellationToken);
        var primary = source.Client.GetPrimaryApp(source.ProjectId, source.CancellationToken);
        var newest = apps.Where(app => app.Status != JobStatus.Error).OrderByDescending(app => app.CreatedAt).ThenByDescending(app => app.Id).FirstOrDefault();
        return Kind.MakeList([.. apps.Select(app => new ListedApp(app, app.Id == primary?.Id))], of: null, Describe("newest", newest), Describe("primary", primary));
    }

    private static string? Describe(string role, App? app) => app is null ? null : $"{role} {OptionValues.Trimmed(app.Version) ?? RecordItem.Text(app.Id)}";

    private sealed record ListedApp(App App, bool IsPrimary);
}
