using PlayCanvas.Build.Api;

namespace PlayCanvas.Build.Tasks.Tables;

/// <summary>Formats records as the lines of a table that fits a width.</summary>
internal static class Table
{
    private const string Gap = "  ";

    /// <summary>The width to which values that may be cut are cut when no column can be omitted.</summary>
    private const int NarrowestText = 8;

    /// <summary>
    /// Returns the titles and a line for each record; nothing when there are no records. A column without any value is omitted. To fit the width,
    /// texts are cut, then values have their short form, then columns are omitted. Ids, versions and URLs are never cut, so a table of these alone may
    /// be wider.
    /// </summary>
    public static IEnumerable<string> Format<T>(IReadOnlyList<Column<T>> columns, IReadOnlyList<T> records, int width)
    {
        var shown = Cells.Of(columns, records, column => column.Value);
        if (WidthOf(shown, column => column.CutWidth) > width)
            shown = Cells.Of(columns, records, column => column.ShortValue);
        while (WidthOf(shown, column => column.CutWidth) > width && shown.Exists(column => column.Rank > 0))
            shown.Remove(shown.OrderBy(column => column.Rank).Last());

        var longestText = shown.Select(column => column.Width).DefaultIfEmpty().Max();
        while (longestText > NarrowestText && WidthOf(shown, column => column.WidthWith(longestText)) > width)
            longestText--;

        var titles = shown.Exists(column => column.Title.Length > 0) ? new[] { Line(shown, longestText, column => column.Title) } : [];
        return titles.Concat(Enumerable.Range(0, shown.Count == 0 ? 0 : records.Count).Select(row => Line(shown, longestText, column => column.Values[row])));
    }

    private static int WidthOf(List<Cells> columns, Func<Cells, int> widthOf) =>
        columns.Sum(widthOf) + (Gap.Length * Math.Max(columns.Count - 1, 0));

    private static string Line(List<Cells> columns, int longestText, Func<Cells, string> text) =>
        string.Join(Gap, columns.Select(column => column.Pad(text(column), column.WidthWith(longestText)))).TrimEnd();

    /// <summary>The texts of a column.</summary>
    private sealed class Cells
    {
        private readonly bool isNumber;
        private readonly int? cutTo;

        private Cells(string title, string[] values, int rank, bool isNumber, int? cutTo)
        {
            (Title, Values, Rank) = (title, values, rank);
            (this.isNumber, this.cutTo) = (isNumber, cutTo);
            Width = values.Select(TextWidth.Of).Append(title.Length).Max();
        }

        public string Title { get; }

        public string[] Values { get; }

        public int Rank { get; }

        /// <summary>The width of the longest text.</summary>
        public int Width { get; }

        /// <summary>The width of the column before other columns are omitted.</summary>
        public int CutWidth => Math.Min(Width, cutTo ?? int.MaxValue);

        /// <summary>Returns the columns that have values.</summary>
        public static List<Cells> Of<T>(IReadOnlyList<Column<T>> columns, IReadOnlyList<T> records, Func<Column<T>, Func<T, string?>> valueOf) =>
            [.. columns.Select(column => Of(column, records, valueOf(column))).Where(cells => Array.Exists(cells.Values, value => value.Length > 0))];

        /// <summary>The width of the column when values that may be cut are cut to a limit.</summary>
        public int WidthWith(int longestText) => cutTo is null ? Width : Math.Min(Width, longestText);

        public string Pad(string text, int width)
        {
            var shown = cutTo is null ? text : TextWidth.Shorten(text, width);
            var padding = new string(' ', Math.Max(0, width - TextWidth.Of(shown)));
            return isNumber ? padding + shown : shown + padding;
        }

        private static Cells Of<T>(Column<T> column, IReadOnlyList<T> records, Func<T, string?> valueOf) =>
            new(column.Title, [.. records.Select(record => ApiJson.OneLine(valueOf(record) ?? ""))], column.Rank, column.IsNumber, column.CutTo);
    }
}
