using System.Globalization;
using System.Text;

namespace PlayCanvas.Build.TestSupport.Faults;

/// <summary>Counts the outcomes of releases by the fault of their first request and by whether the server lists builds.</summary>
internal sealed class PublishTable
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Row> rows = new(StringComparer.Ordinal);

    /// <param name="what">The fault.</param>
    /// <param name="buildsRoute">Whether the server lists builds.</param>
    /// <param name="codes">The outcome of each build of the release: <c>green</c>, <c>cancelled</c>, or a code.</param>
    /// <param name="newApps">The number of new apps of the release in the end.</param>
    public void Add(string what, bool buildsRoute, IReadOnlyList<string> codes, int newApps)
    {
        lock (gate)
        {
            var key = $"{what} | {(buildsRoute ? "yes" : "no")}";
            if (!rows.TryGetValue(key, out var row))
                rows[key] = row = new Row();
            row.Releases++;
            row.Apps[Math.Min(newApps, 2)]++;
            foreach (var code in codes)
                row.Codes[code] = row.Codes.GetValueOrDefault(code) + 1;
        }
    }

    public override string ToString()
    {
        lock (gate)
        {
            var text = new StringBuilder("| the request | builds shown | releases | builds: green | builds: not green | new apps 0 | 1 | 2 |\n");
            text.Append("| --- | --- | ---: | ---: | --- | ---: | ---: | ---: |\n");
            foreach (var (key, row) in rows)
                text.Append(CultureInfo.InvariantCulture, $"| {key} | {row} |\n");
            return text.Append(CultureInfo.InvariantCulture, $"| all | | {Sum(rows.Values)} |\n").ToString();
        }
    }

    private static Row Sum(IEnumerable<Row> rows)
    {
        var sum = new Row();
        foreach (var row in rows)
        {
            sum.Releases += row.Releases;
            for (var i = 0; i < sum.Apps.Length; i++)
                sum.Apps[i] += row.Apps[i];
            foreach (var (code, count) in row.Codes)
                sum.Codes[code] = sum.Codes.GetValueOrDefault(code) + count;
        }

        return sum;
    }

    private sealed class Row
    {
        public int Releases { get; set; }

        public int[] Apps { get; } = new int[3];

        public SortedDictionary<string, int> Codes { get; } = new(StringComparer.Ordinal);

        public override string ToString()
        {
            var others = string.Join(", ", Codes.Where(code => code.Key != "green").Select(code => $"{code.Key} {code.Value}"));
            return $"{Releases} | {Codes.GetValueOrDefault("green")} | {others} | {Apps[0]} | {Apps[1]} | {Apps[2]}";
        }
    }
}
