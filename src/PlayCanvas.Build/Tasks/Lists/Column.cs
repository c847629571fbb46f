using System.Globalization;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>A column of a table.</summary>
/// <param name="Title">The title; a table without any titles begins with its first record.</param>
/// <param name="Value">Returns the value of a record; null or an empty text when the record has none.</param>
internal sealed record Column<T>(string Title, Func<T, string?> Value)
{
    /// <summary>Returns the value in the short form that a table uses when it is too wide.</summary>
    public Func<T, string?> ShortValue { get; init; } = Value;

    /// <summary>Whether the values are aligned to the right.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether a value may be cut: the beginning of a text is still useful, but that of an id, a version or a URL is not.</summary>
    public bool IsText { get; init; }

    /// <summary>0 for a column that every table shows. A table that is too wide omits the columns with the highest rank first.</summary>
    public int Rank { get; init; }
}

/// <summary>Creates the columns that several tables have.</summary>
internal static class Column
{
    /// <summary>A time (UTC), or its day in a narrow table.</summary>
    public static Column<T> Time<T>(string title, Func<T, DateTimeOffset?> time) => new(title, record => Format(time(record), "yyyy-MM-dd HH:mm"))
    {
        ShortValue = record => Format(time(record), "yyyy-MM-dd"),
    };

    /// <summary>A number of bytes.</summary>
    public static Column<T> Size<T>(string title, Func<T, long?> bytes) =>
        new(title, record => bytes(record) is { } size ? Sizes.Format(size) : null) { IsNumber = true };

    private static string? Format(DateTimeOffset? time, string format) => time?.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
