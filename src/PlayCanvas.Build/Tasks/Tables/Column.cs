using System.Globalization;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tasks.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Title">The title; a table without any titles begins with its first record.</param>
/// <param name="Value">Returns the value of a record; null or an empty text when the record has none.</param>
internal sealed record Column<T>(string Title, Func<T, string?> Value)
{
    /// <summary>Returns the value in the short form that a table uses when it is too wide.</summary>
    public Func<T, string?> ShortValue { get; init; } = Value;

    /// <summary>Whether the values are aligned to the right.</summary>
    public bool IsNumber { get; init; }

    /// <summary>
    /// The width to which values may be cut before other columns are omitted; null when they are never cut. The beginning of a text is still useful, but
    /// that of an id, a version or a URL is not.
    /// </summary>
    public int? CutTo { get; init; }

    /// <summary>0 for a column that every table shows. A table that is too wide omits the columns with the highest rank first.</summary>
    public int Rank { get; init; }
}

/// <summary>Creates the columns that several tables have.</summary>
internal static class Column
{
    /// <summary>A name, which is cut only after columns are omitted, because people copy names.</summary>
    public static Column<T> Name<T>(string title, Func<T, string?> name) => new(title, name) { CutTo = 48 };

    /// <summary>A text.</summary>
    public static Column<T> Text<T>(string title, Func<T, string?> text) => new(title, text) { CutTo = 16 };

    /// <summary>A time (UTC), or its day in a narrow table; another text for a record without a time.</summary>
    public static Column<T> Time<T>(string title, Func<T, DateTimeOffset?> time, Func<T, string?>? otherwise = null) =>
        new(title, record => Format(time(record), "yyyy-MM-dd HH:mm") ?? otherwise?.Invoke(record))
        {
            ShortValue = record => Format(time(record), "yyyy-MM-dd") ?? otherwise?.Invoke(record),
        };

    /// <summary>A number of bytes.</summary>
    public static Column<T> Size<T>(string title, Func<T, long?> bytes) =>
        new(title, record => bytes(record) is { } size ? Sizes.Format(size) : null) { IsNumber = true };

    private static string? Format(DateTimeOffset? time, string format) => time?.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
