using System.Globalization;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>Lists a project's published apps: as items, as a table, and as one line of result.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasListApps : PlayCanvasApiTask
{
    /// <summary>The most apps to list. Default: all of them.</summary>
    public string? Limit { get; set; }

    /// <summary>How many apps to leave out at the beginning. Default: none.</summary>
    public string? Skip { get; set; }

    /// <summary>The field to order by, such as <c>created_at</c>. Default: the server's order.</summary>
    public string? Sort { get; set; }

    /// <summary><c>1</c> for ascending, <c>-1</c> for descending. Default: the server's.</summary>
    public string? Order { get; set; }

    /// <summary>The apps: the id, with each field of the record as metadata, and <c>IsPrimary</c>.</summary>
    [Output]
    public ITaskItem[] Apps { get; private set; } = [];

    private protected override void RunChecked(CancellationToken cancellationToken)
    {
        var projectId = RequiredProjectId;
        var paging = ReadPaging();
        using var connection = Connect();
        var client = new PlayCanvasClient(connection);
        var apps = client.ListApps(projectId, paging, cancellationToken);
        var primary = client.GetPrimaryApp(projectId, cancellationToken);

        foreach (var line in AppTable.Format(apps, primary?.Id))
            Say(line);
        SayResult(Summarize(apps, primary));
        Apps = [.. apps.Select(app => AppItem.Create(app, app.Id == primary?.Id, Redact))];
    }

    private static string Summarize(IReadOnlyList<App> apps, App? primary)
    {
        var newest = apps.OrderByDescending(app => app.CreatedAt).ThenByDescending(app => app.Id).FirstOrDefault();
        var facts = new[] { ("newest", newest), ("primary", primary) }
            .Where(fact => fact.Item2 is not null)
            .Select(fact => $"{fact.Item1} {Settings.Text(fact.Item2!.Version) ?? fact.Item2.Id.ToString(CultureInfo.InvariantCulture)}");
        var details = string.Join(", ", facts);
        return $"{apps.Count} {(apps.Count == 1 ? "app" : "apps")}" + (details.Length == 0 ? "" : $" ({details})");
    }

    private Paging ReadPaging() => new()
    {
        Limit = Settings.Number("PlayCanvasListLimit", Limit, 1, 100_000),
        Skip = Settings.Number("PlayCanvasListSkip", Skip, 0, int.MaxValue),
        Sort = Settings.Text(Sort),
        Order = Settings.Text(Order)?.Trim() switch
        {
            null => null,
            "1" => 1,
            "-1" => -1,
            _ => throw new DiagnosticException(Diagnostic.ListOrderInvalid(Order!)),
        },
    };
}
