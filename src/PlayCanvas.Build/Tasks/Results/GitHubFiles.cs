using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>
/// Writes results into the files that the runner of GitHub Actions reads after a step. See
/// https://docs.github.com/actions/reference/workflow-commands-for-github-actions, "Setting an output parameter" and "Adding a job summary".
/// </summary>
internal static class GitHubFiles
{
    /// <summary>The variable that names the file for the step's outputs.</summary>
    public const string Output = "GITHUB_OUTPUT";

    /// <summary>The variable that names the file for the step's summary, in Markdown.</summary>
    public const string StepSummary = "GITHUB_STEP_SUMMARY";

    private const string Apps = "playcanvas-apps";

    private const string TableHead = "| project | game | result | details |\n| --- | --- | --- | --- |\n";

    /// <summary>The longest wait for a file that another process writes to.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Appends the outputs <c>playcanvas-apps</c>, which are all publishes of the step as a JSON array, and the id, the URL, the version, the
    /// checkpoint and the outcome when there is one publish. With several publishes, these five outputs are empty.
    /// </summary>
    /// <exception cref="IOException">The file does not exist, or cannot be written.</exception>
    public static void AppendOutputs(string path, PublishResult publish, Func<string, string> redact) => Append(path, redact, before =>
    {
        var publishes = Before(before).Where(other => (other.Project, other.Path) != (publish.Project, publish.Path)).Append(publish).ToList();
        var only = publishes.Count == 1 ? publish : null;
        return Line(Apps, JsonFile.Format(publishes))
            + Line("playcanvas-app-id", only?.App?.Id?.ToString(CultureInfo.InvariantCulture))
            + Line("playcanvas-app-url", only?.App?.Url)
            + Line("playcanvas-app-version", only?.App?.Version)
            + Line("playcanvas-checkpoint", only?.Checkpoint)
            + Line("playcanvas-outcome", only?.Outcome);
    });

    /// <summary>Appends a row to the table of results. The results of several tasks and projects become one table.</summary>
    /// <exception cref="IOException">The file does not exist, or cannot be written.</exception>
    public static void AppendSummary(string path, BuildResult result, Func<string, string> redact) => Append(path, redact, before =>
    {
        var table = before.LastIndexOf(TableHead, StringComparison.Ordinal);
        var continues = table >= 0 && before.Substring(table).TrimEnd('\n').Split('\n').All(line => line.StartsWith("|", StringComparison.Ordinal));
        return (continues ? "" : $"\n### PlayCanvas\n\n{TableHead}") + SummaryRow.Format(result) + "\n";
    });

    /// <summary>Appends to a file that exists, in one write, while no other process can write to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="redact">Masks secrets in what is appended.</param>
    /// <param name="text">Makes the text from the file's text.</param>
    private static void Append(string path, Func<string, string> redact, Func<string, string> text)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException("the file does not exist");

        using var file = new FileLock(new SystemClock(), MaxWait, static _ => { }).Acquire(path, CancellationToken.None);
        using var reader = new StreamReader(file, Utf8, detectEncodingFromByteOrderMarks: true, bufferSize: 4096, leaveOpen: true);
        var before = reader.ReadToEnd().Replace("\r\n", "\n");
        var separator = before.Length == 0 || before.EndsWith("\n", StringComparison.Ordinal) ? "" : "\n";
        var bytes = Utf8.GetBytes(separator + redact(text(before)));
        file.Seek(0, SeekOrigin.End);
        file.Write(bytes, 0, bytes.Length);
    }

    /// <summary>Formats one output. A value cannot end its own block, since the delimiter is random.</summary>
    private static string Line(string name, string? value)
    {
        var delimiter = Guid.NewGuid().ToString("N");
        return $"{name}<<{delimiter}\n{value}\n{delimiter}\n";
    }

    /// <summary>Returns the publishes that earlier builds of the step have written.</summary>
    private static List<PublishResult> Before(string text)
    {
        var blocks = Regex.Matches(text, $@"^{Apps}<<(\S+)\n(.*?)\n\1$", RegexOptions.Multiline | RegexOptions.Singleline).Cast<Match>();
        return blocks.LastOrDefault() is { } last ? JsonFile.TryParse<List<PublishResult>>(last.Groups[2].Value) ?? [] : [];
    }
}
