using System.Globalization;

namespace PlayCanvas.Build.Files;

/// <summary>Formats numbers of bytes for messages.</summary>
internal static class Sizes
{
    private const double Megabyte = 1_000_000;

    /// <summary>The largest number of bytes that a text may mean.</summary>
    private const double MaxSize = 1e18;

    private static readonly Dictionary<string, long> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = 1,
        ["B"] = 1,
        ["kB"] = 1_000,
        ["MB"] = 1_000_000,
        ["GB"] = 1_000_000_000,
        ["KiB"] = 1 << 10,
        ["MiB"] = 1 << 20,
        ["GiB"] = 1 << 30,
    };

    /// <summary>
    /// Returns the whole number of bytes that a text means, such as <c>1.5 MB</c>; null when it is not a size. The case of units is ignored.
    /// </summary>
    public static long? TryParse(string text)
    {
        var end = text.Length;
        while (end > 0 && char.IsLetter(text[end - 1]))
            end--;
        return Units.TryGetValue(text.Substring(end), out var unit)
            && double.TryParse(text.Substring(0, end).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * unit <= MaxSize
                ? (long)Math.Round(number * unit)
                : null;
    }

    public static string Format(long bytes) => Math.Abs(bytes) switch
    {
        < 100 => string.Format(CultureInfo.InvariantCulture, "{0} B", bytes),
        < (long)Megabyte => string.Format(CultureInfo.InvariantCulture, "{0:0.#} kB", bytes / 1000.0),
        _ => string.Format(CultureInfo.InvariantCulture, "{0:0.0} MB", bytes / Megabyte),
    };

    /// <summary>Formats a share in percent, rounded down: less than the whole is never 100 %.</summary>
    public static string FormatShare(long part, long whole) =>
        string.Format(CultureInfo.InvariantCulture, "{0:0.#} %", Math.Floor(1000.0 * part / whole) / 10);

    public static string FormatRate(long bytes, TimeSpan time) =>
        string.Format(CultureInfo.InvariantCulture, "{0:0.0} MB/s", bytes / Megabyte / Math.Max(time.TotalSeconds, 0.001));
}
