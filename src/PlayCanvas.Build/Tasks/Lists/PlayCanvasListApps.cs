using System.Globalization;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>Lists the published apps of each PlayCanvas project: as items, as a table, and as a one-line summary.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasListApps : PlayCanvasServiceTask
{
    private static readonly IReadOnlyList<Column<(App App, bool IsPrimary)>> Columns =
    [
        new("Id", row => $"{row.App.Id}") { IsNumber = true },
        new("Name", row => row.App.Name) { IsText = true },
        new("Version", row => row.App.Version),
        Column.Size<(App App, bool IsPrimary)>("Size", row => row.App.Size) with { Rank = 2 },
        new("Views", row => row.App.Views?.ToString("N0", CultureInfo.InvariantCulture)) { IsNumber = true, Rank = 3 },
        Column.Time<(App App, bool IsPrimary)>("Completed", row => row.App.CompletedAt),
        new("Status", row => row.App.Status == JobStatus.Complete ? "" : row.App.Status),
        new("Primary", row => row.IsPrimary ? "yes" : "") { Rank = 1 },
        new("URL", row => row.App.Url),
    ];

    /// <summary>The maximum number of apps to list, 1 to 100,000. Default: all of them.</summary>
    public string? Limit { get; set; }

    /// <summary>The number of apps to skip at the beginning of the list, 0 or more. Default: 0.</summary>
    public string? Skip { get; set; }

    /// <summary>The name of the field by which the list is sorted, such as <c>created_at</c>. Default: the server's order.</summary>
    public string? Sort { get; set; }

    /// <summary>
    /// <c>1</c> for ascending or <c>-1</c> for descending order; any other value is the error PLAYCANVAS1021. Default: the server's order.
    /// </summary>
    public string? Order { get; set; }

    /// <summary>The apps. The identity of an item is the app's id; each field of the record, and <c>IsPrimary</c>, is metadata.</summary>
    [Output]
    public ITaskItem[] Apps { get; private set; } = [];

    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        var paging = ReadPaging();
        foreach (var sameProject in games.GroupBy(game => game.Settings.ProjectId))
            List(sameProject.First(), paging, cancellationToken);
    }

    private void List(ProjectGame game, Paging paging, CancellationToken cancellationToken)
    {
        var projectId = game.Settings.ProjectId;
        using var connection = Connect(game);
        var client = new PlayCanvasClient(connection);
        var apps = client.ListApps(projectId, paging, cancellationToken);
        var primary = client.GetPrimaryApp(projectId, cancellationToken);

        foreach (var line in Table.Format(Columns, [.. apps.Select(app => (app, app.Id == primary?.Id))], LineWidth()))
            Say(line);
        SayResult(Summarize(apps, primary));
        Apps = [.. Apps, .. apps.Select(app => AppItem.Create(app, app.Id == primary?.Id, Redact))];
    }

    private static string Summarize(IReadOnlyList<App> apps, App? primary)
    {
        var newest = apps.OrderByDescending(app => app.CreatedAt).ThenByDescending(app => app.Id).FirstOrDefault();
        var facts = new[] { ("newest", newest), ("primary", primary) }
            .Where(fact => fact.Item2 is not null)
            .Select(fact => $"{fact.Item1} {OptionValues.Trimmed(fact.Item2!.Version) ?? fact.Item2.Id.ToString(CultureInfo.InvariantCulture)}");
        var details = string.Join(", ", facts);
        return $"{apps.Count} {(apps.Count == 1 ? "app" : "apps")}" + (details.Length == 0 ? "" : $" ({details})");
    }

    private Paging ReadPaging()
    {
        var values = new OptionValues(new NamedValues(
            (Options.ListLimit.Name, Limit), (Options.ListSkip.Name, Skip), (Options.ListSort.Name, Sort), (Options.ListOrder.Name, Order)));
        return new Paging
        {
            Limit = values.Number(Options.ListLimit),
            Skip = values.Number(Options.ListSkip),
            Sort = values.Text(Options.ListSort),
            Order = values.Choice(Options.ListOrder) is { } order ? int.Parse(order, CultureInfo.InvariantCulture) : null,
        };
    }
}
