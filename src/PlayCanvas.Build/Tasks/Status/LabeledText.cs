using System.Text;
using PlayCanvas.Build.Tasks.Tables;

namespace PlayCanvas.Build.Tasks.Status;

/// <summary>Texts beside labels, in lines that fit a width.</summary>
/// <param name="labelWidth">The length of the longest label.</param>
/// <param name="width">The width of a line in columns.</param>
internal sealed class LabeledText(int labelWidth, int width)
{
    private const string Indentation = "  ";

    private readonly List<(string Label, IReadOnlyList<string> Texts)> parts = [];

    /// <summary>The width of a text beside its label.</summary>
    public int Width { get; } = width - labelWidth - (2 * Indentation.Length);

    public void Add(string label, params IReadOnlyList<string> texts) => parts.Add((label, texts));

    /// <summary>Returns the lines. Each text begins a new line, and is wrapped between words.</summary>
    public IEnumerable<string> Format()
    {
        foreach (var (label, texts) in parts)
        {
            var lines = texts.SelectMany(text => Wrap(text, Width));
            foreach (var (line, index) in lines.Select((line, index) => (line, index)))
                yield return $"{Indentation}{(index == 0 ? label : "").PadRight(labelWidth)}{Indentation}{line}";
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        if (TextWidth.Of(text) <= width)
            return [text];

        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && TextWidth.Of($"{line} {word}") > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        return [.. lines, line.ToString()];
    }
}
