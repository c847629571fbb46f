using System.Globalization;

namespace PlayCanvas.Build.Files;

/// <summary>Formats numbers of bytes for messages.</summary>
internal static class Sizes
{
    private const double Megabyte = 1_000_000;

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
