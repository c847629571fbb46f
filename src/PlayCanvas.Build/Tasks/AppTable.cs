using System.Globalization;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Tasks;

/// <summary>Formats apps as the lines of a table.</summary>
internal static class AppTable
{
    private const int WidestText = 40;

    private static readonly (string Title, bool IsNumber, Func<App, bool, string> Value)[] Columns =
    [
        ("Id", true, (app, _) => $"{app.Id}"),
        ("Name", false, (app, _) => Short(app.Name)),
        ("Version", false, (app, _) => Short(app.Version)),
        ("Size", true, (app, _) => app.Size is { } size ? Sizes.Format(size) : ""),
        ("Views", true, (app, _) => app.Views?.ToString("N0", CultureInfo.InvariantCulture) ?? ""),
        ("Completed", false, (app, _) => app.CompletedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? app.Status),
        ("Primary", false, (_, isPrimary) => isPrimary ? "yes" : ""),
        ("URL", false, (app, _) => app.Url ?? ""),
    ];

    public static IEnumerable<string> Format(IReadOnlyList<App> apps, long? primaryId)
    {
        var rows = apps.Select(app => Array.ConvertAll(Columns, column => column.Value(app, app.Id == primaryId))).ToList();
        rows.Insert(0, Array.ConvertAll(Columns, column => column.Title));
        var widths = Enumerable.Range(0, Columns.Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            Columns[column].IsNumber ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }

    private static string Short(string? text)
    {
        var line = ApiJson.OneLine(text ?? "");
        return line.Length <= WidestText ? line : line.Substring(0, WidestText - 1) + ApiJson.Ellipsis;
    }
}
