using System.Globalization;
using System.Net;
using System.Text;

namespace Benchmarks;

/// <summary>A line of a plot.</summary>
internal sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Draws lines over a logarithmic axis as SVG, in colors that are readable on both light and dark pages.</summary>
internal sealed class Plot(string title, string xAxis, string yAxis, params Series[] lines)
{
    private const double Width = 640;
    private const double Height = 360;
    private const double Left = 70;
    private const double Right = 150;
    private const double Top = 40;
    private const double Bottom = 50;

    private static readonly string[] Colors = ["#2f81f7", "#d1622b", "#2da44e", "#a371f7"];

    private readonly StringBuilder svg = new();
    private readonly double[] xs = [.. lines.SelectMany(line => line.Points).Select(point => point.X).Distinct().Order()];
    private readonly double[] ticks = TicksUpTo(lines.SelectMany(line => line.Points).Max(point => point.Y));

    public string Draw()
    {
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#808080\">");
        Text(Left, Top - 18, title, "start", "font-size=\"14\" font-weight=\"bold\"");
        DrawAxes();
        for (var index = 0; index < lines.Length; index++)
            Draw(lines[index], Colors[index % Colors.Length]);
        DrawNames();
        return svg.AppendLine("</svg>").ToString();
    }

    // Round steps, from zero to above the highest point, so that the heights of points can be compared.
    private static double[] TicksUpTo(double highest)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(highest)));
        var step = new[] { 0.2, 0.5, 1, 2 }.Select(factor => factor * power).First(step => highest / step <= 6);
        return [.. Enumerable.Range(0, (int)Math.Ceiling(highest / step) + 1).Select(index => index * step)];
    }

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private double XOf(double x) => Left + ((Width - Left - Right) * Math.Log(x / xs[0]) / Math.Log(xs[^1] / xs[0]));

    private double YOf(double y) => Height - Bottom - ((Height - Top - Bottom) * y / ticks[^1]);

    private void DrawAxes()
    {
        foreach (var tick in ticks)
        {
            Line(Left, YOf(tick), Width - Right, YOf(tick));
            Text(Left - 8, YOf(tick) + 4, Number(tick), "end");
        }

        foreach (var x in xs)
        {
            Line(XOf(x), Height - Bottom, XOf(x), Height - Bottom + 5);
            Text(XOf(x), Height - Bottom + 19, Number(x), "middle");
        }

        Text((Left + Width - Right) / 2, Height - 10, xAxis, "middle");
        Text(Left - 8, Top - 18, yAxis, "end");
    }

    private void Draw(Series line, string color)
    {
        var points = string.Join(' ', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{XOf(point.X):0.#},{YOf(point.Y):0.#}")));
        svg.AppendLine($"<polyline points=\"{points}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\" />");
        foreach (var (x, y) in line.Points)
            svg.AppendLine(CultureInfo.InvariantCulture, $"<circle cx=\"{XOf(x):0.#}\" cy=\"{YOf(y):0.#}\" r=\"3.5\" fill=\"{color}\"><title>{Number(x)}: {Number(y)}</title></circle>");
    }

    // Each name is beside the last point of its line. The names are drawn from top to bottom, so that they do not overlap.
    private void DrawNames()
    {
        var lowest = double.MinValue;
        foreach (var (line, index) in lines.Select((line, index) => (line, index)).OrderBy(line => YOf(line.line.Points[^1].Y)))
        {
            lowest = Math.Max(YOf(line.Points[^1].Y) + 4, lowest + 15);
            Text(Width - Right + 10, lowest, line.Name, "start", $"fill=\"{Colors[index % Colors.Length]}\"");
        }
    }

    private void Line(double x1, double y1, double x2, double y2) =>
        svg.AppendLine(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"#808080\" stroke-opacity=\"0.4\" />");

    private void Text(double x, double y, string text, string anchor, string attributes = "") =>
        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" {attributes}>{WebUtility.HtmlEncode(text)}</text>");
}
