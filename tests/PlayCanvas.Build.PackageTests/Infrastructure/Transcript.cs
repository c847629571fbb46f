using System.Globalization;
using System.Text;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>Records every command of a test with its output, to help find out why the test failed.</summary>
internal sealed class Transcript(string title)
{
    private readonly StringBuilder text = new($"# {title}\n");

    public void Add(string folder, CommandResult result)
    {
        lock (text)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## `{result}`\n\nIn `{folder}`: exit code {result.ExitCode}, {result.Elapsed.TotalSeconds:0.0} s\n\n");
            text.Append(CultureInfo.InvariantCulture, $"````text\n{result.Output.TrimEnd()}\n````\n");
        }
    }

    public void Add(string heading, IEnumerable<string> lines)
    {
        lock (text)
            text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n````text\n{string.Join('\n', lines)}\n````\n");
    }

    public override string ToString()
    {
        lock (text)
            return text.ToString();
    }
}
