namespace Benchmarks;

/// <summary>Statistics of a series of measurements.</summary>
internal static class Statistics
{
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static double Median<T>(this IEnumerable<T> values, Func<T, double> select) => values.Select(select).Median();
}
