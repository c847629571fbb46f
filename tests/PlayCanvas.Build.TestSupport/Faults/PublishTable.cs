using System.Globalization;
using System.Text;

namespace PlayCanvas.Build.TestSupport.Faults;

/// <summary>Counts the outcomes of releases by the fault of their first request and by what the server shows.</summary>
/// <param name="results">What a release must create once.</param>
/// <param name="shown">What the server may show.</param>
internal sealed class PublishTable(string results = "new apps", string shown = "builds shown")
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Row> rows = new(StringComparer.Ordinal);

    /// <param name="what">The fault.</param>
    /// <param name="isShown">Whether the server shows what helps to recognize the result.</param>
    /// <param name="codes">The outcome of each build of the release: <c>green</c>, <c>cancelled</c>, or a code.</param>
    /// <param name="created">The number of results of the release in the end.</param>
    public void Add(string what, bool isShown, IReadOnlyList<string> codes, int created)
    {
        lock (gate)
        {
            var key = $"{what} | {(isShown ? "yes" : "no")}";
            if (!rows.TryGetValue(key, out var row))
                rows[key] = row = new Row();
            row.Releases++;
            row.Results[Math.Min(created, 2)]++;
            foreach (var code in codes)
                row.Codes[code] = row.Codes.GetValueOrDefault(code) + 1;
        }
    }

    public override string ToString()
    {
        lock (gate)
        {
            var text = new StringBuilder($"| the request | {shown} | releases | builds: green | builds: not green | {results} 0 | 1 | 2 |\n");
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
            for (var i = 0; i < sum.Results.Length; i++)
                sum.Results[i] += row.Results[i];
            foreach (var (code, count) in row.Codes)
                sum.Codes[code] = sum.Codes.GetValueOrDefault(code) + count;
        }

        return sum;
    }

    private sealed class Row
    {
        public int Releases { get; set; }

        public int[] Results { get; } = new int[3];

        public SortedDictionary<string, int> Codes { get; } = new(StringComparer.Ordinal);

        public override string ToString()
        {
            var others = string.Join(", ", Codes.Where(code => code.Key != "green").Select(code => $"{code.Key} {code.Value}"));
            return $"{Releases} | {Codes.GetValueOrDefault("green")} | {others} | {Results[0]} | {Results[1]} | {Results[2]}";
        }
    }
}
