using System.Globalization;
using System.Text;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>Counts the outcomes of killed builds by the state that they left behind.</summary>
internal sealed class KillTable(string phase)
{
    private readonly SortedDictionary<string, Row> rows = new(StringComparer.Ordinal);

    public int Kills => rows.Values.Sum(row => row.Kills);

    /// <summary>The number of builds that had finished their work before they could be killed.</summary>
    public int TooLate { get; set; }

    public List<string> Faults { get; } = [];

    public Row RowOf(string state)
    {
        if (!rows.TryGetValue(state, out var row))
            rows[state] = row = new Row();
        return row;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{phase}: {Kills} kills, seed {Effort.Seed}; {TooLate} more came after the work was done");
        text.AppendLine("| phase | left behind | kills | next build green | second jobs | leftovers |");
        text.AppendLine("| --- | --- | ---: | ---: | ---: | ---: |");
        foreach (var (state, row) in rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {phase} | {state} | {row.Kills} | {row.Green} | {row.SecondJobs} | {row.Leftovers} |");
        return text.AppendJoin('\n', Faults).ToString();
    }

    public sealed class Row
    {
        public int Kills { get; set; }

        public int Green { get; set; }

        public int SecondJobs { get; set; }

        public int Leftovers { get; set; }
    }
}
