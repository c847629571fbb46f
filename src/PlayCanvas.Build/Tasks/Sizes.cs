using System.Globalization;

namespace PlayCanvas.Build.Tasks;

/// <summary>Numbers of bytes for a person.</summary>
internal static class Sizes
{
    private const double Megabyte = 1_000_000;

    public static string Format(long bytes) => bytes < Megabyte
        ? string.Format(CultureInfo.InvariantCulture, "{0:0.#} kB", bytes / 1000.0)
        : string.Format(CultureInfo.InvariantCulture, "{0:0.0} MB", bytes / Megabyte);
}
