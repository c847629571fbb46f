using PlayCanvas.Build.Api;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tasks.Tables;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>A list in one line, which is the only one that the terminal logger shows. It is short, because that logger wraps it.</summary>
internal static class Summary
{
    private const int MaxNames = 2;

    /// <summary>The maximum width of a text.</summary>
    private const int MaxWidth = 24;

    /// <summary>Returns the number of records and a few details, such as <c>8 scenes of "main" ("Main", "Level 2" and 6 more)</c>.</summary>
    public static string Format(int count, string noun, string? of, IEnumerable<string?> details)
    {
        var told = string.Join(", ", details.Where(detail => !string.IsNullOrEmpty(detail)));
        return $"{count:N0} {noun}" + (of is null ? "" : $" of {Quote(of)}") + (told.Length == 0 ? "" : $" ({told})");
    }

    /// <summary>Returns a text in quotation marks; a long one is cut.</summary>
    public static string Quote(string? text) => NameList.Format([Shorten(text)], 1);

    /// <summary>Returns the first names in quotation marks, and the number of the others.</summary>
    public static string Names(IEnumerable<string?> names) => NameList.Format([.. names.Select(Shorten)], MaxNames);

    private static string Shorten(string? text) => TextWidth.Shorten(ApiJson.OneLine(text ?? ""), MaxWidth);
}
