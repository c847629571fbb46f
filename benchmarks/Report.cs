using System.Text;
using PlayCanvas.Build.TestSupport;

namespace Benchmarks;

/// <summary>The result of one benchmark in Markdown, which is printed and written between the markers of its section in README.md.</summary>
internal sealed class Report(string section)
{
    private readonly StringBuilder text = new();

    public void Add(string paragraph) => text.AppendLine(paragraph).AppendLine();

    /// <summary>Adds a table; the first column is text, the others are numbers.</summary>
    public void AddTable(string[] header, IEnumerable<string[]> rows)
    {
        AddRow(header);
        AddRow([.. header.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (var row in rows)
            AddRow(row);
        text.AppendLine();
    }

    /// <summary>Adds a table of the figures that have a target, both those that were met and those that were missed.</summary>
    public void AddTargets(params Target[] targets) =>
        AddTable(["target", "measured", "at most", ""], targets.Select(target => new[] { target.Name, target.Measured, target.AtMost, target.IsMet ? "met" : "**missed**" }));

    public async Task PublishAsync()
    {
        Add($"Measured on {await Machine.DescribeAsync()}.");
        Console.WriteLine(text);
        var file = Path.Combine(Repository.PathOf("benchmarks"), "README.md");
        await File.WriteAllTextAsync(file, Replace(await File.ReadAllTextAsync(file)));
    }

    private string Replace(string readme)
    {
        var (start, end) = ($"<!-- {section} -->\n", $"<!-- end of {section} -->");
        var from = readme.IndexOf(start, StringComparison.Ordinal);
        var to = readme.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidOperationException($"README.md has no section {section}.");
        return $"{readme[..(from + start.Length)]}\n{text}{readme[to..]}";
    }

    private void AddRow(string[] cells) => text.AppendLine($"| {string.Join(" | ", cells)} |");
}

/// <summary>A figure with an upper limit.</summary>
internal sealed record Target(string Name, string Measured, string AtMost, bool IsMet)
{
    public static Target Ratio(string name, double measured, double atMost) => new(name, $"{measured:0.000}", $"{atMost:0.000}", measured <= atMost);

    public static Target Count(string name, int measured, int atMost) => new(name, $"{measured}", $"{atMost}", measured <= atMost);

    public static Target Milliseconds(string name, double measured, double atMost) => new(name, $"{measured:0.0} ms", $"{atMost:0.0} ms", measured <= atMost);

    public static Target Seconds(string name, double measured, double atMost) => new(name, $"{measured:0.000} s", $"{atMost:0.000} s", measured <= atMost);
}
